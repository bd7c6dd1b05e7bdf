"""Plural forms: gettext numbers them, CLDR names them."""

from collections.abc import Callable
from gettext import c2py

from babel import Locale

# Every whole number up to here, and the powers of ten where some languages have a form of their own.
SAMPLES = (*range(0, 1001), 10_000, 100_000, 1_000_000, 2_000_000)


def babel_locale(locale: str) -> Locale:
    return Locale.parse(locale, sep="-")


def whole_number_categories(locale: str) -> dict[str, int]:
    """The plural categories that whole numbers take in CLDR, each with the smallest such number."""
    category = babel_locale(locale).plural_form
    smallest: dict[str, int] = {}
    for number in SAMPLES:
        smallest.setdefault(category(number), number)
    return smallest


def form_numbers(forms: int, expression: str) -> list[list[int]]:
    """For each of a catalogue's plural forms the numbers, of the samples, that take it."""
    form_of: Callable[[int], int] = c2py(expression)
    found: list[list[int]] = [[] for _ in range(forms)]
    for number in SAMPLES:
        found[form_of(number)].append(number)
    return found


def form_categories(locale: str, forms: int, expression: str) -> list[set[str]]:
    """For each of a catalogue's plural forms the CLDR categories of the whole numbers that take it."""
    category = babel_locale(locale).plural_form
    return [{category(number) for number in numbers} for numbers in form_numbers(forms, expression)]
