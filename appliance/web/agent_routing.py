"""The frames of an agent's socket that are about routing: offers, handing on, availability, what is open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from appliance.domain import zones
from appliance.domain.conversation import Event, Routed
from appliance.domain.people import Agent
from appliance.i18n import Catalogues
from appliance.services.handing_on import HandingOn
from appliance.services.inbox import Inbox
from appliance.services.presence import Presence, Tab
from appliance.services.router import Router
from appliance.services.team import Team
from appliance.web import frames, routing_views, views

Push = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Desks:
    """What the sockets of agents need for routing."""

    inbox: Inbox
    handing_on: HandingOn
    router: Router
    presence: Presence
    team: Team
    catalogues: Catalogues


class AgentRouting:
    """One socket's. What an agent has been told is remembered, and only what is different is told again."""

    def __init__(self, desks: Desks, tab: Tab, agent: Agent, push: Push) -> None:
        self._desks = desks
        self._tab = tab
        self._push = push
        self.agent = agent
        """As they are now."""
        self._told_availability: object = None
        self._told_regions: object = None
        self._told_notices: dict[str, datetime] = {}

    def welcome(self) -> dict[str, Any]:
        """What a `welcome` says of routing."""
        state, automatic = self._told_availability = self._availability()
        self._told_regions = regions = self._regions()
        self._told_notices = {}
        return {"availability": state, "automatic_away": automatic, "regions": regions}

    def event(self, event: Event) -> dict[str, Any]:
        """An event as this agent reads it."""
        shown = views.event(event, "agent")
        if isinstance(event.what, Routed):
            words = self._desks.catalogues.for_locale(self.agent.language)
            regions = self._desks.router.desk.regions
            shown |= routing_views.explanation(event.what.decision, words, regions, self._zone())
        return shown

    def situation(self) -> None:
        """Tells what has changed of what is open and who is there, since the `welcome`."""
        if self._told_availability is None:
            return
        availability = self._availability()
        if availability != self._told_availability:
            self._told_availability = availability
            state, automatic = availability
            self._push({"type": "availability", "state": state, "automatic": automatic})
        regions = self._regions()
        if regions != self._told_regions:
            self._told_regions = regions
            self._push({"type": "regions", "regions": regions})
        self.notices()

    def notices(self) -> None:
        """Tells an admin which regions are open with nobody there, and which no longer."""
        if not self.agent.is_admin:
            return
        noticed = dict(self._desks.router.nobody_there())
        for region in sorted(noticed.keys() | self._told_notices.keys()):
            since = noticed.get(region)
            if since != self._told_notices.get(region):
                self._push(
                    {
                        "type": "notice",
                        "code": "nobody_there",
                        "region": region,
                        "since": views.instant_or_none(since),
                    }
                )
        self._told_notices = noticed

    def active(self) -> None:
        """Whoever sends something is there."""
        self._desks.presence.touch(self._tab)

    async def handle(self, frame: frames.RoutingFrame, ref: str | None) -> None:
        agent, desks = self.agent, self._desks
        match frame:
            case frames.Accept(conversation=conversation):
                await desks.inbox.take(agent, conversation)
            case frames.Decline(conversation=conversation):
                await desks.handing_on.decline(agent, conversation)
            case frames.Transfer(conversation=conversation, agent=to, region=region, note=note):
                await desks.handing_on.transfer(agent, conversation, to, region, note)
            case frames.ChooseAvailability(state=state):
                await desks.team.choose_availability(agent.id, state)
                desks.presence.choose(agent.id, state)
            case frames.Idle(idle=idle):
                desks.presence.touch(self._tab, idle=idle)
                return
            case frames.People():
                self._push(self._people(ref))
                return
        self._push({"type": "ok", "ref": ref})

    def _availability(self) -> tuple[str, bool]:
        return self._desks.presence.chosen(self.agent.id)

    def _regions(self) -> list[dict[str, Any]]:
        router = self._desks.router
        return [
            {
                **routing_views.region_state(region, router.status(region.id), self.agent.language),
                "mine": region.has(self.agent.id),
            }
            for region in router.desk.regions.all
        ]

    def _people(self, ref: str | None) -> dict[str, Any]:
        router, presence = self._desks.router, self._desks.presence
        desk = router.desk
        there = [seat for seat in desk.seats.values() if seat.takes_part]
        return {
            "type": "people",
            "agents": [
                routing_views.colleague(
                    other, presence.availability(other.id), router.load(other.id), desk.regions
                )
                for other in router.agents
                if other.id != self.agent.id
            ],
            "regions": [
                {
                    **routing_views.region_state(region, router.status(region.id), self.agent.language),
                    "online": sum(region.has(seat.agent) for seat in there),
                }
                for region in desk.regions.all
            ],
            "ref": ref,
        }

    def _zone(self) -> tzinfo:
        try:
            return zones.zone(self.agent.time_zone)
        except zones.UnknownZone:
            return UTC
