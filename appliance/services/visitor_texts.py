"""What visitors read of the texts that admins write, in the language that suits each best."""

from collections.abc import Mapping
from dataclasses import dataclass

from appliance.domain.regions import Region
from appliance.domain.texts import Answer, Said, fill
from appliance.formats import isolated
from appliance.names import direction
from appliance.services.texts import Texts
from appliance.services.workspace import WorkspaceSettings

_REMEMBERED = 500


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


def filled(said: Said, names: Mapping[str, str]) -> Said:
    """With names in the places of their placeholders; one in letters of the other direction does not disturb
    the sentence around it, whose direction is that of the text's own locale."""
    around = direction(said.locale)
    shown = {placeholder: isolated(name, around) for placeholder, name in names.items()}
    return Said(fill(said.text, shown), said.locale)


def _named(said: Said | None, workspace: str) -> Said | None:
    return None if said is None else filled(said, {"workspace": workspace})
