"""The names people give are found, and nothing else is taken for one."""

import pytest

from translation.names import find_names


def names(text: str, known: tuple[str, ...] = ()) -> list[str]:
    return [text[name.start : name.end] for name in find_names(text, known)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My name is Will Rose.", ["Will Rose"]),
        ("my name is Hope and I need help", ["Hope"]),
        ("Hi, my name’s Anna-Maria O'Neil!", ["Anna-Maria O'Neil"]),
        ("Hello, this is Joy Rivers from Acme", ["Joy Rivers"]),
        ("Meu nome é Maria da Silva e Sousa", ["Maria da Silva e Sousa"]),
        ("Me chamo Leão Machado e preciso de ajuda", ["Leão Machado"]),
        ("Ich heiße Ludwig van der Berg und habe", ["Ludwig van der Berg"]),
        ("Меня зовут Лев Толстой, где заказ?", ["Лев Толстой"]),
        ("Mano vardas Rūta Rudenė", ["Rūta Rudenė"]),
        ("Benim adım Deniz Kaya.", ["Deniz Kaya"]),
        ("Name: Bill Brown\nNome: Rosa Leite", ["Bill Brown", "Rosa Leite"]),
        ("My name is Mark. Will Mark get it? Tell mark", ["Mark", "Mark"]),
        ("My name is J. R. Smith", ["J. R. Smith"]),
    ],
)
def test_names(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "my name is wrong on the invoice",
        "This is Great",
        "Name: Lamp",
        "MY NAME IS WILL ROSE AND I NEED HELP",
        "New York is far",
        "My name is I think known",
        "What is your name?",
    ],
)
def test_no_names(text: str) -> None:
    assert names(text) == []


def test_known_names_are_found_where_they_are_words() -> None:
    assert names("Will Rose willed it, Will Roses", ("Will Rose",)) == ["Will Rose"]
