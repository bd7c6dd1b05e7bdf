"""Files that come in pieces: offsets, breaks, checksums, room, and what is left over."""

import os
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from translation.store import Incoming, Reception, StoreError, receiving
from translation.store.room import KEPT_FREE

CONTENT = bytes(range(256)) * 40
DIGEST = sha256(CONTENT).hexdigest()


@pytest.fixture
def reception(tmp_path: Path) -> Reception:
    return Reception(tmp_path / "received")


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(StoreError) as raised:
        action()
    return raised.value.code


def begin(reception: Reception, content: bytes = CONTENT) -> Incoming:
    return reception.begin("en_lt.argosmodel", len(content), sha256(content).hexdigest(), by="Emma")


def test_pieces_become_the_file(reception: Reception) -> None:
    coming = begin(reception)
    for start in range(0, len(CONTENT), 4096):
        coming = reception.add(coming.id, start, CONTENT[start : start + 4096])
        assert coming.received == min(start + 4096, len(CONTENT))
    assert coming.whole
    assert reception.path(coming.id).read_bytes() == CONTENT
    assert reception.all() == (coming,)
    assert (coming.name, coming.by, coming.sha256) == ("en_lt.argosmodel", "Emma", DIGEST)


def test_the_same_file_again_goes_on_where_it_was(reception: Reception, tmp_path: Path) -> None:
    reception.add(begin(reception).id, 0, CONTENT[:5000])
    # After a restart, and whoever sends it now.
    again = Reception(tmp_path / "received").begin("renamed.zip", len(CONTENT), DIGEST.upper(), by="Rui")
    assert (again.received, again.name, again.by) == (5000, "en_lt.argosmodel", "Emma")
    assert reception.add(again.id, 5000, CONTENT[5000:]).whole
    assert begin(reception).whole


@pytest.mark.parametrize("offset", [0, 1, 4999, 5001, 10_240, 99_999])
def test_a_piece_that_does_not_follow_on_changes_nothing(reception: Reception, offset: int) -> None:
    coming = reception.add(begin(reception).id, 0, CONTENT[:5000])
    assert reception.add(coming.id, offset, b"anything").received == 5000
    assert reception.add(coming.id, 5000, CONTENT[5000:]).whole


def test_what_did_not_arrive_as_it_was_sent_is_deleted(reception: Reception) -> None:
    coming = begin(reception)
    reception.add(coming.id, 0, CONTENT[:-1])
    assert code_of(lambda: reception.add(coming.id, len(CONTENT) - 1, b"?")) == "wrong_checksum"
    assert reception.all() == ()
    assert begin(reception).received == 0


def test_more_than_announced_is_not_taken(reception: Reception) -> None:
    coming = begin(reception)
    assert code_of(lambda: reception.add(coming.id, 0, CONTENT + b"!")) == "too_large"
    assert reception.get(coming.id).received == 0


@pytest.mark.parametrize("size", [0, -1, receiving.LARGEST + 1])
def test_a_size_that_no_pack_has(reception: Reception, size: int) -> None:
    assert code_of(lambda: reception.begin("a", size, DIGEST)) == "too_large"


@pytest.mark.parametrize("digest", ["", "12", "g" * 64, DIGEST + "0", "../" * 21 + "a"])
def test_what_is_no_checksum(reception: Reception, digest: str) -> None:
    assert code_of(lambda: reception.begin("a", 5, digest)) == "wrong_checksum"


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "0" * 32, "x" * 32, "A" * 32])
def test_an_id_that_is_none(reception: Reception, name: str) -> None:
    begin(reception)
    for action in (reception.get, reception.path, reception.discard):
        assert code_of(lambda action=action: action(name)) == "not_found"  # type: ignore[misc]
    assert code_of(lambda: reception.add(name, 0, b"x")) == "not_found"


def test_a_file_that_is_not_whole_cannot_be_used(reception: Reception) -> None:
    coming = reception.add(begin(reception).id, 0, CONTENT[:5000])
    assert code_of(lambda: reception.path(coming.id)) == "not_found"


def test_a_name_is_never_a_path(reception: Reception, tmp_path: Path) -> None:
    coming = reception.begin("../../../outside.zip", len(CONTENT), DIGEST)
    reception.add(coming.id, 0, CONTENT)
    assert reception.path(coming.id).parent == tmp_path / "received"
    assert [entry.name for entry in tmp_path.iterdir()] == ["received"]


def test_what_is_discarded_is_gone(reception: Reception, tmp_path: Path) -> None:
    coming = reception.add(begin(reception).id, 0, CONTENT[:5000])
    reception.discard(coming.id)
    assert list((tmp_path / "received").iterdir()) == []
    assert code_of(lambda: reception.add(coming.id, 5000, b"x")) == "not_found"


def test_what_nobody_has_added_to_is_swept(reception: Reception, tmp_path: Path) -> None:
    old = reception.add(begin(reception).id, 0, CONTENT[:5000])
    fresh = begin(reception, b"another")
    for file in (tmp_path / "received").glob(f"{old.id}*"):
        os.utime(file, (1_000, 1_000))
    assert reception.sweep(older_than=3600) == 1
    assert [coming.id for coming in reception.all()] == [fresh.id]


def test_a_piece_that_would_take_the_room_of_messages_is_not_taken(
    reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several files may come at once, and each alone had room when it began."""
    coming = begin(reception)
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=KEPT_FREE + 999))
    assert code_of(lambda: reception.add(coming.id, 0, CONTENT[:1000])) == "no_room"
    # It waits for better times with what it has.
    assert reception.add(coming.id, 0, CONTENT[:999]).received == 999


def test_a_file_there_is_no_room_for_is_refused_before_it_is_sent(
    reception: Reception, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")
    # It is on the disk twice while it is installed, and the chat needs room too.
    free = 2 * len(CONTENT) + KEPT_FREE
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=free - 1))
    assert code_of(lambda: begin(reception)) == "no_room"
    assert reception.all() == ()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=free))
    assert begin(reception).received == 0
