"""Argos Translate models, run by CTranslate2 in batches. Imported in worker processes only."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from ctranslate2 import AsyncTranslationResult, Translator, get_supported_compute_types
from sentencepiece import SentencePieceProcessor

from ..formats import UnusableFolderError
from ..formats.argos import BATCH, Metadata, read_metadata
from ..formats.ctranslate2 import check_vocabularies
from . import THREADS, DamagedPackError

BEAM = 2
LENGTH_PENALTY = 0.2
"""As Argos Translate sets it: the models were judged with it."""

LONGEST_OUTPUT = 512
"""Tokens. A sentence has 280 characters at most (`segmentation`), so only a model that has lost its way needs
more."""


class Tokenizer(Protocol):
    """Cuts a sentence into a model's tokens and puts tokens together again."""

    def encode(self, sentence: str) -> list[str]: ...

    def decode(self, tokens: list[str]) -> str: ...


class SentencePiece:
    """The tokenizer of packages with a `sentencepiece.model`.

    SentencePiece's own decoding is used: Argos Translate's turns `_` into a space.
    """

    def __init__(self, model: Path) -> None:
        self._processor = SentencePieceProcessor(model_file=str(model))

    def encode(self, sentence: str) -> list[str]:
        return [str(piece) for piece in self._processor.encode(sentence, out_type=str)]

    def decode(self, tokens: list[str]) -> str:
        return str(self._processor.decode_pieces(tokens)).strip()


class ArgosEngine:
    """One CTranslate2 model with its tokenizer."""

    together = BATCH

    def __init__(self, model: Translator, tokenizer: Tokenizer, target_prefix: str) -> None:
        self._model = model
        self._tokenizer = tokenizer
        self._prefix = [target_prefix] if target_prefix else []

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """All sentences in one batch. One without tokens comes back empty."""
        return self.begin(sentences).result()

    def begin(self, sentences: Sequence[str]) -> "Translating":
        """As `translate`, in a thread of CTranslate2's."""
        tokens = [self._tokenizer.encode(sentence) for sentence in sentences]
        asked = [index for index, sentence in enumerate(tokens) if sentence]
        if not asked:
            return Translating(self, len(sentences), {})
        longest = max(len(tokens[index]) for index in asked)
        results = self._model.translate_batch(
            [tokens[index] for index in asked],
            target_prefix=[self._prefix for _ in asked] if self._prefix else None,
            beam_size=BEAM,
            length_penalty=LENGTH_PENALTY,
            replace_unknowns=True,
            max_decoding_length=min(LONGEST_OUTPUT, 3 * longest + 20),
            asynchronous=True,
        )
        return Translating(self, len(sentences), dict(zip(asked, results, strict=True)))

    def text(self, tokens: list[str]) -> str:
        """What a model's tokens say."""
        length = len(self._prefix)
        return self._tokenizer.decode(tokens[length:] if tokens[:length] == self._prefix else tokens)


class Translating:
    """A batch on its way through CTranslate2."""

    def __init__(
        self, engine: ArgosEngine, count: int, results: Mapping[int, AsyncTranslationResult]
    ) -> None:
        self._engine = engine
        self._count = count
        self._results = results

    def wait(self) -> None:
        for result in self._results.values():
            with suppress(Exception):  # `result` raises it
                result.result()

    def result(self) -> list[str]:
        answers = [""] * self._count
        for index, result in self._results.items():
            answers[index] = self._engine.text(result.result().hypotheses[0])
        return answers


def load(files: Mapping[str, Path]) -> ArgosEngine:
    """The engine for the roles `metadata`, `tokenizer` and `model`. Raises DamagedPackError."""
    return load_with(lambda tokenizer, _: SentencePiece(tokenizer), files)


def load_with(tokenizer: Callable[[Path, Metadata], Tokenizer], files: Mapping[str, Path]) -> ArgosEngine:
    """The engine with a tokenizer made by `tokenizer`. Raises DamagedPackError."""
    try:
        metadata = read_metadata(files["metadata"].parent)
        prefix = [metadata.target_prefix] if metadata.target_prefix else []
        check_vocabularies(files["model"].parent, *prefix)
        # int8 where the processor can: half the time and a quarter of the memory of float32.
        fast = "int8" in get_supported_compute_types("cpu")
        model = Translator(
            str(files["model"].parent),
            device="cpu",
            compute_type="int8" if fast else "default",
            # Batches at a time, which share the weights.
            inter_threads=int(os.environ.get(THREADS, "1")),
            intra_threads=1,
        )
        engine = ArgosEngine(model, tokenizer(files["tokenizer"], metadata), metadata.target_prefix)
        # A vocabulary that is not the model's loads well; computing with it does not go well.
        engine.translate(["1, 2, 3."])
        return engine
    # CTranslate2 reports a damaged file as whatever it stumbled over, MemoryError for an absurd size too.
    except (OSError, ValueError, RuntimeError, LookupError, MemoryError, UnusableFolderError) as reason:
        raise DamagedPackError(f"cannot load {files.get('model', 'a model')}: {reason}") from reason
