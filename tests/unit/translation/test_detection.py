"""Which language a chat line is in: accuracy on lines of our own, and silence where nothing can be told.

`chat_lines.tsv` holds what visitors of a shop might type, 20 lines a language, written for this test.
"""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.detection import Detector, Guess, count_words
from translation.tags import same_language

LINES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "chat_lines.tsv").read_text("utf-8").splitlines()
]
ALL = tuple(dict.fromkeys(tag for tag, _ in LINES))
SEVEN = ("en", "lt", "tr", "zh-Hans", "fa", "ja", "pt-BR")


def share_right(detector: Detector, tags: tuple[str, ...]) -> float:
    asked = [(tag, text) for tag, text in LINES if tag in tags]
    right = 0
    for tag, text in asked:
        guesses = detector.detect(text)
        right += bool(guesses) and same_language(guesses[0].language, tag)
    return right / len(asked)


def test_the_lines_cover_what_the_product_speaks() -> None:
    assert len(ALL) == 24
    assert all(sum(tag == one for one, _ in LINES) == 20 for tag in ALL)


def test_among_twenty_four_languages_nearly_all_lines_are_recognised() -> None:
    assert share_right(Detector(ALL), ALL) >= 0.97


def test_among_the_seven_of_the_interface_nearly_all() -> None:
    assert share_right(Detector(SEVEN), SEVEN) >= 0.99


@pytest.mark.parametrize("tag", ALL)
def test_no_language_is_left_behind(tag: str) -> None:
    assert share_right(Detector(ALL), (tag,)) >= 0.85


def test_of_a_language_nobody_configured_it_is_never_sure() -> None:
    detector = Detector(("en", "lt", "pt-BR"))
    strangers = [text for tag, text in LINES if tag not in ("en", "lt", "pt-BR", "pt-PT")]
    for text in strangers:
        for guess in detector.detect(text):
            assert guess.confidence < 0.9, (text, guess)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("注文はまだですか", "ja"),
        ("注文商品未着、配送状況確認希望、発送済？", "ja"),
        ("我的订单还没到", "zh-Hans"),
        ("我的訂單還沒到", "zh-Hant"),
        ("배송 언제 오나요", "ko"),
        ("מתי זה מגיע", "he"),
        ("چرا هنوز نرسیده", "fa"),
        ("لماذا لم يصل بعد", "ar"),
        ("коли приїде моя посилка", "uk"),
        ("где же мой заказ", "ru"),
        ("Kur mano siunta?", "lt"),
        ("WO IST MEIN PAKET", "de"),
    ],
)
def test_script_and_letters_tell(text: str, language: str) -> None:
    guesses = Detector(ALL).detect(text)
    assert guesses[0].language == language
    assert guesses == sorted(guesses, key=lambda guess: -guess.confidence)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n ",
        "ok",
        "Ačiū!",
        "Hello",
        "123 456",
        "+370 600 12345",
        "https://shop.example/uzsakymas/labas-rytas",
        "ana@shop.example",
        "😀 🎉 👍",
        "Anna Petrova",
        "Ana Beatriz Oliveira",
        "Labas, Tomai",
        "LT-4711 #99812",
        "你好",
        "はい",
        "네",
        "שלום",
        "`SELECT name FROM orders`",
        "\ud800\udfff",
        "\u202e\u200b\ufeff",
    ],
)
def test_silence_where_there_is_too_little_to_go_by(text: str) -> None:
    assert Detector(ALL).detect(text) == []


def test_silence_about_a_script_no_configured_language_has() -> None:
    assert Detector(("en", "lt")).detect("где мой заказ, я жду уже неделю") == []


def test_what_is_kept_says_nothing_about_the_language() -> None:
    detector = Detector(ALL)
    bare = detector.detect("kur mano siunta")
    dressed = detector.detect("kur mano siunta https://shop.example/where-is-my-order ORD-4711-X 😀")
    assert bare == dressed


def test_one_word_is_enough_for_whoever_asks_for_that() -> None:
    assert Detector(ALL).detect("gracias", least_words=1)[0].language == "es"
    assert Detector(ALL).detect("12:30", least_words=1) == []


def test_a_prior_decides_what_the_text_leaves_open() -> None:
    detector = Detector(("pt-BR", "es"))
    text = "o cupom de desconto"
    plain = {guess.language: guess.confidence for guess in detector.detect(text)}
    leaning = {guess.language: guess.confidence for guess in detector.detect(text, {"pt-BR": 5.0})}
    against = {guess.language: guess.confidence for guess in detector.detect(text, {"pt": 0.01})}
    assert against.get("pt-BR", 0) < plain["pt-BR"] < leaning["pt-BR"]


def test_chinese_without_telling_characters_is_what_was_read_before() -> None:
    detector = Detector(("zh-Hans", "zh-Hant"))
    assert detector.detect("不是的，你好呀", {"zh-Hant": 3.0})[0].language == "zh-Hant"
    assert detector.detect("不是的，你好呀", {"zh-Hans": 3.0})[0].language == "zh-Hans"


def test_one_of_several_tags_stands_for_a_language() -> None:
    detector = Detector(("pt-PT", "pt-BR", "en"))
    text = "quero devolver as duas cadeiras"
    assert detector.detect(text)[0].language == "pt-PT"
    assert detector.detect(text, {"pt-BR": 2.0})[0].language == "pt-BR"


def test_the_model_is_asked_only_where_the_script_leaves_a_choice() -> None:
    asked: list[str] = []

    def model(text: str) -> Mapping[str, float]:
        asked.append(text)
        return {"lt": 1.0}

    detector = Detector(ALL, model=model)
    assert detector.detect("배송 언제 오나요") == [Guess("ko", 1.0)]
    assert detector.detect("注文はまだですか")[0].language == "ja"
    assert asked == []
    assert detector.detect("kur mano siunta")[0].language == "lt"
    assert asked == ["kur mano siunta"]


def test_a_word_is_counted_as_detection_counts() -> None:
    assert count_words("kur mano siunta LT-4711?") == 3
    assert count_words("注文した商品はどこですか？") == 6
    assert count_words("12:30 😀") == 0


@given(st.text(st.characters(), max_size=200))
def test_whatever_is_typed_gets_an_answer(text: str) -> None:
    guesses = Detector(ALL).detect(text)
    assert all(guess.language in ALL and 0 < guess.confidence <= 1 for guess in guesses)
    assert sum(guess.confidence for guess in guesses) <= 1.001


def test_nothing_is_loaded_before_a_text_needs_it() -> None:
    program = (
        "import sys; from translation.detection import Detector; Detector(['en', 'lt']).detect('ok');"
        "sys.exit('fasttext_pybind' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
