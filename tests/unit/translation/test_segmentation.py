"""Texts are cut into sentences without losing a character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.segmentation import LONGEST_SENTENCE, LONGEST_SENTENCE_NO_SPACES, segment


def sentences(text: str) -> list[str]:
    return [part.text for part in segment(text) if part.words]


def joined(text: str) -> str:
    return "".join(part.text for part in segment(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello. How are you?", ["Hello.", "How are you?"]),
        ("ok. thanks", ["ok.", "thanks"]),
        ("Really?! Yes.", ["Really?!", "Yes."]),
        ("Ask Dr. Smith or Mrs. Jones.", ["Ask Dr. Smith or Mrs. Jones."]),
        (
            "O Sr. Silva e a Sra. Lima chegaram. Obrigado.",
            ["O Sr. Silva e a Sra. Lima chegaram.", "Obrigado."],
        ),
        ("Fica na rua X, nº 5. Certo?", ["Fica na rua X, nº 5.", "Certo?"]),
        ("Use isso, p. ex. aquilo.", ["Use isso, p. ex. aquilo."]),
        ("Bring fruit, e.g. apples.", ["Bring fruit, e.g. apples."]),
        ("Open at 9 a.m. on Monday.", ["Open at 9 a.m. on Monday."]),
        ("See no. 5 there.", ["See no. 5 there."]),
        ("Mano el. paštas yra toks. Ačiū", ["Mano el. paštas yra toks.", "Ačiū"]),
        ("I said no. Then I left.", ["I said no.", "Then I left."]),
        ("Written by J. Smith. Good book.", ["Written by J. Smith.", "Good book."]),
        ("It costs 3.50 now. Cheap!", ["It costs 3.50 now.", "Cheap!"]),
        ("Well... maybe. Wait… No.", ["Well... maybe.", "Wait…", "No."]),
        ('He said "Stop." Then he left.', ['He said "Stop."', "Then he left."]),
        ("(It broke.) Help!", ["(It broke.)", "Help!"]),
        ("See https://example.com/a.b?c=d. Thanks", ["See https://example.com/a.b?c=d.", "Thanks"]),
        ("Obrigado 😊 Vou esperar", ["Obrigado 😊", "Vou esperar"]),
        ("你好。我的订单在哪里？谢谢！", ["你好。", "我的订单在哪里？", "谢谢！"]),
        ("「はい。」と言った。次へ", ["「はい。」", "と言った。", "次へ"]),
        ("سلام. سفارش من کجاست؟ ممنون", ["سلام.", "سفارش من کجاست؟", "ممنون"]),
        ("شکریہ۔ خدا حافظ", ["شکریہ۔", "خدا حافظ"]),
        ("1. Open the app\n2. Wait", ["Open the app", "Wait"]),
        ("1. Open the box 2. Take it 4. No", ["Open the box", "2.", "Take it 4.", "No"]),
        ("1.Open the box 2.Take it", ["Open the box", "2.", "Take it"]),
        ("# Problem\n> Why?", ["Problem", "Why?"]),
        ("Lamp\tTwo\t\tRed. One", ["Lamp", "Two", "Red.", "One"]),
        ("Der Termin ist am 5. Mai. Passt das?", ["Der Termin ist am 5. Mai.", "Passt das?"]),
        ("Přijdu 5. května. Děkuji.", ["Přijdu 5. května.", "Děkuji."]),
        ("I ordered 2. They sent 3.", ["I ordered 2.", "They sent 3."]),
        ("Bring z. B. den Tisch mit. Danke.", ["Bring z. B. den Tisch mit.", "Danke."]),
        ("Das ist u. a. auch so, usw. Danke.", ["Das ist u. a. auch so, usw.", "Danke."]),
        ("M. Dupont est là. Merci.", ["M. Dupont est là.", "Merci."]),
        ("Il sig. Rossi ha 5 kg, ecc. Grazie.", ["Il sig. Rossi ha 5 kg, ecc.", "Grazie."]),
        ("De heer b.v. komt a.u.b. niet. Dank.", ["De heer b.v. komt a.u.b. niet.", "Dank."]),
        ("Np. lampa, m.in. biała. Dziękuję.", ["Np. lampa, m.in. biała.", "Dziękuję."]),
        ("Pristatykite į g. Vilnius, pvz. rytoj. Ačiū.", ["Pristatykite į g. Vilnius, pvz. rytoj.", "Ačiū."]),
        ("Это т. е. на ул. Ленина. Спасибо.", ["Это т. е. на ул. Ленина.", "Спасибо."]),
        ("Стоит 5 руб. Спасибо.", ["Стоит 5 руб.", "Спасибо."]),
        ("Sipariş no. 5, örn. bu. Teşekkürler.", ["Sipariş no. 5, örn. bu.", "Teşekkürler."]),
        ("Πού είναι; Ευχαριστώ.", ["Πού είναι;", "Ευχαριστώ."]),
        ("I came; I saw.", ["I came; I saw."]),
        ("Որտե՞ղ է։ Շնորհակալություն։", ["Որտե՞ղ է։", "Շնորհակալություն։"]),
        ("मेरा ऑर्डर कहाँ है? धन्यवाद। नमस्ते।", ["मेरा ऑर्डर कहाँ है?", "धन्यवाद।", "नमस्ते।"]),
        ("주문이 어디 있나요? 감사합니다.", ["주문이 어디 있나요?", "감사합니다."]),
        ("Sei como é. Vou esperar.", ["Sei como é.", "Vou esperar."]),
        ("Help me. I wait 5 min. Thanks", ["Help me.", "I wait 5 min.", "Thanks"]),
        ("- first\n\n  • second  ", ["first", "second"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected
    assert joined(text) == text


def test_everything_between_sentences_is_kept_as_it_was() -> None:
    text = "  Hello.\t How are you?\r\n\r\n\n  1) Fine \u2028 - ok\n"
    assert joined(text) == text
    assert sentences(text) == ["Hello.", "How are you?", "Fine", "ok"]


def test_lines_of_code_are_no_sentences() -> None:
    text = "It fails. Here:\nf(x) = y; g(x) = z;\nWhy? Tell me"
    assert sentences(text) == ["It fails.", "Here:", "f(x) = y; g(x) = z;", "Why?", "Tell me"]


def test_long_thai_is_cut_where_it_has_spaces() -> None:
    clause = "ฉันสั่งโคมไฟเมื่อสัปดาห์ที่แล้วแต่ยังไม่มาถึง"
    parts = sentences(" ".join([clause] * 4))
    assert parts == [clause] * 4


@given(st.text(max_size=400))
def test_segments_joined_are_the_text(text: str) -> None:
    assert joined(text) == text


@given(st.text(alphabet="ab.!?…\"') \n\t\u00a01😀🏽\u200dDr的。กé\u0301", max_size=700))
def test_segments_joined_are_the_text_where_rules_collide(text: str) -> None:
    assert joined(text) == text
    assert all(part.text.strip() == part.text for part in segment(text) if part.words)


@pytest.mark.parametrize(
    ("text", "cap"),
    [
        ("word " * 600, LONGEST_SENTENCE),
        ("one two three, four five six; " * 60, LONGEST_SENTENCE),
        ("สวัสดีครับผมต้องการคืนสินค้า" * 40, LONGEST_SENTENCE_NO_SPACES),
        ("我的订单还没有到，" * 80, LONGEST_SENTENCE_NO_SPACES),
    ],
)
def test_sentences_are_capped(text: str, cap: int) -> None:
    assert joined(text) == text
    assert max(len(sentence) for sentence in sentences(text)) <= cap


def test_long_sentences_are_cut_after_a_clause() -> None:
    text = "the first half goes on and on until it ends here, " * 10
    assert all(sentence.endswith(",") for sentence in sentences(text))


def test_a_cut_never_tears_a_letter_from_its_marks() -> None:
    letter = "ก\u0e33\u0e49"
    parts = sentences(letter * 200)
    assert all(part.startswith("ก") for part in parts)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 5000,
        "a." * 2500,
        "Hi. " * 1250,
        "." * 4999 + "a",
        "a" + " " * 4999 + "b",
        "-a" * 2500,
        "@" * 5000,
        "1 " * 2500,
        "{" * 5000,
    ],
)
def test_hostile_texts_come_through_whole(text: str) -> None:
    assert joined(text) == text
