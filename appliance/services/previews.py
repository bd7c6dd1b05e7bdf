"""What the visitor will read of an answer that is still being written, and what it says translated back."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from appliance.domain.conversation import NO_ENGINE, PERSON
from appliance.domain.languages import same_language
from appliance.domain.people import Agent
from appliance.domain.refusal import Refused
from appliance.domain.text import clean_text
from appliance.services.ports import Ledger, TranslationEngine
from appliance.services.translations import REASONS
from appliance.services.wordings import clean_wording
from translation import TranslationError

_log = logging.getLogger(__name__)

SUPERSEDED = "superseded"
"""Why a preview was not made: a newer one was asked for before its turn came."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What to preview. `wording`: the agent's own translation, to be translated back only."""

    conversation_id: str
    text: str
    source: str
    wording: str | None = None


def checked_draft(agent: Agent, conversation_id: str, text: object, wording: object) -> Draft:
    """Raises `Refused` as for a message: `bad_field`, `text_empty`, `text_too_long`, `translation_empty`,
    `translation_too_long`."""
    own = None if wording is None else clean_wording(wording, "translation")
    return Draft(conversation_id, clean_text(text), agent.language, own)


@dataclass(frozen=True, slots=True)
class Preview:
    """A translation that nobody has been sent yet.

    `translation` is None where there is none, for `reason`: a reason for a failed translation
    (docs/protocol.md) or `SUPERSEDED`. `back` says the same of the way back. With engine `none` the visitor
    reads the text as it was written.
    """

    language: str | None
    translation: str | None = None
    engine: str | None = None
    model: str | None = None
    path: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    doubtful: bool = False
    reason: str | None = None
    back: str | None = None
    back_reason: str | None = None


class Previews:
    def __init__(self, engine: TranslationEngine, ledger: Ledger) -> None:
        self._engine = engine
        self._ledger = ledger

    async def make(self, draft: Draft) -> Preview:
        """Raises `Refused("not_found")`: no such conversation."""
        conversation = await self._ledger.conversation(draft.conversation_id)
        if conversation is None:
            raise Refused("not_found", field="conversation")
        language = conversation.language
        if same_language(language, draft.source):
            return Preview(language, draft.text, NO_ENGINE, back=draft.text)
        if draft.wording is not None:
            back, reason = await self.read(draft.wording, language, draft.source)
            path = (draft.source, language)
            return Preview(language, draft.wording, PERSON, path=path, back=back, back_reason=reason)
        try:
            there = await self._engine.translate(draft.text, draft.source, language)
        except TranslationError as error:
            return Preview(language, reason=_reason(error))
        back, reason = draft.text, None
        if there.engine != NO_ENGINE:
            back, reason = await self.read(there.translation, language, draft.source)
        return Preview(
            language,
            there.translation,
            there.engine,
            there.model or None,
            there.path,
            there.flags,
            there.doubtful,
            back=back,
            back_reason=reason,
        )

    async def read(self, text: str, language: str, reader: str) -> tuple[str | None, str | None]:
        """The text in the reader's language, or why not."""
        try:
            return (await self._engine.translate(text, language, reader)).translation, None
        except TranslationError as error:
            return None, _reason(error)


def _reason(error: TranslationError) -> str:
    return error.code if error.code in REASONS else "engine_failed"


Answer = Callable[[str | None, Draft, "Preview | Refused"], None]
"""Takes the `ref` of a question, what it was about, and what came of it."""


class PreviewDesk:
    """The previews of one socket: one is made at a time, and of those that wait only the newest, so that
    they never keep anybody's messages from the translator. Every question is answered."""

    def __init__(self, previews: Previews, answer: Answer) -> None:
        self._previews = previews
        self._answer = answer
        self._waiting: tuple[str | None, Draft] | None = None
        self._task: asyncio.Task[None] | None = None

    def ask(self, ref: str | None, draft: Draft) -> None:
        if self._waiting is not None:
            self._answer(*self._waiting, Preview(None, reason=SUPERSEDED))
        self._waiting = (ref, draft)
        if self._task is None:
            self._task = asyncio.create_task(self._work())

    def close(self) -> None:
        """Nobody is there any more to be answered."""
        self._waiting = None
        if self._task is not None:
            self._task.cancel()

    async def _work(self) -> None:
        try:
            while self._waiting is not None:
                (ref, draft), self._waiting = self._waiting, None
                self._answer(ref, draft, await self._made(draft))
        finally:
            self._task = None

    async def _made(self, draft: Draft) -> "Preview | Refused":
        try:
            return await self._previews.make(draft)
        except Refused as refusal:
            return refusal
        except Exception:
            _log.exception("A preview could not be made")
            return Refused("internal", retry_after=5)
