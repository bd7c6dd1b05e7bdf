"""The examples of docs/protocol.md about language packs against what is really answered."""

import json
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from appliance.web.packs_api import CHUNK, SOURCES_AT_ONCE
from tests.conftest import Clock
from tests.integration.test_language_packs import EN_LT, LT_EN, PACKAGES, Admin, from_upload
from tests.unit.web.house import open_house
from tests.unit.web.test_protocol_document import BLOCKS, DOCUMENT, differences

EN_FA = PACKAGES / "translate-en_fa-0_1.argosmodel"


@pytest.fixture
async def admin(tmp_path: Path, clock: Clock) -> AsyncIterator[Admin]:
    async with open_house(tmp_path / "data", clock) as house:
        yield Admin(house, await house.agent("Emma", "admin"))


async def test_the_overview_and_the_jobs(admin: Admin) -> None:
    session = await admin.house.visitor(language="fa")
    headers = {"authorization": f"Bearer {session['token']}"}
    message = {"client_id": "m-1", "text": "سلام"}
    path = f"/api/conversations/{session['conversation']}/messages"
    assert (await admin.house.http.post(path, headers=headers, json=message)).status_code == 201
    broken = admin.data / "models" / "old"
    broken.mkdir(parents=True)
    (broken / "metadata.json").write_text("{")
    (admin.data / "import").mkdir()
    shutil.copy(EN_FA, admin.data / "import")
    (job,) = await admin.install(from_upload(await admin.upload(EN_LT)))
    await admin.upload(LT_EN)
    await admin.got("/uploads", BLOCKS["packs_upload"])
    real = await admin.got("")
    for member in ("packs", "damaged", "reachable", "gaps", "uploads", "imports"):
        assert real[member], member
    assert differences({**BLOCKS["packs_overview"], "jobs": BLOCKS["packs_jobs"]["jobs"]}, real) == []
    told = re.search(r"`result` has (.*?)\.\n", DOCUMENT, re.DOTALL)
    assert told is not None
    assert set(re.findall(r"`(\w+)`", told[1])) - {"path"} == set(job["result"])


async def test_an_uploads_piece_is_as_large_as_it_says(admin: Admin) -> None:
    assert f"pieces of at most {CHUNK // 1024**2} MiB" in DOCUMENT
    assert f"Up to {SOURCES_AT_ONCE}." in DOCUMENT


async def test_the_sources_are_understood(admin: Admin) -> None:
    """Each is refused for what is not there, not for its form."""
    for source in BLOCKS["packs_sources"]["sources"]:
        answer = await admin.ask("/preview", {"sources": [source]})
        if source["kind"] == "address":
            assert answer.status_code == 200, answer.text
            told = re.search(r"`preview` answers (.*?)\. `install`", DOCUMENT, re.DOTALL)
            assert told is not None
            named = set(re.findall(r"`(\w+)`", told[1])) - {"path", "before"}
            assert named == set(json.loads(answer.text))
        else:
            assert answer.json()["code"] == "pack_not_found"


def test_every_example_is_in_a_test() -> None:
    examples = {name for name in BLOCKS if name.startswith("packs_")}
    assert examples == {"packs_overview", "packs_jobs", "packs_sources", "packs_upload"}
