"""The console's calls about language packs, on real packages: from the first look to a translated message."""

import asyncio
import json
import os
import shutil
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx2
import pytest

from appliance.web.packs_api import CHUNK
from tests.conftest import Clock
from tests.support.files import Files, serving
from tests.unit.web.house import House, open_house
from translation.store.room import KEPT_FREE

PACKAGES = Path(__file__).parents[1] / "models" / "packages"
LT_EN = PACKAGES / "translate-lt_en-0_1.argosmodel"
EN_LT = PACKAGES / "translate-en_lt-0_1.argosmodel"

Json = dict[str, Any]


@pytest.fixture
async def house(tmp_path: Path, clock: Clock) -> AsyncIterator[House]:
    async with open_house(tmp_path / "data", clock) as house:
        yield house


@pytest.fixture
def files() -> Iterator[Files]:
    with serving() as files:
        yield files


class Admin:
    """An admin's page."""

    def __init__(self, house: House, cookie: str) -> None:
        self.house = house
        self.cookie = cookie

    @property
    def data(self) -> Path:
        return self.house.parts.settings.data_dir

    async def ask(self, path: str, body: Any = None, **options: Any) -> httpx2.Response:
        method = "GET" if body is None and not options else "POST"
        given = {} if body is None else {"json": body}
        return await self.house.http.request(
            method, f"/api/packs{path}", headers={"cookie": self.cookie}, **given, **options
        )

    async def got(self, path: str, body: Any = None, **options: Any) -> Json:
        answer = await self.ask(path, body, **options)
        assert answer.is_success, answer.text
        return dict(answer.json())

    async def refused(self, path: str, body: Any = None, **options: Any) -> tuple[int, str, str | None]:
        answer = await self.ask(path, body, **options)
        told = answer.json()
        assert told["message"].endswith("."), told
        return answer.status_code, told["code"], told["field"]

    async def upload(self, file: Path, content: bytes | None = None) -> Json:
        if content is None:
            content = await asyncio.to_thread(file.read_bytes)
        announced = {"name": file.name, "bytes": len(content), "sha256": sha256(content).hexdigest()}
        coming = await self.got("/uploads", announced)
        while not coming["whole"]:
            at = coming["received"]
            coming = await self.got(f"/uploads/{coming['id']}?offset={at}", content=content[at : at + CHUNK])
        return coming

    async def ended(self, job_id: str) -> Json:
        """The job, once it has ended."""
        async with asyncio.timeout(60):
            while True:
                jobs = (await self.got("/jobs"))["jobs"]
                (job,) = [job for job in jobs if job["id"] == job_id]
                if job["ended_at"] is not None:
                    return dict(job)
                await asyncio.to_thread(os.sched_yield)

    async def install(self, *sources: Json) -> list[Json]:
        begun = await self.got("/install", {"sources": list(sources)})
        return [await self.ended(job["id"]) for job in begun["jobs"]]

    async def models(self) -> list[str]:
        return sorted(pack["model"] for pack in (await self.got(""))["packs"] if not pack["built_in"])


@pytest.fixture
async def admin(house: House) -> Admin:
    return Admin(house, await house.agent("Emma", "admin"))


def from_upload(upload: Json) -> Json:
    return {"kind": "upload", "name": upload["id"]}


async def test_what_is_there_at_first(admin: Admin) -> None:
    seen = await admin.got("")
    packs = {(pack["from"], pack["to"]): pack for pack in seen["packs"]}
    assert set(packs) == {("en", "pt"), ("pt", "en")}
    assert all(pack["built_in"] and pack["used"] and pack["live"] for pack in packs.values())
    assert [reach["path"] for reach in seen["reachable"]] == [["en", "pt"], ["pt", "en"]]
    assert (seen["jobs"], seen["uploads"], seen["imports"], seen["mirror"]) == ([], [], [], None)
    assert seen["room"]["disk"] > 0


async def test_an_upload_says_what_it_is_and_what_it_would_add_before_it_is_installed(admin: Admin) -> None:
    upload = await admin.upload(LT_EN)
    pack = upload["pack"]
    assert (pack["from"], pack["to"], pack["version"], pack["problem"]) == ("lt", "en", "lt_en-0.1", None)
    preview = await admin.got("/preview", {"sources": [from_upload(upload)]})
    assert [reach["path"] for reach in preview["gained"]] == [["lt", "en"], ["lt", "en", "pt"]]
    assert (preview["fits"], preview["disk"]) == (True, pack["bytes"])
    assert await admin.models() == []


async def test_a_message_that_waits_is_translated_once_its_pack_is_there(admin: Admin) -> None:
    """Nothing translated it, and its conversation is still open: no restart, no button."""
    house = admin.house
    session = await house.visitor(language="lt")
    async with house.visitor_socket(session) as visitor, house.agent_socket(admin.cookie) as agent:
        await visitor.send(type="send", client_id="m-1", text="Kur mano užsakymas?")
        await agent.expect("summary", lambda frame: frame["conversation"]["unread"] == 1)
        await agent.send(type="open", conversation=session["conversation"], after=0)
        await agent.expect("opened")

        def translation(status: str) -> Callable[[Json], bool]:
            return lambda event: event["kind"] == "translation" and event["translation"]["status"] == status

        failed = (await agent.expect("opened"))["events"][0]["translations"]["en"]
        if failed["status"] == "pending":
            failed = (await agent.event(translation("failed")))["translation"]
        assert failed["reason"] == "no_route"
        (gap,) = (await admin.got(""))["gaps"]
        assert (gap["language"], gap["who"], gap["others"]) == ("lt", "visitors", ["en"])

        jobs = await admin.install(from_upload(await admin.upload(LT_EN)))
        assert [(job["state"], job["from"], job["to"]) for job in jobs] == [("done", "lt", "en")]
        assert jobs[0]["result"]["translation"] == "Where is my order?"
        done = await agent.event(translation("done"))
        assert done["translation"]["text"] == "Where is my order?"
        assert done["translation"]["engine"] == "argos"
    overview = await admin.got("")
    assert [(pack["live"], pack["loaded"]) for pack in overview["packs"] if pack["from"] == "lt"] == [
        (True, True)
    ]
    assert overview["uploads"] == []
    assert [gap["wanted"] for gap in overview["gaps"]] == [[{"from": "en", "to": "lt"}]]


async def test_two_packs_at_once_and_what_each_adds(admin: Admin) -> None:
    uploads = [await admin.upload(LT_EN), await admin.upload(EN_LT)]
    jobs = await admin.install(*map(from_upload, uploads))
    assert [job["state"] for job in jobs] == ["done", "done"]
    assert await admin.models() == ["argos/en_lt-0.1", "argos/lt_en-0.1"]
    reachable = {tuple(reach["path"]) for reach in (await admin.got(""))["reachable"]}
    assert ("lt", "en", "pt") in reachable
    assert ("pt", "en", "lt") in reachable


async def test_checking_a_pack_finds_what_has_changed(admin: Admin) -> None:
    await admin.install(from_upload(await admin.upload(LT_EN)))
    (pack,) = [pack for pack in (await admin.got(""))["packs"] if not pack["built_in"]]
    good = await admin.ended((await admin.got(f"/installed/{pack['id']}/verify", {}))["id"])
    assert (good["kind"], good["state"]) == ("verify", "done")
    assert good["result"]["translation"] == "Where is my order?"
    (model,) = (admin.data / "models").glob("argos-*/README.md")
    model.write_text("changed\n")
    bad = await admin.ended((await admin.got(f"/installed/{pack['id']}/verify", {}))["id"])
    assert (bad["state"], bad["error"]["code"]) == ("failed", "pack_damaged")
    assert "README.md" in bad["error"]["detail"]


async def test_removing_says_what_is_lost_and_loses_it(admin: Admin) -> None:
    await admin.install(*[from_upload(await admin.upload(file)) for file in (LT_EN, EN_LT)])
    (pack,) = [pack for pack in (await admin.got(""))["packs"] if pack["from"] == "lt"]
    loss = await admin.got(f"/installed/{pack['id']}/loss")
    assert [reach["path"] for reach in loss["lost"]] == [["lt", "en"], ["lt", "en", "pt"]]
    after = await admin.got(f"/installed/{pack['id']}/remove", {})
    assert not [reach for reach in after["reachable"] if reach["from"] == "lt"]
    assert await admin.models() == ["argos/en_lt-0.1"]
    assert await admin.refused(f"/installed/{pack['id']}/remove", {}) == (404, "pack_not_found", "pack")


async def test_the_starter_pair_stays(admin: Admin) -> None:
    for pack in (await admin.got(""))["packs"]:
        assert await admin.refused(f"/installed/{pack['id']}/remove", {}) == (409, "pack_built_in", None)
    assert len((await admin.got(""))["packs"]) == 2


async def test_a_damaged_folder_is_shown_and_can_be_removed(admin: Admin) -> None:
    folder = admin.data / "models" / "broken ąž"
    folder.mkdir()
    (folder / "metadata.json").write_text("{")
    (damaged,) = (await admin.got(""))["damaged"]
    assert damaged["folder"] == "broken ąž"
    assert "metadata.json" in damaged["detail"]
    after = await admin.got(f"/installed/{damaged['id']}/remove", {})
    assert after["damaged"] == []


async def test_an_upload_goes_on_where_it_was_after_a_restart(tmp_path: Path, clock: Clock) -> None:
    content = LT_EN.read_bytes()
    announced = {"name": LT_EN.name, "bytes": len(content), "sha256": sha256(content).hexdigest()}
    async with open_house(tmp_path / "data", clock) as house:
        admin = Admin(house, await house.agent("Emma", "admin"))
        upload = await admin.got("/uploads", announced)
        await admin.got(f"/uploads/{upload['id']}?offset=0", content=content[:100_000])
        # A piece that was sent twice, or from elsewhere, does no harm.
        again = await admin.got(f"/uploads/{upload['id']}?offset=0", content=content[:100_000])
        assert again["received"] == 100_000
    async with open_house(tmp_path / "data", clock) as house:
        cookie = (
            f"dragoman-80={await house.parts.team.begin_session((await house.parts.team.agents())[0], 'F')}"
        )
        admin = Admin(house, cookie)
        (seen,) = (await admin.got(""))["uploads"]
        assert (seen["received"], seen["whole"], seen["by"]) == (100_000, False, "Emma")
        assert (await admin.got("/uploads", announced))["received"] == 100_000
        done = await admin.got(f"/uploads/{upload['id']}?offset=100000", content=content[100_000:])
        assert done["pack"]["from"] == "lt"
        assert (await admin.install(from_upload(done)))[0]["state"] == "done"


async def test_uploads_that_cannot_be(admin: Admin) -> None:
    content = b"x" * 10
    good = {"name": "a.zip", "bytes": 10, "sha256": sha256(content).hexdigest()}
    for change, field in (
        ({"name": ""}, "name"),
        ({"name": 5}, "name"),
        ({"bytes": 0}, "bytes"),
        ({"bytes": "10"}, "bytes"),
        ({"bytes": True}, "bytes"),
        ({"sha256": "12"}, "sha256"),
        ({"sha256": None}, "sha256"),
    ):
        assert await admin.refused("/uploads", {**good, **change}) == (400, "bad_field", field), change
    assert await admin.refused("/uploads", {**good, "bytes": 2**50}) == (413, "pack_too_large", None)
    nobody = "0" * 32
    assert await admin.refused(f"/uploads/{nobody}?offset=0", content=b"x") == (404, "pack_not_found", None)
    assert await admin.refused(f"/uploads/{nobody}/discard", {}) == (404, "pack_not_found", None)
    upload = await admin.got("/uploads", good)
    path = f"/uploads/{upload['id']}"
    for offset in ("", "-1", "1.5", "٣", "9" * 30):
        assert await admin.refused(f"{path}?offset={offset}", content=b"x") == (400, "bad_field", "offset")
    too_much = b"x" * (CHUNK + 1)
    assert await admin.refused(f"{path}?offset=0", content=too_much) == (413, "frame_too_large", None)
    assert await admin.refused(f"{path}?offset=0", content=b"y" * 11) == (413, "pack_too_large", None)
    assert await admin.refused(f"{path}?offset=0", content=b"y" * 10) == (422, "pack_wrong_checksum", None)
    assert (await admin.got(""))["uploads"] == []


async def test_an_upload_that_is_no_pack_says_so_and_can_be_discarded(admin: Admin, tmp_path: Path) -> None:
    photo = tmp_path / "photo.zip"
    with zipfile.ZipFile(photo, "w") as packed:
        packed.writestr("photo.jpg", "x")
    upload = await admin.upload(photo)
    assert upload["pack"]["problem"]["code"] == "pack_not_a_pack"
    refused = await admin.refused("/install", {"sources": [from_upload(upload)]})
    assert refused == (422, "pack_not_a_pack", None)
    assert (await admin.got(f"/uploads/{upload['id']}/discard", {}))["uploads"] == []


async def test_a_damaged_package_installs_nothing_and_stays_to_be_looked_at(admin: Admin) -> None:
    content = bytearray(LT_EN.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 100] = bytes(100)
    (job,) = await admin.install(from_upload(await admin.upload(LT_EN, bytes(content))))
    assert (job["state"], job["error"]["code"], job["result"]) == ("failed", "pack_damaged", None)
    assert await admin.models() == []
    assert len((await admin.got(""))["uploads"]) == 1


async def test_a_second_installation_of_a_pair_waits_for_the_first(admin: Admin) -> None:
    older, newer = await admin.upload(LT_EN), await admin.upload(PACKAGES / "translate-lt_en-0_2.argosmodel")
    sources = [from_upload(older), from_upload(newer)]
    assert await admin.refused("/install", {"sources": sources}) == (409, "pack_busy", None)
    assert (await admin.got("/jobs"))["jobs"] == []
    begun = await admin.got("/install", {"sources": sources[:1]})
    assert await admin.refused("/install", {"sources": sources[1:]}) == (409, "pack_busy", None)
    await admin.ended(begun["jobs"][0]["id"])
    (job,) = await admin.install(sources[1])
    assert job["result"]["replaced"] == ["argos/lt_en-0.1"]
    assert await admin.models() == ["argos/lt_en-0.2"]


async def test_the_import_folder_is_a_usb_stick(admin: Admin) -> None:
    stick = admin.data / "import" / "stick"
    stick.mkdir(parents=True)
    shutil.copy(LT_EN, stick)
    (found,) = (await admin.got(""))["imports"]
    assert (found["name"], found["from"], found["to"]) == (f"stick/{LT_EN.name}", "lt", "en")
    (job,) = await admin.install({"kind": "import", "name": found["name"]})
    assert job["state"] == "done"
    outside = {"kind": "import", "name": f"../models/{LT_EN.name}"}
    assert await admin.refused("/install", {"sources": [outside]}) == (404, "pack_not_found", "name")


def mirror(files: Files, *packages: Path, **changes: Any) -> str:
    """A mirror with packages; gives the address of its list."""
    entries = []
    for package in packages:
        source, target = package.stem.split("-")[1].split("_")
        content = package.read_bytes()
        files.content[f"/packs/{package.name}"] = content
        entry = {"from_code": source, "to_code": target, "package_version": "0.1", "links": [package.name]}
        entries.append({**entry, "size": len(content), "sha256": sha256(content).hexdigest(), **changes})
    files.content["/packs/index.json"] = json.dumps(entries).encode()
    return files.at("/packs/index.json")


async def test_a_mirror_is_asked_when_somebody_says_so_and_not_before(admin: Admin, files: Files) -> None:
    address = mirror(files, LT_EN, EN_LT, quality=0.4)
    assert await admin.refused("/catalogue", {"catalogue": "mirror"}) == (400, "bad_field", "mirror")
    assert (await admin.got("/mirror", {"mirror": f" {address} "}))["mirror"] == address
    assert (await admin.got(""))["mirror"] == address
    assert files.asked == []
    answer = await admin.got("/catalogue", {"catalogue": "mirror"})
    offers = {(offer["from"], offer["to"]): offer for offer in answer["offers"]}
    assert set(offers) == {("lt", "en"), ("en", "lt")}
    assert [(offer["quality"], offer["way"], offer["installed"]) for offer in offers.values()] == [
        (0.4, None, False)
    ] * 2
    assert [path for path, _ in files.asked] == ["/packs/index.json"]
    jobs = await admin.install(*(offer["source"] for offer in offers.values()))
    assert [job["state"] for job in jobs] == ["done", "done"]
    again = await admin.got("/catalogue", {"catalogue": "mirror"})
    assert all(offer["installed"] for offer in again["offers"])
    # No address any more: nothing is asked, and nothing is left of the list.
    assert (await admin.got("/mirror", {"mirror": None}))["mirror"] is None
    assert await admin.refused("/catalogue", {"catalogue": "mirror"}) == (400, "bad_field", "mirror")


async def test_a_download_that_breaks_off_is_gone_on_with(admin: Admin, files: Files) -> None:
    await admin.got("/mirror", {"mirror": mirror(files, LT_EN)})
    (offer,) = (await admin.got("/catalogue", {"catalogue": "mirror"}))["offers"]
    files.break_after = [200_000, 100_000]
    (job,) = await admin.install(offer["source"])
    assert job["state"] == "done"
    assert [wanted for path, wanted in files.asked if path.endswith("argosmodel")] == [
        "",
        "bytes=200000-",
        "bytes=300000-",
    ]


async def test_a_file_that_is_not_the_one_announced(admin: Admin, files: Files) -> None:
    await admin.got("/mirror", {"mirror": mirror(files, LT_EN, sha256="0" * 64)})
    (offer,) = (await admin.got("/catalogue", {"catalogue": "mirror"}))["offers"]
    (job,) = await admin.install(offer["source"])
    assert (job["state"], job["error"]["code"]) == ("failed", "pack_wrong_checksum")
    assert await admin.models() == []


async def test_without_a_network_it_says_so(admin: Admin) -> None:
    with serving() as files:
        address = mirror(files, LT_EN)
    await admin.got("/mirror", {"mirror": address})
    assert await admin.refused("/catalogue", {"catalogue": "mirror"}) == (502, "pack_unreachable", None)
    source = {"kind": "address", "name": files.at(f"/packs/{LT_EN.name}")}
    (job,) = await admin.install(source)
    assert (job["state"], job["error"]["code"]) == ("failed", "pack_unreachable")
    assert "import folder" in job["error"]["message"]


async def test_an_address(admin: Admin, files: Files) -> None:
    mirror(files, LT_EN)
    source = {"kind": "address", "name": files.at(f"/packs/{LT_EN.name}")}
    wrong = await admin.install({**source, "sha256": "0" * 64})
    assert (wrong[0]["state"], wrong[0]["error"]["code"]) == ("failed", "pack_wrong_checksum")
    (job,) = await admin.install({**source, "sha256": sha256(LT_EN.read_bytes()).hexdigest()})
    assert (job["state"], job["from"], job["to"], job["name"]) == ("done", "lt", "en", LT_EN.name)
    (other,) = await admin.install({**source, "from": "en", "to": "lt"})
    assert (other["state"], other["error"]["code"]) == ("failed", "pack_not_a_pack")


@pytest.mark.parametrize(
    "address",
    ["", "models.example.com", "file:///etc/passwd", "ftp://x/y", "http://", "https:///x", "http://[/"],
)
async def test_what_is_no_address(admin: Admin, address: str) -> None:
    source = {"kind": "address", "name": address}
    assert await admin.refused("/install", {"sources": [source]}) == (400, "bad_field", "name")
    if address:
        assert await admin.refused("/mirror", {"mirror": address}) == (400, "bad_field", "mirror")


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (None, (400, "bad_field", "sources")),
        ([], (400, "bad_field", "sources")),
        (["lt-en"], (400, "bad_field", "sources")),
        ([{"kind": "address", "name": "https://x.example/a"}] * 51, (400, "bad_field", "sources")),
        ([{"kind": "disk", "name": "/etc"}], (400, "bad_field", "kind")),
        ([{"kind": "upload", "name": 5}], (400, "bad_field", "name")),
        ([{"kind": "upload", "name": "nobody"}], (404, "pack_not_found", "name")),
        ([{"kind": "offer", "name": "a"}], (400, "bad_field", "catalogue")),
        ([{"kind": "offer", "name": "a", "catalogue": "elsewhere"}], (400, "bad_field", "catalogue")),
        ([{"kind": "offer", "name": "a", "catalogue": "import"}], (404, "pack_not_found", "catalogue")),
        # Without having been asked for what it has, no catalogue is asked by the way.
        ([{"kind": "offer", "name": "a", "catalogue": "mozilla"}], (404, "pack_not_found", "name")),
        ([{"kind": "address", "name": "http://x/a", "sha256": "5"}], (400, "bad_field", "sha256")),
        (
            [{"kind": "address", "name": "http://x/a", "from": "english", "to": "lt"}],
            (422, "pack_unknown_language", "from"),
        ),
        ([{"kind": "address", "name": "http://x/a", "from": "en"}], (422, "pack_unknown_language", "to")),
        (
            [{"kind": "address", "name": "http://x/a", "from": "en", "to": "en"}],
            (422, "pack_unknown_language", "to"),
        ),
    ],
)
async def test_what_cannot_be_installed(admin: Admin, sources: Any, expected: tuple[Any, ...]) -> None:
    assert await admin.refused("/install", {"sources": sources}) == expected
    assert (await admin.got("/jobs"))["jobs"] == []


async def test_a_job_that_is_cancelled_leaves_nothing(admin: Admin, files: Files) -> None:
    mirror(files, LT_EN)
    source = {"kind": "address", "name": files.at(f"/packs/{LT_EN.name}")}
    (begun,) = (await admin.got("/install", {"sources": [source]}))["jobs"]
    await admin.got(f"/jobs/{begun['id']}/cancel", {})
    job = await admin.ended(begun["id"])
    assert job["state"] == "cancelled"
    assert await admin.models() == []
    assert (await admin.got(f"/jobs/{job['id']}/dismiss", {}))["jobs"] == []
    assert await admin.refused(f"/jobs/{job['id']}/dismiss", {}) == (404, "not_found", "job")


async def test_a_list_in_the_import_folder_leads_nowhere_else(admin: Admin, tmp_path: Path) -> None:
    folder = admin.data / "import"
    folder.mkdir(parents=True)
    shutil.copy(LT_EN, folder / "in.argosmodel")
    shutil.copy(LT_EN, tmp_path / "out.argosmodel")
    links = {"1": "in.argosmodel", "2": str(tmp_path / "out.argosmodel"), "3": "../../out.argosmodel"}
    entries = [
        {"from_code": "lt", "to_code": "en", "package_version": version, "links": [link]}
        for version, link in links.items()
    ]
    (folder / "index.json").write_text(json.dumps(entries))
    found = await admin.got("/catalogue", {"catalogue": "import"})
    assert [offer["version"] for offer in found["offers"]] == ["lt_en-1"]
    assert found["left_out"] == 2


@pytest.mark.parametrize("address", ["https://user:secret@models.example.com/a", "http://token@host/a"])
async def test_an_address_with_a_password_is_refused_before_it_is_kept(admin: Admin, address: str) -> None:
    assert await admin.refused("/mirror", {"mirror": address}) == (400, "bad_field", "mirror")
    source = {"kind": "address", "name": address}
    assert await admin.refused("/install", {"sources": [source]}) == (400, "bad_field", "name")


async def test_what_there_is_no_room_for(admin: Admin, monkeypatch: pytest.MonkeyPatch) -> None:
    upload = await admin.upload(LT_EN)
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1_000_000))
    source = from_upload(upload)
    assert (await admin.got("/preview", {"sources": [source]}))["fits"] is False
    assert await admin.refused("/install", {"sources": [source]}) == (507, "pack_no_room", None)
    announced = {"name": "a.zip", "bytes": 5_000_000, "sha256": "0" * 64}
    assert await admin.refused("/uploads", announced) == (507, "pack_no_room", None)


async def test_a_download_ends_where_the_room_of_messages_begins(
    admin: Admin, files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an address nobody says beforehand how much will come."""
    mirror(files, LT_EN)
    usage = shutil.disk_usage("/")
    downloads = admin.data / "models" / ".downloads"

    def left(_: object) -> Any:
        has_come = downloads.is_dir() and any(downloads.iterdir())
        return usage._replace(free=KEPT_FREE - has_come)

    monkeypatch.setattr(shutil, "disk_usage", left)
    source = {"kind": "address", "name": files.at(f"/packs/{LT_EN.name}")}
    (job,) = await admin.install(source)
    assert (job["state"], job["error"]["code"]) == ("failed", "pack_no_room")
    assert await admin.models() == []


async def test_a_model_that_does_not_say_its_languages_has_to_be_told(admin: Admin, tmp_path: Path) -> None:
    path = tmp_path / "new.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("new/model.bin", "m")
    upload = await admin.upload(path)
    source = from_upload(upload)
    assert await admin.refused("/install", {"sources": [source]}) == (422, "pack_unknown_language", "pair")
    preview = await admin.got("/preview", {"sources": [{**source, "from": "en", "to": "de"}]})
    assert [reach["path"] for reach in preview["gained"]] == [["en", "de"], ["pt", "en", "de"]]
    # It is told, and then it is no model after all.
    (job,) = await admin.install({**source, "from": "en", "to": "de"})
    assert (job["state"], job["error"]["code"]) == ("failed", "pack_not_a_pack")
