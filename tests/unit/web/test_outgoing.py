"""The sending side of a socket: order, gaps, slow readers."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.websockets import WebSocket

from appliance.domain.conversation import Event, LanguageChanged
from appliance.realtime.hub import Hub
from appliance.services.inbox import PAGE
from appliance.web import outgoing
from appliance.web.outgoing import Outgoing

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def event(seq: int) -> Event:
    return Event(seq, NOON, LanguageChanged("fa"))


class Reader:
    """A socket's other end. It takes frames only while `gate` is set."""

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []
        self.close_code: int | None = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.broken = False
        self.going = False
        """Goes away while a frame is being sent."""
        self.news = asyncio.Condition()
        self.storage: list[Event] = []
        self.reads: list[int] = []
        self.hub = Hub(self.read, self.conversation)
        scope = {"type": "websocket", "path": "/", "headers": [], "query_string": b""}
        self.websocket = WebSocket(scope, self._receive, self._send)
        self.out = Outgoing(self.websocket, self.hub, lambda key, event: {"type": "event", "seq": event.seq})

    async def read(self, conversation_id: str, after: int) -> list[Event]:
        self.reads.append(after)
        return [event for event in self.storage if event.seq > after][:PAGE]

    async def conversation(self, conversation_id: str) -> None:
        """Nobody comes or goes in these tests."""

    async def open(self) -> "Reader":
        await self.websocket.accept()
        return self

    async def until(self, test: Callable[[], bool]) -> None:
        async with asyncio.timeout(10), self.news:
            await self.news.wait_for(test)

    def seqs(self) -> list[int]:
        return [frame["seq"] for frame in self.frames if frame["type"] == "event"]

    async def _receive(self) -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def _send(self, message: Any) -> None:
        if message["type"] == "websocket.accept":
            return
        if self.broken:
            raise OSError("gone")
        if message["type"] == "websocket.send":
            await self.gate.wait()
        elif self.going:
            raise OSError("gone")
        async with self.news:
            if message["type"] == "websocket.send":
                self.frames.append(json.loads(message["text"]))
            else:
                self.close_code = message["code"]
            self.news.notify_all()


async def test_an_event_that_another_frame_brings_is_not_sent_again_and_only_the_next_one_can_be() -> None:
    reader = await Reader().open()
    reader.storage = [event(seq) for seq in range(1, 6)]
    reader.out.follow("c", 3)
    assert not reader.out.take_over("c", 5)
    assert reader.out.take_over("c", 4)
    assert not reader.out.take_over("c", 4)
    assert not reader.out.take_over("another", 1)
    await reader.until(lambda: len(reader.frames) == 1)
    assert reader.seqs() == [5]


async def test_frames_go_out_in_the_order_they_were_given() -> None:
    reader = await Reader().open()
    for number in range(100):
        reader.out.push({"type": "n", "n": number})
    await reader.until(lambda: len(reader.frames) == 100)
    assert [frame["n"] for frame in reader.frames] == list(range(100))


async def test_what_follows_the_last_number_is_sent_once_and_in_order() -> None:
    reader = await Reader().open()
    reader.storage = [event(seq) for seq in range(1, 8)]
    reader.out.follow("c", 3)
    reader.out.mark("c")
    reader.out.mark("c")
    await reader.until(lambda: len(reader.frames) == 4)
    reader.storage.append(event(8))
    reader.out.mark("c")
    await reader.until(lambda: len(reader.frames) == 5)
    assert reader.seqs() == [4, 5, 6, 7, 8]


async def test_a_long_gap_is_read_page_by_page() -> None:
    reader = await Reader().open()
    reader.storage = [event(seq) for seq in range(1, 2 * PAGE + 36)]
    reader.out.follow("c", 0)
    await reader.until(lambda: len(reader.frames) == 2 * PAGE + 35)
    assert reader.seqs() == list(range(1, 2 * PAGE + 36))
    assert reader.reads[:3] == [0, PAGE, 2 * PAGE]


async def test_what_happens_while_a_slow_reader_is_busy_is_one_mark_and_not_a_queue() -> None:
    reader = await Reader().open()
    reader.gate.clear()
    reader.out.follow("c", 0)
    for seq in range(1, 1_001):
        reader.storage.append(event(seq))
        reader.out.mark("c")
    reader.gate.set()
    await reader.until(lambda: len(reader.frames) == 1_000)
    assert reader.seqs() == list(range(1, 1_001))
    assert reader.close_code is None


async def test_conversations_do_not_mix_their_numbers() -> None:
    reader = await Reader().open()
    reader.storage = [event(1), event(2)]
    reader.out.follow("a", 0)
    reader.out.follow("b", 1)
    await reader.until(lambda: len(reader.frames) == 3)
    assert sorted(reader.seqs()) == [1, 2, 2]


async def test_what_was_left_is_not_sent_any_more() -> None:
    reader = await Reader().open()
    reader.gate.clear()
    reader.out.push({"type": "first"})
    reader.storage = [event(1)]
    reader.out.follow("c", 0)
    reader.out.unfollow("c")
    reader.out.mark("c")
    reader.out.push({"type": "last"})
    reader.gate.set()
    await reader.until(lambda: len(reader.frames) == 2)
    assert [frame["type"] for frame in reader.frames] == ["first", "last"]


async def test_opening_anew_at_another_place_neither_repeats_nor_skips() -> None:
    reader = await Reader().open()
    reader.gate.clear()
    reader.storage = [event(seq) for seq in range(1, 6)]
    reader.out.follow("c", 0)
    await asyncio.sleep(0)
    reader.out.follow("c", 3)
    reader.gate.set()
    await reader.until(lambda: reader.seqs()[-1:] == [5])
    assert reader.seqs()[-2:] == [4, 5]


async def test_a_reader_whose_frames_pile_up_is_cut_off() -> None:
    reader = await Reader().open()
    reader.gate.clear()
    for number in range(600):
        reader.out.push({"type": "n", "n": number})
    reader.gate.set()
    await reader.until(lambda: reader.close_code is not None)
    assert reader.close_code == 1013
    assert len(reader.frames) < 100


async def test_a_reader_that_takes_nothing_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "STALL", 0.0)
    reader = await Reader().open()
    reader.gate.clear()
    reader.out.push({"type": "n"})
    await reader.until(lambda: reader.close_code is not None)
    assert reader.close_code == 1013
    assert reader.frames == []


async def test_a_reader_that_is_gone_when_it_is_cut_off_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "STALL", 0.0)
    reader = await Reader().open()
    reader.gate.clear()
    before = asyncio.all_tasks()
    reader.out.push({"type": "n"})
    (sending,) = asyncio.all_tasks() - before
    reader.going = True
    await sending
    assert (reader.frames, reader.close_code) == ([], None)


async def test_nothing_is_kept_for_one_who_is_gone() -> None:
    reader = await Reader().open()
    reader.broken = True
    reader.out.push({"type": "n"})
    await reader.out.close()
    reader.broken = False
    reader.out.push({"type": "n"})
    reader.out.follow("c", 0)
    await asyncio.sleep(0)
    assert reader.frames == []


async def test_a_reading_that_fails_cuts_the_reader_off_instead_of_leaving_a_silence(
    caplog: pytest.LogCaptureFixture,
) -> None:
    reader = await Reader().open()

    async def fails(conversation_id: str, after: int) -> list[Event]:
        raise LookupError("on purpose")

    reader.out = Outgoing(reader.websocket, Hub(fails, reader.conversation), lambda key, event: {})
    reader.out.follow("c", 0)
    await reader.until(lambda: reader.close_code is not None)
    assert reader.close_code == 1013
    assert "on purpose" in caplog.text


async def test_of_what_takes_its_own_place_only_the_newest_waits() -> None:
    reader = await Reader().open()
    reader.gate.clear()
    reader.out.push({"type": "first"})
    for number in range(2_000):
        key = "a" if number % 2 else "b"
        reader.out.supersede(key, lambda number=number: json.dumps({"type": "n", "n": number}))  # type: ignore[misc]
    reader.gate.set()
    await reader.until(lambda: len(reader.frames) == 3)
    assert sorted(frame["n"] for frame in reader.frames[1:]) == [1_998, 1_999]
    assert reader.close_code is None
