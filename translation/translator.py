"""The translator: texts in, translations out, engines at arm's length."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Self

from .cache import Cache
from .errors import BUSY, CLOSED, NO_ROUTE, TOO_LONG, TranslationError
from .glossary import Glossary, Journey
from .names import find_names
from .needs import needs_translation
from .packs import Pack
from .pool import Pool
from .result import Flag, Translation
from .routes import Routes, languages_of
from .sentence import Ask
from .tags import same_language
from .text import translate_text
from .waiting import Lane


@dataclass(frozen=True)
class Stats:
    """How the translator is doing."""

    texts: int
    """Texts under way."""
    queued: int
    """Sentences waiting for a worker."""
    workers: int
    """Worker processes alive."""
    restarts: int
    """Workers replaced since the start: after a crash, a hang, a panic or for their memory."""
    memory_mb: float
    """What the workers take in RAM, together, as of their last answers."""
    loaded: frozenset[str]
    """The keys of the packs that a worker has loaded, as of its last answer."""


class Translator:
    """Translates texts over the installed packs, in worker processes.

    Use as an async context manager. Entering starts nothing and waits for nothing: a worker starts, and a
    model loads, with the first text that needs it.

    - `workers`: processes at most; each loads its own models.
    - `queue_limit`: texts under way at most; one more is refused with `busy`.
    - `timeout`: seconds a worker may take over a batch of sentences, loading a model included.
    - `max_chars`: the longest text taken.
    - `models_mb`: model files loaded at most in a worker; the least recently used go first.
    - `worker_mb`: resident memory after which a worker is replaced by a fresh one.
    - `cache_size`: short sentences remembered.
    """

    def __init__(
        self,
        packs: Iterable[Pack],
        *,
        workers: int = 1,
        queue_limit: int = 1000,
        timeout: float = 30.0,
        max_chars: int = 5000,
        models_mb: int = 512,
        worker_mb: int = 2048,
        cache_size: int = 4096,
    ) -> None:
        self._packs = tuple(packs)
        self._routes = Routes(self._packs)
        self._users = Counter[str]()
        self._released = asyncio.Event()
        self._queue_limit = queue_limit
        self._max_chars = max_chars
        self._pool = Pool(workers=workers, timeout=timeout, models_mb=models_mb, worker_mb=worker_mb)
        self._cache = Cache(cache_size)
        self._under_way = 0
        self._running = False

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def start(self) -> None:
        """Take texts from now on. Once: a closed translator stays closed."""
        self._running = True

    async def aclose(self) -> None:
        """End the workers; texts under way fail with `closed`, and so do later ones."""
        self._running = False
        await self._pool.close()

    async def take(self, packs: Iterable[Pack]) -> None:
        """Translate over these packs from now on.

        Texts under way finish on those they began with. Returns once none uses a pack that is gone, and the
        workers unload them: from then on their files may go too.
        """
        gone = {pack.key for pack in self._packs}
        self._packs = tuple(packs)
        self._routes = Routes(self._packs)
        gone -= {pack.key for pack in self._packs}
        while any(self._users[key] for key in gone):
            self._released.clear()
            await self._released.wait()
        await self._pool.unload(gone)

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The packs in use."""
        return self._packs

    @property
    def routes(self) -> Routes:
        """What can be translated into what; another object after `take`."""
        return self._routes

    def languages(self) -> tuple[str, ...]:
        """Every language of an installed pack, sorted."""
        return self._routes.languages()

    @property
    def stats(self) -> Stats:
        pool = self._pool.stats()
        return Stats(self._under_way, pool.queued, pool.workers, pool.restarts, pool.memory_mb, pool.loaded)

    def worker_pids(self) -> tuple[int, ...]:
        """The process ids of the live workers."""
        return self._pool.pids()

    async def translate(
        self, text: str, source: str, target: str, *, glossary: Glossary | None = None
    ) -> Translation:
        """A text in another language, with the terms of a glossary.

        Raises TranslationError: `too_long` and `no_route` before any work, `busy`, `closed`, `pack_damaged`,
        and `engine_failed` when a worker was lost, or an engine failed, twice over the same sentence.
        """
        if len(text) > self._max_chars:
            raise TranslationError(TOO_LONG, f"{len(text)} characters are more than {self._max_chars}")
        if same_language(source, target) or not needs_translation(text):
            return _unchanged(text, source, target)
        packs = self._routes.path(source, target)
        if not packs:
            raise TranslationError(NO_ROUTE, f"nothing installed translates from {source} to {target}")
        if not self._running:
            raise TranslationError(CLOSED, "the translator is not running")
        if self._under_way >= self._queue_limit:
            raise TranslationError(BUSY, f"{self._under_way} texts are under way")
        self._under_way += 1
        keys = [pack.key for pack in packs]
        self._users.update(keys)
        try:
            journey = glossary.journey(source, target) if glossary is not None else None
            return await self._translate(text, source, target, packs, journey)
        finally:
            self._under_way -= 1
            self._users.subtract(keys)
            self._users = +self._users
            self._released.set()

    async def _translate(
        self, text: str, source: str, target: str, packs: Sequence[Pack], journey: Journey | None
    ) -> Translation:
        lane = Lane()
        flags: set[Flag] = set()
        current = text
        # Known from what the writer said: behind the first engine it may be said otherwise.
        names = [text[name.start : name.end] for name in find_names(text)] if len(packs) > 1 else []
        for pack in packs:
            find = partial(journey.find, last=pack is packs[-1]) if journey is not None else None
            outcome = await translate_text(current, pack.pair, self._ask(lane, pack), find, names)
            current = outcome.text
            flags |= outcome.flags
        if journey is not None:
            current = journey.settled(current)
        return Translation(
            text=text,
            translation=current,
            source=source,
            target=target,
            engine="+".join(pack.engine for pack in packs),
            path=languages_of(packs),
            flags=tuple(sorted(flag.value for flag in flags)),
            model="+".join(pack.model for pack in packs),
        )

    def _ask(self, lane: Lane, pack: Pack) -> Ask:
        async def ask(sentences: Sequence[str]) -> list[str]:
            known = {sentence: self._cache.get(pack.key, sentence) for sentence in sentences}
            missing = [sentence for sentence, translated in known.items() if translated is None]
            if missing:
                for sentence, translated in zip(
                    missing, await self._pool.ask(lane, pack, missing), strict=True
                ):
                    known[sentence] = translated
                    self._cache.put(pack.key, sentence, translated)
            return [known[sentence] or "" for sentence in sentences]

        return ask


def _unchanged(text: str, source: str, target: str) -> Translation:
    return Translation(
        text=text,
        translation=text,
        source=source,
        target=target,
        engine="none",
        path=(),
        flags=(Flag.UNCHANGED.value,),
        model="",
    )
