"""The one folder of the server that the console reads."""

import json
import zipfile
from pathlib import Path

import pytest

from appliance.domain.refusal import Refused
from appliance.services.import_folder import MOST, ImportFolder
from translation import Pair


def package(path: Path, source: str = "en", target: str = "lt") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("metadata.json", json.dumps({"from_code": source, "to_code": target}))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> ImportFolder:
    return ImportFolder(tmp_path / "import")


def test_a_folder_that_is_not_there_is_empty(folder: ImportFolder) -> None:
    assert folder.found() == []
    assert folder.index() is None


def test_packs_in_it_and_in_its_folders(folder: ImportFolder) -> None:
    package(folder.path / "b.argosmodel")
    package(folder.path / "stick" / "a.zip", "lt", "en")
    (folder.path / "lt-pt").mkdir()
    (folder.path / "lt-pt" / "model.bin").write_text("m")
    (folder.path / "readme.txt").write_text("not looked at")
    (folder.path / ".hidden.zip").write_text("not looked at")
    found = {one.name: one.contents.pair if one.contents else None for one in folder.found()}
    assert found == {
        "b.argosmodel": Pair("en", "lt"),
        "stick/a.zip": Pair("lt", "en"),
        "lt-pt": Pair("lt", "pt"),
    }


def test_what_cannot_be_used_is_shown_with_the_reason(folder: ImportFolder) -> None:
    folder.path.mkdir()
    (folder.path / "photo.zip").write_bytes(b"\xff")
    (folder.path / "photos").mkdir()
    problems = {one.name: one.problem and one.problem.code for one in folder.found()}
    assert problems == {"photo.zip": "damaged", "photos": "not_a_pack"}


@pytest.mark.parametrize(
    "name",
    [
        "../secret.zip",
        "/etc/passwd",
        "stick/../../secret.zip",
        "stick/../b.zip",
        "./b.zip",
        "",
        ".",
        "nothing.zip",
    ],
)
def test_no_name_leads_out_of_it(folder: ImportFolder, name: str) -> None:
    package(folder.path / "b.zip")
    package(folder.path / "stick" / "a.zip")
    package(folder.path.parent / "secret.zip")
    with pytest.raises(Refused) as refused:
        folder.resolve(name)
    assert (refused.value.code, refused.value.field) == ("pack_not_found", "name")
    assert folder.resolve("stick/a.zip") == folder.path / "stick" / "a.zip"


def test_a_folder_with_all_too_much_in_it_is_shown_in_part(folder: ImportFolder) -> None:
    for number in range(MOST + 5):
        package(folder.path / f"{number:04}.zip")
    assert len(folder.found()) == MOST


def test_a_list_of_packs_in_it_is_a_catalogue(folder: ImportFolder) -> None:
    folder.path.mkdir()
    (folder.path / "index.json").write_text("[]")
    assert folder.index() == folder.path
