"""Chats before everybody else: the translator's other users hold back while a message is being translated."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from appliance.services.ports import TranslationEngine
from translation import Translation


class Turns:
    """`for_chats` wraps the engine that messages are translated with. Everybody else takes a turn for each
    text: at most `at_ease` at once, and at most `beside_chats` while a message is with the engine.
    """

    def __init__(self, *, at_ease: int = 32, beside_chats: int = 2) -> None:
        self._at_ease = at_ease
        self._beside_chats = beside_chats
        self._chats = 0
        self._others = 0
        self._waiting: deque[asyncio.Future[None]] = deque()

    def for_chats(self, engine: TranslationEngine) -> TranslationEngine:
        return _ForChats(self, engine)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Waits for a turn, in order of asking, and holds it."""
        if self._waiting or not self._has_room():
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(future)
            try:
                await future
            except asyncio.CancelledError:
                if future.done() and not future.cancelled():
                    # The turn had just been given.
                    self._give_back()
                raise
        else:
            self._others += 1
        try:
            yield
        finally:
            self._give_back()

    def begin_chat(self) -> None:
        self._chats += 1

    def end_chat(self) -> None:
        self._chats -= 1
        self._wake()

    def _has_room(self) -> bool:
        return self._others < (self._beside_chats if self._chats else self._at_ease)

    def _give_back(self) -> None:
        self._others -= 1
        self._wake()

    def _wake(self) -> None:
        while self._waiting and self._has_room():
            future = self._waiting.popleft()
            if not future.done():
                self._others += 1
                future.set_result(None)


class _ForChats:
    def __init__(self, turns: Turns, engine: TranslationEngine) -> None:
        self._turns = turns
        self._engine = engine

    async def translate(self, text: str, source: str, target: str) -> Translation:
        self._turns.begin_chat()
        try:
            return await self._engine.translate(text, source, target)
        finally:
            self._turns.end_chat()
