"""The texts' part of docs/protocol.md, and the limits in docs/texts.md, against the server."""

from pathlib import Path
from typing import Any

from appliance.domain.texts import MOST_LOCALES, PURPOSES
from appliance.services.region_json import MOST_TEXTS
from appliance.services.texts import MOST, NEWEST_VISITORS
from appliance.services.visitor_languages import MOST as MOST_OF_VISITORS
from tests.unit.web.house import House
from tests.unit.web.test_protocol_document import BLOCKS, differences

TEXTS = (Path(__file__).parents[3] / "docs" / "texts.md").read_text("utf-8")
BY_LOCALE = {"wordings", "nearest", "leads", "ours", "greeting", "queue", "survey"}


def shape(value: Any) -> Any:
    """Languages and kinds are no part of the shape: of what is by them one is enough."""
    if isinstance(value, dict):
        return {
            key: [shape(one) for one in list(inner.values())[:1]] if key in BY_LOCALE else shape(inner)
            for key, inner in value.items()
        }
    return [shape(inner) for inner in value] if isinstance(value, list) else value


async def test_the_calls_are_as_described(house: House) -> None:
    headers = {"cookie": await house.agent("Emma", "admin")}
    saved = await house.http.post("/api/wordings/save", headers=headers, json=BLOCKS["wordings_save"])
    assert saved.status_code == 200, saved.text
    found = (await house.http.get("/api/wordings", headers=headers)).json()
    example = BLOCKS["wordings_answer"]
    greeting = next(one for one in found["texts"] if one["id"] == "greeting")
    assert differences(shape(example["texts"][0]), shape(greeting)) == []
    assert differences(shape(example["locales"][0]), shape(found["locales"][0])) == []
    assert set(found) == set(example)


def test_the_limits_and_placeholders_of_each_text_are_as_described() -> None:
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in TEXTS.splitlines()
        if line.startswith("| ")
    ][1:]
    order = ("greeting", "queue", "offline", "question", "canned", "survey", "signature", "region_name")
    kinds = (*order, "region_offline")
    assert len(rows) == len(kinds)
    for kind, row in zip(kinds, rows, strict=True):
        purpose = PURPOSES[kind]  # type: ignore[index]
        said = set(row[2].replace("`", "").replace(",", "").split()) if "{" in row[2] else set()
        assert said == {f"{{{name}}}" for name in purpose.placeholders}, kind
        assert row[-1].startswith(f"{purpose.limit:,}"), kind
        assert ("one line" in row[-1]) is not purpose.lines, kind
    assert MOST == {"question": 5, "canned": 1000}
    assert "up to five" in rows[3][0]
    assert "up to 1,000" in rows[4][0]


def test_how_many_languages_there_can_be_is_as_described() -> None:
    assert (
        f"A text can have {MOST_LOCALES} languages, drafts included, of which a region keeps {MOST_TEXTS}."
        in TEXTS
    )
    assert f"the {MOST_OF_VISITORS} that most\nof the newest {NEWEST_VISITORS} visitors read" in TEXTS
