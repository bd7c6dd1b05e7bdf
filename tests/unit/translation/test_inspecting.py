"""What a file would install, before anything of it is unpacked."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from translation import Pair, Routes
from translation.store import StoreError, inspect, prospect
from translation.store.room import free_memory

METADATA = {"from_code": "en", "to_code": "lt", "package_version": "1.9"}


def archive(tmp_path: Path, **files: str) -> Path:
    path = tmp_path / "some.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return path


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(StoreError) as raised:
        action()
    return raised.value.code


def test_a_folder_that_is_no_pack_is_not_searched_to_its_depths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick with somebody's photos on it is looked at each time the page is loaded."""
    (tmp_path / "photos" / "2026").mkdir(parents=True)

    def search(*_: object) -> None:
        raise AssertionError("all of it was looked at")

    monkeypatch.setattr(Path, "rglob", search)
    assert code_of(lambda: inspect(tmp_path)) == "not_a_pack"


def test_a_folder_with_more_files_than_a_pack_has(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_text("m")
    for number in range(2001):
        (tmp_path / str(number)).touch()
    assert code_of(lambda: inspect(tmp_path)) == "not_a_pack"


@pytest.mark.parametrize("folder", ["", "translate-en_lt-1_9/"])
def test_a_package_says_what_it_is(tmp_path: Path, folder: str) -> None:
    found = inspect(
        archive(tmp_path, **{f"{folder}metadata.json": json.dumps(METADATA), f"{folder}x": "1234"})
    )
    assert (found.engine, found.pair, found.version) == ("argos", Pair("en", "lt"), "en_lt-1.9")
    assert found.bytes == len(json.dumps(METADATA)) + 4


@pytest.mark.parametrize(
    ("name", "pair"),
    [
        ("enlt/model.enlt.intgemm.alphas.bin", Pair("en", "lt")),
        ("model.enlt.intgemm.alphas.bin", Pair("en", "lt")),
        ("en-zh_hant/model.bin", Pair("en", "zh-Hant")),
        ("enlt/model.enlt.intgemm.alphas.bin.zst", Pair("en", "lt")),
        ("new/model.bin", None),
    ],
)
def test_a_firefox_model_says_its_languages_in_its_names(
    tmp_path: Path, name: str, pair: Pair | None
) -> None:
    found = inspect(archive(tmp_path, **{name: "m", "readme.txt": ""}))
    assert (found.engine, found.pair) == ("firefox", pair)


def test_folders_too(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "metadata.json").write_text(json.dumps(METADATA))
    model = tmp_path / "lt-en"
    model.mkdir()
    (model / "model.bin.gz").write_text("m")
    assert inspect(package).pair == Pair("en", "lt")
    assert inspect(model).pair == Pair("lt", "en")
    assert code_of(lambda: inspect(tmp_path)) == "not_a_pack"


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"photo.jpg": "x"}, "not_a_pack"),
        ({"a/b/c/metadata.json": "{}"}, "not_a_pack"),
        ({"metadata.json": "[]"}, "not_a_pack"),
        ({"metadata.json": "not json"}, "not_a_pack"),
        ({"metadata.json": "[" * 100_000}, "not_a_pack"),
        ({"metadata.json": json.dumps({**METADATA, "to_code": "qq"})}, "not_a_pack"),
        ({"metadata.json": json.dumps({**METADATA, "type": "sbd"})}, "not_a_pack"),
        ({"../metadata.json": json.dumps(METADATA)}, "unsafe"),
    ],
)
def test_what_is_no_pack(tmp_path: Path, files: dict[str, Any], code: str) -> None:
    assert code_of(lambda: inspect(archive(tmp_path, **files))) == code


def test_what_is_no_archive_or_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    assert code_of(lambda: inspect(tmp_path / "photo.jpg")) == "damaged"
    assert code_of(lambda: inspect(tmp_path / "nothing")) == "not_found"


def test_a_pack_that_is_only_thought_of_has_the_quality_it_would_have() -> None:
    thought = prospect("firefox", Pair("en", "lt"), "1", 5)
    assert thought.quality == 0.248
    assert prospect("firefox", Pair("en", "lt"), "1", 5, quality=0.9).quality == 0.9
    assert [reach.path for reach in Routes([thought]).reachable()] == [("en", "lt")]


@pytest.mark.parametrize(
    ("limit", "expected"), [("max", 4096_000), ("3000000", 2_000_000), ("900000", 0), (None, 4096_000)]
)
def test_memory_that_is_left(tmp_path: Path, limit: str | None, expected: int) -> None:
    (tmp_path / "meminfo").write_text("MemTotal: 8000 kB\nMemAvailable:    4000 kB\n")
    if limit is not None:
        (tmp_path / "memory.max").write_text(f"{limit}\n")
        (tmp_path / "memory.current").write_text("1000000\n")
    assert free_memory(tmp_path / "meminfo", tmp_path) == expected


def test_memory_that_nobody_tells_about(tmp_path: Path) -> None:
    assert free_memory(tmp_path / "nothing", tmp_path) is None
