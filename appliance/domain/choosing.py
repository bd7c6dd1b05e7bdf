"""Which agent of a region is asked to answer, and why not the others.

Who had the visitor's last conversation, else who speaks the language, else who is reached by translation
both ways, else anybody: an original that has to be read as it is, is better than no answer. Among equals the
one with the fewest conversations for what they take, then who has not been asked for the longest time.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from appliance.domain.placing import speaks
from appliance.domain.regions import Region
from appliance.domain.routing import Candidate, Seat, Visit

Reaches = Callable[[str, str], bool]
"""Whether texts in one language can be translated into another."""

FORMER, SPEAKER, TRANSLATED, UNTRANSLATED = range(4)
"""How an agent suits a visit, best first."""

_NEVER = datetime.min.replace(tzinfo=UTC)
_FITS = ("former", "speaks", "translated", "untranslated")
_AFTER = ("", "after_former", "after_speaker", "after_translated")


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is asked; None: nobody can be now. `candidates`: the one chosen, then those who would be next in
    their order, then those who can't be asked."""

    agent: Seat | None
    candidates: tuple[Candidate, ...]


def choose(
    visit: Visit, region: Region, seats: Sequence[Seat], reaches: Reaches, *, again: bool = True
) -> Choice:
    """`seats`: agents, of whom those of the region count. Who has passed is only asked `again` if nobody else
    can be, whoever has passed first before the others."""
    free: list[tuple[tuple[object, ...], int, Seat]] = []
    cannot: list[Candidate] = []
    met = False
    for seat in seats:
        if not region.has(seat.agent):
            continue
        met = met or seat.agent == visit.former
        if seat.is_free:
            fit = _fit(visit, seat, reaches)
            free.append((_order(visit, seat, fit), fit, seat))
        else:
            cannot.append(_candidate(seat, unavailable(seat), params=_load(seat)))
    if visit.former is not None and not met:
        former = next((seat for seat in seats if seat.agent == visit.former), None)
        if former is not None:
            cannot.append(_candidate(former, "former_elsewhere"))
    cannot.sort(key=lambda candidate: candidate.id)
    if not free:
        return Choice(None, tuple(cannot))
    free.sort(key=lambda one: one[0])
    _, fit, best = free[0]
    if best.agent in visit.passed and not again:
        asked = tuple(_candidate(seat, "passed") for _, _, seat in free)
        return Choice(None, (*asked, *cannot))
    reason = "again" if best.agent in visit.passed else _FITS[fit]
    chosen = _candidate(best, reason, chosen=True, params={"language": visit.language})
    others = tuple(_other(visit, seat, its_fit, best, fit) for _, its_fit, seat in free[1:])
    return Choice(best, (chosen, *others, *cannot))


def unavailable(seat: Seat) -> str:
    """Why an agent can't be asked. Who is invisible is to others as if not there."""
    if not seat.present or seat.availability == "invisible":
        return "absent"
    if seat.availability != "online":
        return seat.availability
    return "full" if seat.asked == 0 else "full_with_offers"


def why_not_handed(visit: Visit, agent_id: str, seat: Seat | None) -> Candidate:
    """Why the agent whom it was handed to can't be asked. `seat`: theirs, if they are still there."""
    if seat is None:
        return Candidate("agent", agent_id, False, "agent_gone")
    if seat.agent in visit.passed:
        return Candidate("agent", agent_id, False, "passed", {}, seat.name)
    params: dict[str, str | int] = {"load": seat.load + seat.asked, "capacity": seat.capacity}
    return Candidate("agent", agent_id, False, unavailable(seat), params, seat.name)


def _fit(visit: Visit, seat: Seat, reaches: Reaches) -> int:
    if seat.agent == visit.former:
        return FORMER
    if speaks(seat.languages, visit.language):
        return SPEAKER
    # Messages are translated into the language of the agent's console.
    if seat.languages:
        read = seat.languages[0]
        if reaches(visit.language, read) and reaches(read, visit.language):
            return TRANSLATED
    return UNTRANSLATED


def _order(visit: Visit, seat: Seat, fit: int) -> tuple[object, ...]:
    passed = visit.passed.index(seat.agent) + 1 if seat.agent in visit.passed else 0
    return passed, fit, _share(seat), seat.offered_at or _NEVER, seat.agent


def _share(seat: Seat) -> float:
    return (seat.load + seat.asked) / seat.capacity


def _other(visit: Visit, seat: Seat, fit: int, best: Seat, best_fit: int) -> Candidate:
    """Why somebody who could be asked is not asked first."""
    if seat.agent in visit.passed:
        return _candidate(seat, "passed")
    if fit > best_fit:
        params: dict[str, str | int] = {"language": visit.language, "other": best.name}
        return _candidate(seat, _AFTER[best_fit + 1], params=params)
    if _share(seat) > _share(best):
        return _candidate(seat, "after_load", params={**_load(seat), "other": best.name})
    return _candidate(seat, "after_turn", params={"other": best.name})


def _load(seat: Seat) -> dict[str, str | int]:
    return {"load": seat.load + seat.asked, "capacity": seat.capacity}


def _candidate(
    seat: Seat, reason: str, *, chosen: bool = False, params: dict[str, str | int] | None = None
) -> Candidate:
    return Candidate("agent", seat.agent, chosen, reason, params or {}, seat.name)
