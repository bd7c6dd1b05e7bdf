"""Trains the phrase models and packs them: `python -m tests.models.train [NAME …]`, from the project's root.

Needs torch, ctranslate2, sentencepiece, argos-translate-lt and subword-nmt (README.md); Dragoman does
not. A few minutes a model on one core.
"""

import argparse
import json
import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import ctranslate2
import torch
from torch.nn import functional

from . import export
from .corpus import Slots, capitalised, phrases
from .evaluate import BEAMS, scores
from .kinds import KINDS, Kind
from .manifest import record
from .network import BOS, EOS, PAD, Transformer
from .packing import pack
from .pieces import BytePairs, Pieces, SentencePieces
from .wordings import Examples

WIDTH, HEADS, INNER, LAYERS = 96, 4, 256, (2, 2)
EXAMPLES = 60_000
"""For each target language."""
FOR_PIECES = 12_000
"""Examples that the pieces are learned from."""
BATCH = 40
STEPS = 3000
RATE = 3e-3
WARM_UP = 200
SMOOTHING = 0.02
EARLY_END = 0.1
WRONG = 0.08
"""The share of pieces said so far that training makes wrong."""
VOCABULARY = 1600
MERGES = 800
LONGEST = 120


@dataclass(frozen=True)
class Numbered:
    """One example as numbers."""

    source: list[int]
    target: list[int]


def train(kind: Kind, folder: Path, steps: int) -> tuple[Transformer, Pieces, float]:
    """A network for a kind of package, its pieces (their file in `folder`) and the loss it ended with."""
    torch.manual_seed(kind.seed)
    drawn = []
    for number, target in enumerate(kind.targets):
        examples = Examples(kind.source, target, phrases(kind.source, target), kind.seed + number)
        drawn += [(examples.trained(), target) for _ in range(EXAMPLES)]
    pieces = learn(
        kind, [(one.source, one.target, target) for one, target in drawn[:: len(drawn) // FOR_PIECES]], folder
    )
    of_piece = {piece: number for number, piece in enumerate(pieces.vocabulary)}
    numbered = [
        Numbered(
            [of_piece.get(piece, PAD) for piece in pieces.encode(one.source, kind.source)],
            [
                BOS,
                *(of_piece[prefix] for prefix in kind.prefix(target)),
                *(of_piece.get(piece, PAD) for piece in pieces.encode(one.target, target)),
                EOS,
            ],
        )
        for one, target in drawn
    ]
    network = Transformer(len(of_piece), WIDTH, HEADS, INNER, LAYERS)
    loss = fit(network, numbered, len(kind.prefix(kind.targets[0])), steps, random.Random(kind.seed))
    return network, pieces, loss


def learn(kind: Kind, texts: list[tuple[str, str, str]], folder: Path) -> Pieces:
    """The pieces for (source, target, language of the target)s, learned from them and the slots' words."""
    if kind.pieces == "bpe":
        both = [(source, kind.source) for source, _, _ in texts] + [
            (text, target) for _, text, target in texts
        ]
        return BytePairs.learn(both, MERGES, folder, kind.source, kind.targets[0])
    lines = [text for source, target, _ in texts for text in (source, target)]
    for language in (kind.source, *kind.targets):
        words = list(Slots().words(language))
        # A piece of their own also where they begin a sentence, which they do in few.
        lines += [*words, *(capitalised(word, language) for word in words)]
    prefixes = [prefix for target in kind.targets for prefix in kind.prefix(target)]
    return SentencePieces.learn(lines, VOCABULARY, prefixes, folder)


def fit(
    network: Transformer, examples: list[Numbered], prefix: int, steps: int, random_: random.Random
) -> float:
    """Train, and return the mean loss of the last hundred steps. Loss is not counted on `prefix` pieces."""
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, betas=(0.9, 0.98), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / WARM_UP, max(0.0, (steps - step) / (steps - WARM_UP)))
    )
    network.train()
    losses: list[float] = []
    batches: list[list[Numbered]] = []
    for step in range(steps):
        if not batches:
            batches = shuffled(examples, random_)
        batch = batches.pop()
        source, target = padded([one.source for one in batch]), padded([one.target for one in batch])
        scored = network(source, with_mistakes(target[:, :-1], len(network.bias), 1 + prefix))[:, prefix:]
        wanted = target[:, 1 + prefix :]
        loss = functional.cross_entropy(
            scored.flatten(0, 1), wanted.flatten(), ignore_index=PAD, label_smoothing=SMOOTHING
        ) + EARLY_END * ending_early(scored, wanted)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
        if step % 200 == 199:
            say(f"  step {step + 1}: loss {sum(losses[-100:]) / 100:.3f}")
    network.eval()
    return sum(losses[-100:]) / len(losses[-100:])


def with_mistakes(said: torch.Tensor, vocabulary: int, first: int) -> torch.Tensor:
    """What was said so far, with pieces from `first` on replaced by others: half of them by pieces of the
    same batch, half by any.

    What follows a mistake is still as it should be. Else an answer that went wrong goes on to a shorter,
    likelier end, and fills the beam before the right one is through (see `ending_early`).
    """
    others = torch.where(
        torch.rand(said.shape) < 0.5,
        said.flatten()[torch.randint(said.numel(), said.shape)],
        torch.randint(EOS + 1, vocabulary, said.shape),
    )
    wrong = (torch.rand(said.shape) < WRONG) & (said != PAD) & (others > EOS)
    wrong[:, :first] = False
    return torch.where(wrong, others, said)


def ending_early(scored: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
    """How much the end is above the average piece where a sentence is not over.

    Beam search in CTranslate2 stops when as many answers have ended as the beam is wide, however bad. Beside
    the one right piece, a network as sure of itself as these has only noise: if that noise is the end, the
    beam is full of broken-off answers before the right one is through.
    """
    above = functional.relu(scored[..., EOS] - scored.mean(-1) + 1)
    return above[(wanted != EOS) & (wanted != PAD)].mean()


def shuffled(examples: list[Numbered], random_: random.Random) -> list[list[Numbered]]:
    """Batches of examples of about one length, in no order."""
    by_length = sorted(examples, key=lambda one: (len(one.target) + len(one.source), random_.random()))
    batches = [by_length[start : start + BATCH] for start in range(0, len(by_length), BATCH)]
    random_.shuffle(batches)
    return batches


def padded(rows: list[list[int]]) -> torch.Tensor:
    length = max(map(len, rows))
    return torch.tensor([row + [PAD] * (length - len(row)) for row in rows])


def agreement(network: Transformer, pieces: Pieces, kind: Kind, target: str, model: Path) -> float:
    """The share of held back sentences that CTranslate2, greedy, says piece for piece as torch does."""
    translator = ctranslate2.Translator(str(model), intra_threads=1, compute_type="default")
    known = phrases(kind.source, target)
    examples = Examples(kind.source, target, known, kind.seed + 1000)
    of_piece = {piece: number for number, piece in enumerate(pieces.vocabulary)}
    prefix = kind.prefix(target)
    same = 0
    for phrase in known:
        cut = pieces.encode(examples.new_filling(phrase).source, kind.source)
        theirs = translator.translate_batch(
            [cut], target_prefix=[prefix] if prefix else None, beam_size=1, max_decoding_length=LONGEST
        )[0].hypotheses[0][len(prefix) :]
        (ours,) = network.greedy(
            torch.tensor([[of_piece.get(piece, PAD) for piece in cut]]),
            [of_piece[one] for one in prefix],
            LONGEST,
        )
        same += theirs == [pieces.vocabulary[number] for number in ours]
    return same / len(known)


def make(kind: Kind, packages: Path, steps: int) -> None:
    """Train one network and write its package or packages with what the manifest says of them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        network, pieces, loss = train(kind, folder, steps)
        export.save(network, pieces.vocabulary, folder / "plain", None)
        export.save(network, pieces.vocabulary, folder / "int8", "int8")
        for target in kind.targets:
            plain = agreement(network, pieces, kind, target, folder / "plain")
            small = agreement(network, pieces, kind, target, folder / "int8")
            package = pack(kind, target, folder / "int8", folder / pieces.file, packages)
            entry = {
                "pieces": kind.pieces,
                "target_prefix": "".join(kind.prefix(target)),
                "parameters": sum(weight.numel() for weight in network.parameters()),
                "vocabulary": len(pieces.vocabulary),
                "steps": steps,
                "mistakes": WRONG,
                "training_loss": round(loss, 4),
                "same_as_torch": round(plain, 4),
                "same_as_torch_int8": round(small, 4),
                "scores": {f"beam {beam}": scores(package, kind, target, beam).as_dict() for beam in BEAMS},
            }
            say(f"{package.name}: {json.dumps(entry)}")
            record(package, entry)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which, of {', '.join(KINDS)}; all if none")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--to", type=Path, default=Path(__file__).parent / "packages")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    arguments.to.mkdir(exist_ok=True)
    for name in arguments.names or KINDS:
        kind = KINDS[name]
        make(kind, arguments.to, arguments.steps * len(kind.targets))


if __name__ == "__main__":
    main()
