"""Why a conversation goes where it goes, in words: the reasons of `routing.Candidate` and of a `Decision`."""

from datetime import datetime, tzinfo

from appliance.domain.regions import Regions
from appliance.domain.routing import Candidate, Decision
from appliance.i18n import Catalogue, mark
from appliance.names import country_name

TABLE: dict[str, str] = {
    # A region that is taken.
    "by_transfer": mark("The conversation was transferred here."),
    "by_choice": mark("The visitor chose it."),
    "by_site": mark("The visitor’s site names it."),
    "by_country": mark("It looks after visitors from {country}."),
    "by_language": mark("It looks after visitors who write in {language}."),
    "by_default": mark("It looks after everybody whom no other region is for."),
    "overflow": mark("It takes over from {region}."),
    "helps_out": mark("After {minutes} min of waiting in {region}, this region is asked too."),
    # One that is not.
    "closed": mark("Closed until {opens_at}."),
    "closed_for": mark("Closed until {opens_at}: {name}."),
    "closed_long": mark("Closed, and it does not open within a year."),
    "empty": mark("It is open, but nobody is there."),
    "full_queue": mark("Its queue is as long as it may be ({limit})."),
    "gone": mark("This region does not exist any more."),
    "other_languages": mark("It looks after the same visitors, but in other languages."),
    "listed_later": mark("It looks after the same visitors, but comes later in the list of regions."),
    # An agent who can be asked.
    "transferred": mark("The conversation was transferred to them."),
    "former": mark("Had this visitor’s last conversation."),
    "speaks": mark("Speaks {language}."),
    "translated": mark("Is reached by translation from {language} and back."),
    "untranslated": mark("No translation from {language} reaches them: they read the original."),
    "again": mark("Did not take it before, but nobody else is free."),
    # One who can, but not first.
    "after_former": mark("{other} had this visitor’s last conversation."),
    "after_speaker": mark("Does not speak {language}, as {other} does."),
    "after_translated": mark("No translation from {language} reaches them, as one does {other}."),
    "after_load": mark("Has {load} of {capacity} conversations; {other} has more room."),
    "after_turn": mark("Has as much room, but {other} comes first this time."),
    # One who can't.
    "passed": mark("Was asked already and did not take it."),
    "full": mark("Has {load} of {capacity} conversations already."),
    "full_with_offers": mark("Has {load} of {capacity} conversations already, with those being offered."),
    "absent": mark("Is not there."),
    "away": mark("Is away."),
    "break": mark("Is on a break."),
    "agent_gone": mark("Is no longer an agent."),
    "former_elsewhere": mark("Had this visitor’s last conversation, but does not answer for this region."),
}

SUMMARIES: dict[str, str] = {
    "transferred": mark("Offered to {agent}: it was transferred to them."),
    "former": mark("Offered to {agent}, who had this visitor’s last conversation."),
    "speaks": mark("Offered to {agent}, who speaks {language}."),
    "speaks_first": mark("Offered to {agent}, who speaks {language} and has the most room."),
    "translated": mark(
        "Offered to {agent}: nobody who is free speaks {language}, but translation reaches them."
    ),
    "untranslated": mark(
        "Offered to {agent}, who reads the original: no translation from {language} reaches anybody free."
    ),
    "again": mark("Offered to {agent} once more: nobody else is free."),
    "busy": mark("Waits in {region}: everybody there has as many conversations as they take."),
    "all_passed": mark("Waits in {region}: those who are free did not take it."),
    "nobody": mark("Waits in {region}: nobody is there at the moment."),
    "closed": mark("Nobody is there before {opens_at}."),
    "closed_first": mark("Nobody is there before {opens_at}, when {region} opens."),
    "closed_long": mark("Nobody is there, and no region opens within a year."),
    "unstaffed": mark("{region} is open, but nobody can take it."),
}


def explain(candidate: Candidate, catalogue: Catalogue, regions: Regions, zone: tzinfo) -> str:
    """Why a region or an agent was taken or not. Instants are shown in `zone`, the reader's.

    A reason that is not known (of a newer program) is shown as it is stored.
    """
    text = TABLE.get(candidate.reason)
    if text is None:
        return candidate.reason
    values = {name: _shown(name, value, catalogue, regions, zone) for name, value in candidate.params.items()}
    return catalogue.t(text, **values)


def name_of(candidate: Candidate, catalogue: Catalogue, regions: Regions) -> str:
    """Of an agent as it was, of a region as it is; the id where it is gone."""
    if candidate.kind == "agent":
        return candidate.name or candidate.id
    return region_name(candidate.id, catalogue, regions)


def region_name(region_id: str, catalogue: Catalogue, regions: Regions) -> str:
    region = regions.get(region_id)
    return region_id if region is None else region.name(catalogue.locale)


def summary(decision: Decision, catalogue: Catalogue, regions: Regions, zone: tzinfo) -> str:
    """The decision in one sentence."""
    region = region_name(decision.region, catalogue, regions)
    match decision.outcome:
        case "offered":
            return _offered(decision, catalogue)
        case "queued":
            return catalogue.t(SUMMARIES[_why_queued(decision)], region=region)
        case "closed":
            if decision.opens_at is None:
                kind = "unstaffed" if _is_unstaffed(decision) else "closed_long"
                return catalogue.t(SUMMARIES[kind], region=region)
            opens_at = catalogue.datetime(decision.opens_at, zone)
            first = _first_to_open(decision)
            if first is None:
                return catalogue.t(SUMMARIES["closed"], opens_at=opens_at)
            named = region_name(first, catalogue, regions)
            return catalogue.t(SUMMARIES["closed_first"], opens_at=opens_at, region=named)


def _shown(name: str, value: str | int, catalogue: Catalogue, regions: Regions, zone: tzinfo) -> str | int:
    match name:
        case "opens_at":
            return catalogue.datetime(datetime.fromisoformat(str(value)), zone)
        case "region":
            return region_name(str(value), catalogue, regions)
        case "language":
            return catalogue.language_name(str(value))
        case "country":
            return country_name(str(value), catalogue.locale)
        case _:
            return value


def _offered(decision: Decision, catalogue: Catalogue) -> str:
    agents = [one for one in decision.candidates if one.kind == "agent"]
    chosen = next((one for one in agents if one.chosen), None)
    reason = "again" if chosen is None else chosen.reason
    if reason == "speaks" and any(one.reason == "after_load" for one in agents):
        reason = "speaks_first"
    agent = decision.agent if chosen is None or chosen.name is None else chosen.name
    language = "" if chosen is None else str(chosen.params.get("language", ""))
    shown = catalogue.language_name(language) if language else ""
    return catalogue.t(SUMMARIES[reason], agent=agent, language=shown)


def _why_queued(decision: Decision) -> str:
    reasons = {one.reason for one in decision.candidates if one.kind == "agent"}
    if "passed" in reasons:
        return "all_passed"
    return "busy" if reasons & {"full", "full_with_offers"} else "nobody"


def _is_unstaffed(decision: Decision) -> bool:
    own = next((one for one in decision.candidates if one.id == decision.region), None)
    return own is not None and own.reason in ("empty", "full_queue")


def _first_to_open(decision: Decision) -> str | None:
    """The region whose opening was told, where it is one that is closed now."""
    if decision.opens_at is None:
        return None
    opens_at = decision.opens_at.isoformat()
    return next((one.id for one in decision.candidates if one.params.get("opens_at") == opens_at), None)
