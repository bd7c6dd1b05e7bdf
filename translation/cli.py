"""The command line: `python -m translation`, and the functions the appliance's own command shares."""

import argparse
import asyncio
import io
import json
import os
import signal
import sys
from collections.abc import AsyncIterable, AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

from .discovery import discover
from .errors import NO_ROUTE, TranslationError
from .lines import read_lines
from .result import Translation
from .routes import Reach
from .translator import Translator


class Translating(Protocol):
    """What lines are given to: a `Translator`."""

    async def translate(self, text: str, source: str, target: str) -> Translation: ...


IN_FLIGHT = 32
"""Lines read ahead of the one that is written next."""


async def translate_lines(
    translator: Translating,
    lines: AsyncIterable[str],
    source: str,
    target: str,
    write: Callable[[Translation], None],
    failed: Callable[[int, TranslationError], None] | None = None,
) -> None:
    """Translate lines (without their ends), several at a time.

    `write` gets the translations in order, each as soon as it can. `failed` gets the number, from 1, and the
    error of a line that could not be translated, in its turn. Without it the first such error is raised.
    """
    pending: set[asyncio.Task[Translation | TranslationError]] = set()
    results: asyncio.Queue[asyncio.Task[Translation | TranslationError] | None] = asyncio.Queue(IN_FLIGHT)

    async def attempt(line: str) -> Translation | TranslationError:
        try:
            return await translator.translate(line, source, target)
        except TranslationError as error:
            return error

    async def read() -> None:
        try:
            async for line in lines:
                task = asyncio.create_task(attempt(line))
                pending.add(task)
                task.add_done_callback(pending.discard)
                await results.put(task)
        except Exception:
            await results.put(None)
            raise
        await results.put(None)

    reader = asyncio.create_task(read())
    number = 0
    try:
        while (task := await results.get()) is not None:
            number += 1
            outcome = await task
            if isinstance(outcome, Translation):
                write(outcome)
            elif failed is None:
                raise outcome
            else:
                failed(number, outcome)
        await reader
    finally:
        await _cancelled([reader, *pending])


async def _cancelled(tasks: Sequence[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def reachable_pairs(translator: Translator) -> tuple[Reach, ...]:
    """Every pair the installed packs can translate: direct ones first, then those through a pivot."""
    return translator.routes.reachable()


def as_json(translation: Translation) -> str:
    """One line of JSON for a translation, with the keys that `--json` promises."""
    return json.dumps(
        {
            "text": translation.text,
            "translation": translation.translation,
            "from": translation.source,
            "to": translation.target,
            "engine": translation.engine,
            "path": translation.path,
            "flags": translation.flags,
        },
        ensure_ascii=False,
    )


def describe(reach: Reach) -> str:
    """A pair in words: `en → pt`, `pt → lt (through en)`."""
    through = "" if reach.direct else f" (through {', '.join(reach.path[1:-1])})"
    return f"{reach.pair.source} → {reach.pair.target}{through}"


def explain(error: TranslationError, translator: Translator) -> str:
    """An error for a person: what went wrong and, where a pair is unknown, which ones there are."""
    if error.code != NO_ROUTE:
        return str(error)
    pairs = ", ".join(describe(reach) for reach in reachable_pairs(translator)) or "none"
    return f"{error}; installed pairs: {pairs}"


async def _one(text: str) -> AsyncIterator[str]:
    yield text


async def run_translate(
    translator: Translator, text: str | None, source: str, target: str, *, as_objects: bool
) -> int:
    """Translate `text`, or the lines of standard input, to standard output; the exit code."""
    failures = 0

    def write(translation: Translation) -> None:
        sys.stdout.write((as_json(translation) if as_objects else translation.translation) + "\n")
        sys.stdout.flush()

    def failed(number: int, error: TranslationError) -> None:
        nonlocal failures
        failures += 1
        where = "" if text is not None else f"line {number}: "
        sys.stderr.write(f"{where}{explain(error, translator)}\n")

    if translator.routes.path(source, target) is None:
        failed(1, TranslationError(NO_ROUTE, f"nothing installed translates from {source} to {target}"))
        return 1
    lines = read_lines(sys.stdin.fileno()) if text is None else _one(text)
    async with translator:
        await translate_lines(translator, lines, source, target, write, failed)
    return 1 if failures else 0


def run_languages(translator: Translator, *, as_objects: bool) -> int:
    """Print the pairs that can be translated; the exit code."""
    for reach in reachable_pairs(translator):
        value = {"from": reach.pair.source, "to": reach.pair.target, "path": reach.path}
        sys.stdout.write((json.dumps(value) if as_objects else describe(reach)) + "\n")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """`python -m translation --from en --to pt [--json] [TEXT]` and `python -m translation languages`."""
    parser = argparse.ArgumentParser(
        prog="python -m translation",
        description="Translate offline. Without TEXT, one text per line from standard input. "
        "With the one word `languages`, and no --from, list the installed pairs.",
    )
    parser.add_argument("--from", dest="source", metavar="TAG", help="language of the text, such as en")
    parser.add_argument("--to", dest="target", metavar="TAG", help="language wanted, such as pt-BR")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--models", type=Path, metavar="DIR", help="folder of more models, one folder each")
    parser.add_argument("text", nargs="?", metavar="TEXT")
    options = parser.parse_args(arguments)
    # Lone surrogates, which an argument can hold, must not stop the output.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    packs = discover(options.models)
    for problem in packs.problems:
        sys.stderr.write(f"{problem.folder}: {problem.reason}\n")
    translator = Translator(packs)
    if options.source is None and options.target is None and options.text == "languages":
        return run_languages(translator, as_objects=options.json)
    if options.source is None or options.target is None:
        parser.error("--from and --to are needed")
    work = run_translate(translator, options.text, options.source, options.target, as_objects=options.json)
    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # Whoever read us has enough (`| head`). Nothing may be flushed to the closed pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
