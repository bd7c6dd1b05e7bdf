"""What agents do with conversations besides answering: leaving one to the next, handing one on."""

from appliance.domain.commands import Pass, Transfer
from appliance.domain.entries import Entry
from appliance.domain.people import Agent
from appliance.domain.refusal import Refused
from appliance.services.journal import Journal
from appliance.services.ports import Clock
from appliance.services.router import Router


class HandingOn:
    def __init__(self, journal: Journal, router: Router, clock: Clock) -> None:
        self._journal = journal
        self._router = router
        self._clock = clock

    async def decline(self, agent: Agent, conversation_id: str) -> None:
        """Without effect where the agent is not being asked. Raises `Refused`: `not_found`, `busy`,
        `storage_full`."""
        await self._journal.submit(Entry(conversation_id, Pass(agent.person, "declined", self._clock())))

    async def transfer(
        self,
        agent: Agent,
        conversation_id: str,
        to_agent: str | None,
        to_region: str | None,
        note: str | None,
    ) -> None:
        """To an agent or to a region, one of the two.

        Raises `Refused`: `not_found` naming `agent` or `region` where there is none such, `bad_field` naming
        `agent` for oneself; `already_taken`, `conversation_closed`, `busy`, `storage_full`.
        """
        to = None
        if to_agent is not None:
            if to_agent == agent.id:
                raise Refused("bad_field", field="agent")
            to = next((one.person for one in self._router.agents if one.id == to_agent), None)
            if to is None:
                raise Refused("not_found", field="agent")
        elif to_region is None or self._router.desk.regions.get(to_region) is None:
            raise Refused("not_found", field="region")
        command = Transfer(agent.person, to, to_region, note, self._clock())
        await self._journal.submit(Entry(conversation_id, command))
