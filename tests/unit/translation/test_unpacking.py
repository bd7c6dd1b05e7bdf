"""Archives that mean harm write nothing outside, and nothing beyond measure."""

import gzip
import stat
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from translation.store import Progress, StoreError, unpacking
from translation.store.progress import nobody
from translation.store.unpacking import copy_file, copy_folder, unpack_zip

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def archive(path: Path, entries: dict[str, bytes], mode: int = stat.S_IFREG | 0o644) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, content)
    return path


def tree(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "outer" / "into"
    folder.mkdir(parents=True)
    return folder


def code_of(packed: Path, into: Path) -> str:
    with pytest.raises(StoreError) as raised:
        unpack_zip(packed, into, nobody)
    return raised.value.code


def test_files_come_out_as_they_went_in_without_sentence_splitters(tmp_path: Path, into: Path) -> None:
    entries = {
        "en_lt/metadata.json": b"{}",
        "en_lt/model/model.bin": bytes(range(256)) * 100,
        "en_lt/é 日": b"",
    }
    packed = archive(
        tmp_path / "a.zip", {**entries, "en_lt/stanza/en.pt": b"x", "en_lt/minisbd/m.onnx": b"y"}
    )
    told: list[Progress] = []
    unpack_zip(packed, into, told.append)
    assert tree(into) == entries
    assert told[-1] == Progress("unpack", 25_602, 25_602)


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "a/../../x",
        "/etc/x",
        "a\\..\\..\\x",
        "C:/x",
        "C:x",
        "a/./../b",
        "..",
        "a\nb",
        "x" * 300,
        "\x7f",
    ],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, into: Path, name: str) -> None:
    packed = archive(tmp_path / "a.zip", {"fine.txt": b"1", name: b"evil"})
    assert code_of(packed, into) == "unsafe"
    assert tree(tmp_path / "outer") == {}


@pytest.mark.parametrize("mode", [stat.S_IFLNK | 0o777, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_links_and_devices_are_refused(tmp_path: Path, into: Path, mode: int) -> None:
    assert code_of(archive(tmp_path / "a.zip", {"model": b"/etc/passwd"}, mode), into) == "unsafe"
    assert tree(into) == {}


def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path, into: Path) -> None:
    packed = archive(tmp_path / "a.zip", {"model.bin": bytes(unpacking.SMALL + 1)})
    assert code_of(packed, into) == "unsafe"
    assert tree(into) == {}


def test_a_bomb_that_lies_about_its_size_gets_no_further_than_it_said(tmp_path: Path, into: Path) -> None:
    packed = archive(tmp_path / "a.zip", {"model.bin": bytes(5_000_000)})
    content = packed.read_bytes()
    # Both places where the size of 5,000,000 bytes is written down now say 10.
    packed.write_bytes(content.replace((5_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    assert code_of(packed, into) == "damaged"
    assert sum(len(content) for content in tree(into).values()) <= 10


def test_too_many_entries_and_doubled_names_are_refused(tmp_path: Path, into: Path) -> None:
    many = archive(tmp_path / "a.zip", {str(number): b"" for number in range(unpacking.MOST_FILES + 1)})
    assert code_of(many, into) == "unsafe"
    for entries in (
        {"Model.bin": b"1", "model.bin": b"2"},
        {"a": b"1", "A/b": b"2"},
        {"a/b": b"1", "a": b"2"},
    ):
        assert code_of(archive(tmp_path / "b.zip", entries), into) == "unsafe"


def test_more_than_a_pack_can_have_or_the_disk_can_take_is_refused(
    tmp_path: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = archive(tmp_path / "a.zip", {"model.bin": b"12345"})
    monkeypatch.setattr(unpacking, "free_bytes", lambda folder: 4)
    assert code_of(packed, into) == "no_room"
    monkeypatch.setattr(unpacking, "LARGEST", 4)
    assert code_of(packed, into) == "too_large"


@pytest.mark.parametrize("content", [b"", b"PK", b"hello", b"\x00" * 1000])
def test_what_is_no_zip_is_called_damaged(tmp_path: Path, into: Path, content: bytes) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    assert code_of(tmp_path / "a.zip", into) == "damaged"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(changes=[(268, 1)], cut=273)  # a directory that lies before the beginning of the file
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=8), st.integers(0, 10_000))
def test_whatever_happens_to_an_archive_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]], cut: int
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    packed = archive(
        folder / "a.zip", {"en_lt/metadata.json": b"{}" * 50, "en_lt/model/model.bin": b"model" * 99}
    )
    content = bytearray(packed.read_bytes())
    for place, value in changes:
        content[place % len(content)] = value
    packed.write_bytes(content[: max(cut, 1)])
    into = folder / "outer" / "into"
    into.mkdir(parents=True)
    code = ""
    try:
        unpack_zip(packed, into, nobody)
    except StoreError as error:
        code = error.code
    assert code in ("", "damaged", "unsafe", "no_room", "too_large")
    assert [entry.name for entry in (folder / "outer").iterdir()] == ["into"]
    assert sorted(entry.name for entry in folder.iterdir()) == ["a.zip", "outer"]


@pytest.mark.parametrize("compress", [gzip.compress, zstd.compress])
def test_compressed_files_are_unpacked(tmp_path: Path, compress: object) -> None:
    assert callable(compress)
    (tmp_path / "a.zst").write_bytes(compress(b"model" * 1000))
    copy_file(tmp_path / "a.zst", tmp_path / "a", nobody, compressed=True)
    assert (tmp_path / "a").read_bytes() == b"model" * 1000


@pytest.mark.parametrize("compress", [gzip.compress, zstd.compress])
def test_damaged_and_monstrous_compressed_files_are_refused(tmp_path: Path, compress: object) -> None:
    assert callable(compress)
    whole = compress(bytes(range(256)) * 4000)
    for name, content, code in (
        ("cut", whole[:-9], "damaged"),
        ("none", b"no archive", "damaged"),
        ("bomb", compress(bytes(unpacking.SMALL * 2)), "unsafe"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(StoreError) as raised:
            copy_file(tmp_path / name, tmp_path / f"{name}.out", nobody, compressed=True)
        assert raised.value.code == code


def test_a_folder_is_copied_without_what_is_of_no_use(tmp_path: Path) -> None:
    source = tmp_path / "enlt"
    (source / "stanza").mkdir(parents=True)
    for name in ("model.enlt.bin", "stanza/x", "pack.json", ".removed"):
        (source / name).write_text(name)
    (source / "vocab.enlt.spm.gz").write_bytes(gzip.compress(b"words"))
    copy_folder(source, tmp_path / "copy", nobody)
    assert tree(tmp_path / "copy") == {"model.enlt.bin": b"model.enlt.bin", "vocab.enlt.spm": b"words"}
