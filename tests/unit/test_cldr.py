import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.cldr import NATIVE_NAMES, digits, format_persian_date, persian_date
from appliance.i18n import Catalogues, language_name
from appliance.web.assets import assets_root


@pytest.mark.parametrize(
    ("gregorian", "persian"),
    [
        ("1979-02-11", (1357, 11, 22)),
        ("2017-03-20", (1395, 12, 30)),
        ("2020-03-19", (1398, 12, 29)),
        ("2020-03-20", (1399, 1, 1)),
        ("2021-03-20", (1399, 12, 30)),
        ("2025-03-20", (1403, 12, 30)),
        ("2025-03-21", (1404, 1, 1)),
        ("2026-09-22", (1405, 6, 31)),
        ("2026-09-23", (1405, 7, 1)),
        ("0622-03-21", (1, 1, 1)),
    ],
)
def test_days_of_the_persian_calendar(gregorian: str, persian: tuple[int, int, int]) -> None:
    assert persian_date(dt.date.fromisoformat(gregorian)) == persian


@given(st.dates(min_value=dt.date(622, 3, 21), max_value=dt.date(9999, 12, 30)))
def test_the_persian_calendar_has_no_gaps(day: dt.date) -> None:
    year, month, day_of_month = persian_date(day)
    following = persian_date(day + dt.timedelta(days=1))
    assert following in [(year, month, day_of_month + 1), (year, month + 1, 1), (year + 1, 1, 1)]
    assert 1 <= month <= 12
    assert 1 <= day_of_month <= 31


def test_there_are_no_persian_dates_before_the_first_year() -> None:
    with pytest.raises(ValueError, match="before the first year"):
        persian_date(dt.date(622, 3, 20))


@pytest.mark.parametrize(
    ("style", "shown"),
    [
        ("full", "شنبه 30 آبان 1405"),
        ("long", "30 آبان 1405"),
        ("medium", "30 آبان 1405"),
        ("short", "1405/8/30"),
    ],
)
def test_persian_dates_in_words(style: str, shown: str) -> None:
    assert format_persian_date(dt.date(2026, 11, 21), style) == shown


def test_digits_of_numbering_systems() -> None:
    assert "2026".translate(digits("arabext")) == "۲۰۲۶"
    assert "2026".translate(digits("arab")) == "٢٠٢٦"
    assert digits("latn") == {}
    assert digits("hanidec") == {}


def test_the_languages_of_the_interface_are_called_as_they_call_themselves() -> None:
    assert set(NATIVE_NAMES) == set(Catalogues(assets_root() / "locales").locales)
    assert {tag: language_name(tag, tag) for tag in NATIVE_NAMES} == NATIVE_NAMES
