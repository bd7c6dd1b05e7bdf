from datetime import date

import pytest

from appliance.services.holiday_calendar import HolidayCalendar


def test_holidays_of_a_country_and_of_a_part_of_it() -> None:
    calendar = HolidayCalendar()
    epiphany = date(2026, 1, 6)
    assert calendar.days("DE", "BY", 2026)[epiphany] == "Epiphany"
    assert epiphany not in calendar.days("DE", "BE", 2026)
    assert epiphany not in calendar.days("DE", None, 2026)
    assert set(calendar.subdivisions("GB") or ()) == {"ENG", "NIR", "SCT", "WLS"}


def test_a_day_off_in_place_of_a_holiday_at_a_weekend() -> None:
    assert "observed" in HolidayCalendar().days("GB", "ENG", 2026)[date(2026, 12, 28)]


@pytest.mark.parametrize(
    ("country", "language", "name"),
    [
        ("IR", "fa", "پیروزی انقلاب اسلامی"),
        ("IR", "fa-IR", "پیروزی انقلاب اسلامی"),
        ("IR", "en-GB", "Islamic Revolution Day"),
        # Nobody has put Iran's holidays into Lithuanian.
        ("IR", "lt", "Islamic Revolution Day"),
    ],
)
def test_names_in_a_language_or_else_in_english(country: str, language: str, name: str) -> None:
    assert HolidayCalendar(language).days(country, None, 2026)[date(2026, 2, 11)] == name


def test_years_that_nothing_is_known_of_have_no_holidays() -> None:
    assert HolidayCalendar().days("IR", None, 1) == {}
    assert HolidayCalendar().days("US", None, 9999) == {}


@pytest.mark.parametrize("country", ["XX", "lt", "LTU", "Lithuania", "", "A\x00", "US-CA"])
def test_a_country_that_is_not_known(country: str) -> None:
    calendar = HolidayCalendar()
    assert calendar.subdivisions(country) is None
    with pytest.raises(ValueError, match="no holidays are known"):
        calendar.days(country, None, 2026)


def test_a_part_that_is_not_known() -> None:
    with pytest.raises(ValueError, match="DE XX"):
        HolidayCalendar().days("DE", "XX", 2026)


def test_countries_by_their_codes() -> None:
    countries = HolidayCalendar().countries()
    assert {"LT", "TR", "IR", "JP", "BR", "CN", "US"} <= set(countries)
    assert {len(code) for code in countries} == {2}


@pytest.mark.parametrize("language", ["en", "de", "lt", "en-GB"])
def test_english_names_are_the_same_for_every_reader(language: str) -> None:
    calendar = HolidayCalendar(language)
    assert calendar.english("DE", "BY", 2026)[date(2026, 1, 6)] == ("Epiphany",)
    assert set(calendar.english("DE", "BY", 2026)) == set(calendar.days("DE", "BY", 2026))


@pytest.mark.parametrize(
    ("country", "day", "name"),
    [
        # A day off instead of Boxing Day, which is a Saturday in 2026.
        ("GB", date(2026, 12, 28), "Boxing Day"),
        # A date that nobody knows yet, as it follows the moon.
        ("TR", date(2030, 2, 4), "Eid al-Fitr"),
        ("US", date(2027, 7, 5), "Independence Day"),
    ],
)
def test_a_holiday_keeps_its_name_where_it_is_moved_or_estimated(country: str, day: date, name: str) -> None:
    part = "ENG" if country == "GB" else None
    assert HolidayCalendar().english(country, part, day.year)[day] == (name,)


def test_two_holidays_on_one_date_are_two_names() -> None:
    days = HolidayCalendar().english("LT", None, 2033)
    several = [names for names in HolidayCalendar().english("IR", None, 2026).values() if len(names) > 1]
    assert all(";" not in name for names in (*days.values(), *several) for name in names)


def test_the_names_of_all_holidays_that_there_are() -> None:
    names = HolidayCalendar("de").names("DE", "BY")
    assert names[0] == "New Year's Day"
    assert {"Epiphany", "Easter Monday", "Christmas Day"} <= set(names)
    assert len(set(names)) == len(names)
    assert "Epiphany" not in HolidayCalendar().names("DE", None)
    with pytest.raises(ValueError, match="no holidays are known"):
        HolidayCalendar().names("DE", "XX")
