"""How well the packages do: `python -m tests.models.evaluate [PACKAGE …]`, from the root of the project.

Three tests a direction, each sentence put as written and answered as Dragoman's engine is asked: the
phrases with slots, four times each in fillings never trained on; all phrases; and all with kept pieces put
in at the start, before or after the end mark. Each says the share right to the letter, chrF and the share
whose tokens all came through. Needs ctranslate2 and sentencepiece, and argos-translate-lt for the packages
with byte pairs.
"""

import argparse
import importlib
import json
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType

import ctranslate2
import sentencepiece

from translation.engines.argos import BEAM, LENGTH_PENALTY
from translation.masking import LostPieceError, unmask

from .corpus import Example, phrases
from .kinds import KINDS, Kind
from .manifest import read, record
from .wordings import Examples

PACKAGES = Path(__file__).parent / "packages"
FILLINGS = 4
"""Of each phrase with slots."""
BEAMS = (1, 2, 4)
LONGEST = 120


@dataclass(frozen=True)
class Score:
    """Of `sentences` sentences: the share right to the letter, chrF, and the share with all tokens kept."""

    sentences: int
    exact: float
    chrf: float
    kept: float


@dataclass(frozen=True)
class Scores:
    new_fillings: Score
    phrases: Score
    with_kept: Score

    def as_dict(self) -> dict[str, dict[str, float]]:
        return asdict(self)


class Package:
    """An unpacked package, run as its metadata says."""

    def __init__(self, folder: Path) -> None:
        self.metadata = json.loads((folder / "metadata.json").read_text("utf-8"))
        self._translator = ctranslate2.Translator(str(folder / "model"), intra_threads=1)
        self._encode, self._decode = _tokenizer(folder, self.metadata)
        self._prefix = self.metadata.get("target_prefix")

    def translate(self, sentences: Sequence[str], beam: int) -> list[str]:
        results = self._translator.translate_batch(
            [self._encode(sentence) for sentence in sentences],
            target_prefix=[[self._prefix]] * len(sentences) if self._prefix else None,
            max_batch_size=32,
            beam_size=beam,
            length_penalty=LENGTH_PENALTY,
            max_decoding_length=LONGEST,
        )
        skipped = 1 if self._prefix else 0
        return [self._decode(result.hypotheses[0][skipped:]) for result in results]


def argos_tokenizers() -> ModuleType:
    """Imported for packages with byte pairs only: it brings much that the others do without."""
    return importlib.import_module("argostranslate.tokenizer")


def _tokenizer(
    folder: Path, metadata: dict[str, str]
) -> tuple[Callable[[str], list[str]], Callable[[list[str]], str]]:
    if (folder / "sentencepiece.model").exists():
        model = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
        return lambda text: model.encode(text, out_type=str), model.decode_pieces
    pairs = argos_tokenizers().BPETokenizer(folder / "bpe.model", metadata["from_code"], metadata["to_code"])
    return pairs.encode, pairs.decode


def scores(package: Path, kind: Kind, target: str, beam: int) -> Scores:
    """What a package reaches in one direction with a beam of a width."""
    known = phrases(kind.source, target)
    examples = Examples(kind.source, target, known, seed=4711)
    slotted = [phrase for phrase in known if phrase.slots]
    with tempfile.TemporaryDirectory() as name:
        with zipfile.ZipFile(package) as archive:
            archive.extractall(name)
        loaded = Package(Path(name) / kind.folder(target))
        return Scores(
            score(
                loaded, [examples.new_filling(phrase) for phrase in slotted for _ in range(FILLINGS)], beam
            ),
            score(loaded, [examples.new_filling(phrase) for phrase in known], beam),
            score(loaded, [examples.with_kept(phrase) for phrase in known for _ in range(2)], beam),
        )


def rescore(package: Path, kind: Kind, target: str) -> None:
    """Put what a package reaches now into the manifest."""
    entry = read(package)
    reached = {f"beam {beam}": scores(package, kind, target, beam).as_dict() for beam in BEAMS}
    record(package, entry | {"scores": reached})


def score(package: Package, examples: Sequence[Example], beam: int) -> Score:
    said = package.translate([example.source for example in examples], beam)
    pairs = [(ours, example.target) for ours, example in zip(said, examples, strict=True)]
    tokens = [(ours, example.source) for (ours, _), example in zip(pairs, examples, strict=True)]
    asked = [(ours, source) for ours, source in tokens if "X0X" in source]
    return Score(
        len(pairs),
        round(sum(ours == wanted for ours, wanted in pairs) / len(pairs), 4),
        round(chrf(pairs), 4),
        round(sum(survived(ours, source) for ours, source in asked) / len(asked), 4),
    )


def survived(translated: str, source: str) -> bool:
    """Whether the pipeline can put every kept piece back."""
    try:
        unmask(translated, [f"X{number}X" for number in range(6) if f"X{number}X" in source])
    except LostPieceError:
        return False
    return True


def chrf(pairs: Sequence[tuple[str, str]], longest: int = 6, beta: float = 2) -> float:
    """Corpus chrF2 of (translation, reference)s, 0 to 1: the F-score of runs of up to six characters."""
    values = []
    for size in range(1, longest + 1):
        common = ours_all = wanted_all = 0
        for ours, wanted in pairs:
            first, second = (_runs(text.replace(" ", ""), size) for text in (ours, wanted))
            common += (first & second).total()
            ours_all += first.total()
            wanted_all += second.total()
        precision, recall = common / max(1, ours_all), common / max(1, wanted_all)
        values.append((1 + beta**2) * precision * recall / max(1e-9, beta**2 * precision + recall))
    return sum(values) / len(values)


def _runs(text: str, size: int) -> Counter[str]:
    return Counter(text[start : start + size] for start in range(len(text) - size + 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", nargs="*", type=Path)
    parser.add_argument("--beam", type=int, default=BEAM)
    parser.add_argument(
        "--record", action="store_true", help="put the scores at every beam into the manifest"
    )
    arguments = parser.parse_args()
    chosen = {package.name for package in arguments.packages}
    sys.stdout.write(f"{'package':24} {'new fillings':^20} {'phrases':^20} {'with kept pieces':^20}\n")
    for kind in KINDS.values():
        for target in kind.targets:
            package = PACKAGES / f"{kind.folder(target)}.argosmodel"
            if chosen and package.name not in chosen:
                continue
            if arguments.record:
                rescore(package, kind, target)
            reached = scores(package, kind, target, arguments.beam)
            cells = (
                f"{one.exact:7.1%} {one.chrf:.3f} {one.kept:6.1%}"
                for one in (reached.new_fillings, reached.phrases, reached.with_kept)
            )
            sys.stdout.write(f"{package.stem:24} {' '.join(cells)}\n")


if __name__ == "__main__":
    main()
