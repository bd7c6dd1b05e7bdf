"""Mozilla's Firefox Translations models, run by fxtranslate. Imported in worker processes only."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from fxtranslate import Translator

from . import DamagedPackError


class FirefoxEngine:
    """One Firefox model. fxtranslate has no batches: sentences are translated one after the other."""

    together = 1

    def __init__(self, model: Translator) -> None:
        self._model = model

    def translate(self, sentences: Sequence[str]) -> list[str]:
        return [self._model.translate(sentence) for sentence in sentences]


def load(files: Mapping[str, Path]) -> FirefoxEngine:
    """The engine for the roles `model`, `source_vocabulary`, `target_vocabulary` and perhaps `shortlist`.

    A shared vocabulary is the same file in both roles. Raises DamagedPackError.
    """
    shortlist = files.get("shortlist")
    try:
        return FirefoxEngine(
            Translator(
                files["model"].read_bytes(),
                files["source_vocabulary"].read_bytes(),
                files["target_vocabulary"].read_bytes(),
                shortlist.read_bytes() if shortlist is not None else None,
            )
        )
    except (OSError, ValueError, KeyError) as reason:
        raise DamagedPackError(f"cannot load {files.get('model', 'a model')}: {reason}") from reason
