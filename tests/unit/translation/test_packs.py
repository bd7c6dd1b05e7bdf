"""Installed packs are found by their files; nothing is loaded."""

import json
from pathlib import Path
from typing import Any

import pytest

from translation import Pack, Pair, discover


def lay_out(folder: Path, *names: str) -> None:
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).write_bytes(b"12345")


def test_shared_and_split_vocabularies_with_and_without_shortlist(tmp_path: Path) -> None:
    lay_out(tmp_path / "enpt-7", "model.enpt.intgemm.alphas.bin", "vocab.enpt.spm", "lex.50.50.enpt.s2t.bin")
    lay_out(tmp_path / "en-ja", "model.enja.bin", "srcvocab.enja.spm", "trgvocab.enja.spm")
    pt, ja = sorted(discover(tmp_path, starter=False), key=lambda pack: pack.pair.target, reverse=True)
    assert (pt.pair, pt.model, pt.bytes) == (Pair("en", "pt"), "firefox/enpt-7", 15)
    assert [role for role, _ in pt.files] == ["model", "shortlist", "source_vocabulary", "target_vocabulary"]
    assert (ja.pair, ja.model, ja.bytes) == (Pair("en", "ja"), "firefox/en-ja", 15)
    assert [file.name for _, file in ja.files] == ["model.enja.bin", "srcvocab.enja.spm", "trgvocab.enja.spm"]


def test_unusable_folders_are_reported_and_the_rest_is_used(tmp_path: Path) -> None:
    lay_out(tmp_path / "enpt", "model.enpt.bin", "vocab.enpt.spm")
    lay_out(tmp_path / "ptes", "model.ptes.bin")
    lay_out(tmp_path / "something", "model.bin", "vocab.spm")
    lay_out(tmp_path / "ende", "model.ende.bin", "vocab.a.spm", "vocab.b.spm")
    lay_out(tmp_path / "notes", "readme.txt")
    (tmp_path / "enfr").mkdir()
    (tmp_path / "enfr" / "model.enfr.bin").touch()
    (tmp_path / "enfr" / "vocab.enfr.spm").write_bytes(b"1")
    found = discover(tmp_path, starter=False)
    assert [pack.pair for pack in found] == [Pair("en", "pt")]
    assert {problem.folder.name: problem.reason for problem in found.problems} == {
        "ende": "more than one vocab*.spm: vocab.a.spm, vocab.b.spm",
        "enfr": "empty: model.enfr.bin",
        "ptes": "no file for: source_vocabulary, target_vocabulary",
        "something": "the folder's name does not say its languages, as en-pt would: something",
    }


def test_a_missing_directory_holds_nothing(tmp_path: Path) -> None:
    assert len(discover(tmp_path / "nowhere", starter=False)) == 0


def test_the_starter_pair_is_installed() -> None:
    assert {pack.pair for pack in discover()} == {Pair("en", "pt"), Pair("pt", "en")}


METADATA = {"package_version": "1.9", "from_code": "en", "to_code": "zt", "target_prefix": ">>zt<<"}


def lay_out_argos(folder: Path, metadata: Any = METADATA, tokenizer: str = "sentencepiece.model") -> None:
    lay_out(folder / "model", "model.bin", "shared_vocabulary.json", "config.json")
    lay_out(folder / "stanza", "en.pt")
    (folder / tokenizer).write_bytes(b"12345")
    (folder / "metadata.json").write_text(metadata if isinstance(metadata, str) else json.dumps(metadata))


def argos(folder: Path) -> Pack:
    (found,) = discover(folder, starter=False)
    return found


@pytest.mark.parametrize(
    ("tokenizer", "loader"),
    [
        ("sentencepiece.model", "translation.engines.argos:load"),
        ("bpe.model", "translation.engines.argos_bpe:load"),
    ],
)
def test_an_argos_package_says_its_languages_itself(tmp_path: Path, tokenizer: str, loader: str) -> None:
    lay_out_argos(tmp_path / "whatever", tokenizer=tokenizer)
    pack = argos(tmp_path)
    assert (pack.pair, pack.model, pack.loader) == (Pair("en", "zh-Hant"), "argos/en_zt-1.9", loader)
    assert pack.bytes == 4 * 5
    assert [role for role, _ in pack.files] == ["metadata", "tokenizer", "model"]


@pytest.mark.parametrize(
    ("metadata", "reason"),
    [
        ("{", "metadata.json cannot be read: "),
        ("[" * 100_000, "metadata.json cannot be read: "),
        (" " * 2_000_000, "metadata.json is longer than "),
        ("[]", "metadata.json holds no object"),
        ({"from_code": "en"}, "metadata.json has no usable to_code"),
        ({**METADATA, "package_version": 2}, "metadata.json has no usable package_version"),
        ({**METADATA, "type": "sbd"}, "a package of type 'sbd', not for translation"),
        ({**METADATA, "to_code": "../../x"}, "metadata.json: '../../x' is no known language"),
        ({**METADATA, "to_code": "xq"}, "metadata.json: 'xq' is no known language"),
    ],
)
def test_metadata_that_cannot_be_used_is_reported(tmp_path: Path, metadata: Any, reason: str) -> None:
    lay_out_argos(tmp_path / "en_zt", metadata)
    found = discover(tmp_path, starter=False)
    assert len(found) == 0
    (problem,) = found.problems
    assert problem.reason.startswith(reason)


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ("model/model.bin", "no model/model.bin: is this a package for translation?"),
        ("model/shared_vocabulary.json", "no vocabulary in model/"),
        ("sentencepiece.model", "neither sentencepiece.model nor bpe.model"),
    ],
)
def test_files_that_are_missing_are_named(tmp_path: Path, missing: str, reason: str) -> None:
    lay_out_argos(tmp_path / "en_zt")
    (tmp_path / "en_zt" / missing).unlink()
    (problem,) = discover(tmp_path, starter=False).problems
    assert problem.reason == reason


def test_a_pack_whose_files_change_is_another_pack(tmp_path: Path) -> None:
    lay_out_argos(tmp_path / "en_zt")
    before = argos(tmp_path)
    assert argos(tmp_path).key == before.key
    (tmp_path / "en_zt" / "model" / "model.bin").write_bytes(b"123456")
    assert argos(tmp_path).key != before.key
    assert argos(tmp_path).model == before.model


def test_hidden_folders_are_not_looked_at(tmp_path: Path) -> None:
    lay_out_argos(tmp_path / ".staging-1")
    assert len(discover(tmp_path, starter=False)) == 0
