"""Lines are translated several at a time and written in order."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from translation import Translation, TranslationError
from translation.cli import translate_lines
from translation.errors import ENGINE_FAILED


class SlowFirst:
    """A translator whose later texts are ready before earlier ones; "bad" fails."""

    def __init__(self) -> None:
        self._second = asyncio.Event()

    async def translate(self, text: str, source: str, target: str) -> Translation:
        if text == "first":
            await self._second.wait()
        if text == "second":
            self._second.set()
        if text == "bad":
            raise TranslationError(ENGINE_FAILED, "it failed")
        return Translation(text, text.upper(), source, target, "stub", (source, target), (), "stub/1")


async def given(*lines: str) -> AsyncIterator[str]:
    for line in lines:
        yield line


async def test_results_are_in_the_order_of_the_lines() -> None:
    written: list[str] = []
    lines = given("first", "second", "third")
    await translate_lines(SlowFirst(), lines, "en", "pt", lambda result: written.append(result.translation))
    assert written == ["FIRST", "SECOND", "THIRD"]


async def test_a_failure_is_told_in_its_turn() -> None:
    told: list[object] = []
    await translate_lines(
        SlowFirst(),
        given("first", "bad", "second"),
        "en",
        "pt",
        lambda result: told.append(result.translation),
        lambda number, error: told.append((number, error.code)),
    )
    assert told == ["FIRST", (2, "engine_failed"), "SECOND"]


async def test_without_a_listener_the_first_failure_is_raised() -> None:
    endless = given(*(["bad"] * 500))
    with pytest.raises(TranslationError, match="it failed"):
        await translate_lines(SlowFirst(), endless, "en", "pt", lambda result: None)


async def test_a_source_that_breaks_is_not_silence() -> None:
    async def broken() -> AsyncIterator[str]:
        yield "second"
        raise OSError("unplugged")

    written: list[str] = []
    with pytest.raises(OSError, match="unplugged"):
        await translate_lines(SlowFirst(), broken(), "en", "pt", lambda result: written.append(result.text))
    assert written == ["second"]
