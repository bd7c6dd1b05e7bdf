"""Which visitors' messages have reached an agent's screen: noted once, however many sockets show them."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from appliance.domain.conversation import Conversation
from appliance.domain.refusal import Refused

_KEPT = 10_000
_AT_ONCE = 64
"""Notes on their way together: a long inbox must not take the journal from those who write."""

_log = logging.getLogger(__name__)

GATHER = 0.5
"""Seconds between two rounds. The first note goes at once; under load each costs a write and two frames."""

Record = Callable[[str, int], Awaitable[object]]
"""Stores that a conversation was delivered to an agent up to a number. May raise `Refused`."""


class Deliveries:
    """What could not be recorded is forgotten, so that the next socket that shows it tries again."""

    def __init__(self, record: Record, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._record = record
        self._sleep = sleep
        self._told: OrderedDict[str, int] = OrderedDict()
        self._waiting: dict[str, int] = {}
        self._task: asyncio.Task[None] | None = None

    def note(self, conversation: Conversation) -> None:
        """An agent's socket shows this conversation. Every one of them tells; the first counts."""
        last = conversation.last_message
        if last is None or last.author != "visitor" or conversation.by_agent.delivered >= last.seq:
            return
        if self._told.get(conversation.id, 0) >= last.seq:
            return
        self._told[conversation.id] = last.seq
        self._told.move_to_end(conversation.id)
        if len(self._told) > _KEPT:
            self._told.popitem(last=False)
        self._waiting[conversation.id] = last.seq
        if self._task is None:
            self._task = asyncio.create_task(self._work())

    async def _work(self) -> None:
        try:
            while self._waiting:
                round_, self._waiting = list(self._waiting.items()), {}
                for start in range(0, len(round_), _AT_ONCE):
                    some = round_[start : start + _AT_ONCE]
                    await asyncio.gather(*(self._store(*one) for one in some))
                await self._sleep(GATHER)
        finally:
            self._task = None

    async def _store(self, conversation_id: str, seq: int) -> None:
        try:
            await self._record(conversation_id, seq)
        except Exception as error:
            if self._told.get(conversation_id) == seq:
                del self._told[conversation_id]
            if not isinstance(error, Refused):
                _log.exception("What was delivered could not be noted")
