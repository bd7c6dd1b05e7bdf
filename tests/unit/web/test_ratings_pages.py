"""The page of ratings: its figures, what it lists, its file, and comments in the reader's language."""

import csv
import html
import io
import re
from datetime import datetime, timedelta

import pytest

from appliance.storage import models
from tests.unit.web.house import ORIGIN, House


async def rated(
    house: House,
    conversation: str,
    score: int,
    comment: str | None = None,
    *,
    days_ago: float = 1,
    language: str = "en",
    region: str | None = "everywhere",
    agent: str | None = None,
) -> None:
    await models.Rating.create(
        conversation_id=conversation,
        began=0,
        score=score,
        comment=comment,
        language=language,
        agent_id=agent,
        region=region,
        at=house.clock.now - timedelta(days=days_ago),
    )


@pytest.fixture
async def cookie(house: House) -> str:
    return await house.agent("Boss", "admin")


async def page(house: House, cookie: str, query: str = "") -> str:
    answer = await house.http.get(f"/console/ratings{query}", headers={"cookie": cookie})
    assert answer.status_code == 200
    return answer.text


def listed(text: str) -> list[str]:
    """The conversations on a page, in order."""
    return re.findall(r'href="/console#/c/([^"]+)"', text)


def table(text: str) -> dict[str, tuple[str, str]]:
    """Number and share of each score."""
    rows = re.findall(
        r'<th scope="row">([^<]+)</th>.*?<td class="ratings-number">([^<]+)</td>\s*<td[^>]*>([^<]+)</td>',
        text,
        re.DOTALL,
    )
    return {name: (count, share) for name, count, share in rows}


async def test_before_the_first_it_leads_to_where_the_question_is_written(house: House, cookie: str) -> None:
    text = await page(house, cookie)
    assert "Nobody has rated a conversation yet." in text
    assert 'href="/console/texts"' in text
    assert "Export" not in text


async def test_with_a_question_it_no_longer_asks_for_one(house: House, cookie: str) -> None:
    body = {"kind": "survey", "id": None, "expected": None, "wordings": {"en": "How was it with {agent}?"}}
    headers = {"cookie": cookie, "origin": ORIGIN}
    assert (await house.http.post("/api/wordings/save", json=body, headers=headers)).status_code == 200
    assert "Write the question" not in await page(house, cookie)


async def test_the_figures_are_those_of_the_chosen_days(house: House, cookie: str) -> None:
    for number, (score, days) in enumerate([(5, 1), (5, 2), (4, 29), (1, 31), (2, 100), (3, 400)]):
        await rated(house, f"c{number}", score, days_ago=days)
    month = await page(house, cookie)
    assert "<strong>4.7</strong>" in month
    assert "3 ratings" in month
    assert table(month) == {
        "Very good": ("2", "67%"),
        "Good": ("1", "33%"),
        "Okay": ("0", "0%"),
        "Bad": ("0", "0%"),
        "Very bad": ("0", "0%"),
    }
    quarter = await page(house, cookie, "?days=90")
    assert "<strong>3.8</strong>" in quarter
    assert table(quarter)["Very bad"] == ("1", "25%")
    year = await page(house, cookie, "?days=365")
    assert (table(year)["Bad"], table(year)["Okay"]) == (("1", "20%"), ("0", "0%"))
    # The longest bar fills the line, and the others are in proportion.
    assert [float(width) for width in re.findall(r'class="bar bar-\d" width="([^"]+)"', year)] == [
        100.0,
        50.0,
        0.0,
        50.0,
        50.0,
    ]
    # What is no choice is none.
    assert table(await page(house, cookie, "?days=7")) == table(month)


async def test_old_ratings_are_listed_though_none_is_of_these_days(house: House, cookie: str) -> None:
    await rated(house, "old", 5, "Kind.", days_ago=200)
    text = await page(house, cookie)
    assert "Nobody has rated a conversation in this time." in text
    assert listed(text) == ["old"]


@pytest.mark.parametrize(
    ("query", "conversations"),
    [
        ("", ["new", "bad", "elsewhere", "nowhere"]),
        ("?score=1", ["bad"]),
        ("?region=everywhere", ["new", "bad"]),
        ("?region=everywhere&score=5&days=90", ["new"]),
        ("?score=3", []),
        ("?score=0&region=unknown&page=0", ["new", "bad", "elsewhere", "nowhere"]),
        ("?page=999999999999", ["new", "bad", "elsewhere", "nowhere"]),
    ],
)
async def test_it_can_be_chosen_from(house: House, cookie: str, query: str, conversations: list[str]) -> None:
    await rated(house, "nowhere", 4, days_ago=4, region=None)
    await rated(house, "elsewhere", 4, days_ago=3, region="gone")
    await rated(house, "bad", 1, days_ago=2)
    await rated(house, "new", 5, days_ago=1)
    text = await page(house, cookie, query)
    assert listed(text) == conversations
    assert ("No rating fits this choice." in text) == (not conversations)
    answer = await house.http.get(f"/api/ratings/export{query}", headers={"cookie": cookie})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["conversation"] for row in rows] == conversations


async def test_each_has_its_words_and_who_answered(house: House, cookie: str) -> None:
    await house.agent("Emma")
    nasty = '<script>alert(1)</script> {agent} "quoted"'
    await rated(house, "c1", 2, nasty, agent=house.agents["Emma"].id)
    await rated(house, "c2", 5, "خیلی خوب بود", language="fa", agent="who-left", days_ago=2)
    text = await page(house, cookie)
    assert "<script>alert" not in text
    assert nasty in html.unescape(text)
    assert "<bdi>Emma</bdi>" in text
    assert "who-left" not in text
    assert 'lang="fa" dir="rtl">خیلی خوب بود</blockquote>' in text
    # Only what is in another language than the reader's has a translation.
    assert text.count("data-translate=") == 1


async def test_many_come_in_pages_that_keep_the_choice(house: House, cookie: str) -> None:
    for number in range(51):
        await rated(house, f"c{number}", 5, days_ago=1 + number / 100)
    first = await page(house, cookie, "?score=5&days=90")
    assert len(listed(first)) == 50
    assert "Page 1 of 2" in first
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following is not None
    second = await page(house, cookie, html.unescape(following[1]).replace("/console/ratings", ""))
    assert listed(second) == ["c50"]
    assert 'rel="prev" href="/console/ratings?days=90&amp;score=5"' in second


async def test_the_file_is_for_programs(house: House, cookie: str) -> None:
    await house.agent("Emma")
    await rated(house, "c1", 4, '=HYPERLINK("x")\nand more', agent=house.agents["Emma"].id)
    answer = await house.http.get("/api/ratings/export", headers={"cookie": cookie})
    assert answer.headers["content-disposition"] == 'attachment; filename="ratings.csv"'
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    at: datetime = house.clock.now - timedelta(days=1)
    assert row == {
        "conversation": "c1",
        "at": at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "score": "4",
        # A spreadsheet must not take it for a formula.
        "comment": '\'=HYPERLINK("x")\nand more',
        "language": "en",
        "agent": "Emma",
        "region": "everywhere",
    }


async def test_in_another_language_it_reads_from_the_other_side(house: House) -> None:
    await rated(house, "c1", 5)
    text = await page(house, await house.agent("Parisa", "admin", "fa"))
    assert '<html lang="fa" dir="rtl"' in text
    assert "<strong>۵</strong>" in text


async def test_agents_see_none_of_it(house: House) -> None:
    cookie = await house.agent("Emma")
    for path in ("/console/ratings", "/api/ratings/export"):
        assert (await house.http.get(path, headers={"cookie": cookie})).status_code == 403


async def test_a_comment_can_be_read_in_ones_own_language(house: House) -> None:
    headers = {"cookie": await house.agent("Emma"), "origin": ORIGIN}

    async def translated(text: str, language: str) -> dict[str, str | None]:
        body = {"text": text, "language": language}
        answer = await house.http.post("/api/agent/translation", json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    made = await translated("Onde está o meu pedido?", "pt-BR")
    assert made["language"] == "en"
    assert made["reason"] is None
    assert str(made["text"]).startswith("Where is my")
    assert await translated("Fine.", "en-GB") == {"language": "en", "text": "Fine.", "reason": None}
    # No pack leads from there.
    assert await translated("سلام", "fa") == {"language": "en", "text": None, "reason": "no_route"}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"text": "Hello"}, "language"),
        ({"text": "Hello", "language": "not a tag"}, "language"),
        ({"language": "pt"}, "text"),
        ({"text": ["Hello"], "language": "pt"}, "text"),
        ({"text": "  ", "language": "pt"}, "text"),
        ({"text": "x" * 1001, "language": "pt"}, "text"),
    ],
)
async def test_what_is_no_comment_is_named(house: House, body: dict[str, object], field: str) -> None:
    headers = {"cookie": await house.agent("Emma"), "origin": ORIGIN}
    answer = await house.http.post("/api/agent/translation", json=body, headers=headers)
    assert (answer.status_code, answer.json()["field"]) == (400, field)
