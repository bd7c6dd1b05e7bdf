"""Server and browser write dates, times, numbers, lists and names alike, in every locale."""

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from appliance.i18n import Catalogue
from tests.e2e.conftest import ContextMaker
from tests.support.server import Server

pytestmark = pytest.mark.browser

LOCALES = json.loads((Path(__file__).parents[1] / "negotiation.json").read_text("utf-8"))["ours"]
ZONE = "Europe/Vilnius"
NOW = dt.datetime(2026, 11, 21, 10, 5, tzinfo=dt.UTC)
# Mornings and evenings, midnight, both sides of two new years, one digit and two.
INSTANTS = [
    NOW,
    dt.datetime(2026, 1, 5, 7, 5, tzinfo=dt.UTC),
    dt.datetime(2026, 3, 20, 22, 0, tzinfo=dt.UTC),
    dt.datetime(2027, 6, 30, 12, 59, tzinfo=dt.UTC),
    dt.datetime(2025, 12, 31, 21, 59, tzinfo=dt.UTC),
]
HOUR, DAY = 3_600, 86_400
SPANS = [0, 5, -40, 60, -60, -200, HOUR, -11 * HOUR, DAY, -DAY, 2 * DAY, -2 * DAY, 5 * DAY, -21 * DAY]
NUMBERS = [0, 7, 42, 999, 1_234, 9_999, 10_000, 1_234_567, -5, 0.5, 1_234.567, 0.0005, -98_765.4]
SHARES = [0, 0.005, 0.5, 0.924, 1]
LISTS = [["Emma"], ["Emma", "Jonas"], ["Emma", "田中", "Ida"], ["مریم", "Dan", "דן"], ["1", "2", "3", "4"]]
MORE = """pt zh zh-TW en-GB en-US es-419 fr-CA de-AT sr sr-Latn uz-Cyrl nb nn da sv fi et lv sk sl hr ro bg el
    hu ka hy az kk ur ps ckb bn ta te th my ms sw ca eu gl ga cy yue"""
TAGS = [*LOCALES, *MORE.split()]
COUNTRIES = """LT LV GB US TR CN TW HK MO PS IR AF JP BR PT AO ES MX FR DE AT IT NL BE PL CZ RU UA EG SA IL IN
    ID VN AU KR"""
CITIES = """Europe/Vilnius Asia/Tokyo America/Sao_Paulo America/New_York Asia/Tehran Europe/Kyiv Asia/Kolkata
    Asia/Calcutta America/Argentina/Buenos_Aires Asia/Ho_Chi_Minh America/Indiana/Indianapolis UTC"""

# Our own modules, as the pages load them.
SAY = """async ({locale, now, zone, instants, spans, numbers, shares, lists, tags, countries, cities}) => {
  const { createAgentFormats } = await import("/assets/x/admin/static/formats.js");
  const { cityOf, firstDayOf, zonedFormats } = await import("/assets/x/admin/static/zoned.js");
  const { loadCatalogue, useCatalogue } = await import("/assets/x/widget/lib/i18n.js");
  useCatalogue(await loadCatalogue(`/assets/x/strings/messages.${locale}.json`), locale, zone);
  const formats = createAgentFormats(locale, zone);
  const wall = zonedFormats(locale);
  const all = (kind, values, say) => values.map((value) => [`${kind} ${JSON.stringify(value)}`, say(value)]);
  const later = (seconds) => new Date(Date.parse(now) + seconds * 1000).toISOString();
  return [
    ...["full", "long", "medium", "short"]
      .flatMap((style) => all(style, instants, (at) => formats.date(at, style))),
    ...all("time", instants, formats.time),
    ...all("there", instants, (at) => formats.timeIn(zone, Date.parse(at))),
    ...all("wall", instants, (at) => wall.time(at)),
    ...all("datetime", instants, formats.datetime),
    ...all("relative", spans, (seconds) => formats.relative(later(seconds), Date.parse(now))),
    ...all("number", numbers, (value) => formats.number(value)),
    ...all("share", shares, formats.percent),
    ...all("list", lists, formats.list),
    ...all("language", tags, formats.language),
    ...all("country", countries, formats.country),
    ...all("city", cities, cityOf),
    ["first", String(firstDayOf(locale, 1) + 1)],
  ];
}"""


def said_by_the_server(locale: str) -> list[tuple[str, str]]:
    words = Catalogue(locale, {})
    zone = ZoneInfo(ZONE)

    def all_of(kind: str, values: list[Any], say: Callable[[Any], str]) -> list[tuple[str, str]]:
        shown = [value.isoformat() if isinstance(value, dt.datetime) else value for value in values]
        keys = [json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in shown]
        return [(f"{kind} {key}", say(value)) for key, value in zip(keys, values, strict=True)]

    walls = [at.replace(tzinfo=ZoneInfo("UTC")) for at in INSTANTS]
    return [
        *(
            pair
            for style in ("full", "long", "medium", "short")
            for pair in all_of(
                style, INSTANTS, lambda at, style=style: words.date(at.astimezone(zone).date(), style=style)
            )
        ),
        *all_of("time", INSTANTS, lambda at: words.time(at, zone)),
        *all_of("there", INSTANTS, lambda at: words.time(at, zone)),
        *all_of("wall", walls, lambda at: words.time(at.time())),
        *all_of("datetime", INSTANTS, lambda at: words.datetime(at, zone)),
        *all_of("relative", SPANS, lambda s: words.relative(NOW + dt.timedelta(seconds=s), NOW, zone)),
        *all_of("number", NUMBERS, words.number),
        *all_of("share", SHARES, words.percent),
        *all_of("list", LISTS, words.list),
        *all_of("language", TAGS, words.language_name),
        *all_of("country", COUNTRIES.split(), words.country_name),
        *all_of("city", CITIES.split(), words.city_name),
        ("first", str(words.first_weekday)),
    ]


def plain(text: str) -> str:
    """CLDR goes from one kind of unbreakable space to another between its versions, and readers see no
    difference. Marks of direction beside a minus say what isolation says already."""
    return re.sub("[\u200e\u200f]", "", text.replace("\u202f", " ").replace("\u00a0", " "))


def test_server_and_browser_say_the_same_in_every_locale(demo: Server, new_context: ContextMaker) -> None:
    page = new_context(locale="en-US", timezone_id="America/New_York").new_page()
    page.goto(demo.url)
    differing = []
    for locale in LOCALES:
        told = page.evaluate(
            SAY,
            {
                "locale": locale,
                "now": NOW.isoformat(),
                "zone": ZONE,
                "instants": [at.isoformat() for at in INSTANTS],
                "spans": SPANS,
                "numbers": NUMBERS,
                "shares": SHARES,
                "lists": LISTS,
                "tags": TAGS,
                "countries": COUNTRIES.split(),
                "cities": CITIES.split(),
            },
        )
        browser = [(key, plain(text)) for key, text in told]
        server = [(key, plain(text)) for key, text in said_by_the_server(locale)]
        assert [key for key, _ in browser] == [key for key, _ in server]
        differing += [
            (locale, key, ours, theirs)
            for (key, ours), (_, theirs) in zip(server, browser, strict=True)
            if ours != theirs
        ]
    assert differing == []
