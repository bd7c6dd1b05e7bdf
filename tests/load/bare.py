"""CTranslate2 alone, in a process of its own: reads a plan as JSON, prints figures as JSON.

Everything an engine has to do is counted: cutting into pieces, translating, putting together.
"""

import json
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import ctranslate2
import sentencepiece

from translation.cores import usable
from translation.engines.argos import LENGTH_PENALTY


@dataclass(frozen=True)
class Plan:
    folder: str
    """Of the unpacked package."""
    messages: list[str]
    beam: int
    at_once: int
    """Sentences in a call: what clients that ask at the same time want. They are shared by the cores."""
    singly: int = 0
    """How many to translate one by one besides."""


@dataclass(frozen=True)
class Figures:
    per_second: float
    single_ms: float
    """p50 of one sentence by itself."""


def measure(plan: Plan) -> Figures:
    cores = usable()
    folder = Path(plan.folder)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "sentencepiece.model"))
    model = ctranslate2.Translator(
        str(folder / "model"), compute_type="int8", inter_threads=cores, intra_threads=1
    )

    def translate(sentences: Sequence[str]) -> list[str]:
        results = model.translate_batch(
            [pieces.encode(sentence, out_type=str) for sentence in sentences],
            max_batch_size=max(1, min(32, -(-len(sentences) // cores))),
            beam_size=plan.beam,
            length_penalty=LENGTH_PENALTY,
            replace_unknowns=True,
        )
        return [pieces.decode_pieces(result.hypotheses[0]) for result in results]

    translate(plan.messages[: plan.at_once])
    begun = time.perf_counter()
    for start in range(0, len(plan.messages), plan.at_once):
        translate(plan.messages[start : start + plan.at_once])
    per_second = len(plan.messages) / (time.perf_counter() - begun)
    singles = []
    for message in plan.messages[: plan.singly]:
        begun = time.perf_counter()
        translate([message])
        singles.append(time.perf_counter() - begun)
    return Figures(per_second, 1000 * statistics.median(singles) if singles else 0.0)


def main() -> None:
    sys.stdout.write(json.dumps(asdict(measure(Plan(**json.load(sys.stdin))))))


if __name__ == "__main__":
    main()
