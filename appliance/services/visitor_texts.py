"""What visitors read of the texts that admins write, in the language that suits each best."""

import unicodedata
from dataclasses import dataclass

from appliance.domain.regions import Region
from appliance.domain.texts import Answer, Said, fill
from appliance.services.texts import Texts
from appliance.services.workspace import WorkspaceSettings

_REMEMBERED = 500
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class Question:
    """To be answered before the first message."""

    id: str
    label: Said
    answer: Answer
    required: bool


@dataclass(frozen=True, slots=True)
class ReaderTexts:
    """What is approved, for a reader of `language`; None: nothing of the kind. The workspace's name is filled
    in; `survey` may still have the agent's (`{agent}`). `offline` is the workspace's own."""

    language: str
    greeting: Said | None = None
    queue: Said | None = None
    offline: Said | None = None
    survey: Said | None = None
    questions: tuple[Question, ...] = ()

    def while_closed(self, region: Region) -> Said | None:
        """A region's own words come first."""
        return region.offline_text(self.language) or self.offline


class VisitorTexts:
    """Many visitors read the same, which is worked out once."""

    def __init__(self, texts: Texts, workspace: WorkspaceSettings) -> None:
        self._texts = texts
        self._workspace = workspace
        self._known: dict[tuple[str, str], ReaderTexts] = {}
        texts.on_change.append(self._forget)

    async def for_reader(self, language: str) -> ReaderTexts:
        """`language`: a BCP 47 tag."""
        name = (await self._workspace.read()).name
        known = self._known.get((language, name))
        if known is not None:
            return known
        if len(self._known) >= _REMEMBERED:
            self._forget()
        # What is worked out while they are being changed is remembered by nobody.
        remembering = self._known
        found = remembering[language, name] = await self._found(language, name)
        return found

    def _forget(self) -> None:
        self._known = {}

    async def _found(self, language: str, name: str) -> ReaderTexts:
        questions = [
            Question(text.id, label, text.answer, text.required)
            for text in await self._texts.of("question")
            if (label := text.said(language)) is not None
        ]
        return ReaderTexts(
            language,
            _named(await self._texts.said("greeting", language), name),
            _named(await self._texts.said("queue", language), name),
            _named(await self._texts.said("offline", language), name),
            _named(await self._texts.said("survey", language), name),
            tuple(questions),
        )


def _named(said: Said | None, workspace: str) -> Said | None:
    if said is None:
        return None
    if _direction(workspace) not in (None, _direction(said.text)):
        # A name of the other direction must not disturb the sentence around it.
        workspace = f"{_ISOLATE}{workspace}{_END_ISOLATE}"
    return Said(fill(said.text, {"workspace": workspace}), said.locale)


def _direction(text: str) -> str | None:
    """Of its first letter; None without any."""
    for character in text:
        match unicodedata.bidirectional(character):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return None
