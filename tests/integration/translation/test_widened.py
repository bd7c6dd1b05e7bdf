"""An enlarged phrase model says what the small one says."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.models.binary import read
from tests.models.corpus import phrases
from tests.models.widen import Size, widen, widened
from tests.models.wordings import Examples
from tests.support.phrase_models import package, unpacked
from translation import discover
from translation.engines import argos

SMALL = Size(repeats=2, inner_repeats=3, head_repeats=1, layers=3, vocabulary=2000)


def engine(folder: Path) -> argos.ArgosEngine:
    (found,) = discover(folder, starter=False)
    return argos.load(dict(found.files))


@pytest.mark.parametrize(
    "size",
    [
        SMALL,
        Size(repeats=5, inner_repeats=1, head_repeats=2, layers=2, vocabulary=1700),
        Size(repeats=2, inner_repeats=1, head_repeats=2, layers=4, vocabulary=1700),
    ],
)
def test_it_says_the_same(tmp_path: Path, size: Size) -> None:
    wide = tmp_path / "wide.argosmodel"
    widen(package("en_lt"), wide, size)
    unpacked(package("en_lt"), tmp_path / "small")
    unpacked(wide, tmp_path / "large")
    known = phrases("en", "lt")
    examples = Examples("en", "lt", known, seed=5)
    sentences = [examples.with_kept(phrase).source for phrase in known[::4]]
    said = engine(tmp_path / "small").translate(sentences)
    assert engine(tmp_path / "large").translate(sentences) == said
    assert len(set(said)) > 40


def test_it_has_the_size_asked_for(tmp_path: Path) -> None:
    small = read(unpacked(package("en_lt"), tmp_path) / "model" / "model.bin")
    large = widened(small, Size()).variables
    assert large["encoder/layer_5/ffn/linear_0/weight"].shape == (2304, 480)
    assert large["decoder/layer_5/self_attention/linear_0/weight"].shape == (3 * 480, 480)
    assert large["decoder/embeddings/weight"].shape == (32_000, 480)
    assert int(large["decoder/num_heads"]) == 8
    weights = sum(value.size for name, value in large.items() if name.endswith("/weight"))
    assert 55e6 < weights < 65e6
    assert np.count_nonzero(large["decoder/layer_0/attention/linear_2/weight"]) == 0


def test_it_says_what_it_is(tmp_path: Path) -> None:
    wide = tmp_path / "wide.argosmodel"
    widen(package("en_lt"), wide, SMALL)
    metadata = json.loads((unpacked(wide, tmp_path) / "metadata.json").read_text("utf-8"))
    assert (metadata["from_code"], metadata["to_code"], metadata["package_version"]) == ("en", "lt", "0.9")
    assert metadata["description"].endswith("not for users.")


@pytest.mark.parametrize(
    ("size", "message"),
    [
        (Size(vocabulary=100), "pieces already"),
        (Size(layers=1), "layers already"),
        (Size(repeats=1, head_repeats=2), "heads become narrower"),
        (Size(repeats=2, head_repeats=5), "cannot be shared"),
    ],
)
def test_a_size_that_does_not_work_out_is_refused(tmp_path: Path, size: Size, message: str) -> None:
    small = read(unpacked(package("en_lt"), tmp_path) / "model" / "model.bin")
    with pytest.raises(ValueError, match=message):
        widened(small, size)
