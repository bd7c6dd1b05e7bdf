"""Installed packs are found by their files; nothing is loaded."""

from pathlib import Path

from translation import Pair, discover


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
