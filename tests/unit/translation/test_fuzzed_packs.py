"""Whatever somebody offers as a language pack: it is installed or refused in words, and nothing else happens.

The whole way of a file is gone, the reader of archives included, but for the trial in a worker process.
"""

import io
import json
import re
import stat
import warnings
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from translation.discovery import packs_in
from translation.formats import UnusableFolderError, argos, firefox
from translation.manifest import MANIFEST, BadManifestError, read_manifest
from translation.packs import Pack
from translation.store import Store, StoreError
from translation.store import store as storing
from translation.store.trial import Trial

fuzzed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

ARGOS = {
    "en_lt/metadata.json": json.dumps(
        {"from_code": "en", "to_code": "lt", "package_version": "1.9"}
    ).encode(),
    "en_lt/sentencepiece.model": b"tokens " * 50,
    "en_lt/model/model.bin": bytes(range(256)) * 4,
    "en_lt/model/shared_vocabulary.json": b'["a", "b"]',
}
FIREFOX = {"enlt/model.enlt.bin": b"weights" * 90, "enlt/vocab.enlt.spm": b"words" * 90}
NAMES = st.sampled_from(
    [*ARGOS, *FIREFOX, "../out", "/etc/out", "a/../../out", "C:\\\\out", "en_lt", "en_lt/model/"]
)
NAMES |= st.text(max_size=12) | st.text("./\\:ab\x00\n\u202e", min_size=1, max_size=8)
MODES = st.sampled_from([stat.S_IFREG, stat.S_IFDIR, stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, 0])
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=10),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=8), inside, max_size=4),
    max_leaves=12,
)
CODES = JSON | st.sampled_from(["en", "lt", "zt", "EN_us", "../..", "", "x" * 500, "\ud800", "en\n", "e/n"])


def archive(files: list[tuple[str, bytes, int]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Duplicate name")
        for name, content, mode in files:
            entry = zipfile.ZipInfo("x")
            entry.filename = name
            entry.external_attr = mode << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, content)
    return buffer.getvalue()


@pytest.fixture
def room(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    """Folders with nothing in them, where trials succeed."""

    def try_out(pack: Pack) -> Trial:
        return Trial("Where is my order?", "Kur mano užsakymas?", 0.1, 20)

    monkeypatch.setattr(storing, "try_out", try_out)
    return lambda: tmp_path_factory.mktemp("fuzz")


def offered(content: bytes, folder: Path) -> str:
    """What becomes of a file: "installed", or the code of the refusal."""
    file = folder / "offer.argosmodel"
    file.write_bytes(content)
    store = Store(folder / "data" / "models")
    try:
        wanted = [store.install(file).pack.key]
        outcome = "installed"
    except StoreError as refusal:
        wanted, outcome = [], refusal.code
    assert sorted(entry.name for entry in folder.iterdir()) == ["data", "offer.argosmodel"]
    assert [entry.name for entry in (folder / "data").iterdir()] == ["models"]
    found = list(store.models.rglob("*"))
    assert all(stat.S_IFMT(entry.lstat().st_mode) in (stat.S_IFREG, stat.S_IFDIR) for entry in found)
    assert [pack.key for pack in packs_in(store.models)] == wanted
    assert len([entry for entry in store.models.iterdir() if not entry.name.startswith(".")]) == len(wanted)
    return outcome


KEYS = ("from_code", "to_code", "type", "target_prefix", "package_version")
REFUSALS = ("damaged", "unsafe", "no_room", "too_large", "not_a_pack", "unknown_language")


@fuzzed
@given(
    st.lists(st.tuples(NAMES, st.binary(max_size=40), MODES), max_size=5),
    st.sampled_from([ARGOS, FIREFOX, {}]),
)
def test_archives_with_anything_in_them(
    room: Callable[[], Path], more: list[tuple[str, bytes, int]], base: dict[str, bytes]
) -> None:
    files = [(name, content, stat.S_IFREG) for name, content in base.items()]
    assert offered(archive([*files, *more]), room()) in ("installed", *REFUSALS)


@fuzzed
@given(
    st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 255)), max_size=8),
    st.integers(0, 5_000),
    st.sampled_from([ARGOS, FIREFOX]),
)
def test_archives_with_bytes_changed_and_cut_off(
    room: Callable[[], Path], changes: list[tuple[int, int]], cut: int, base: dict[str, bytes]
) -> None:
    content = bytearray(archive([(name, content, stat.S_IFREG) for name, content in base.items()]))
    for place, value in changes:
        content[place % len(content)] = value
    kept = content if cut % 3 else content[: cut % len(content)]
    assert offered(bytes(kept), room()) in ("installed", *REFUSALS)


@fuzzed
@given(
    st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(KEYS, CODES),
    )
    | JSON
)
def test_metadata_that_says_anything(room: Callable[[], Path], metadata: Any) -> None:
    files = {**ARGOS, "en_lt/metadata.json": json.dumps(metadata).encode("utf-8", "surrogatepass")}
    outcome = offered(archive([(name, content, stat.S_IFREG) for name, content in files.items()]), room())
    assert outcome in ("installed", "not_a_pack")


@fuzzed
@given(JSON | st.binary(max_size=30))
def test_manifests_that_say_anything(room: Callable[[], Path], value: Any) -> None:
    folder = room()
    content = value if isinstance(value, bytes) else json.dumps(value).encode("utf-8", "surrogatepass")
    (folder / MANIFEST).write_bytes(content)
    with pytest.raises(BadManifestError, match=re.escape(MANIFEST)):
        read_manifest(folder)


@fuzzed
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "model.enlt.bin",
                    "model2.bin",
                    "vocab.spm",
                    "srcvocab.spm",
                    "trgvocab.spm",
                    "lex.bin",
                    "metadata.json",
                    "sentencepiece.model",
                ]
            ),
            st.binary(max_size=8),
        ),
        max_size=6,
    ),
    st.sampled_from(["en-lt", "enlt", "xx-yy", "models", "en-lt-1"]),
)
def test_folders_with_anything_in_them(
    room: Callable[[], Path], files: list[tuple[str, bytes]], name: str
) -> None:
    folder = room() / name
    folder.mkdir()
    for file, content in files:
        (folder / file).write_bytes(content)
    for known in (argos, firefox):
        if known.looks_like(folder):
            with suppress(UnusableFolderError):
                assert known.read(folder).folder == folder
