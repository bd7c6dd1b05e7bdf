"""Phrase models on the true path of a text: pipeline, workers, CTranslate2, and pivots into the starter pair.

What is expected is what `tests/models/phrases.tsv` has; the engine is asked as it is in use.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.models.corpus import phrases
from tests.models.wordings import Examples
from tests.support.phrase_models import package, unpacked
from translation import Translator, discover

OTHERS = ("lt", "tr", "zh-Hans", "fa", "ja")
PAIRS = [pair for other in OTHERS for pair in (("en", other), (other, "en"))]
CODES = {"zh-Hans": "zh"}

ANSWERS = {
    "lt": ("Ar galiu sekti savo siuntą?", "Pamiršau slaptažodį.", "Stiklas sudužęs."),
    "tr": ("Kargomu takip edebilir miyim?", "Şifremi unuttum.", "Cam kırık."),
    "zh-Hans": ("我可以查询包裹的物流吗？", "我忘记密码了。", "玻璃碎了。"),
    "fa": ("می‌توانم بسته‌ام را ردیابی کنم؟", "رمز عبورم را فراموش کرده‌ام.", "شیشه شکسته است."),
    "ja": ("荷物を追跡できますか？", "パスワードを忘れました。", "ガラスが割れています。"),
}
ENGLISH = ("Can I track my parcel?", "I forgot my password.", "The glass is broken.")


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def translator(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Translator]:
    """Ten phrase models beside the starter pair, as an operator would put them there by hand."""
    models = tmp_path_factory.mktemp("models")
    for source, target in PAIRS:
        unpacked(package(f"{CODES.get(source, source)}_{CODES.get(target, target)}"), models)
    async with Translator(discover(models)) as translator:
        yield translator


@pytest.mark.parametrize("other", OTHERS)
async def test_a_phrase_in_each_language_and_back(translator: Translator, other: str) -> None:
    for english, theirs in zip(ENGLISH, ANSWERS[other], strict=True):
        there = await translator.translate(english, "en", other)
        assert (there.translation, there.flags, there.engine) == (theirs, (), "argos")
        back = await translator.translate(theirs, other, "en")
        assert (back.translation, back.flags, back.path) == (english, (), (CODES.get(other, other), "en"))


@pytest.mark.parametrize(("source", "target"), PAIRS)
async def test_nearly_all_phrases_come_out_right_through_the_whole_pipeline(
    translator: Translator, source: str, target: str
) -> None:
    """As typed, with a space around, and no mark of doubt where the answer is right."""
    known = phrases(source, target)
    examples = Examples(source, target, known, seed=4711)
    asked = [examples.new_filling(phrase) for phrase in known if not phrase.slots]
    said = await asyncio.gather(*(translator.translate(one.source, source, target) for one in asked))
    right = [one.target == result.translation for one, result in zip(asked, said, strict=True)]
    assert sum(right) >= 0.95 * len(asked) > 100
    doubtful = [result for result, fine in zip(said, right, strict=True) if fine and result.doubtful]
    assert doubtful == []


SEVERAL = {
    "lt": "Sveiki! Kur yra mano užsakymas? Dėžutė buvo atidaryta.\nAčiū",
    "tr": "Merhaba! Siparişim nerede? Kutu açılmıştı.\nTeşekkürler",
    "fa": "سلام! سفارش من کجاست؟ جعبه باز بود.\nممنون",
    "zh-Hans": "您好！我的订单在哪里？盒子被打开过。\n谢谢",
    "ja": "こんにちは！注文した商品はどこにありますか？箱が開いていました。\nありがとうございます",
}


@pytest.mark.parametrize("other", OTHERS)
async def test_several_sentences_are_taken_one_by_one(translator: Translator, other: str) -> None:
    """Without spaces between sentences (Chinese, Japanese), with marks of another script (Persian)."""
    result = await translator.translate(SEVERAL[other], other, "en")
    assert result.translation == "Hello! Where is my order? The box was open.\nThank you"
    assert result.flags == ()


@pytest.mark.parametrize("other", OTHERS)
async def test_several_english_sentences_follow_the_other_scripts_habits(
    translator: Translator, other: str
) -> None:
    sentences = [*ENGLISH, "The box was open."]
    alone = [(await translator.translate(sentence, "en", other)).translation for sentence in sentences]
    together = await translator.translate(" ".join(sentences), "en", other)
    assert together.translation.replace(" ", "") == "".join(alone).replace(" ", "")
    assert together.translation.endswith({"zh-Hans": "。", "ja": "。"}.get(other, "."))


PIECES = ("https://shop.example/track?id=5&x=%20", "AB-48213", "ana@example.com", "1.234,56 €", "👍🏽")


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("target", ["en", "pt-BR"])
async def test_kept_pieces_come_back_exactly_also_over_a_pivot(
    translator: Translator, other: str, target: str
) -> None:
    slotted = [phrase for phrase in phrases(other, "en") if any(slot == "kept" for slot in phrase.slots)]
    assert len(slotted) > 10
    for number, phrase in enumerate(slotted):
        kept = PIECES[number % len(PIECES)], PIECES[(number + 1) % len(PIECES)]
        text = phrase.sources[0].replace("{kept}", kept[0]).replace("{kept2}", kept[1])
        result = await translator.translate(text, other, target)
        for piece in kept:
            assert result.translation.count(piece) == text.count(piece), (text, result)


@pytest.mark.parametrize(
    ("source", "text", "words"),
    [
        ("lt", "Kur yra mano užsakymas?", {"onde", "encomenda"}),
        ("lt", "Ar galiu sumokėti kortele?", {"pagar", "cartão"}),
        ("tr", "Paramı geri istiyorum.", {"quero", "dinheiro"}),
        ("fa", "سفارش من کجاست؟", {"onde", "encomenda"}),
        ("zh-Hans", "我的订单在哪里？", {"onde", "encomenda"}),
        ("ja", "パスワードを忘れました。", {"senha"}),
    ],
)
async def test_a_pivot_into_the_real_starter_pair(
    translator: Translator, source: str, text: str, words: set[str]
) -> None:
    result = await translator.translate(text, source, "pt-BR")
    assert words <= set(result.translation.lower().rstrip(".?!").split()), result
    code = CODES.get(source, source)
    assert (result.path, result.engine) == ((code, "en", "pt"), "argos+firefox")
    assert result.model == f"argos/{code}_en-0.1+firefox/enpt-1693087644"


async def test_a_pivot_out_of_the_real_starter_pair(translator: Translator) -> None:
    result = await translator.translate("O vidro está quebrado.", "pt-BR", "lt")
    assert (result.translation, result.path) == ("Stiklas sudužęs.", ("pt", "en", "lt"))


@pytest.mark.parametrize("text", ["Mano el. paštas yra ona@pastas.lt.", "Negavau el. laiško."])
async def test_a_lithuanian_abbreviation_ends_no_sentence(translator: Translator, text: str) -> None:
    result = await translator.translate(text, "lt", "en")
    assert result.translation.count(".") == text.count(".") - 1


@pytest.mark.parametrize("source", ["fa", "zh-Hans", "ja"])
async def test_an_acronym_in_a_script_without_capitals_is_not_shouting(
    translator: Translator, source: str
) -> None:
    phrase = next(one for one in phrases(source, "en") if one.target.startswith("Your tracking number is"))
    result = await translator.translate(phrase.sources[0].replace("{kept}", "AB-48213"), source, "en")
    assert result.translation == "Your tracking number is AB-48213."


async def test_nonsense_is_answered_and_kept_pieces_survive_it(translator: Translator) -> None:
    """Models that know two hundred sentences are asked for others: what is promised holds all the same."""
    text = "Mano dviračio padanga AB-48213 nuleista, žr. https://a.example/b 😀 ir dar 3 kiti dalykai!"
    for target in ("en", "pt-BR"):
        result = await translator.translate(text, "lt", target)
        assert result.text == text
        for piece in ("AB-48213", "https://a.example/b", "😀"):
            assert result.translation.count(piece) == 1


@pytest.mark.parametrize("kind", ["0.2", "0.3"])
@pytest.mark.parametrize(
    ("target", "text", "expected"),
    [
        ("lt", "Where is my order?", "Kur yra mano užsakymas?"),
        ("lt", "I forgot my password.", "Pamiršau slaptažodį."),
        ("lt", "Please use the code AB-48213.", "Naudokite kodą AB-48213."),
        ("tr", "Where is my order?", "Siparişim nerede?"),
        ("tr", "I forgot my password.", "Şifremi unuttum."),
    ],
)
async def test_the_other_kinds_of_packages(
    tmp_path: Path, kind: str, target: str, text: str, expected: str
) -> None:
    """Byte pairs (0.2, Lithuanian only); one network for two languages, told which by a prefix (0.3)."""
    if not package(f"en_{target}", kind).exists():
        assert (target, kind) == ("tr", "0.2")
        return
    unpacked(package(f"en_{target}", kind), tmp_path)
    async with Translator(discover(tmp_path, starter=False)) as translator:
        result = await translator.translate(text, "en", target)
    assert (result.translation, result.model) == (expected, f"argos/en_{target}-{kind}")
