"""Where a visitor belongs: to the region chosen in the chat, else to the one that the page names."""

from typing import Any

import pytest

from tests.unit.web.house import ORIGIN, House

ALWAYS = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


async def with_regions(house: House) -> None:
    """Besides the one for everybody: Vilnius and Tokyo, where it is always night."""
    headers = {"cookie": await house.agent("Ana", "admin"), "origin": ORIGIN}
    for region_id, zone, weekly in (("vilnius", "Europe/Vilnius", ALWAYS), ("tokyo", "Asia/Tokyo", {})):
        region = {
            "id": region_id,
            "names": {"en": region_id},
            "schedule": {"timezone": zone, "weekly": weekly},
        }
        answer = await house.http.post("/api/regions", headers=headers, json={"region": region})
        assert answer.status_code == 201, answer.text


@pytest.mark.parametrize(
    ("session", "region", "chosen"),
    [
        ({}, "everywhere", None),
        ({"site": "tokyo"}, "tokyo", None),
        ({"region": "vilnius"}, "vilnius", "vilnius"),
        ({"site": "tokyo", "region": "vilnius"}, "vilnius", "vilnius"),
        ({"site": "nowhere"}, "everywhere", None),
        ({"site": "Not an id!"}, "everywhere", None),
        ({"site": 7}, "everywhere", None),
    ],
)
async def test_a_choice_wins_over_the_page_and_what_does_not_exist_is_as_good_as_none(
    house: House, session: dict[str, Any], region: str, chosen: str | None
) -> None:
    await with_regions(house)
    async with house.visitor_socket(await house.visitor(**session)) as visitor:
        welcome = await visitor.expect("welcome")
    assert welcome["hours"]["region"]["id"] == region
    assert welcome["hours"]["open"] is (region != "tokyo")
    assert welcome["region"] == chosen
    assert [offered["id"] for offered in welcome["regions"]] == ["everywhere", "vilnius", "tokyo"]


async def test_a_region_that_can_be_none_is_refused_by_its_name(house: House) -> None:
    for value in ("Vilnius", "a" * 37, "", 7, ["vilnius"]):
        answer = await house.http.post("/api/visitor/session", json={"region": value})
        assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (
            400,
            "bad_field",
            "region",
        )


async def test_the_page_to_install_the_chat_offers_regions_where_there_is_a_choice(house: House) -> None:
    headers = {"cookie": await house.agent("Ana", "admin")}
    assert "data-snippet" not in (await house.http.get("/console/install", headers=headers)).text
    await with_regions(house)
    page = (await house.http.get("/console/install", headers=headers)).text
    assert '<select id="region" name="region" data-snippet="snippet"' in page
    for region in ("everywhere", "vilnius", "tokyo"):
        assert f'<option value="{region}">' in page
