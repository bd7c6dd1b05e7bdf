import datetime as dt
import json
import logging
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from appliance.i18n import Catalogue, Catalogues, direction, language_name, mark, native_name

NOON = dt.datetime(2026, 11, 21, 10, 5, tzinfo=dt.UTC)
LITHUANIAN = {
    "Hello, {name}": "Sveiki, {name}",
    "button\x04Close": "Uždaryti",
    "{n} message": {"one": "{n} žinutė", "few": "{n} žinutės", "other": "{n} žinučių"},
    "Wait {seconds} s": "Palaukite {sekundes} s",
    "Empty": "",
}


def write_catalogue(directory: Path, locale: str, text: str, domain: str = "messages") -> None:
    path = directory / locale / "LC_MESSAGES" / f"{domain}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_text_is_translated_and_filled() -> None:
    assert Catalogue("lt", LITHUANIAN).t("Hello, {name}", name="Ada") == "Sveiki, Ada"


def test_what_has_no_translation_is_shown_in_english() -> None:
    catalogue = Catalogue("lt", LITHUANIAN)
    assert catalogue.t("Good day, {name}", name="Ada") == "Good day, Ada"
    assert catalogue.t("Empty") == "Empty"
    assert catalogue.t("{n} message", n=1) == "1 message"
    assert catalogue.tn("{n} reply", "{n} replies", 1) == "1 reply"
    assert catalogue.tn("{n} reply", "{n} replies", 21) == "21 replies"
    assert catalogue.tc("noun", "Close") == "Close"


def test_a_context_chooses_the_sense() -> None:
    assert Catalogue("lt", LITHUANIAN).tc("button", "Close") == "Uždaryti"


def test_the_number_chooses_the_form() -> None:
    catalogue = Catalogue("lt", LITHUANIAN)
    assert [catalogue.tn("{n} message", "{n} messages", n) for n in (1, 2, 10, 21, 0)] == [
        "1 žinutė",
        "2 žinutės",
        "10 žinučių",
        "21 žinutė",
        "0 žinučių",
    ]


def test_forms_are_given_for_a_reader_that_counts_itself() -> None:
    catalogue = Catalogue("lt", LITHUANIAN)
    assert catalogue.tn_forms("{n} message", "{n} messages") == LITHUANIAN["{n} message"]
    assert catalogue.tn_forms("{n} reply", "{n} replies") == {"one": "{n} reply", "other": "{n} replies"}


def test_a_broken_placeholder_shows_english_and_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    catalogue = Catalogue("lt", LITHUANIAN)
    with caplog.at_level(logging.ERROR):
        assert catalogue.t("Wait {seconds} s", seconds=3) == "Wait 3 s"
        assert catalogue.t("Wait {seconds} s", seconds=4) == "Wait 4 s"
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_values_are_never_read_as_placeholders() -> None:
    catalogue = Catalogue("en", {})
    assert catalogue.t("{a} and {b}", a="{b}", b="{a.__class__}") == "{b} and {a.__class__}"
    assert catalogue.t("{missing} and {Not} {0}", a="x") == "{missing} and {Not} {0}"


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Wait {seconds} s", "Palaukite {sekundes} s"),
        ("Wait {seconds} s", "Palaukite"),
        ("Wait {seconds} s", "Palaukite {seconds} s, {seconds"),
        ("Wait {seconds} s", "Palaukite {seconds} s <img src=x onerror=alert(1)>"),
        ("Wait {seconds} s", "Palaukite {seconds} s </script"),
        ("Wait {seconds} s", {"one": "Palaukite"}),
        ("Wait {seconds} s", 7),
    ],
)
def test_a_broken_translation_is_never_shown(
    source: str, translation: object, caplog: pytest.LogCaptureFixture
) -> None:
    catalogue = Catalogue("lt", {source: translation})  # type: ignore[dict-item]
    assert [catalogue.t(source, seconds=n) for n in (3, 4)] == ["Wait 3 s", "Wait 4 s"]
    assert len(caplog.records) == (1 if isinstance(translation, str) else 0)


def test_broken_forms_of_a_plural_are_never_shown(caplog: pytest.LogCaptureFixture) -> None:
    forms = {"one": "Viena žinutė", "few": "{n} žinutės", "other": "{k} žinučių"}
    catalogue = Catalogue("lt", {"{n} message": forms})
    assert [catalogue.tn("{n} message", "{n} messages", n) for n in (1, 2, 10)] == [
        "1 message",
        "2 messages",
        "10 messages",
    ]
    assert catalogue.tn_forms("{n} message", "{n} messages")["other"] == "{n} messages"
    assert len(caplog.records) == 1


def test_a_form_may_leave_its_number_out() -> None:
    forms = {"one": "Viena žinutė", "few": "{n} žinutės", "other": "{n} žinučių"}
    assert Catalogue("lt", {"{n} message": forms}).tn("{n} message", "{n} messages", 1) == "Viena žinutė"


@given(
    st.text(),
    st.dictionaries(st.sampled_from(["a", "b", "n"]), st.one_of(st.text(), st.integers(), st.none())),
)
def test_no_text_and_no_value_breaks_a_catalogue(text: str, values: dict[str, str | int | None]) -> None:
    assert isinstance(Catalogue("fa", {text: "{a} " + text}).t(text, **values), str)


@pytest.mark.parametrize(
    ("locale", "share"), [("en", "92%"), ("lt", "92\u00a0%"), ("tr", "%92"), ("fa", "۹۲٪"), ("ja", "92%")]
)
def test_shares_are_whole_percents_as_the_locale_writes_them(locale: str, share: str) -> None:
    assert Catalogue(locale, {}).percent(0.924) == share


def test_numbers_are_written_as_the_locale_writes_them() -> None:
    assert Catalogue("en", {}).t("{limit} characters", limit=5000) == "5,000 characters"
    assert Catalogue("en", {}).t("code {code}", code="5000") == "code 5000"
    assert Catalogue("fa", {}).number(1234.5) == "۱٬۲۳۴٫۵"
    assert Catalogue("lt", {}).number(1234.5) == "1\u00a0234,5"


def test_values_of_the_other_direction_are_isolated() -> None:
    assert Catalogue("fa", {"{name}": "{name}"}).t("{name}", name="Emma") == "\u2068Emma\u2069"
    assert Catalogue("fa", {}).t("{name}", name="مریم") == "مریم"
    assert Catalogue("en", {}).t("{name}", name="مریم") == "\u2068مریم\u2069"
    persian = Catalogue("fa", {"{name}": "{name}"})
    # The groups of a telephone number keep their order, a span of times follows the direction of reading.
    assert persian.t("{name}", name="+98 21 1234 5678") == "\u2068+98 21 1234 5678\u2069"
    assert persian.t("{name}", name="0912 345 6789") == "\u20680912 345 6789\u2069"
    assert persian.t("{name}", name="۹:۰۰–۱۷:۰۰") == "۹:۰۰–۱۷:۰۰"
    assert persian.t("{name}", name="9:00–17:00") == "9:00–17:00"


def test_dates_are_in_the_zone_given_and_the_locales_form() -> None:
    zone = ZoneInfo("Europe/Vilnius")
    assert Catalogue("en", {}).datetime(NOON, zone) == "Nov 21, 2026, 12:05\u202fPM"
    assert Catalogue("lt", {}).date(NOON.date()) == "2026 m. lapkričio 21 d."
    assert Catalogue("ja", {}).time(NOON, ZoneInfo("Asia/Tokyo")) == "19:05"
    assert Catalogue("tr", {}).time(dt.time(9, 30)) == "09:30"


def test_persian_dates_follow_the_persian_calendar() -> None:
    catalogue = Catalogue("fa", {})
    assert catalogue.date(NOON.date()) == "۳۰ آبان ۱۴۰۵"
    assert catalogue.date(NOON.date(), style="full") == "شنبه ۳۰ آبان ۱۴۰۵"
    assert catalogue.date(NOON.date(), style="short") == "۱۴۰۵/۸/۳۰"
    assert catalogue.datetime(NOON, ZoneInfo("Asia/Tehran")) == "۳۰ آبان ۱۴۰۵، ۱۳:۳۵"


SHORTLY = dt.timedelta(minutes=3, seconds=20)


@pytest.mark.parametrize(
    ("locale", "before", "after"),
    [
        ("en", "3 minutes ago", "in 3 minutes"),
        ("lt", "prieš 3 minutes", "po 3 minučių"),
        ("fa", "۳ دقیقه پیش", "۳ دقیقه بعد"),
        ("ja", "3 分前", "3 分後"),
    ],
)
def test_how_far_an_instant_is_from_now(locale: str, before: str, after: str) -> None:
    catalogue = Catalogue(locale, {})
    assert catalogue.relative(NOON - SHORTLY, NOON, dt.UTC) == before
    assert catalogue.relative(NOON + SHORTLY, NOON, dt.UTC) == after


def test_days_are_those_of_the_readers_calendar() -> None:
    lithuanian = Catalogue("lt", {})
    assert lithuanian.relative(NOON, NOON, dt.UTC) == "dabar"
    assert lithuanian.relative(NOON + dt.timedelta(hours=24), NOON, dt.UTC) == "rytoj"
    # Less than two days later, but the day after tomorrow in Tokyo.
    in_tokyo = NOON + dt.timedelta(hours=30)
    assert lithuanian.relative(in_tokyo, NOON, ZoneInfo("Asia/Tokyo")) == "poryt"
    assert lithuanian.relative(in_tokyo, NOON, dt.UTC) == "rytoj"


def test_lists_are_joined_as_the_locale_joins_them() -> None:
    names = ["Emma", "Jonas", "Ida"]
    assert Catalogue("en", {}).list(names) == "Emma, Jonas, and Ida"
    assert Catalogue("lt", {}).list(names) == "Emma, Jonas ir Ida"
    assert Catalogue("es", {}).list(names) == "Emma, Jonas e Ida"
    assert Catalogue("he", {}).list(["מרים", "דן"]) == "מרים ודן"
    assert Catalogue("he", {}).list(["מרים", "Dan"]) == "מרים ו-\u2068Dan\u2069"
    assert [Catalogue("ja", {}).list(names[:n]) for n in (0, 1, 2)] == ["", "Emma", "Emma、Jonas"]


def test_places_are_named() -> None:
    assert Catalogue("lt", {}).country_name("JP") == "Japonija"
    assert Catalogue("fa", {}).country_name("QQ") == "QQ"
    assert Catalogue("ja", {}).city_name("Europe/Vilnius") == "ヴィリニュス"
    # By either name of a zone.
    assert Catalogue("de", {}).city_name("Europe/Kyiv") == Catalogue("de", {}).city_name("Europe/Kiev")
    assert Catalogue("en", {}).city_name("Asia/Calcutta") == "Kolkata"
    assert Catalogue("en", {}).city_name("America/Argentina/Buenos_Aires") == "Buenos Aires"
    assert Catalogue("fa", {}).city_name("UTC") == "UTC"


def test_weeks_begin_where_most_readers_live() -> None:
    first = {locale: Catalogue(locale, {}).first_weekday for locale in ("en", "lt", "fa", "ar", "pt-BR")}
    assert first == {"en": 7, "lt": 1, "fa": 6, "ar": 6, "pt-BR": 7}


def test_languages_are_named() -> None:
    assert language_name("lt", "en") == "Lithuanian"
    assert Catalogue("lt", {}).language_name("fa") == "persų"
    assert language_name("zh-Hans", "en") == "Simplified Chinese"
    assert language_name("qqq", "en") == "qqq"
    assert language_name("<b>", "en") == "<b>"


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("pt-BR", "português (Brasil)"),
        ("fa", "فارسی"),
        ("zh-Hans", "简体中文"),
        ("ja", "日本語"),
        ("sr-Latn", "srpski (latinica)"),
        ("tlh", "Klingon"),
    ],
)
def test_native_names(tag: str, name: str) -> None:
    assert native_name(tag) == name


@pytest.mark.parametrize(
    "tag", ["fa", "ar-EG", "he", "ckb", "uz-Arab", "pa-PK", "az-IR", "ur", "yi", "dv", "lrc"]
)
def test_right_to_left(tag: str) -> None:
    assert direction(tag) == "rtl"


@pytest.mark.parametrize(
    "tag", ["en", "pa", "az", "ku", "sd-IN", "zh-Hant", "ha", "fa-Latn", "not a tag", ""]
)
def test_left_to_right(tag: str) -> None:
    assert direction(tag) == "ltr"


def test_directions_agree_with_cldr() -> None:
    # Mongolian script runs from top to bottom, which neither of the two says.
    identifiers = [name for name in locale_identifiers() if "Mong" not in name]
    differing = [
        name for name in identifiers if direction(name.replace("_", "-")) != Locale.parse(name).text_direction
    ]
    assert differing == []


def test_catalogues_are_found_by_the_readers_language(tmp_path: Path) -> None:
    write_catalogue(tmp_path, "zh-Hans", json.dumps({"messages": {"Close": "关闭"}}))
    write_catalogue(tmp_path, "fa", json.dumps({"messages": {"Close": "بستن"}}), domain="widget")
    catalogues = Catalogues(tmp_path)
    assert catalogues.locales == ("en", "fa", "zh-Hans")
    assert catalogues.for_locale("zh-TW").t("Close") == "关闭"
    assert catalogues.for_locale("fa-IR", "widget").t("Close") == "بستن"
    assert catalogues.for_locale("sv").locale == "en"
    assert catalogues.for_locale("../../etc").locale == "en"
    assert catalogues.for_locale("zh-Hans") is catalogues.for_locale("zh-CN")


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"messages": []}', "\x00", "[" * 100_000])
def test_a_damaged_catalogue_leaves_english_and_is_logged_once(
    tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    write_catalogue(tmp_path, "lt", text)
    write_catalogue(tmp_path, "fa", json.dumps({"messages": {"filling": "x" * 100}}))
    catalogues = Catalogues(tmp_path, kept=100)
    for _ in range(2):
        words = catalogues.for_locale("lt")
        assert (words.t("Close"), words.locale) == ("Close", "en")
        # There is no room for both.
        assert catalogues.for_locale("fa").locale == "fa"
    assert len(caplog.records) == 1


def test_a_language_whose_catalogues_are_gone_is_read_in_english(tmp_path: Path) -> None:
    write_catalogue(tmp_path, "lt", json.dumps({"messages": {"Close": "Uždaryti"}}))
    catalogues = Catalogues(tmp_path)
    catalogues.path("lt", "messages").unlink()
    assert catalogues.for_locale("lt").t("Close") == "Close"
    assert Catalogues(tmp_path).for_locale("lt").locale == "en"


def test_catalogues_are_read_when_asked_for_and_those_asked_for_last_are_kept(tmp_path: Path) -> None:
    for locale in ("lt", "fa", "ja"):
        write_catalogue(tmp_path, locale, json.dumps({"messages": {"Close": locale, "filling": "x" * 100}}))
    catalogues = Catalogues(tmp_path, kept=300)
    first = catalogues.for_locale("lt")
    persian = catalogues.for_locale("fa")
    assert catalogues.for_locale("lt") is first
    assert catalogues.for_locale("ja").t("Close") == "ja"
    # Persian had not been asked for the longest.
    assert catalogues.for_locale("lt") is first
    assert catalogues.for_locale("fa") is not persian
    assert catalogues.for_locale("fa").t("Close") == "fa"


def test_mark_changes_nothing() -> None:
    assert mark("Close {name}") == "Close {name}"
