"""How a sentence is put to an engine."""

import pytest

from translation.wording import shouted


@pytest.mark.parametrize(
    "text", ["WHERE IS MY ORDER", "KUR MANO UŽSAKYMAS?", "SİPARİŞİM NEREDE", "ORDER 42 IS LATE"]
)
def test_capitals_throughout_are_shouting(text: str) -> None:
    assert shouted(text)


@pytest.mark.parametrize(
    "text",
    [
        "Where is my USB cable",
        "USB",
        "42",
        "",
        "کابل USB من کجاست",
        "我的 USB 线在哪里",
        "USBケーブル はどこ",
    ],
)
def test_an_acronym_in_a_script_without_capitals_is_not(text: str) -> None:
    assert not shouted(text)
