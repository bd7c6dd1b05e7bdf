"""Translation for other programs: what LibreTranslate's clients ask for, with this installation's packs,
memory and glossary."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from appliance.i18n import language_name, native_name
from appliance.services.ports import TranslationEngine
from appliance.services.turns import Turns
from translation import (
    Routes,
    TranslationError,
    UnknownLanguageError,
    from_code,
    needs_translation,
    same_language,
)
from translation.detection import Detector, Guess
from translation.markup import translate_markup

MAX_TEXTS = 100
"""Texts in a request."""
MAX_CHARACTERS = 50_000
"""Characters of all texts of a request together."""
MAX_LINE = 5_000
"""Characters of a text without a line break, the most that the translator takes at once."""
AT_ONCE = 8
"""Texts of one request under way: other requests come in between."""

MOST_UNDER_WAY = 1_000_000
"""Characters of all requests together. What comes beyond is turned away: it would wait in memory for longer
than its sender does."""

AUTO = "auto"
UNDETERMINED = "und"
"""The language of a text that tells nothing of its language (BCP 47)."""

Format = Literal["text", "html"]
FORMATS: tuple[Format, ...] = ("text", "html")


class ApiError(Exception):
    """A request that is turned down. `code` is a key of the table of wordings, `params` fill its
    placeholders."""

    def __init__(self, code: str, /, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params: Mapping[str, str | int] = params


@dataclass(frozen=True, slots=True)
class Detected:
    """`confidence` is between 0 and 100."""

    language: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Answer:
    """`text` is the original where the gate took what came out for noise; `flags` say why."""

    text: str
    flags: tuple[str, ...]
    detected: Detected | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A language that can be translated from, its English name, and what it can be translated into."""

    code: str
    name: str
    targets: tuple[str, ...]


class PublicApi:
    """`routes`: what the packs installed now translate."""

    def __init__(self, engine: TranslationEngine, routes: Callable[[], Routes], turns: Turns) -> None:
        self._engine = engine
        self._current = routes
        self._turns = turns
        self._detectors: dict[tuple[str, ...], Detector] = {}
        self._offers: tuple[Routes, list[Offer]] | None = None
        self._under_way = 0

    def languages(self) -> list[Offer]:
        routes = self._current()
        if self._offers is None or self._offers[0] is not routes:
            targets: dict[str, list[str]] = {tag: [tag] for tag in routes.languages()}
            for reach in routes.reachable():
                targets[reach.pair.source].append(reach.pair.target)
            offers = [Offer(tag, language_name(tag, "en"), tuple(sorted(targets[tag]))) for tag in targets]
            self._offers = (routes, offers)
            self._detectors.clear()
        return self._offers[1]

    async def detect(self, text: str) -> list[Detected]:
        """Best first; one undetermined language where nothing can be told. Raises `ApiError`."""
        self._check_size([text])
        known = tuple(offer.code for offer in self.languages())
        guesses = await self._guess(known, text)
        return [_detected(guess) for guess in guesses] or [Detected(UNDETERMINED, 0)]

    async def translate(
        self, texts: Sequence[str], source: str, target: str, form: Format = "text"
    ) -> list[Answer]:
        """The texts in order. `source` is a language code or `auto`. Raises `ApiError`: `too_many_texts`,
        `too_long`, `line_too_long`, `unknown_language`, `no_route`, `busy`, `engine_failed`."""
        size = self._check_size(texts)
        if self._under_way + size > MOST_UNDER_WAY:
            raise ApiError("busy")
        self._under_way += size
        try:
            return await self._translate(texts, source, target, form)
        finally:
            self._under_way -= size

    async def _translate(self, texts: Sequence[str], source: str, target: str, form: Format) -> list[Answer]:
        into = self._language(target)
        detected: list[Detected | None]
        if source == AUTO:
            detected = list(await self._detect_each(texts, into))
        else:
            given = self._language(source)
            self._check_route(given, into)
            detected = [None] * len(texts)
        own_turns = asyncio.Semaphore(AT_ONCE)

        async def one(text: str, found: Detected | None) -> Answer:
            language = given if found is None else found.language
            if language == UNDETERMINED:
                return Answer(text, (), found)
            return await self._one(text, language, into, form, found, own_turns)

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one(*pair)) for pair in zip(texts, detected, strict=True)]
        except* (ApiError, TranslationError) as errors:
            raise _first(errors) from None
        return [task.result() for task in tasks]

    async def _one(
        self,
        text: str,
        source: str,
        target: str,
        form: Format,
        detected: Detected | None,
        own_turns: asyncio.Semaphore,
    ) -> Answer:
        flags: set[str] = set()

        async def piece(part: str) -> str:
            if not needs_translation(part):
                return part
            async with own_turns, self._turns.turn():
                result = await self._engine.translate(part, source, target)
            flags.update(result.flags)
            return part if result.doubtful else result.translation

        async def lines(part: str) -> str:
            return "".join([await piece(group) for group in _split(part)])

        done = await (translate_markup(text, lines) if form == "html" else lines(text))
        return Answer(done, tuple(sorted(flags)), detected)

    async def _detect_each(self, texts: Sequence[str], target: str) -> list[Detected]:
        """Each text's own language; what all of them together are in is likelier than the rest."""
        routes = self._current()
        sources = tuple(
            offer.code for offer in self.languages() if routes.path(offer.code, target) is not None
        )
        whole = await self._guess(sources, "\n".join(texts)[:MAX_CHARACTERS])
        prior = {whole[0].language: 4.0} if whole and len(texts) > 1 else None
        found = []
        for text in texts:
            guesses = await self._guess(sources, text, prior) if needs_translation(text) else []
            found.append(_detected(guesses[0]) if guesses else Detected(UNDETERMINED, 0))
        return found

    async def _guess(
        self, among: tuple[str, ...], text: str, prior: Mapping[str, float] | None = None
    ) -> list[Guess]:
        if among not in self._detectors:
            detector = Detector(among)
            # The first text loads the model, which takes longer than others should wait.
            await asyncio.to_thread(detector.detect, text, prior, least_words=1)
            self._detectors[among] = detector
        # A hundred texts, one after the other, would keep everybody's messages waiting.
        await asyncio.sleep(0)
        return self._detectors[among].detect(text, prior, least_words=1)

    def _check_size(self, texts: Sequence[str]) -> int:
        """The characters of all texts together."""
        if len(texts) > MAX_TEXTS:
            raise ApiError("too_many_texts", n=len(texts), limit=MAX_TEXTS)
        total = sum(map(len, texts))
        if total > MAX_CHARACTERS:
            raise ApiError("too_long", n=total, limit=MAX_CHARACTERS)
        return total

    def _language(self, code: str) -> str:
        """The tag a code stands for. Raises `ApiError("unknown_language")`, with what may be meant."""
        try:
            return from_code(code)
        except UnknownLanguageError:
            pass
        offers = self.languages()
        names = {
            name.lower(): offer.code
            for offer in offers
            for name in (offer.code, offer.name, native_name(offer.code))
        }
        near = get_close_matches(code[:40].lower(), names, 1, 0.6)
        if near:
            meant = names[near[0]]
            raise ApiError("language_misspelt", code=code[:40], meant=meant, name=language_name(meant, "en"))
        raise ApiError("unknown_language", code=code[:40])

    def _check_route(self, source: str, target: str) -> None:
        if not same_language(source, target) and self._current().path(source, target) is None:
            raise ApiError("no_route", source=source, target=target)


def _detected(guess: Guess) -> Detected:
    return Detected(guess.language, round(guess.confidence * 100, 1))


def _split(text: str) -> list[str]:
    """The text in pieces that the translator takes, cut between lines. Raises `ApiError("line_too_long")`."""
    if len(text) <= MAX_LINE:
        return [text]
    pieces = [""]
    for line in text.splitlines(keepends=True):
        if len(line) > MAX_LINE:
            raise ApiError("line_too_long", n=len(line), limit=MAX_LINE)
        if len(pieces[-1]) + len(line) > MAX_LINE:
            pieces.append("")
        pieces[-1] += line
    return pieces


def _first(errors: BaseExceptionGroup[BaseException]) -> ApiError:
    error: BaseException = errors
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if isinstance(error, ApiError):
        return error
    assert isinstance(error, TranslationError)
    if error.code in ("busy", "closed"):
        return ApiError("busy")
    return ApiError("engine_failed")
