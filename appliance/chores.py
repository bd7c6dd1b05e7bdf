"""What runs beside the server: tidying away, second chances, looking for news while nobody tells them."""

import asyncio
import logging
from collections.abc import Callable

from appliance.realtime.bus import Bus
from appliance.realtime.hub import Hub
from appliance.services.inbox import Inbox
from appliance.services.team import Team
from appliance.services.translations import Translations
from appliance.services.visitors import Visitors

_POLL = 2.0
_DAY = 24 * 3600

Leads = Callable[[str, str], bool]
"""Whether texts in one language can be translated into another."""

_log = logging.getLogger(__name__)


async def keep_house(team: Team, visitors: Visitors, inbox: Inbox) -> None:
    """At the start and once a day: forgets what has ended."""
    while True:
        try:
            await team.prune()
            await visitors.prune()
            # A crash may have come between shutting somebody out and giving back what they had.
            for agent in await team.agents():
                if not agent.active:
                    await inbox.release_all(agent.id)
        except Exception:
            _log.exception("What has ended could not be tidied away")
        await asyncio.sleep(_DAY)


async def take_up(packs_changed: asyncio.Event, leads: Leads, translations: Translations) -> None:
    """At the start and whenever other packs are in use: what could not be translated before, now can be."""

    while True:
        await packs_changed.wait()
        packs_changed.clear()
        try:
            await translations.take_up(leads)
        except Exception:
            _log.exception("What could not be translated could not be taken up again")


async def poll_while_down(bus: Bus, hub: Hub) -> None:
    """Without a bus nobody hints at what other servers store, so the sockets look for themselves."""
    while True:
        await bus.down.wait()
        await asyncio.sleep(_POLL)
        if not bus.is_up:
            hub.resync()
