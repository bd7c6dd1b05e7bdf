"""What decides who answers whom, put together: regions, who is there, routing, what visitors are told."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from appliance.i18n import Catalogues
from appliance.realtime.hub import Hub
from appliance.services.graces import Graces
from appliance.services.journal import Journal
from appliance.services.ports import Alarm, Clock
from appliance.services.presence import Presence
from appliance.services.reception import Receptions
from appliance.services.regions import RegionSettings
from appliance.services.router import Router
from appliance.services.team import Team
from appliance.storage.ledger import Ledger
from appliance.storage.regions import RegionBook

_PRESENCE_GRACE = timedelta(seconds=8)


@dataclass(frozen=True, slots=True)
class FrontDesk:
    """`router` has to observe the journal; after `router.open()`, `runs` must be running, by their names."""

    regions: RegionSettings
    presence: Presence
    router: Router
    receptions: Receptions
    runs: tuple[tuple[str, Callable[[], Coroutine[Any, Any, None]]], ...]


def open_front_desk(
    journal: Journal,
    ledger: Ledger,
    team: Team,
    hub: Hub,
    catalogues: Catalogues,
    leads: Callable[[str, str], bool],
    clock: Clock,
    alarm: Alarm,
) -> FrontDesk:
    """`leads`: whether texts in one language can be translated into another."""
    graces = Graces(_PRESENCE_GRACE, clock, alarm)
    presence = Presence(graces.later)
    everywhere = {tag: catalogues.for_locale(tag, "start").t("Everywhere") for tag in catalogues.locales}
    regions = RegionSettings(RegionBook(), clock, everywhere)
    router = Router(journal, ledger, team, presence, regions, leads, clock, alarm)
    receptions = Receptions(router, presence, clock)

    def agents_changed() -> None:
        receptions.changed()
        router.wake()

    def situation_changed() -> None:
        receptions.changed()
        hub.agents_changed()

    presence.on_visitor = hub.visitor_changed
    presence.on_agents = agents_changed
    team.on_change.append(router.team_changed)
    regions.on_change.append(router.wake)
    router.on_situation = situation_changed
    router.on_waiting = hub.waiting_changed
    return FrontDesk(regions, presence, router, receptions, (("routing", router.run), ("graces", graces.run)))
