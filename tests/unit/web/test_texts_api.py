"""What the page of texts asks of the server, over HTTP."""

import asyncio
import json
import threading
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx2
import pytest

from appliance.services import text_desk
from appliance.web import texts_api
from tests.conftest import Clock
from tests.unit.web.house import House, open_house


class Admin:
    def __init__(self, house: House, cookie: str) -> None:
        self.house = house
        self.headers = {"cookie": cookie, "accept-language": "en"}

    async def post(self, path: str, **body: Any) -> httpx2.Response:
        content = json.dumps(body).encode()
        return await self.house.http.post(f"/api/wordings/{path}", content=content, headers=self.headers)

    async def done(self, path: str, **body: Any) -> Any:
        answer = await self.post(path, **body)
        assert answer.status_code == 200, answer.text
        return answer.json()["text"]

    async def refused(self, path: str, **body: Any) -> Any:
        answer = await self.post(path, **body)
        assert answer.status_code >= 400, answer.text
        return answer.json()

    async def overview(self) -> Any:
        answer = await self.house.http.get("/api/wordings", headers=self.headers)
        assert answer.status_code == 200
        return answer.json()

    async def text(self, text_id: str) -> Any:
        return next(one for one in (await self.overview())["texts"] if one["id"] == text_id)


@pytest.fixture
async def admin(house: House) -> Admin:
    return Admin(house, await house.agent("Boss", "admin"))


async def test_an_empty_workspace_has_a_place_for_each_text(admin: Admin) -> None:
    found = await admin.overview()
    assert [one["id"] for one in found["texts"]] == [
        "greeting",
        "queue",
        "offline",
        "survey",
        "signature",
        "region_name:everywhere",
        "region_offline:everywhere",
    ]
    assert found["texts"][0]["version"] == 0


async def test_the_languages_in_use_come_first_the_admins_and_english_before_others(house: House) -> None:
    await house.agent("João", language="pt-BR")
    admin = Admin(house, await house.agent("Ona", "admin", language="lt"))
    await admin.done("save", kind="greeting", wordings={"nb": "Hei"})
    locales = (await admin.overview())["locales"]
    used = [one["tag"] for one in locales if one["used"]]
    assert used[:2] == ["lt", "en"]
    assert set(used) == {"lt", "en", "pt-BR", "nb"}
    assert {one["tag"]: one["direction"] for one in locales}["fa"] == "rtl"
    assert next(one for one in locales if one["tag"] == "lt")["native"] == "lietuvių"


async def test_a_visitors_language_is_in_use(house: House, admin: Admin) -> None:
    await house.visitor(language="fa")
    locales = (await admin.overview())["locales"]
    assert [one["used"] for one in locales if one["tag"] == "fa"] == [True]


async def test_strangers_cannot_make_up_languages_that_texts_would_need(
    house: House, admin: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [one["tag"] for one in (await admin.overview())["locales"]]

    async def hostile() -> list[str]:
        return [f"sv-x-a{number}" for number in range(500)]

    monkeypatch.setattr(house.parts.texts, "visitor_languages", hostile)
    found = await admin.overview()
    assert sorted(one["tag"] for one in found["locales"]) == sorted([*before, "sv"])
    assert [one["name"] for one in found["locales"] if one["used"]] == ["English", "Swedish"]
    assert set(found["nearest"]) == {*before, "sv"}
    exported = await admin.house.http.get("/api/wordings/export", headers=admin.headers)
    assert b"sv-x" not in exported.content


async def test_who_reads_what_is_told_as_the_server_chooses(admin: Admin) -> None:
    await admin.done("save", kind="greeting", wordings={"pt-BR": "Olá", "zh-Hant": "您好"})
    nearest = (await admin.overview())["nearest"]
    assert "pt-BR" in nearest["pt-PT"]
    assert "zh-Hant" in nearest["zh-Hans"]
    assert "fa" not in nearest["lt"]


async def test_markup_in_a_text_is_kept_as_it_was_typed(admin: Admin) -> None:
    said = "<script>alert(1)</script> & <b>{workspace}</b>"
    text = await admin.done("save", kind="greeting", wordings={"en": said})
    assert text["wordings"]["en"]["text"] == said
    page = await admin.house.http.get("/console/texts", headers=admin.headers)
    assert "<script>alert" not in page.text


async def test_an_unknown_placeholder_is_refused_in_words_with_those_there_are(admin: Admin) -> None:
    told = await admin.refused("save", kind="survey", wordings={"en": "Fine?", "lt": "Ar {agnet} padėjo?"})
    assert (told["code"], told["field"]) == ("wording_placeholder", "lt")
    assert "{agnet}" in told["message"]
    assert "{agent}, {workspace}" in told["message"]
    assert (await admin.text("survey"))["wordings"] == {}


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"kind": "song"}, "bad_field", "kind"),
        ({"kind": "greeting"}, "bad_field", "wordings"),
        ({"kind": "greeting", "wordings": ["x"]}, "bad_field", "wordings"),
        ({"kind": "greeting", "wordings": {"not a tag": "x"}}, "bad_field", "locale"),
        ({"kind": "greeting", "wordings": {"en": None}}, "bad_field", "en"),
        ({"kind": "greeting", "wordings": {"en": " "}}, "wording_empty", "en"),
        ({"kind": "canned", "wordings": {"en": "x"}}, "bad_field", "shortcut"),
        ({"kind": "canned", "wordings": {"en": "x"}, "shortcut": "A B"}, "bad_field", "shortcut"),
        ({"kind": "question", "wordings": {"en": "x"}, "answer": "song"}, "bad_field", "answer"),
        ({"kind": "question", "wordings": {"en": "x"}, "required": "yes"}, "bad_field", "required"),
        ({"kind": "greeting", "wordings": {"en": "x"}, "expected": "1"}, "bad_field", "expected"),
        ({"kind": "greeting", "wordings": {"en": "x"}, "dropped": "lt"}, "bad_field", "dropped"),
        ({"kind": "region_name", "id": "region_name:everywhere", "wordings": {}}, "wording_empty", "en"),
    ],
)
async def test_bad_input_is_named_by_its_field(
    admin: Admin, body: dict[str, Any], code: str, field: str
) -> None:
    told = await admin.refused("save", **body)
    assert (told["code"], told["field"]) == (code, field)
    assert told["message"]


async def test_an_undo_puts_drafts_back_as_they_were(admin: Admin) -> None:
    await admin.done("save", kind="greeting", wordings={"en": "Welcome to {workspace}!"})
    before = await admin.done("draft", id="greeting", locale="pt-BR")
    after = await admin.done(
        "save", kind="greeting", wordings={"en": "Hi"}, dropped=["pt-BR"], expected=before["version"]
    )
    assert set(after["wordings"]) == {"en"}
    back = await admin.done(
        "save",
        kind="greeting",
        wordings={"en": "Welcome to {workspace}!"},
        drafts={"pt-BR": before["wordings"]["pt-BR"]},
        expected=after["version"],
    )
    assert back["wordings"] == before["wordings"]
    assert not back["wordings"]["pt-BR"]["outdated"]


async def test_a_draft_that_comes_back_takes_the_place_of_no_approved_wording(admin: Admin) -> None:
    saved = await admin.done(
        "save", kind="greeting", wordings={"lt": "Labas"}, drafts={"lt": {"text": "Sveiki"}}
    )
    assert (saved["wordings"]["lt"]["text"], saved["wordings"]["lt"]["draft"]) == ("Labas", False)


async def test_an_undo_puts_the_drafts_of_a_region_back(admin: Admin) -> None:
    text_id = "region_offline:everywhere"
    version = (await admin.text(text_id))["version"]
    draft = {"text": "De volta na segunda", "source": "en", "made_from": "Back on Monday"}
    saved = await admin.done(
        "save",
        kind="region_offline",
        id=text_id,
        wordings={"en": "Back on Monday"},
        drafts={"pt-BR": draft},
        expected=version,
    )
    told = saved["wordings"]["pt-BR"]
    assert {name: told[name] for name in draft} == draft
    assert told["draft"]


LT = {"text": "Labas", "source": "en", "made_from": "Hello"}


@pytest.mark.parametrize(
    ("drafts", "code", "field"),
    [
        (["lt"], "bad_field", "drafts"),
        ({"no tag": LT}, "bad_field", "locale"),
        ({"lt": "Labas"}, "bad_field", "lt"),
        ({"lt": {}}, "bad_field", "lt"),
        ({"lt": LT | {"text": 7}}, "bad_field", "lt"),
        ({"lt": LT | {"text": " "}}, "wording_empty", "lt"),
        ({"lt": LT | {"text": "x" * 301}}, "wording_too_long", "lt"),
        ({"lt": LT | {"text": "Sveiki, {agent}"}}, "wording_placeholder", "lt"),
        ({"LT": LT | {"doubtful": "yes"}}, "bad_field", "lt"),
        ({"lt": LT | {"flags": "length"}}, "bad_field", "lt"),
        ({"lt": LT | {"flags": [7]}}, "bad_field", "lt"),
        ({"lt": LT | {"flags": ["<b>"]}}, "bad_field", "lt"),
        ({"lt": LT | {"flags": ["length"] * 1000}}, "bad_field", "lt"),
        ({"lt": LT | {"source": None}}, "bad_field", "lt"),
        ({"lt": LT | {"source": "no tag"}}, "bad_field", "lt"),
        ({"lt": LT | {"source": ["en"]}}, "bad_field", "lt"),
        ({"lt": LT | {"made_from": None}}, "bad_field", "lt"),
        ({"lt": LT | {"made_from": "x" * 100_000}}, "bad_field", "lt"),
        ({"lt": LT | {"made_from": "\ud800"}}, "bad_field", "lt"),
        ({f"x{chr(97 + one // 26)}{chr(97 + one % 26)}": LT for one in range(101)}, "too_many_texts", None),
    ],
)
async def test_drafts_that_cannot_come_back_are_refused_and_nothing_is_saved(
    admin: Admin, drafts: Any, code: str, field: str | None
) -> None:
    told = await admin.refused("save", kind="greeting", wordings={"en": "Hello"}, drafts=drafts)
    assert (told["code"], told.get("field")) == (code, field)
    assert told["message"]
    assert (await admin.text("greeting"))["version"] == 0


async def test_what_is_no_json_or_too_large_is_refused(admin: Admin) -> None:
    for content, status in ((b"{", 400), (b'{"kind": NaN}', 400), (b'"' + b"x" * 2**21 + b'"', 413)):
        answer = await admin.house.http.post("/api/wordings/save", content=content, headers=admin.headers)
        assert answer.status_code == status


async def test_the_second_of_two_admins_is_told_what_the_first_saved_and_who_it_was(house: House) -> None:
    first = Admin(house, await house.agent("Ona", "admin"))
    second = Admin(house, await house.agent("Boss", "admin"))
    text = await first.done("save", kind="greeting", wordings={"en": "Hello"})
    await first.done("save", kind="greeting", wordings={"en": "Welcome"}, expected=text["version"])
    told = await second.refused("save", kind="greeting", wordings={"en": "Hi"}, expected=text["version"])
    assert told["code"] == "changed_meanwhile"
    assert told["theirs"]["changed_by"] == "Ona"
    assert told["theirs"]["wordings"]["en"]["text"] == "Welcome"


async def test_a_language_that_no_pack_leads_into_is_told_and_nothing_drafted(admin: Admin) -> None:
    await admin.done("save", kind="greeting", wordings={"en": "Hello"})
    told = await admin.refused("draft", id="greeting", locale="lt")
    assert told["code"] == "draft_unreachable"
    assert set((await admin.text("greeting"))["wordings"]) == {"en"}
    assert "lt" not in (await admin.overview())["leads"]["en"]
    assert (await admin.refused("draft", id="greeting", locale="no tag"))["field"] == "locale"
    assert (await admin.refused("draft", id="song", locale="lt"))["code"] == "not_found"


async def test_the_starter_pack_drafts_and_an_admin_approves(admin: Admin) -> None:
    await admin.done("save", kind="greeting", wordings={"en": "Welcome to {workspace}!"})
    drafted = (await admin.done("draft", id="greeting", locale="pt-BR"))["wordings"]["pt-BR"]
    assert drafted["draft"]
    assert "{workspace}" in drafted["text"]
    text = await admin.done("approve", id="greeting", wordings={"pt-BR": drafted["text"]})
    assert not text["wordings"]["pt-BR"]["draft"]
    text = await admin.done(
        "save",
        kind="greeting",
        wordings={"en": "Hello from {workspace}", "pt-BR": drafted["text"]},
        expected=text["version"],
    )
    assert text["wordings"]["pt-BR"]["outdated"]


async def test_a_response_is_removed_and_comes_back(admin: Admin) -> None:
    text = await admin.done("save", kind="canned", wordings={"en": "Bye"}, shortcut="bye")
    taken = await admin.refused("save", kind="canned", wordings={"en": "Goodbye"}, shortcut="bye")
    assert (taken["code"], taken["field"]) == ("shortcut_taken", "shortcut")
    answer = await admin.post("remove", id=text["id"], expected=text["version"])
    assert answer.status_code == 200
    assert (await admin.refused("approve", id=text["id"], wordings={}))["code"] == "not_found"
    assert (await admin.done("restore", id=text["id"]))["shortcut"] == "bye"


async def test_our_own_wordings_are_in_each_language_that_has_them(admin: Admin) -> None:
    ours = (await admin.overview())["ours"]
    assert set(ours) == {"greeting", "queue", "survey"}
    assert ours["greeting"]["en"] == "Hello! How can we help?"
    assert {"lt", "tr", "zh-Hans", "fa", "ja", "pt-BR"} <= set(ours["greeting"])
    assert all(said != ours["greeting"]["en"] for tag, said in ours["greeting"].items() if tag != "en")
    for kind, wordings in ours.items():
        text = await admin.done("save", kind=kind, wordings=wordings)
        assert set(text["wordings"]) == set(wordings)


async def test_a_regions_text_saved_here_is_what_its_own_page_has(admin: Admin) -> None:
    text_id = "region_offline:everywhere"
    version = (await admin.text(text_id))["version"]
    saved = await admin.done(
        "save", kind="region_offline", id=text_id, wordings={"en": "Back on Monday"}, expected=version
    )
    answer = await admin.house.http.get("/api/regions/everywhere", headers=admin.headers)
    assert answer.json()["region"]["offline"] == {"en": "Back on Monday"}
    assert answer.json()["version"] == saved["version"]


async def test_texts_outlive_the_server(tmp_path: Path, clock: Clock) -> None:
    wordings = {"en": "Hello", "fa": "سلام", "nb": "Hei"}
    async with open_house(tmp_path / "data", clock) as house:
        admin = Admin(house, await house.agent("Boss", "admin"))
        await admin.done("save", kind="greeting", wordings=wordings)
        await admin.done("draft", id="greeting", locale="pt")
        before = await admin.overview()
    async with open_house(tmp_path / "data", clock) as house:
        house.agents = {"Boss": next(iter(await house.parts.team.agents()))}
        after = await Admin(house, await house.agent("Boss", "admin")).overview()
    assert json.dumps(after["texts"]) == json.dumps(before["texts"])


async def test_the_previews_frame_may_stand_in_our_own_pages_only(admin: Admin) -> None:
    answer = await admin.house.http.get("/console/texts/panel?lang=fa", headers=admin.headers)
    assert 'dir="rtl"' in answer.text
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]


async def test_a_file_goes_out_and_comes_back_filled_in(admin: Admin) -> None:
    await admin.done("save", kind="greeting", wordings={"en": "Hello", "lt": "Labas"})
    exported = await admin.house.http.get("/api/wordings/export", headers=admin.headers)
    assert exported.headers["content-disposition"] == 'attachment; filename="texts.csv"'
    content = exported.content.replace(
        b"greeting,lt,Labas,", "greeting,lt,Sveiki,\r\ngreeting,fa,سلام,yes".encode()
    )
    preview = await admin.house.http.post("/api/wordings/preview", content=content, headers=admin.headers)
    told = preview.json()
    assert (told["added"]["count"], told["changed"]["count"], told["refused"]["count"]) == (1, 1, 0)
    assert (await admin.text("greeting"))["wordings"]["lt"]["text"] == "Labas"

    path = f"/api/wordings/import?version={told['version']}"
    taken = await admin.house.http.post(path, content=content, headers=admin.headers)
    assert taken.status_code == 200, taken.text
    wordings = (await admin.text("greeting"))["wordings"]
    assert wordings["lt"]["text"] == "Sveiki"
    assert wordings["fa"]["draft"]
    again = await admin.house.http.post(path, content=content, headers=admin.headers)
    assert again.json()["code"] == "changed_meanwhile"


async def test_what_is_saved_while_a_file_is_taken_in_is_not_overwritten(
    admin: Admin, monkeypatch: pytest.MonkeyPatch
) -> None:
    greeting = await admin.done("save", kind="greeting", wordings={"en": "Hello", "lt": "Labas"})
    content = b"text,locale,wording\r\ngreeting,lt,Labutis\r\nsurvey,en,Well?\r\n"
    preview = await admin.house.http.post("/api/wordings/preview", content=content, headers=admin.headers)
    texts = admin.house.parts.texts
    take = texts.take

    async def after_somebody_else(*given: Any) -> None:
        wordings = {"en": "Hello", "lt": "Sveiki"}
        await admin.done("save", kind="greeting", wordings=wordings, expected=greeting["version"])
        await take(*given)

    monkeypatch.setattr(texts, "take", after_somebody_else)
    path = f"/api/wordings/import?version={preview.json()['version']}"
    taken = await admin.house.http.post(path, content=content, headers=admin.headers)
    assert (taken.status_code, taken.json()["code"]) == (409, "changed_meanwhile")
    assert (await admin.text("greeting"))["wordings"]["lt"]["text"] == "Sveiki"
    assert (await admin.text("survey"))["wordings"] == {}, "all or nothing"


@pytest.mark.parametrize(
    ("module", "work", "path"),
    [
        (texts_api, "version_of", "preview"),
        (texts_api, "plan", "preview"),
        (text_desk, "taken_in", "import"),
        (texts_api, "to_csv", "export"),
    ],
)
async def test_others_are_answered_while_a_large_file_is_worked_on(
    admin: Admin, monkeypatch: pytest.MonkeyPatch, module: ModuleType, work: str, path: str
) -> None:
    content = b"text,locale,wording\r\nsurvey,en,Well?\r\n"
    http = admin.house.http
    preview = await http.post("/api/wordings/preview", content=content, headers=admin.headers)
    loop, begun, answered = asyncio.get_running_loop(), asyncio.Event(), threading.Event()
    worked = getattr(module, work)

    def slowly(*given: Any) -> Any:
        loop.call_soon_threadsafe(begun.set)
        assert answered.wait(5), "nobody else was answered meanwhile"
        return worked(*given)

    monkeypatch.setattr(module, work, slowly)
    url = f"/api/wordings/{path}?version={preview.json()['version']}"
    if path == "export":
        asking = asyncio.create_task(http.get(url, headers=admin.headers))
    else:
        asking = asyncio.create_task(http.post(url, content=content, headers=admin.headers))
    await begun.wait()
    assert (await http.get("/healthz")).status_code == 200
    answered.set()
    assert (await asking).status_code == 200


async def test_what_is_wrong_with_a_file_is_said_in_words(admin: Admin) -> None:
    content = b"text,locale,wording\nsong,en,La la\ngreeting,fa,Hi {agnet}\n"
    answer = await admin.house.http.post("/api/wordings/preview", content=content, headers=admin.headers)
    messages = [row["message"] for row in answer.json()["refused"]["rows"]]
    assert len(messages) == 2
    assert "song" in messages[0]
    assert "{agnet}" in messages[1]
    for content, words in ((b"a,b\n", "text,locale,wording,draft"), (b"\xff\xfea", "UTF-16")):
        answer = await admin.house.http.post("/api/wordings/preview", content=content, headers=admin.headers)
        assert answer.status_code == 400
        assert words in answer.json()["message"]
