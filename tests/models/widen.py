"""A phrase model as large as a usual Argos model, which says the same: `python -m tests.models.widen OUT`.

For benchmarks: it costs what a real model costs and gives answers that are known to be right, so that what
is measured is translating and not noise. Needs numpy; neither torch nor ctranslate2.

Nothing is learned; the weights are repeated so that every sum comes out as before, as in Net2Net (Chen et
al., 2016, arXiv:1511.05641):

- *Wider*: each channel stands there `repeats` times. Layer norm sees the same mean and variance; whoever
  reads the channels has its weights divided by `repeats`. The same for the channels between the two halves
  of a feed-forward layer, and for the heads of attention.
- *Wider heads*: filled up with zeros; the queries are made larger, since the scores are divided by the root
  of a head's width.
- *Deeper*: layers whose last weights are zero add nothing to what passes by them.
- *More pieces*: none of them is ever likely.

The weights are int8 with a scale a row, which takes the divisions: no weight is rounded anew.
"""

import argparse
import json
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .binary import Array, Model, read, write
from .packing import archive

PACKAGE = Path(__file__).parent / "packages" / "translate-en_lt-0_1.argosmodel"
VERSION = "0.9"
DESCRIPTION = "Phrase model for Dragoman's benchmarks, enlarged to the usual size; not for users."
NEVER = -1e4
"""The bias of pieces that are never chosen."""


@dataclass(frozen=True)
class Size:
    """How large the network becomes.

    Argos' models are 512 wide with 2,048 between the halves of a feed-forward layer, 8 heads and 6 layers on
    either side (argos-train, config.yml). 512 is no multiple of 96; 480 with 2,304 has as many weights: 59
    million to 61.
    """

    repeats: int = 5
    """96 → 480."""
    inner_repeats: int = 9
    """256 → 2,304."""
    head_repeats: int = 2
    """4 → 8."""
    layers: int = 6
    vocabulary: int = 32_000


@dataclass(frozen=True)
class Spread:
    """Where the channels of a wide layer come from."""

    origins: NDArray[np.int64]
    """For each wide channel the narrow one it repeats, or -1 for none."""
    copies: int
    """How often each narrow channel is there."""

    def __add__(self, other: "Spread") -> "Spread":
        """Two groups of channels in a row."""
        narrow = int(self.origins.max()) + 1
        shifted = np.where(other.origins < 0, -1, other.origins + narrow)
        return Spread(np.concatenate((self.origins, shifted)), self.copies)

    def along(self, array: Array, axis: int) -> Array:
        """An array with this axis made wide, zero where a channel comes from none."""
        taken = np.take(array, np.maximum(self.origins, 0), axis=axis)
        empty = np.expand_dims(self.origins < 0, tuple(other for other in range(array.ndim) if other != axis))
        return np.where(empty, np.zeros((), array.dtype), taken)


def repeated(narrow: int, copies: int) -> Spread:
    return Spread(np.tile(np.arange(narrow), copies), copies)


def widened(small: Model, size: Size) -> Model:
    """The network of a phrase model in another size. Raises ValueError if the size does not work out."""
    return _Widening(small, size).model()


class _Widening:
    def __init__(self, small: Model, size: Size) -> None:
        self._small, self._size = small.variables, size
        self._model = Model(small.specification, small.revision, {}, dict(small.aliases))
        self._wide = self._model.variables
        heads = int(self._small["encoder/num_heads"])
        pieces, width = self._small["decoder/embeddings/weight"].shape
        inner = len(self._small["encoder/layer_0/ffn/linear_0/bias"])
        if width * size.repeats % (heads * size.head_repeats):
            raise ValueError(
                f"{width * size.repeats} channels cannot be shared by {heads * size.head_repeats}"
            )
        if size.vocabulary < pieces:
            raise ValueError(f"the model has {pieces} pieces already")
        self._narrow_head = width // heads
        self._wide_head = width * size.repeats // (heads * size.head_repeats)
        if self._wide_head < self._narrow_head:
            raise ValueError(f"heads become narrower: {self._narrow_head} to {self._wide_head}")
        filling = np.full(self._wide_head - self._narrow_head, -1)
        one = [
            np.concatenate((head * self._narrow_head + np.arange(self._narrow_head), filling))
            for head in range(heads)
        ]
        self._channels = repeated(width, size.repeats)
        self._inner = repeated(inner, size.inner_repeats)
        self._heads = Spread(np.concatenate(one * size.head_repeats), size.head_repeats)
        self._in_head = Spread(np.concatenate((np.arange(self._narrow_head), filling)), 1)
        self._pieces = Spread(np.concatenate((np.arange(pieces), np.full(size.vocabulary - pieces, -1))), 1)

    def model(self) -> Model:
        for name, value in self._small.items():
            if value.ndim == 0:
                self._wide[name] = value
        for side in ("encoder", "decoder"):
            count = int(self._small[f"{side}/num_heads"]) * self._size.head_repeats
            self._wide[f"{side}/num_heads"] = np.array(count, np.int16)
            # Not the root of the width that it has now. What reads the embeddings divides by `repeats`.
            width = len(self._channels.origins) // self._size.repeats
            scale = self._size.repeats * np.sqrt(width)
            self._wide[f"{side}/scale_embeddings"] = np.array(scale, np.float32)
            self._norm(f"{side}/layer_norm", f"{side}/layer_norm")
            self._layers(side)
        self._linear("decoder/embeddings", "decoder/embeddings", self._pieces, self._channels)
        bias = self._pieces.along(self._small["decoder/projection/bias"], 0)
        bias[self._pieces.origins < 0] = NEVER
        self._wide["decoder/projection/bias"] = bias
        self._model.variables = dict(sorted(self._wide.items()))
        return self._model

    def _layers(self, side: str) -> None:
        """The layers that add nothing come first: what looks at the last one's attention sees the same."""
        there = sum(name.endswith("ffn/layer_norm/beta") for name in self._small if name.startswith(side))
        added = self._size.layers - there
        if added < 0:
            raise ValueError(f"the model has {there} layers already")
        for number in range(self._size.layers):
            wide, narrow = f"{side}/layer_{number}", f"{side}/layer_{(number - added) % there}"
            self._attention(f"{wide}/self_attention", f"{narrow}/self_attention")
            parts = [f"{wide}/self_attention/linear_1", f"{wide}/ffn/linear_1"]
            if side == "decoder":
                self._attention(f"{wide}/attention", f"{narrow}/attention")
                parts.append(f"{wide}/attention/linear_2")
            self._norm(f"{wide}/ffn/layer_norm", f"{narrow}/ffn/layer_norm")
            self._linear(f"{wide}/ffn/linear_0", f"{narrow}/ffn/linear_0", self._inner, self._channels)
            self._linear(f"{wide}/ffn/linear_1", f"{narrow}/ffn/linear_1", self._channels, self._inner)
            for part in parts if number < added else ():
                for kind in ("weight", "bias"):
                    self._wide[f"{part}/{kind}"] = np.zeros_like(self._wide[f"{part}/{kind}"])

    def _attention(self, wide: str, narrow: str) -> None:
        self._norm(f"{wide}/layer_norm", f"{narrow}/layer_norm")
        two = self._heads + self._heads
        if f"{narrow}/linear_2/bias" in self._small:
            self._linear(f"{wide}/linear_0", f"{narrow}/linear_0", self._heads, self._channels)
            self._linear(f"{wide}/linear_1", f"{narrow}/linear_1", two, self._channels)
            self._linear(f"{wide}/linear_2", f"{narrow}/linear_2", self._channels, self._heads)
        else:
            self._linear(f"{wide}/linear_0", f"{narrow}/linear_0", self._heads + two, self._channels)
            self._linear(f"{wide}/linear_1", f"{narrow}/linear_1", self._channels, self._heads)
            for kind in ("keys", "values"):
                name = f"relative_position_{kind}"
                self._wide[f"{wide}/{name}"] = self._in_head.along(self._small[f"{narrow}/{name}"], 1)
        queries = slice(len(self._heads.origins))
        larger = np.float32((self._wide_head / self._narrow_head) ** 0.5)
        self._wide[f"{wide}/linear_0/bias"][queries] *= larger
        self._wide[f"{wide}/linear_0/weight_scale"][queries] /= larger

    def _linear(self, wide: str, narrow: str, rows: Spread, columns: Spread) -> None:
        """Rows are repeated as they are; a row's sum over columns that are repeated stays what it was."""
        weight = columns.along(rows.along(self._small[f"{narrow}/weight"], 0), 1)
        self._wide[f"{wide}/weight"] = weight
        scale = rows.along(self._small[f"{narrow}/weight_scale"], 0) * np.float32(columns.copies)
        self._wide[f"{wide}/weight_scale"] = np.where(scale == 0, np.float32(1), scale)
        if f"{narrow}/bias" in self._small:
            self._wide[f"{wide}/bias"] = rows.along(self._small[f"{narrow}/bias"], 0)

    def _norm(self, wide: str, narrow: str) -> None:
        for kind in ("gamma", "beta"):
            self._wide[f"{wide}/{kind}"] = self._channels.along(self._small[f"{narrow}/{kind}"], 0)


def widen(package: Path, to: Path, size: Size) -> None:
    """Write an enlarged package."""
    with tempfile.TemporaryDirectory() as name, zipfile.ZipFile(package) as packed:
        packed.extractall(name)
        (folder,) = Path(name).iterdir()
        vocabulary = json.loads((folder / "model" / "shared_vocabulary.json").read_text("utf-8"))
        vocabulary += [f"<never{number}>" for number in range(size.vocabulary - len(vocabulary))]
        metadata = json.loads((folder / "metadata.json").read_text("utf-8"))
        metadata |= {"package_version": VERSION, "description": DESCRIPTION}
        write(widened(read(folder / "model" / "model.bin"), size), folder / "model" / "model.bin")
        pieces = next(file for file in folder.iterdir() if file.name in ("sentencepiece.model", "bpe.model"))
        files: Mapping[str, bytes] = {
            "metadata.json": json.dumps(metadata, indent=2, ensure_ascii=False).encode(),
            "README.md": (folder / "README.md").read_bytes(),
            pieces.name: pieces.read_bytes(),
            "model/config.json": (folder / "model" / "config.json").read_bytes(),
            "model/model.bin": (folder / "model" / "model.bin").read_bytes(),
            "model/shared_vocabulary.json": json.dumps(vocabulary, ensure_ascii=False).encode(),
        }
        codes = f"{metadata['from_code']}_{metadata['to_code']}"
        archive(to, f"translate-{codes}-{VERSION.replace('.', '_')}", files, effort=1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("out", type=Path, metavar="OUT", help="the .argosmodel file to write")
    parser.add_argument("--package", type=Path, default=PACKAGE, help="the phrase model to enlarge")
    arguments = parser.parse_args()
    widen(arguments.package, arguments.out, Size())
    sys.stdout.write(f"{arguments.out}: {arguments.out.stat().st_size / 1e6:.0f} MB\n")


if __name__ == "__main__":
    main()
