"""What a region of a country usually looks like."""

from datetime import UTC, datetime

import pytest

from appliance.domain.schedule import DAYS, Hours
from appliance.services.holiday_calendar import HolidayCalendar
from appliance.services.region_presets import Preset, countries, free_id, preset

AT = datetime(2026, 3, 2, tzinfo=UTC)
LOCALES = ("en", "fa", "ja", "lt", "pt-BR", "tr", "zh-Hans")
USUAL = (Hours(540, 1050),)


def of(country: str, taken: tuple[str, ...] = ()) -> Preset:
    return preset(country, LOCALES, HolidayCalendar(), AT, taken)


@pytest.mark.parametrize(
    ("country", "zone", "languages", "first_day", "closed"),
    [
        ("LT", "Europe/Vilnius", ("lt",), "mon", {"sat", "sun"}),
        ("IR", "Asia/Tehran", ("fa",), "sat", {"fri"}),
        ("JP", "Asia/Tokyo", ("ja",), "sun", {"sat", "sun"}),
        ("BR", "America/Sao_Paulo", ("pt",), "sun", {"sat", "sun"}),
        ("US", "America/New_York", ("en",), "sun", {"sat", "sun"}),
        ("IL", "Asia/Jerusalem", ("he", "ar"), "sun", {"fri", "sat"}),
        # Since 2022 the week of the Emirates ends on Sunday.
        ("AE", "Asia/Dubai", ("ar",), "mon", {"sat", "sun"}),
        ("IN", "Asia/Kolkata", ("hi", "en"), "sun", {"sun"}),
        ("AU", "Australia/Sydney", ("en",), "mon", {"sat", "sun"}),
    ],
)
def test_a_country_fills_in_what_is_usual_there(
    country: str, zone: str, languages: tuple[str, ...], first_day: str, closed: set[str]
) -> None:
    found = of(country)
    schedule = found.region.schedule
    assert (schedule.timezone, found.zones[0]) == (zone, zone)
    assert found.region.languages == languages
    assert DAYS[found.first_day] == first_day
    assert {DAYS[day] for day in found.weekend} == closed
    assert [hours for hours in schedule.weekly if hours] == [USUAL] * (7 - len(closed))
    assert {day for day, hours in zip(DAYS, schedule.weekly, strict=True) if not hours} == closed
    assert schedule.holidays is not None
    assert schedule.holidays.country == country
    assert found.region.countries == (country,)


def test_the_name_comes_in_every_language_of_the_pages_and_of_the_country() -> None:
    names = of("IR").region.names
    assert {"en": "Iran", "fa": "ایران", "ja": "イラン", "tr": "İran"}.items() <= names.items()
    assert of("GE").region.names["ka"] == "საქართველო"


def test_of_zones_whose_clocks_agree_one_is_offered() -> None:
    zones = of("US").zones
    assert {"America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles"} <= set(zones)
    assert "America/Detroit" not in zones
    assert of("DE").zones == ("Europe/Berlin",)


def test_a_short_name_is_made_of_the_english_one_and_is_free() -> None:
    assert of("AE").region.id == "united-arab-emirates"
    assert of("CI").region.id == "cote-divoire"
    assert of("LT", ("lithuania", "lithuania-2")).region.id == "lithuania-3"
    assert free_id("東京", (), "jp") == "jp"


def test_every_country_has_a_preset_that_can_be_saved() -> None:
    assert {"LT", "XK", "TV", "AQ"} <= countries()
    assert not {"EU", "ZZ", "XA"} & countries()
    for country in countries():
        found = of(country)
        assert found.region.names["en"]
        assert 0 < len(found.region.id) <= 36
        assert found.zones


def test_what_is_no_country_is_refused() -> None:
    with pytest.raises(KeyError):
        of("ZZ")
