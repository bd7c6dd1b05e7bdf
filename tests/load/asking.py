"""A client of a translation server in LibreTranslate's form, in a process of its own: reads a plan as JSON,
prints figures as JSON.

It does as little as a client can, since it shares the machine with what it measures: connections that stay
open, requests written out beforehand, answers looked through for their length and their status only.
"""

import asyncio
import json
import re
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Plan:
    port: int
    messages: list[str]
    source: str
    target: str
    clients: int
    key: str = ""


@dataclass(frozen=True)
class Figures:
    per_second: float
    p50_ms: float
    p99_ms: float


class BadAnswerError(Exception):
    """The server answered with an error; the message has the answer's beginning."""


async def ask(plan: Plan) -> Figures:
    """Have messages translated for so many clients, each of whom asks again as soon as it is answered."""
    waiting = map(_request, plan.messages, [plan] * len(plan.messages))
    each: list[float] = []
    begun = time.perf_counter()
    await asyncio.gather(*(_client(plan.port, waiting, each) for _ in range(plan.clients)))
    seconds = time.perf_counter() - begun
    return Figures(len(each) / seconds, 1000 * statistics.median(each), 1000 * _percentile(each, 0.99))


async def _client(port: int, requests: Iterator[bytes], each: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for request in requests:
            begun = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(head)
            body = await reader.readexactly(int(length[1]) if length else 0)
            each.append(time.perf_counter() - begun)
            if b" 200 " not in head.partition(b"\r\n")[0] or b'"translatedText"' not in body:
                raise BadAnswerError((head + body)[:300].decode("utf-8", "replace"))
    finally:
        writer.close()


def _request(message: str, plan: Plan) -> bytes:
    fields = {"q": message, "source": plan.source, "target": plan.target, "format": "text"}
    body = json.dumps(fields | ({"api_key": plan.key} if plan.key else {})).encode()
    return (
        f"POST /translate HTTP/1.1\r\nHost: 127.0.0.1:{plan.port}\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def _percentile(times: Sequence[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def main() -> None:
    sys.stdout.write(json.dumps(asdict(asyncio.run(ask(Plan(**json.load(sys.stdin)))))))


if __name__ == "__main__":
    main()
