"""The page of API keys: shown once, counted, revoked at once, deleted for good."""

import re
from pathlib import Path

import httpx2

from tests.conftest import Clock
from tests.unit.web.house import House, open_house
from tests.unit.web.test_public_api import make_key


async def page(house: House) -> str:
    answer = await house.http.get("/console/api", headers={"cookie": await house.agent("Boss", "admin")})
    assert answer.status_code == 200
    return answer.text


async def act(house: House, text: str, what: str) -> None:
    """Presses the button of the page that leads to `what`."""
    (path,) = re.findall(rf'action="(/console/api/[^"]+/{what})"', text)
    answer = await house.http.post(path, headers={"cookie": await house.agent("Boss", "admin")})
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/api")


async def detect(house: House, key: str) -> httpx2.Response:
    return await house.http.post("/detect", json={"q": "12", "api_key": key})


async def test_without_a_key_the_page_says_that_the_api_is_closed(house: House) -> None:
    assert "closed to everybody" in await page(house)


async def test_a_key_is_shown_once_and_only_its_fingerprint_is_kept(tmp_path: Path, clock: Clock) -> None:
    async with open_house(tmp_path / "data", clock) as house:
        key = await make_key(house, "Intranet <b>")
        assert key.startswith("k1.")
        again = await page(house)
        assert key not in again
        assert "Intranet &lt;b&gt;" in again
        assert (await detect(house, key)).status_code == 200
    files = b"".join(file.read_bytes() for file in (tmp_path / "data").rglob("*") if file.is_file())
    assert key.encode() not in files
    assert b"Intranet" in files


async def test_the_page_counts_what_was_asked_today(house: House, clock: Clock) -> None:
    key = await make_key(house)
    assert ">Never</td>" in await page(house)
    for _ in range(3):
        await detect(house, key)
    text = await page(house)
    assert "<td>3</td>" in text
    assert ">Never</td>" not in text
    clock.advance(days=1)
    assert "<td>0</td>" in await page(house)


async def test_counts_outlast_a_restart(tmp_path: Path, clock: Clock) -> None:
    async with open_house(tmp_path / "data", clock) as house:
        key = await make_key(house)
        await detect(house, key)
        await detect(house, key)
    async with open_house(tmp_path / "data", clock) as again:
        again.agents.update(house.agents)
        assert "<td>2</td>" in await page(again)
        assert (await detect(again, key)).status_code == 200
        assert "<td>3</td>" in await page(again)


async def test_a_revoked_key_opens_nothing_until_it_works_again(house: House) -> None:
    key, other = await make_key(house), await make_key(house, "Second")
    await act(house, (await page(house)).partition("Second")[0], "revoke")
    refused = await detect(house, key)
    assert (refused.status_code, "revoked" in refused.json()["error"]) == (403, True)
    assert (await detect(house, other)).status_code == 200
    await act(house, await page(house), "restore")
    assert (await detect(house, key)).status_code == 200


async def test_a_deleted_key_is_gone(house: House) -> None:
    key = await make_key(house, "Short-lived")
    await act(house, await page(house), "revoke")
    await act(house, await page(house), "delete")
    assert "Short-lived" not in await page(house)
    assert (await detect(house, key)).status_code == 403


async def test_a_key_needs_a_name(house: House) -> None:
    cookie = await house.agent("Boss", "admin")
    for name in ("", "   ", "x" * 81):
        answer = await house.http.post("/console/api", data={"name": name}, headers={"cookie": cookie})
        assert answer.status_code == 400
        assert "Enter a name of at most 80 characters." in answer.text
    assert "closed to everybody" in await page(house)


async def test_a_hundred_keys_are_enough(house: House) -> None:
    cookie = await house.agent("Boss", "admin")
    for number in range(100):
        assert await make_key(house, f"Key {number}")
    answer = await house.http.post("/console/api", data={"name": "One more"}, headers={"cookie": cookie})
    assert answer.status_code == 400
    assert "There are 100 keys" in answer.text


async def test_a_key_that_nobody_has_is_not_found(house: House) -> None:
    cookie = await house.agent("Boss", "admin")
    for what in ("revoke", "restore", "delete"):
        answer = await house.http.post(f"/console/api/none/{what}", headers={"cookie": cookie})
        assert answer.status_code == 404


async def test_a_key_that_is_too_fast_is_told_when_to_come_back(tmp_path: Path, clock: Clock) -> None:
    async with open_house(tmp_path / "data", clock, api_requests_per_minute=12.0) as house:
        eager, calm = await make_key(house), await make_key(house, "Other")
        answers = [await detect(house, eager) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        seconds = int(answers[2].headers["retry-after"])
        assert 1 <= seconds <= 5
        assert f"{seconds} second" in answers[2].json()["error"]
        assert (await detect(house, calm)).status_code == 200


async def test_the_examples_work_as_they_stand(house: House) -> None:
    text = await page(house)
    assert "curl http://chat.test/translate" in text
    assert "LibreTranslateAPI(&#34;http://chat.test&#34;" in text
    assert '"source": "en", "target": "pt"'.replace('"', "&#34;") in text
