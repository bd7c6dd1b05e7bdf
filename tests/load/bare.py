"""CTranslate2 alone, in a process of its own.

Reads a plan as JSON, a line, and prints sentences a second. With no messages in the plan it then translates
each line that comes, and prints seconds. Everything an engine has to do is counted: cutting into pieces,
translating, putting together.
"""

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import ctranslate2
import sentencepiece

from translation.cores import usable
from translation.engines.argos import LENGTH_PENALTY

Translate = Callable[[Sequence[str]], list[str]]


@dataclass(frozen=True)
class Plan:
    folder: str
    """Of the unpacked package."""
    messages: list[str]
    beam: int
    at_once: int
    """Sentences in a call: what clients that ask at the same time want. They are shared by the cores."""


def engine(plan: Plan) -> Translate:
    """What translates sentences, all in one call."""
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

    return translate


def per_second(translate: Translate, plan: Plan) -> float:
    """Sentences a second, the plan's messages in calls of `at_once`."""
    translate(plan.messages[: plan.at_once])
    begun = time.perf_counter()
    for start in range(0, len(plan.messages), plan.at_once):
        translate(plan.messages[start : start + plan.at_once])
    return len(plan.messages) / (time.perf_counter() - begun)


def seconds(translate: Translate, sentence: str) -> float:
    """What one sentence takes by itself."""
    begun = time.perf_counter()
    translate([sentence])
    return time.perf_counter() - begun


def main() -> None:
    plan = Plan(**json.loads(sys.stdin.readline()))
    translate = engine(plan)
    if plan.messages:
        sys.stdout.write(f"{per_second(translate, plan)}\n")
    for line in sys.stdin:
        sys.stdout.write(f"{seconds(translate, line.rstrip())}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
