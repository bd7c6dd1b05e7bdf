"""Which texts are one to a translator, and what of them belongs to somebody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.likeness import filled, fitted, likened, slots_of, with_slots_of


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Where is my order", "where  is my ORDER.", True),
        ("Thanks!", "thanks", True),
        ("Thanks!!!", "Thanks …", True),
        ("Cafe\u0301", "CAFÉ", True),
        ("Really?", "Really.", False),
        ("Really?", "really?!", True),
        ("你好。", "你好", True),
        ("Order 12", "Order 13", False),
        ("a, b", "a b", False),
        ("Straße", "STRASSE", True),
    ],
)
def test_which_texts_are_taken_for_one(one: str, other: str, alike: bool) -> None:
    assert (likened(one) == likened(other)) is alike


@pytest.mark.parametrize(
    ("text", "slotted"),
    [
        ("Write to ana@shop.example.", "Write to {email}."),
        ("Call +370 612 34567 now", "Call {phone} now"),
        ("Where is A-1042?", "Where is {code}?"),
        ("A-1042 or B-7?", "{code} or {code 2}?"),
        ("A-1042, yes A-1042", "{code}, yes {code}"),
        ("See https://shop.example/o/7!", "See {link}!"),
        ("Order 48213 of 2 items", "Order {number} of 2 items"),
        ("It costs €1,234.56 at 10:30", "It costs €1,234.56 at 10:30"),
        ("No. 48213a", "No. 48213a"),
    ],
)
def test_what_belongs_to_somebody_becomes_a_slot(text: str, slotted: str) -> None:
    found = slots_of(text)
    assert found.text == slotted
    assert filled(found.text, found.slots) == text


def test_a_translation_needs_the_same_pieces_as_its_text() -> None:
    text = slots_of("A-1042 for ana@shop.example or B-7")
    assert with_slots_of(text, "B-7 ou A-1042 para ana@shop.example") == "{code 2} ou {code} para {email}"
    assert with_slots_of(text, "A-1042 para ana@shop.example") is None
    assert with_slots_of(text, "A-1042 A-1042 B-7 ana@shop.example") is None
    assert with_slots_of(text, "A-1042 B-7 ana@shop.example +370 612 34567") is None


@pytest.mark.parametrize(
    ("translation", "known", "text", "target", "expected"),
    [
        ("Obrigado!", "Thanks!", "thanks", "pt", "Obrigado"),
        ("Obrigado", "Thanks", "Thanks!!", "pt", "Obrigado!!"),
        ("obrigado", "thanks", "Thanks", "pt", "Obrigado"),
        ("谢谢！", "Thanks!", "Thanks.", "zh", "谢谢。"),
        ("Merci !", "Thanks!", "Thanks!!", "fr", "Merci !!"),
        ("Valeu, até mais", "Thanks!", "Thanks", "pt", "Valeu, até mais"),
    ],
)
def test_a_known_translation_takes_the_marks_of_the_text(
    translation: str, known: str, text: str, target: str, expected: str
) -> None:
    assert fitted(translation, known, text, target) == expected


@given(st.text(max_size=200))
def test_filling_the_slots_of_a_text_gives_it_back(text: str) -> None:
    found = slots_of(text)
    assert filled(found.text, found.slots) == text


@given(st.text(max_size=60))
def test_a_text_is_like_itself_in_capitals_or_with_more_space(text: str) -> None:
    assert likened(f" {text}  ") == likened(text)
