"""The starter pair translates for real."""

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from translation import Pair, Translation, TranslationError, Translator, discover


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def translator() -> AsyncIterator[Translator]:
    async with Translator(discover()) as translator:
        yield translator


@pytest.mark.parametrize(
    ("source", "target", "text", "words"),
    [
        ("en", "pt", "Where is my order?", {"onde", "encomenda"}),
        ("en", "pt", "The lamp arrived broken and I want a refund.", {"lâmpada", "quero", "reembolso"}),
        ("en", "pt", "Can I pay by card?", {"pagar", "cartão"}),
        ("pt", "en", "Comprei uma lâmpada e ela chegou quebrada.", {"bought", "lamp", "broken"}),
        ("pt", "en", "Vocês entregam em Lisboa?", {"deliver", "lisbon"}),
        ("pt-BR", "en-GB", "Quero um reembolso", {"want", "refund"}),
    ],
)
async def test_meaning_comes_through(
    translator: Translator, source: str, target: str, text: str, words: set[str]
) -> None:
    result = await translator.translate(text, source, target)
    assert words <= set(result.translation.lower().rstrip(".?!").split())
    assert (result.text, result.source, result.target, result.flags) == (text, source, target, ())


@pytest.mark.parametrize(
    ("source", "target", "text", "expected"),
    [
        ("en", "pt", "Hello", "Olá"),
        ("en", "pt", "Thanks!", "Obrigado!"),
        ("en", "pt", "yes please", "sim por favor"),
        ("en", "pt", "tomorrow", "amanhã"),
        ("en", "pt", "Good morning 😀", "Bom dia 😀"),
        ("pt", "en", "Olá", "Hello"),
        ("pt", "en", "Obrigado", "Thank you"),
        ("pt", "en", "Sim", "Yes"),
        ("pt", "en", "Dois", "Two"),
        ("pt", "en", "Ainda não...", "Not yet..."),
        ("pt", "en", "MUITO CARO", "VERY EXPENSIVE"),
    ],
)
async def test_short_chat_lines_read_well(
    translator: Translator, source: str, target: str, text: str, expected: str
) -> None:
    assert (await translator.translate(text, source, target)).translation == expected


@pytest.mark.parametrize(("source", "target"), [("en", "pt"), ("pt", "en")])
async def test_what_must_be_kept_comes_back_exactly(translator: Translator, source: str, target: str) -> None:
    pieces = [
        "https://example.com/track?id=5",
        "a.b@example.org",
        "#48213",
        "AB-123-X",
        "1,234.56 USD",
        "👍🏽",
    ]
    pieces += ["R$ 99,90", "12/05/2026", "10:30", "+55 (11) 91234-5678", "{name}", "`npm install`", "👨‍👩‍👧"]
    about = {
        "en": "We will send {} to you and {} to Anna tomorrow, please.",
        "pt": "Vamos enviar {} e {} amanhã, por favor.",
    }
    for one, other in zip(pieces, [*pieces[1:], pieces[0]], strict=True):
        result = await translator.translate(about[source].format(one, other), source, target)
        assert result.translation.count(one) == 1
        assert result.translation.count(other) == 1


async def test_lines_lists_and_space_are_kept(translator: Translator) -> None:
    text = "  Hello, Anna!\r\n\r\n1. Open the app\n2. Wait\n\n- Thank you. 😀\n"
    result = await translator.translate(text, "en", "pt")
    assert result.translation == "  Olá, Anna!\r\n\r\n1. Abra o aplicativo\n2. Aguarde\n\n- Obrigado. 😀\n"


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [("😀 42", "en", "pt"), ("", "en", "pt"), ("Olá", "pt-BR", "pt"), ("42", "xx", "yy")],
)
async def test_what_needs_no_engine_reaches_none(text: str, source: str, target: str) -> None:
    async with Translator(discover()) as fresh:
        result = await fresh.translate(text, source, target)
        assert result == Translation(text, text, source, target, "none", (), ("unchanged",), "")
        assert fresh.stats.workers == 0


async def test_many_at_once_are_the_same_as_one_by_one(translator: Translator) -> None:
    texts = [f"I bought {number} lamps and one of them is broken." for number in range(2, 42)]
    at_once = await asyncio.gather(*(translator.translate(text, "en", "pt") for text in texts))
    for number, result in enumerate(at_once, start=2):
        assert str(number) in result.translation.split()
    assert [await translator.translate(text, "en", "pt") for text in texts[:3]] == at_once[:3]


async def test_a_killed_worker_is_not_noticed(translator: Translator) -> None:
    await translator.translate("Where is my order?", "en", "pt")
    requests = [
        asyncio.create_task(translator.translate(f"The lamp number {n} is broken, please help.", "en", "pt"))
        for n in range(30)
    ]
    await asyncio.wait(requests, return_when=asyncio.FIRST_COMPLETED)
    os.kill(translator.worker_pids()[0], signal.SIGKILL)
    assert all("quebrad" in result.translation for result in await asyncio.gather(*requests))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "\ud800 hello \udfff",
            "a\x00b\x1b[31m red",
            "\u202eabc\u200b def",
            "a" * 5000,
            "e\u0301" * 2000,
            "?!" * 2500,
        ),
        *("ha!" * 1600, "word " * 400, "的" * 400, "😀" * 5000, "1 2 3 " * 800, "\n" * 5000),
    ],
)
async def test_bad_text_never_breaks_it(translator: Translator, text: str) -> None:
    result = await translator.translate(text, "en", "pt")
    assert result.text == text
    assert result.translation.encode()


async def test_impossible_requests_are_refused(translator: Translator) -> None:
    for text, source, target, code in [("a" * 5001, "en", "pt", "too_long"), ("Hi", "en", "lt", "no_route")]:
        with pytest.raises(TranslationError) as raised:
            await translator.translate(text, source, target)
        assert (raised.value.code, raised.value.permanent) == (code, True)


async def test_an_operators_folder_works_and_says_its_name(tmp_path: Path) -> None:
    (starter,) = (pack for pack in discover() if pack.pair == Pair("en", "pt"))
    files = dict(starter.files)
    folder = tmp_path / "enpt-mine"
    folder.mkdir()
    # Laid out as for a split vocabulary, without a shortlist.
    shutil.copy(files["model"], folder / "model.enpt.bin")
    shutil.copy(files["source_vocabulary"], folder / "srcvocab.enpt.spm")
    shutil.copy(files["target_vocabulary"], folder / "trgvocab.enpt.spm")
    async with Translator(discover(tmp_path)) as translator:
        result = await translator.translate("Where is my order?", "en", "pt")
    assert (result.engine, result.model, result.path) == ("firefox", "firefox/enpt-mine", ("en", "pt"))
    assert "Onde" in result.translation


async def test_a_pivot_goes_through_both_engines(tmp_path: Path) -> None:
    """The Portuguese model posing as one from Galician gives a chain gl → en → pt of real models."""
    (pt_en,) = (pack for pack in discover() if pack.pair == Pair("pt", "en"))
    folder = tmp_path / "gl-en"
    shutil.copytree(dict(pt_en.files)["model"].parent, folder)
    async with Translator(discover(tmp_path)) as translator:
        result = await translator.translate("Onde está #48213? Obrigado", "gl", "pt")
    assert result.translation.startswith("Onde ")
    assert result.translation.endswith(" #48213? Obrigado")
    assert result.engine == "firefox+firefox"
    assert result.path == ("gl", "en", "pt")
    assert result.model == "firefox/gl-en+firefox/enpt-1693087644"


async def test_memory_is_given_back(translator: Translator) -> None:
    await asyncio.gather(
        translator.translate("Hello", "en", "pt"), translator.translate("Oi, Ana!", "pt", "en")
    )
    assert 20 < translator.stats.memory_mb < 160
