"""Argos Translate models of the BPE kind: words cut as Moses does, then into parts. For workers only."""

from collections.abc import Mapping
from pathlib import Path

from sacremoses.normalize import MosesPunctNormalizer
from sacremoses.tokenize import MosesDetokenizer, MosesTokenizer

from ..formats.argos import Metadata
from .argos import ArgosEngine, load_with
from .bpe import Bpe, joined


class MosesBpe:
    """The tokenizer of packages with a `bpe.model`. Quotes and the like are normalised on the way in."""

    def __init__(self, codes: Path, metadata: Metadata) -> None:
        """Raises ValueError (UnicodeDecodeError is one) if the codes cannot be read."""
        with codes.open(encoding="utf-8") as lines:
            self._bpe = Bpe(lines)
        self._normalizer = MosesPunctNormalizer(metadata.from_code)
        self._tokenizer = MosesTokenizer(metadata.from_code)
        self._detokenizer = MosesDetokenizer(metadata.to_code)

    def encode(self, sentence: str) -> list[str]:
        return self._bpe.split(self._tokenizer.tokenize(self._normalizer.normalize(sentence)))

    def decode(self, tokens: list[str]) -> str:
        return str(self._detokenizer.detokenize(joined(tokens)))


def load(files: Mapping[str, Path]) -> ArgosEngine:
    """The engine for the roles `metadata`, `tokenizer` (BPE codes) and `model`. Raises DamagedPackError."""
    return load_with(MosesBpe, files)
