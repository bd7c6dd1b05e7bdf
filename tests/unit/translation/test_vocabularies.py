"""Whether a vocabulary belongs to a CTranslate2 model, told from their files alone."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest

from tests.models.binary import Model, write
from translation.formats import UnusableFolderError
from translation.formats.ctranslate2 import check_vocabularies


def model(folder: Path, source: int = 5, target: int = 5) -> Path:
    """A `model.bin` of the present version with embeddings of so many rows, in a folder."""
    variables = {
        "decoder/embeddings/weight": np.zeros((target, 2), np.int8),
        "decoder/num_heads": np.array(8, np.int16),
        "encoder/embeddings_0/weight": np.zeros((source, 2), np.float32),
    }
    folder.mkdir(parents=True, exist_ok=True)
    write(Model("TransformerSpec", 7, variables, {}), folder / "model.bin")
    return folder


def words(count: int) -> list[str]:
    return ["<unk>", "<s>", "</s>", *(f"▁w{number}" for number in range(count - 3))]


def listed(folder: Path, name: str, count: int) -> None:
    if name.endswith(".json"):
        (folder / name).write_text(json.dumps(words(count)), "utf-8")
    else:
        (folder / name).write_text("".join(f"{word}\n" for word in words(count)), "utf-8", newline="")


@pytest.mark.parametrize("name", ["shared_vocabulary.json", "shared_vocabulary.txt"])
def test_as_many_words_as_rows_or_fewer_are_fine(tmp_path: Path, name: str) -> None:
    for count in (4, 5):
        listed(model(tmp_path), name, count)
        check_vocabularies(tmp_path, "▁w0")


@pytest.mark.parametrize("name", ["shared_vocabulary.json", "shared_vocabulary.txt"])
def test_more_words_than_rows_belong_to_another_model(tmp_path: Path, name: str) -> None:
    listed(model(tmp_path), name, 6)
    with pytest.raises(UnusableFolderError, match="the source vocabulary has 6 words, the model knows 5"):
        check_vocabularies(tmp_path)


def test_each_side_has_its_own(tmp_path: Path) -> None:
    folder = model(tmp_path, source=9, target=4)
    listed(folder, "source_vocabulary.txt", 9)
    listed(folder, "target_vocabulary.txt", 4)
    check_vocabularies(folder)
    listed(folder, "target_vocabulary.txt", 9)
    with pytest.raises(UnusableFolderError, match="the target vocabulary has 9 words, the model knows 4"):
        check_vocabularies(folder)


def test_an_alias_has_the_rows_of_what_it_stands_for(tmp_path: Path) -> None:
    variables = {"decoder/embeddings/weight": np.zeros((5, 2), np.int8)}
    aliases = {"encoder/embeddings_0/weight": "decoder/embeddings/weight"}
    write(Model("TransformerSpec", 7, variables, aliases), tmp_path / "model.bin")
    listed(tmp_path, "shared_vocabulary.json", 6)
    with pytest.raises(UnusableFolderError, match="source vocabulary has 6"):
        check_vocabularies(tmp_path)


def test_an_old_model_is_read_as_well(tmp_path: Path) -> None:
    """Version 3 says how long an item is and how many there are, not a type and bytes."""

    def name(text: str) -> bytes:
        return struct.pack("<H", len(text) + 1) + text.encode() + b"\0"

    variables = b"".join(
        name(f"{side}/embeddings/weight") + struct.pack("<BIIBI", 2, 5, 2, 4, 10) + bytes(40)
        for side in ("encoder", "decoder")
    )
    header = struct.pack("<I", 3) + name("TransformerBase") + struct.pack("<II", 3, 2)
    (tmp_path / "model.bin").write_bytes(header + variables + struct.pack("<I", 0))
    listed(tmp_path, "shared_vocabulary.txt", 5)
    check_vocabularies(tmp_path)
    listed(tmp_path, "shared_vocabulary.txt", 6)
    with pytest.raises(UnusableFolderError, match="has 6 words, the model knows 5"):
        check_vocabularies(tmp_path)


def test_a_word_to_begin_with_must_be_there(tmp_path: Path) -> None:
    listed(model(tmp_path), "shared_vocabulary.json", 5)
    with pytest.raises(UnusableFolderError, match="the model has no word >>lt<< to begin a translation with"):
        check_vocabularies(tmp_path, ">>lt<<")


@pytest.mark.parametrize("kept", [0, 3, 20, 60])
def test_a_model_that_ends_early_is_told_as_such(tmp_path: Path, kept: int) -> None:
    listed(model(tmp_path), "shared_vocabulary.json", 5)
    file = tmp_path / "model.bin"
    file.write_bytes(file.read_bytes()[:kept])
    with pytest.raises(ValueError, match=r"model\.bin ends early"):
        check_vocabularies(tmp_path)


def test_a_model_of_other_names_is_not_judged(tmp_path: Path) -> None:
    write(Model("Other", 1, {"a/weight": np.zeros((1, 1), np.int8)}, {}), tmp_path / "model.bin")
    listed(tmp_path, "shared_vocabulary.json", 50)
    check_vocabularies(tmp_path)
