"""The page of promises: what it lists, how it is chosen from, and its file."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import pytest

from appliance.domain.promises import Promise
from appliance.storage import models
from appliance.storage.promises import PromiseBook
from tests.unit.web.house import House

NINE = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
"""At nine in Vilnius, where the admin is; two hours before it is now."""


async def promised(
    conversation: str, answered: timedelta | None, *, at: datetime | None = NINE, region: str = "everywhere"
) -> None:
    made_at = NINE - timedelta(hours=10)
    await PromiseBook().add(Promise(0, conversation, region, made_at, at))
    if answered is not None:
        await PromiseBook().answer(conversation, NINE + answered)


@pytest.fixture
async def cookie(house: House) -> str:
    return await house.agent("Boss", "admin")


async def page(house: House, cookie: str, query: str = "") -> str:
    answer = await house.http.get(f"/console/promises{query}", headers={"cookie": cookie})
    assert answer.status_code == 200
    return answer.text


def listed(text: str) -> list[str]:
    """The conversations on a page, in order."""
    return re.findall(r'href="/console#/c/([^"]+)"', text)


async def test_before_the_first_it_says_what_will_be_here(house: House, cookie: str) -> None:
    text = await page(house, cookie)
    assert "Nothing has been promised yet." in text
    assert "Export" not in text
    assert "No promise fits this choice." in await page(house, cookie, "?standing=broken")


async def test_each_is_told_with_its_times_in_the_admins_zone(house: House, cookie: str) -> None:
    await promised("kept", timedelta(minutes=20))
    text = await page(house, cookie)
    assert "Mar 1, 2026, 11:00\u202fPM" in text
    assert "Mar 2, 2026, 9:00\u202fAM" in text
    assert "Mar 2, 2026, 9:20\u202fAM" in text
    assert "Europe/Vilnius" in text
    assert "Everywhere" in text
    assert "100% of the promises of the last 30 days were kept: 1 of 1." in text


@pytest.mark.parametrize(
    ("query", "conversations"),
    [
        ("", ["elsewhere", "soon", "never", "late", "kept"]),
        ("?standing=kept", ["kept"]),
        ("?standing=broken", ["elsewhere", "never", "late"]),
        ("?standing=open", ["soon"]),
        ("?region=closed-long-ago", ["elsewhere"]),
        ("?standing=kept&region=closed-long-ago", []),
        ("?standing=lost&region=nowhere&page=0", ["elsewhere", "soon", "never", "late", "kept"]),
        ("?page=999999999999", ["elsewhere", "soon", "never", "late", "kept"]),
        ("?page=%D9%A2", ["elsewhere", "soon", "never", "late", "kept"]),
    ],
)
async def test_it_can_be_chosen_from(house: House, cookie: str, query: str, conversations: list[str]) -> None:
    await promised("kept", timedelta(minutes=20))
    await promised("late", timedelta(minutes=61))
    await promised("never", None)
    await promised("soon", None, at=NINE + timedelta(days=1))
    await promised("elsewhere", None, region="closed-long-ago")
    assert listed(await page(house, cookie, query)) == conversations
    answer = await house.http.get(f"/api/promises/export{query}", headers={"cookie": cookie})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["conversation"] for row in rows] == conversations


async def test_many_come_in_pages_that_keep_the_choice(house: House, cookie: str) -> None:
    for number in range(51):
        await promised(f"c{number}", None)
    first = await page(house, cookie, "?standing=broken")
    assert len(listed(first)) == 50
    assert "Page 1 of 2" in first
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    second = await page(house, cookie, following[1].replace("/console/promises", "").replace("&amp;", "&"))
    assert listed(second) == ["c0"]
    assert 'rel="next"' not in second
    assert 'rel="prev" href="/console/promises?standing=broken"' in second


async def test_the_file_has_instants_that_programs_read(house: House, cookie: str) -> None:
    await promised("=late", timedelta(minutes=61))
    answer = await house.http.get("/api/promises/export", headers={"cookie": cookie})
    assert answer.headers["content-disposition"] == 'attachment; filename="promises.csv"'
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert row == {
        # A spreadsheet must not take it for a formula.
        "conversation": "'=late",
        "region": "everywhere",
        "made_at": "2026-03-01T21:00:00.000Z",
        "promised_at": "2026-03-02T07:00:00.000Z",
        "answered_at": "2026-03-02T08:01:00.000Z",
        "standing": "broken",
    }


async def test_in_another_language_it_reads_from_the_other_side(house: House) -> None:
    await promised("c1", timedelta())
    text = await page(house, await house.agent("Parisa", "admin", "fa"))
    assert '<html lang="fa" dir="rtl"' in text
    assert "۱۴۰۴" in text


async def test_agents_see_none_of_it(house: House) -> None:
    cookie = await house.agent("Emma")
    for path in ("/console/promises", "/api/promises/export"):
        assert (await house.http.get(path, headers={"cookie": cookie})).status_code == 403
    assert await models.Promise.all().count() == 0
