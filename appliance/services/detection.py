"""Notices that a visitor writes in another of the offered languages than the one chosen.

It suggests and never switches. Messages don't wait for it: it reads what is stored already, a text at a time
with a pause after each, and what it can't keep up with it passes over.
"""

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from appliance.domain.conversation import Event, LanguageChanged, Message
from appliance.domain.entries import Appended
from appliance.domain.languages import same_language
from appliance.services.ports import Ledger
from appliance.services.translations import Translations
from translation import needs_translation
from translation.detection import Detector, Guess, count_words, load

SURE = 0.9
"""How likely another language must be, against the one chosen and against all others together."""
LONG = 8
"""Words that are enough in one message; else it takes two."""
MESSAGES = 2

_CHOSEN = 4.0
_FLOOR = 0.02
_OTHER = ""
_SETTLED = 0.98
_SETTLED_AFTER = 4
_EVERY = 10
"""Where somebody clearly writes what they chose, one message in so many is still looked at."""
_KEPT = 5_000
_BACKLOG = 500
_PAUSE = 0.01
_LOOKED_BACK = 50
_DETECTORS = 20

_log = logging.getLogger(__name__)

Offered = Callable[[], Awaitable[Sequence[str]]]
"""The tags of the languages a visitor can choose."""

Readers = Callable[[], Awaitable[Mapping[str, str]]]
"""The agents who may answer, and the language each reads."""

Tell = Callable[[str, str | None], None]
"""Passes on what is suggested in a conversation from now on: a tag, or nothing any more."""


@dataclass(slots=True)
class Evidence:
    """How likely each language is after what was read, "" for all that are not offered."""

    chosen: str
    chances: dict[str, float] = field(default_factory=dict)
    telling: int = 0
    """Messages that told something."""
    longest: int = 0
    """Words of the longest of them."""
    passed_over: int = 0
    suggested: str | None = None

    def take(self, guesses: Sequence[Guess], words: int) -> None:
        """Bayes' rule, with a floor: no one message settles it for ever."""
        seen = {guess.language: guess.confidence for guess in guesses}
        seen[_OTHER] = 1 - sum(seen.values())
        tags = {*seen, *self.chances, self.chosen, _OTHER}
        chances = {
            tag: self.chances.get(tag, _CHOSEN if tag == self.chosen else 1.0) * max(seen.get(tag, 0), _FLOOR)
            for tag in tags
        }
        total = sum(chances.values())
        self.chances = {tag: chance / total for tag, chance in chances.items()}
        self.telling += 1
        self.longest = max(self.longest, words)

    @property
    def likeliest(self) -> str:
        return max(self.chances, key=self.chances.__getitem__, default=self.chosen)

    @property
    def is_settled(self) -> bool:
        """Whether they clearly write what they chose."""
        return (
            self.telling >= _SETTLED_AFTER
            and self.suggested is None
            and self.chances.get(self.chosen, 0) >= _SETTLED
        )

    def suggestion(self) -> str | None:
        best = self.likeliest
        enough = self.telling >= MESSAGES or self.longest >= LONG
        if not enough or best in (_OTHER, self.chosen) or self.chances[best] < SURE:
            return None
        return None if same_language(best, self.chosen) else best


class Suggestions:
    """`tell` is called when what is suggested in a conversation changes. `pause`: seconds between texts."""

    def __init__(
        self,
        offered: Offered,
        readers: Readers,
        ledger: Ledger,
        translations: Translations,
        tell: Tell,
        *,
        pause: float = _PAUSE,
    ) -> None:
        self._offered = offered
        self._readers = readers
        self._ledger = ledger
        self._translations = translations
        self._tell = tell
        self._pause = pause
        self._evidence: OrderedDict[str, Evidence] = OrderedDict()
        self._waiting: deque[tuple[str, str, str]] = deque(maxlen=_BACKLOG)
        self._filled = asyncio.Event()
        self.idle = asyncio.Event()
        """Set while there is nothing to look at."""
        self.idle.set()
        self._detectors: dict[tuple[str, ...], Detector] = {}

    def current(self, conversation_id: str) -> str | None:
        """The language that is suggested in a conversation now."""
        known = self._evidence.get(conversation_id)
        return None if known is None else known.suggested

    def observe(self, appended: Appended) -> None:
        """Takes note of what a visitor wrote or chose."""
        conversation_id = appended.conversation.id
        for event in appended.events:
            if isinstance(event.what, LanguageChanged):
                self._forget(conversation_id)
            elif isinstance(event.what, Message) and event.what.author.kind == "visitor":
                self._waiting.append((conversation_id, event.what.language, event.what.text))
                self._filled.set()
                self.idle.clear()

    async def run(self) -> None:
        """Works until cancelled."""
        while True:
            if not self._waiting:
                self.idle.set()
                self._filled.clear()
                await self._filled.wait()
            try:
                await self._look(*self._waiting.popleft())
            except Exception:
                _log.exception("A message's language could not be looked at")
            await asyncio.sleep(self._pause)

    async def review(self, conversation_id: str, language: str) -> None:
        """After a visitor has chosen a language: what they had written in it already, under another one, is
        translated anew. Raises `Refused`: `busy`, `storage_full`."""
        events = await self._ledger.events(conversation_id, before=2**31 - 1, limit=_LOOKED_BACK)
        mistaken = [
            event
            for event in events
            if isinstance(event.what, Message)
            and event.what.author.kind == "visitor"
            and not same_language(event.what.language, language)
            and needs_translation(event.what.text)
        ]
        if not mistaken:
            return
        detector, _ = await self._ready(language)
        readers = await self._reading(conversation_id)
        for event in mistaken:
            if _is_in(event, language, detector):
                await self._translations.found_in(conversation_id, event, language, readers)

    async def _reading(self, conversation_id: str) -> list[str]:
        """The languages in which the visitor's messages are read."""
        readers = await self._readers()
        conversation = await self._ledger.conversation(conversation_id)
        agent = conversation.agent if conversation else None
        if agent is not None and agent.id in readers:
            return [readers[agent.id]]
        return sorted(set(readers.values()))

    async def _look(self, conversation_id: str, chosen: str, text: str) -> None:
        detector, tags = await self._ready(chosen)
        known = self._evidence.get(conversation_id)
        if known is None or not same_language(known.chosen, chosen):
            known = Evidence(next(tag for tag in tags if same_language(tag, chosen)))
        self._evidence[conversation_id] = known
        self._evidence.move_to_end(conversation_id)
        if len(self._evidence) > _KEPT:
            self._evidence.popitem(last=False)
        known.passed_over += 1
        if known.is_settled and known.passed_over % _EVERY:
            return
        guesses = detector.detect(text, {known.chosen: 1.0})
        if not guesses:
            return
        known.take(guesses, count_words(text))
        self._suggest(conversation_id, known, known.suggestion())

    def _suggest(self, conversation_id: str, known: Evidence, language: str | None) -> None:
        if language != known.suggested and self._evidence.get(conversation_id) is known:
            known.suggested = language
            self._tell(conversation_id, language)

    def _forget(self, conversation_id: str) -> None:
        known = self._evidence.pop(conversation_id, None)
        if known is not None and known.suggested is not None:
            self._tell(conversation_id, None)

    async def _ready(self, chosen: str) -> tuple[Detector, tuple[str, ...]]:
        """A detector for what is offered now and what was chosen (which need not be offered to others), its
        model loaded; and its tags."""
        tags = tuple(await self._offered())
        if not any(same_language(tag, chosen) for tag in tags):
            tags = (*tags, chosen)
        if tags not in self._detectors:
            if len(self._detectors) >= _DETECTORS:
                self._detectors.clear()
            await asyncio.to_thread(load)
            self._detectors[tags] = Detector(tags)
        return self._detectors[tags], tags


def _is_in(event: Event, language: str, detector: Detector) -> bool:
    """Whether a message is in the language its author has chosen since. That they chose it counts for it, so
    that a word is enough."""
    assert isinstance(event.what, Message)
    prior = {language: _CHOSEN * 2, event.what.language: 1.0}
    guesses = detector.detect(event.what.text, prior, least_words=1)
    return bool(guesses) and same_language(guesses[0].language, language) and guesses[0].confidence >= 0.6
