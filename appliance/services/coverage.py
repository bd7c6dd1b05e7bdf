"""What can be translated, what a change of packs does to it, and what is missing for the people there are."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from appliance.domain.languages import base_language, same_language
from translation import Pack, Pair, Reach, Routes

HUB = "en"
"""The language that most packs lead into or out of."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A pair that stays possible, on another way."""

    before: Reach
    after: Reach


@dataclass(frozen=True, slots=True)
class Changes:
    """What other packs change: pairs that become possible, or with fewer steps, and the contrary."""

    gained: tuple[Reach, ...]
    nearer: tuple[Shift, ...]
    farther: tuple[Shift, ...]
    lost: tuple[Reach, ...]


def compare(before: Iterable[Pack], after: Iterable[Pack]) -> Changes:
    """Blocks for some hundredths of a second with a hundred packs."""
    old = {reach.pair: reach for reach in Routes(before).reachable()}
    new = {reach.pair: reach for reach in Routes(after).reachable()}
    shifts = [Shift(old[pair], new[pair]) for pair in old if pair in new]
    return Changes(
        gained=tuple(reach for pair, reach in new.items() if pair not in old),
        nearer=tuple(shift for shift in shifts if len(shift.after.path) < len(shift.before.path)),
        farther=tuple(shift for shift in shifts if len(shift.after.path) > len(shift.before.path)),
        lost=tuple(reach for pair, reach in old.items() if pair not in new),
    )


Who = Literal["team", "visitors"]


@dataclass(frozen=True, slots=True)
class Gap:
    """A language of people here that is not translated to and from all who should understand it."""

    language: str
    who: Who
    people: int
    """How many read it: agents, or conversations."""
    others: tuple[str, ...]
    """With whom: languages of the other side; () where nothing leads there from anywhere."""
    wanted: tuple[Pair, ...]
    """The packs that would do, as far as they are not there."""


def gaps(routes: Routes, team: Mapping[str, int], visitors: Mapping[str, int]) -> list[Gap]:
    """`team` and `visitors`: how many read which language. Most people first."""
    found: list[Gap] = []
    for language, people in team.items():
        others = [HUB] if not same_language(language, HUB) else []
        if others and not any(_joined(routes, language, other) for other in _known(routes, language)):
            found.append(Gap(language, "team", people, (), _wanted(routes, language, others)))
    lonely = [gap.language for gap in found]
    for language, people in visitors.items():
        missing = [
            reader
            for reader in team
            if reader not in lonely
            and not same_language(language, reader)
            and not _joined(routes, language, reader)
        ]
        if missing:
            wanted = _wanted(routes, language, missing)
            found.append(Gap(language, "visitors", people, tuple(missing), wanted))
    return sorted(found, key=lambda gap: (gap.who != "team", -gap.people, gap.language))


def counted(languages: Iterable[str]) -> Counter[str]:
    """How many of each language; tags of one language are one, under the first of them."""
    found: Counter[str] = Counter()
    for language in languages:
        known = next((tag for tag in found if same_language(tag, language)), language)
        found[known] += 1
    return found


def _known(routes: Routes, but: str) -> list[str]:
    return [tag for tag in routes.languages() if not same_language(tag, but)]


def _joined(routes: Routes, one: str, other: str) -> bool:
    """Whether it goes both ways."""
    return routes.path(one, other) is not None and routes.path(other, one) is not None


def _wanted(routes: Routes, language: str, others: Iterable[str]) -> tuple[Pair, ...]:
    """Packs over the hub, both ways."""
    ends = [tag for tag in (language, *others) if not same_language(tag, HUB)]
    pairs = [pair for end in ends for pair in (Pair(_plain(end), HUB), Pair(HUB, _plain(end)))]
    return tuple(pair for pair in pairs if routes.path(pair.source, pair.target) is None)


def _plain(tag: str) -> str:
    """A tag as packs have them: without a region, and without a script if it is the usual one."""
    base = base_language(tag)
    return base if same_language(base, tag) else tag
