"""What agents say about translations: their own wording, that one is wrong, and that it was not."""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass

from appliance.domain.commands import Amendment, Reject, Restore, Reword
from appliance.domain.conversation import (
    PERSON,
    Event,
    Message,
    Translated,
    TranslationChanged,
    party_of,
    worded,
)
from appliance.domain.entries import Appended, Entry
from appliance.domain.languages import same_language
from appliance.domain.people import Agent
from appliance.domain.refusal import Refused
from appliance.domain.text import clean_text
from appliance.services.interpreter import MEMORY_ENGINE
from appliance.services.journal import Journal
from appliance.services.ports import Clock, Ledger, TranslationMemory

_log = logging.getLogger(__name__)

_BY_PEOPLE = (PERSON, MEMORY_ENGINE)
TRANSLATION_ERRORS = {"text_empty": "translation_empty", "text_too_long": "translation_too_long"}
"""What is wrong with a text, as it is called where the text is a translation."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A translation that comes with a message; `text` is not checked yet."""

    language: str
    text: object

    def checked(self, agent: Agent) -> dict[str, Translated]:
        """By language, as the message carries it. Raises `Refused` naming the member at fault."""
        if same_language(self.language, agent.language):
            raise Refused("bad_field", field="translation.language")
        text = clean_wording(self.text, "translation.text")
        return {self.language: worded(text, agent.language, self.language, agent.person)}


def clean_wording(raw: object, field: str) -> str:
    """A translation as it will be stored. Raises `Refused`: `bad_field`, `translation_empty`,
    `translation_too_long`, each with `field`."""
    try:
        return clean_text(raw)
    except Refused as refusal:
        renamed = Refused(TRANSLATION_ERRORS.get(refusal.code, refusal.code), field=field)
        renamed.params = refusal.params
        raise renamed from None


def tag_of(event: Event, language: str) -> str:
    """The tag under which a message has its translation for a reader of `language`, be it of another region;
    `language` where it has none."""
    if language in event.translations:
        return language
    return next((tag for tag in event.translations if same_language(tag, language)), language)


class Wordings:
    """Records in the conversation what an agent says about a translation, and tells the memory."""

    def __init__(self, journal: Journal, ledger: Ledger, memory: TranslationMemory, clock: Clock) -> None:
        self._journal = journal
        self._ledger = ledger
        self._memory = memory
        self._clock = clock

    async def correct(
        self, agent: Agent, conversation_id: str, seq: int, language: str, text: object
    ) -> None:
        """Puts the agent's wording in the place of a translation.

        Raises `Refused`: `not_found`, `bad_field` (the message is in that language), as `clean_wording`.
        """
        wording = clean_wording(text, "text")
        event, message = await self._message(conversation_id, seq)
        if same_language(message.language, language):
            raise Refused("bad_field", field="language")
        language = tag_of(event, language)
        translated = worded(wording, message.language, language, agent.person)
        party = party_of(message.author)
        await self._submit(conversation_id, Reword(event.seq, party, language, translated, self._clock()))
        await self._tell(self._memory.approve(message.text, message.language, language, wording, agent.id))

    async def reject(self, agent: Agent, conversation_id: str, seq: int, language: str) -> None:
        """Marks a translation as wrong. Raises `Refused("not_found")`: no such message or translation."""
        event, message = await self._message(conversation_id, seq)
        language = tag_of(event, language)
        command = Reject(event.seq, party_of(message.author), language, agent.person, self._clock())
        rejected = _changed(await self._submit(conversation_id, command))
        rejected = rejected or event.translations.get(language)
        if rejected is not None and rejected.text is not None:
            args = (message.text, message.language, language, rejected.text, agent.id)
            await self._tell(self._memory.reject(*args))

    async def restore(self, agent: Agent, conversation_id: str, seq: int, language: str) -> None:
        """Takes back what was said about a translation last; nothing happens where nothing was. Raises
        `Refused("not_found")`."""
        event, message = await self._message(conversation_id, seq)
        language = tag_of(event, language)
        said = event.translations.get(language)
        command = Restore(event.seq, party_of(message.author), language, self._clock())
        now = _changed(await self._submit(conversation_id, command))
        if now is None or said is None or said.text is None:
            return
        spoken = (message.text, message.language, language)
        await self._tell(self._memory.withdraw(*spoken, said.text))
        if now.engine in _BY_PEOPLE and now.text is not None and not now.doubtful:
            # A wording that had made room for what is taken back counts again.
            author = now.by.id if now.by is not None else agent.id
            await self._tell(self._memory.approve(*spoken, now.text, author))

    async def learn(self, written: Appended) -> None:
        """Remembers the translations that a message came with; harmless when it is told twice."""
        for event in written.events:
            if not isinstance(event.what, Message):
                continue
            for language, ready in event.what.ready.items():
                said = (event.what.text, event.what.language, language, ready.text or "")
                await self._tell(self._memory.approve(*said, event.what.author.id))

    async def _message(self, conversation_id: str, seq: int) -> tuple[Event, Message]:
        events = await self._ledger.events(conversation_id, after=seq - 1, limit=1)
        if events and events[0].seq == seq and isinstance(events[0].what, Message):
            return events[0], events[0].what
        raise Refused("not_found", field="seq")

    async def _submit(self, conversation_id: str, command: Amendment) -> Appended:
        return await self._journal.submit(Entry(conversation_id, command))

    async def _tell(self, telling: Awaitable[object]) -> None:
        """What was said is on record; that it could not be remembered for other texts undoes none of it."""
        try:
            await telling
        except Refused as refusal:
            _log.warning("A wording could not be remembered: %s", refusal)
        except Exception:
            _log.exception("A wording could not be remembered")


def _changed(appended: Appended) -> Translated | None:
    """How the translation stands now; None: nothing has changed."""
    for event in appended.events:
        if isinstance(event.what, TranslationChanged):
            return event.what.translation
    return None
