"""Downloads from a server on this machine, with what goes wrong with downloads."""

import fcntl
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from tests.support.files import Files, serving
from translation.store import Expected, Progress, StoreError
from translation.store.fetching import fetch_file, fetch_text

BODY = bytes(range(256)) * 4096
GOOD = Expected(len(BODY), sha256(BODY).hexdigest())


@pytest.fixture
def files() -> Iterator[Files]:
    with serving() as files:
        files.content["/model"] = BODY
        yield files


def code_of(url: str, folder: Path, expected: Expected = GOOD) -> str:
    with pytest.raises(StoreError) as raised:
        fetch_file(url, folder, expected)
    return raised.value.code


def left(folder: Path) -> int:
    """Bytes of files that are left of downloads."""
    return sum(file.stat().st_size for file in folder.iterdir() if file.suffix != ".json")


def test_a_file_comes_whole_and_tells_how_far_it_is(files: Files, tmp_path: Path) -> None:
    told: list[Progress] = []
    assert fetch_file(files.at("/model"), tmp_path / "new", GOOD, told.append).read_bytes() == BODY
    downloaded = [progress for progress in told if progress.stage == "download"]
    assert downloaded[0] == Progress("download", 0, len(BODY))
    assert downloaded[-1] == Progress("download", len(BODY), len(BODY))
    assert [progress.stage for progress in told][-1] == "verify"


def test_a_lost_connection_is_taken_up_where_it_broke_off(files: Files, tmp_path: Path) -> None:
    files.break_after = [100_000, 300_000]
    assert fetch_file(files.at("/model"), tmp_path, GOOD).read_bytes() == BODY
    assert files.asked == [("/model", ""), ("/model", "bytes=100000-"), ("/model", "bytes=400000-")]


def test_what_came_is_kept_for_the_next_attempt(files: Files, tmp_path: Path) -> None:
    files.break_after = [100_000, 0, 0, 0]
    with pytest.raises(StoreError, match=r"was lost: .*try again to go on there") as raised:
        fetch_file(files.at("/model"), tmp_path, GOOD)
    assert (raised.value.code, raised.value.permanent) == ("unreachable", False)
    files.asked.clear()
    assert fetch_file(files.at("/model"), tmp_path, GOOD).read_bytes() == BODY
    assert files.asked == [("/model", "bytes=100000-")]


@pytest.mark.parametrize("without_ranges", [True, False])
def test_a_file_that_has_changed_is_begun_anew(files: Files, tmp_path: Path, without_ranges: bool) -> None:
    files.content["/model"] = b"old" * 100_000
    files.break_after = [50_000, 0, 0, 0]
    assert code_of(files.at("/model"), tmp_path, Expected()) == "unreachable"
    files.content["/model"], files.etag, files.without_ranges = BODY, '"2"', without_ranges
    assert fetch_file(files.at("/model"), tmp_path, GOOD).read_bytes() == BODY


def test_a_download_that_is_complete_is_not_repeated(files: Files, tmp_path: Path) -> None:
    for _ in range(2):
        assert fetch_file(files.at("/model"), tmp_path, GOOD).read_bytes() == BODY
    assert files.asked == [("/model", ""), ("/model", f"bytes={len(BODY)}-")]


@pytest.mark.parametrize(
    "expected", [Expected(len(BODY), "0" * 64), Expected(len(BODY) + 1), Expected(len(BODY) - 1)]
)
def test_what_is_not_as_promised_is_not_kept(files: Files, tmp_path: Path, expected: Expected) -> None:
    assert code_of(files.at("/model"), tmp_path, expected) == "wrong_checksum"
    assert left(tmp_path) == 0


def test_a_length_that_is_not_told_is_no_hindrance(files: Files, tmp_path: Path) -> None:
    files.without_length = True
    assert fetch_file(files.at("/model"), tmp_path).read_bytes() == BODY
    assert code_of(files.at("/model"), tmp_path / "b", Expected(len(BODY) - 1)) == "wrong_checksum"


@pytest.mark.parametrize(("status", "code"), [(404, "not_found"), (403, "refused"), (503, "unreachable")])
def test_answers_that_are_no_file(files: Files, tmp_path: Path, status: int, code: str) -> None:
    files.statuses["/model"] = status
    assert code_of(files.at("/model"), tmp_path) == code


def test_redirects_are_followed_on_the_web_only(files: Files, tmp_path: Path) -> None:
    files.redirects = {"/a": "/model", "/b": "file:///etc/passwd", "/c": "/c"}
    assert fetch_file(files.at("/a"), tmp_path, GOOD).read_bytes() == BODY
    for path in ("/b", "/c"):
        code_of(files.at(path), tmp_path)
    assert not any(b"root" in file.read_bytes() for file in tmp_path.iterdir())


def test_without_a_network_files_are_the_way(tmp_path: Path) -> None:
    with serving() as files:
        address = files.at("/model")
    with pytest.raises(StoreError, match=r"cannot be reached: .*install from a file or folder") as raised:
        fetch_file(address, tmp_path)
    assert (raised.value.code, raised.value.permanent) == ("unreachable", False)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/x", "x", "http://", "http://[::1"])
def test_what_is_no_web_address(tmp_path: Path, url: str) -> None:
    assert code_of(url, tmp_path) in ("not_found", "unreachable")


def test_one_file_is_downloaded_once_at_a_time(files: Files, tmp_path: Path) -> None:
    part = fetch_file(files.at("/model"), tmp_path)
    with part.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert code_of(files.at("/model"), tmp_path) == "busy"


def test_no_room(files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("translation.store.fetching.free_bytes", lambda folder: 1000)
    assert code_of(files.at("/model"), tmp_path) == "no_room"


def test_a_catalogue_without_end_is_no_catalogue(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("translation.store.fetching._LONGEST_TEXT", 1000)
    with pytest.raises(StoreError) as raised:
        fetch_text(files.at("/model"))
    assert raised.value.code == "too_large"


def test_a_catalogue_that_trickles_in_is_not_waited_for(files: Files) -> None:
    minutes = iter(range(0, 600, 60))
    with pytest.raises(StoreError, match="within 120 seconds") as raised:
        fetch_text(files.at("/model"), lambda: next(minutes))
    assert (raised.value.code, raised.value.permanent) == ("unreachable", False)
    assert fetch_text(files.at("/model"), lambda: 0.0) == BODY
