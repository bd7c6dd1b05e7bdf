"""The workspace's terms through real engines: the starter pair, and phrase models over a pivot."""

from collections.abc import AsyncIterator

import pytest

from tests.support.phrase_models import package, unpacked
from translation import Glossary, Term, Translator, discover

SHOP = Glossary(
    [
        Term(
            {"en": ("refund", "money back"), "pt": ("devolução do dinheiro",), "lt": ("pinigų grąžinimas",)}
        ),
        Term({"lt": ("siunta",), "pt": ("remessa",), "fa": ("محموله",), "ja": ("お荷物",)}),
        Term({"en": ("business hours",), "pt": ("horário de atendimento",)}),
        Term(keep="Dragoman Pro"),
        Term(keep="Say Hello!"),
    ]
)
PAIRS = ("lt_en", "en_lt", "fa_en", "en_fa", "ja_en", "en_ja")


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def translator(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Translator]:
    models = tmp_path_factory.mktemp("models")
    for pair in PAIRS:
        unpacked(package(pair), models)
    async with Translator(discover(models)) as translator:
        yield translator


@pytest.mark.parametrize(
    ("source", "target", "text", "wordings"),
    [
        ("en", "pt", "I want a refund for the lamp.", ["devolução do dinheiro"]),
        ("en", "pt", "Refunds are not possible.", ["Devolução do dinheiro"]),
        ("en", "pt", "WHERE IS MY REFUND?", ["DEVOLUÇÃO DO DINHEIRO"]),
        ("en", "pt", "Refund?", ["Devolução do dinheiro?"]),
        (
            "en",
            "pt",
            "What are your business hours?\nI have Dragoman Pro.",
            ["horário de atendimento", "\n", "Dragoman Pro"],
        ),
        ("en", "pt", "Say Hello! is broken. Can you help?", ["Say Hello!"]),
        ("pt", "en", "Quero a devolução do dinheiro hoje.", ["refund"]),
        ("lt", "pt", "Ar galiu sekti savo siuntą?", ["remessa"]),
        ("lt", "fa", "Ar galiu sekti savo siuntą?", ["محموله"]),
        ("ja", "pt", "お荷物を追跡できますか？", ["Remessa"]),
        ("lt", "ja", "Pamiršau slaptažodį. Dragoman Pro", ["Dragoman Pro"]),
    ],
)
async def test_the_wording_of_the_glossary_is_there_once(
    translator: Translator, source: str, target: str, text: str, wordings: list[str]
) -> None:
    result = await translator.translate(text, source, target, glossary=SHOP)
    assert [result.translation.count(wording) for wording in wordings] == [1] * len(wordings), result
    assert "glossary" in result.flags
    assert not any(character >= "\ue000" for character in result.translation)


async def test_a_pivot_is_said_and_its_text_is_not_seen(translator: Translator) -> None:
    result = await translator.translate("Ar galiu sekti savo siuntą?", "lt", "pt", glossary=SHOP)
    assert result.path == ("lt", "en", "pt")


@pytest.mark.parametrize(
    "text", ["Where is my order?", "See https://refund.example/business/hours", "refundable"]
)
async def test_without_a_term_a_glossary_changes_nothing(translator: Translator, text: str) -> None:
    assert await translator.translate(text, "en", "pt", glossary=SHOP) == await translator.translate(
        text, "en", "pt"
    )


async def test_a_term_that_changes_is_never_answered_from_what_was_remembered(translator: Translator) -> None:
    """The sentence is remembered with a token in it, whatever stands for that afterwards."""
    for wording in ("ressarcimento", "estorno", "reembolso"):
        now = Glossary([Term({"en": ("refund",), "pt": (wording,)})])
        result = await translator.translate("I want a refund.", "en", "pt", glossary=now)
        assert wording in result.translation
    plain = await translator.translate("I want a refund.", "en", "pt")
    assert plain.flags == ()
