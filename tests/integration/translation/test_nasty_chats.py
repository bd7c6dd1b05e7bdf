"""What people write into chats (tests/support/chats.tsv) through the real models: nothing of it is lost.

Each text goes en→pt or pt→en through the starter pair, and every one, whatever its language, lt→en→pt over
a pivot: the phrase model knows hardly any of it and answers nonsense, which must not cost a link either.
"""

import re
from collections.abc import AsyncIterator

import pytest

from tests.support.chats import Chat, chats, ordinary
from tests.support.phrase_models import package, unpacked
from translation import Translation, Translator, discover
from translation.text import repair

CHATS = chats()
OTHER = {"en": "pt", "pt": "en", "lt": "pt"}
LONGEST = 10_000

TOKEN = re.compile(r"[Xx]\s?\d{1,3}\s?[Xx]")
BETWEEN_LINES = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|\t+")


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def translator(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Translator]:
    models = tmp_path_factory.mktemp("models")
    unpacked(package("lt_en"), models)
    async with Translator(discover(models), max_chars=LONGEST) as translator:
        yield translator


def broken(text: str, pieces: tuple[str, ...], result: Translation) -> list[str]:
    """What is wrong with a translation whatever it means; empty if nothing is."""
    source = repair(text)
    found = [
        f"{piece!r} is not there as often" for piece in pieces if count(result, piece) != source.count(piece)
    ]
    if len(TOKEN.findall(result.translation)) != len(TOKEN.findall(source)):
        found.append("a token is left")
    if BETWEEN_LINES.findall(result.translation) != BETWEEN_LINES.findall(source):
        found.append("lines and cells are not those of the text")
    if bool(result.translation.strip()) != bool(source.strip()):
        found.append("nothing is left, or came of nothing")
    return found


def count(result: Translation, piece: str) -> int:
    return result.translation.count(piece)


def unsaid(chat: Chat, result: Translation) -> list[str]:
    """The words that a translation without a doubt should have and has not."""
    said = re.findall(r"\w+", result.translation.lower())
    return [
        "/".join(words)
        for words in chat.says
        if not result.doubtful and not any(word.startswith(words) for word in said)
    ]


def test_there_are_enough_of_them() -> None:
    assert len({(chat.language, chat.text) for chat in CHATS}) >= 430
    assert all(repair(chat.text).count(piece) for chat in CHATS for piece in chat.pieces)


@pytest.mark.parametrize(
    "chat", [chat for chat in CHATS if chat.language != "lt"], ids=lambda chat: ascii(chat.text[:40])
)
async def test_everything_comes_through_the_starter_models(translator: Translator, chat: Chat) -> None:
    result = await translator.translate(chat.text, chat.language, OTHER[chat.language])
    assert broken(chat.text, chat.pieces, result) == []
    assert unsaid(chat, result) == []


@pytest.mark.parametrize("chat", CHATS, ids=lambda chat: ascii(chat.text[:40]))
async def test_everything_comes_through_over_a_pivot(translator: Translator, chat: Chat) -> None:
    result = await translator.translate(chat.text, "lt", "pt")
    assert broken(chat.text, chat.pieces, result) == []
    assert result.path in ((), ("lt", "en", "pt"))


@pytest.mark.parametrize(("source", "target"), [("en", "pt"), ("pt", "en")])
async def test_ten_thousand_characters_of_it(translator: Translator, source: str, target: str) -> None:
    text = ""
    pieces: set[str] = set()
    for chat in CHATS:
        if (
            chat.language in (source, "en")
            and len(text) + len(chat.text) < LONGEST
            and "```" not in chat.text
        ):
            text += chat.text + "\n\n"
            pieces.update(chat.pieces)
    text += "x" * (LONGEST - len(text))
    result = await translator.translate(text, source, target)
    assert broken(text, tuple(pieces), result) == []


async def test_ordinary_messages_raise_no_doubt(translator: Translator) -> None:
    """The gate frowns at no more than one in a hundred of what the starter models make of ordinary texts."""
    asked = [(english, "en") for english, _ in ordinary()] + [
        (portuguese, "pt") for _, portuguese in ordinary()
    ]
    results = [await translator.translate(text, language, OTHER[language]) for text, language in asked]
    doubted = [result for result in results if result.doubtful]
    assert len(doubted) <= len(asked) // 100, doubted
    assert not any(result.flags == ("unchanged",) for result in results)
