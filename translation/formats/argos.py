"""Argos Translate packages: `metadata.json`, a CTranslate2 model in `model/`, and a tokenizer's model.

What else such a package may hold (`stanza/`, `minisbd/`, `README.md`) is of no use here. The reading is our
own: `argostranslate.package` makes folders in the user's home when it is imported, and takes a third more of
the disk for sentence splitters that are never called (docs/decisions/0004).
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..manifest import Manifest
from ..packs import Pack, fingerprint
from ..quality import quality_of
from ..tags import Pair, UnknownLanguageError, from_code
from .problems import UnusableFolderError

METADATA = "metadata.json"
LONGEST_METADATA = 1024 * 1024

ENGINE = "argos"
BATCH = 32
"""CTranslate2 computes sentences side by side: 32 short ones take as long as 8 taken one by one."""

_VOCABULARIES = ("shared_vocabulary", "source_vocabulary")


@dataclass(frozen=True)
class Metadata:
    """What a package says of itself."""

    from_code: str
    """Argos' own codes: those of ISO 639 and a few more, such as `zt` and `pb`."""
    to_code: str
    version: str
    target_prefix: str
    """A token every translation is made to begin with, "" for none: models with several target languages."""

    @property
    def pair(self) -> Pair:
        """The languages as BCP 47 tags. Raises UnknownLanguageError."""
        return Pair(from_code(self.from_code), from_code(self.to_code))


def looks_like(folder: Path) -> bool:
    """Whether there is a `metadata.json` directly in the folder."""
    return (folder / METADATA).is_file()


def read(folder: Path, manifest: Manifest | None = None) -> Pack:
    """The pack in an unpacked package, which says its languages itself. Raises UnusableFolderError."""
    metadata, pair = read_metadata(folder), says(folder)
    tokenizer, loader = _tokenizer(folder)
    model = folder / "model"
    files = {"metadata": folder / METADATA, "tokenizer": tokenizer, "model": model / "model.bin"}
    if not files["model"].is_file():
        raise UnusableFolderError("no model/model.bin: is this a package for translation?")
    if not any(file.is_file() for name in _VOCABULARIES for file in model.glob(f"{name}.*")):
        raise UnusableFolderError("no vocabulary in model/")
    empty = [str(file.relative_to(folder)) for file in files.values() if file.stat().st_size == 0]
    if empty:
        raise UnusableFolderError(f"empty: {', '.join(empty)}")
    return Pack(
        pair=pair,
        engine=ENGINE,
        version=f"{metadata.from_code}_{metadata.to_code}-{metadata.version}",
        loader=loader,
        files=tuple(files.items()),
        bytes=sum(file.stat().st_size for file in (tokenizer, *model.iterdir()) if file.is_file()),
        quality=quality_of(ENGINE, pair, manifest),
        batch=BATCH,
        side_by_side=True,
        folder=folder,
        fingerprint=fingerprint(files),
    )


def says(folder: Path) -> Pair:
    """The languages in the metadata. Raises UnusableFolderError."""
    try:
        pair = read_metadata(folder).pair
    except UnknownLanguageError as reason:
        raise UnusableFolderError(f"{METADATA}: {reason}") from reason
    if pair.source == pair.target:
        raise UnusableFolderError(f"{METADATA} says that it translates from {pair.source} to the same")
    return pair


def read_metadata(folder: Path) -> Metadata:
    """What the package in a folder says of itself. Raises UnusableFolderError."""
    try:
        with (folder / METADATA).open("rb") as file:
            text = file.read(LONGEST_METADATA + 1)
        if len(text) > LONGEST_METADATA:
            raise UnusableFolderError(f"{METADATA} is longer than {LONGEST_METADATA} bytes")
        return parse_metadata(json.loads(text))
    except (OSError, ValueError, RecursionError) as reason:
        raise UnusableFolderError(f"{METADATA} cannot be read: {reason}") from reason


def parse_metadata(value: Any) -> Metadata:
    """What a package's metadata, parsed from JSON, says. Raises UnusableFolderError."""
    if not isinstance(value, dict):
        raise UnusableFolderError(f"{METADATA} holds no object")
    kind = value.get("type", "translate")
    if kind != "translate":
        raise UnusableFolderError(f"a package of type {kind!r}, not for translation")
    texts = {
        name: value.get(name, "") for name in ("from_code", "to_code", "package_version", "target_prefix")
    }
    wrong = [name for name, text in texts.items() if not isinstance(text, str)]
    missing = [name for name in ("from_code", "to_code") if not texts[name]]
    if wrong or missing:
        raise UnusableFolderError(f"{METADATA} has no usable {', '.join(wrong or missing)}")
    return Metadata(
        texts["from_code"], texts["to_code"], texts["package_version"] or "0", texts["target_prefix"]
    )


def _tokenizer(folder: Path) -> tuple[Path, str]:
    """The tokenizer's model and the loader for its kind. Raises UnusableFolderError."""
    for name, loader in (
        ("sentencepiece.model", "translation.engines.argos:load"),
        ("bpe.model", "translation.engines.argos_bpe:load"),
    ):
        if (folder / name).is_file():
            return folder / name, loader
    raise UnusableFolderError("neither sentencepiece.model nor bpe.model")
