"""What comes first when a text is translated: a person's wording, then the engine with the terms."""

from datetime import UTC, datetime

import pytest

from appliance.services.glossary import WorkspaceGlossary
from appliance.services.interpreter import Interpreter
from appliance.services.memory import Memory
from tests.unit.services.wordings import Entries, Judgements
from translation import Glossary, Translation, TranslationError
from translation.errors import NO_ROUTE

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class Engine:
    """Writes every text in capitals; says which terms it was given."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.error: TranslationError | None = None

    async def translate(
        self, text: str, source: str, target: str, *, glossary: Glossary | None = None
    ) -> Translation:
        self.asked.append((text, 0 if glossary is None else len(glossary)))
        if self.error is not None:
            raise self.error
        return Translation(text, text.upper(), source, target, "stub", (source, target), ("echo",), "stub/1")


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def memory() -> Memory:
    return Memory(Judgements(), lambda: NOON)


@pytest.fixture
def glossary() -> WorkspaceGlossary:
    return WorkspaceGlossary(Entries())


@pytest.fixture
def interpreter(engine: Engine, memory: Memory, glossary: WorkspaceGlossary) -> Interpreter:
    return Interpreter(engine, memory, glossary)


async def test_a_persons_wording_needs_no_engine(
    interpreter: Interpreter, engine: Engine, memory: Memory
) -> None:
    await memory.approve("Hello!", "en", "pt", "Oi!", "emma")
    engine.error = TranslationError(NO_ROUTE, "nothing is installed")
    result = await interpreter.translate("hello", "en-GB", "pt-BR")
    assert (result.text, result.translation) == ("hello", "Oi")
    assert (result.source, result.target, result.path) == ("en-GB", "pt-BR", ("en-GB", "pt-BR"))
    assert (result.engine, result.model, result.flags) == ("memory", "", ("memory",))
    assert not result.doubtful
    assert engine.asked == []


async def test_the_engine_gets_the_terms_as_they_are_now(
    interpreter: Interpreter, engine: Engine, glossary: WorkspaceGlossary
) -> None:
    await interpreter.translate("one", "en", "pt")
    entry, _ = await glossary.save(None, "Dragoman Pro", {}, None)
    await interpreter.translate("two", "en", "pt")
    await glossary.remove(entry.id)
    await interpreter.translate("three", "en", "pt")
    assert engine.asked == [("one", 0), ("two", 1), ("three", 0)]


async def test_a_result_that_somebody_called_wrong_is_doubtful(
    interpreter: Interpreter, memory: Memory
) -> None:
    await memory.reject("hello", "en", "pt", "HELLO", "emma")
    result = await interpreter.translate("Hello", "en", "pt")
    assert result.translation == "HELLO"
    assert result.flags == ("echo", "rejected")
    assert result.doubtful
    assert (await interpreter.translate("goodbye", "en", "pt")).flags == ("echo",)


async def test_errors_of_the_engine_are_the_interpreters(interpreter: Interpreter, engine: Engine) -> None:
    engine.error = TranslationError(NO_ROUTE, "nothing is installed")
    with pytest.raises(TranslationError) as raised:
        await interpreter.translate("hello", "en", "xx")
    assert raised.value.code == NO_ROUTE


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("\ud800 hello", "en", "pt"),
        ("x" * 6_000, "en", "pt"),
        ("hello", "nonsense-tag!", "pt"),
        ("hello", "en", "en-GB"),
        ("Write to {email}", "en", "pt"),
        ("", "en", "pt"),
        (" \n", "en", "pt"),
    ],
)
async def test_what_cannot_be_remembered_goes_to_the_engine(
    interpreter: Interpreter, engine: Engine, memory: Memory, text: str, source: str, target: str
) -> None:
    await memory.approve("Hello", "en", "pt", "Oi", "emma")
    assert not await memory.approve(text, source, target, "x", "emma")
    assert not await memory.reject(text, source, target, "x", "emma")
    assert (await interpreter.translate(text, source, target)).engine == "stub"
    assert engine.asked == [(text, 0)]
