"""In what order those who wait have their turn, and from when on something else is tried for them."""

from datetime import datetime, timedelta

from appliance.domain.regions import Region
from appliance.domain.routing import Visit

_LONGEST_PAUSE = timedelta(minutes=15)


def turn(visit: Visit) -> tuple[bool, datetime, str]:
    """Who is decided about first: who was transferred to an agent, then who arrived first."""
    return visit.to_agent is None, visit.arrived_at, visit.conversation


def again_from(visit: Visit, region: Region) -> datetime | None:
    """From when on those may be asked again who have passed. After each it takes as long as an offer lasts:
    to ask at once would make nothing of their no. The longer nobody has taken it, the longer it takes, since
    asking all day long would only fill the conversation with it."""
    if not visit.passed or visit.outcome != "queued" or visit.decided_at is None:
        return None
    offer = timedelta(seconds=max(1, region.waiting.offer_seconds))
    waited = visit.decided_at - visit.arrived_at
    return visit.decided_at + max(offer, min(waited / 4, _LONGEST_PAUSE))


def helped_from(visit: Visit, region: Region) -> datetime | None:
    """From when on the regions it overflows to are asked too."""
    if region.waiting.overflow_minutes is None or not region.overflow:
        return None
    return visit.arrived_at + timedelta(minutes=region.waiting.overflow_minutes)


def helped_if_before(region: Region, at: datetime) -> datetime | None:
    """The same from the other side: who arrived no later than this may be helped at an instant."""
    if region.waiting.overflow_minutes is None or not region.overflow:
        return None
    return at - timedelta(minutes=region.waiting.overflow_minutes)
