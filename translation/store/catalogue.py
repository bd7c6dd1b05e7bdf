"""What can be installed: indexes in the format of Argos Translate, and Mozilla's catalogue of models.

Both are JSON. An index is a list of packages with `links`, which may be relative to the index; `size`,
`sha256` and `quality` (0 to 1) are ours and optional; the first two are checked. Mozilla's catalogue is a
Remote Settings collection: one record a file.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from ..formats import UnusableFolderError
from ..formats.argos import parse_metadata
from ..tags import Pair, UnknownLanguageError, from_code, same_language
from .errors import DAMAGED, NOT_FOUND, StoreError
from .fetching import Expected, fetch_text, is_address

ARGOS = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"
MOZILLA = (
    "https://firefox.settings.services.mozilla.com/v1/buckets/main/collections/translations-models-v2/records"
)
_ATTACHMENTS = "https://firefox-settings-attachments.cdn.mozilla.net/"

KNOWN = {"argos": ARGOS, "mozilla": MOZILLA}
"""Catalogues with a name. Nothing asks them by itself."""

_INDEX = "index.json"
_VERSION = re.compile(r"3\.(\d{1,6})", re.ASCII)
"""What our engine reads; 3.0a1 and the like are tried out in Firefox first."""
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII | re.IGNORECASE)
_FILES = ("model", "lex", "vocab", "srcvocab", "trgvocab")
_ARCHITECTURES = ("base-memory", "base", "tiny")
"""Best first, as Firefox on a computer prefers them."""


@dataclass(frozen=True)
class Part:
    """A file of an offer."""

    name: str
    """The file's name in the pack, or of the archive."""
    sources: tuple[str, ...]
    """Addresses or paths with the same content, to be tried in order."""
    expected: Expected = Expected()
    unpacked: Expected = Expected()
    """What it is once decompressed, for compressed single files."""


@dataclass(frozen=True)
class Offer:
    """A pack that can be installed."""

    engine: str
    pair: Pair
    version: str
    parts: tuple[Part, ...]
    detail: str = ""
    """What tells it from others of its pair: an architecture."""
    quality: float | None = None

    @property
    def bytes(self) -> int | None:
        """What has to be downloaded; None where the catalogue does not say."""
        sizes = [part.expected.bytes for part in self.parts]
        return None if None in sizes else sum(size or 0 for size in sizes)


@dataclass(frozen=True)
class Catalogue:
    """Offers, by pair, and what was left out, with reasons."""

    where: str
    offers: tuple[Offer, ...] = ()
    left_out: tuple[str, ...] = field(default=())

    def best(self, source: str, target: str, engine: str | None = None) -> Offer:
        """The offer for a pair: the very tags before others of the same languages, then the first listed.

        Raises StoreError `not_found`, which says what there is.
        """
        wanted = [offer for offer in self.offers if engine in (None, offer.engine)]
        exact = [offer for offer in wanted if (offer.pair.source, offer.pair.target) == (source, target)]
        near = [
            offer
            for offer in wanted
            if same_language(offer.pair.source, source) and same_language(offer.pair.target, target)
        ]
        for offer in (*exact, *near):
            return offer
        pairs = ", ".join(sorted({f"{offer.pair.source}-{offer.pair.target}" for offer in wanted}))
        raise StoreError(
            NOT_FOUND, f"{self.where} has nothing from {source} to {target}; it has: {pairs or '-'}"
        )


def open_catalogue(where: str) -> Catalogue:
    """The catalogue at an address, in a file, in a folder with an `index.json`, or with a name from `KNOWN`.

    Raises StoreError.
    """
    where = KNOWN.get(where, where)
    if is_address(where):
        return read_catalogue(fetch_text(where), where)
    file = Path(where)
    file = file / _INDEX if file.is_dir() else file
    try:
        return read_catalogue(file.read_bytes(), str(file))
    except OSError as reason:
        raise StoreError(NOT_FOUND, f"{file} cannot be read: {reason.strerror}") from reason


def read_catalogue(body: bytes, where: str) -> Catalogue:
    """The catalogue in a JSON text that was found at an address or path. Raises StoreError `damaged`."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as reason:
        raise StoreError(DAMAGED, f"{where} is no catalogue of language packs: {reason}") from reason
    if isinstance(value, list):
        return _index(value, where)
    if isinstance(value, dict) and isinstance(value.get("data"), list):
        return _records(value["data"], where)
    raise StoreError(
        DAMAGED,
        f"{where} is no catalogue of language packs: neither a list of packages nor Mozilla's records",
    )


def _index(entries: Iterable[Any], where: str) -> Catalogue:
    offers: dict[tuple[Pair, str], Offer] = {}
    left_out = []
    for number, entry in enumerate(entries, 1):
        try:
            offer = _packaged(entry, where)
            offers.setdefault((offer.pair, offer.version), offer)
        except (UnusableFolderError, UnknownLanguageError, _UnusableEntryError) as reason:
            left_out.append(f"entry {number}: {reason}")
    newest = sorted(offers.values(), key=lambda offer: _numbers(offer.version), reverse=True)
    return Catalogue(where, tuple(sorted(newest, key=lambda offer: offer.pair)), tuple(left_out))


class _UnusableEntryError(Exception):
    pass


def _packaged(entry: Any, where: str) -> Offer:
    metadata = parse_metadata(entry)
    links = entry.get("links")
    if not isinstance(links, list) or not all(isinstance(link, str) for link in links):
        raise _UnusableEntryError("no list of links")
    sources = tuple(source for link in links if (source := _resolved(link, where)) is not None)
    if not sources:
        raise _UnusableEntryError("no link that begins with https:// or http://, or is relative")
    return Offer(
        engine="argos",
        pair=metadata.pair,
        version=f"{metadata.from_code}_{metadata.to_code}-{metadata.version}",
        parts=(Part("package.argosmodel", sources, _expected(entry.get("size"), entry.get("sha256"))),),
        quality=_fraction(entry.get("quality")),
    )


def _resolved(link: str, where: str) -> str | None:
    """A link as an address or path. None for ways of getting files that are not spoken here (ipfs)."""
    if is_address(link):
        return link
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", link):
        return None
    if is_address(where):
        return urljoin(where, quote(link))
    return str(Path(where).parent / link)


def _expected(size: Any, digest: Any) -> Expected:
    """Raises _UnusableEntryError where something is said that cannot be."""
    if size is not None and (not isinstance(size, int) or isinstance(size, bool) or size <= 0):
        raise _UnusableEntryError("its size is no number of bytes")
    if digest is not None and not (isinstance(digest, str) and _SHA256.fullmatch(digest)):
        raise _UnusableEntryError("its sha256 is no SHA-256")
    return Expected(size, digest)


def _fraction(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and 0 <= value <= 1 else None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d{1,9}", version, re.ASCII))


def _records(records: Iterable[Any], where: str) -> Catalogue:
    """Remote Settings records as offers: the newest complete set of files of each pair and architecture."""
    sets: dict[tuple[Pair, str, int], dict[str, Part]] = {}
    left_out = []
    for number, record in enumerate(records, 1):
        try:
            key, kind, part = _file_of(record, where)
            if kind in _FILES:
                sets.setdefault(key, {}).setdefault(kind, part)
        except (UnknownLanguageError, _UnusableEntryError) as reason:
            left_out.append(f"record {number}: {reason}")
    offers: dict[tuple[Pair, str], Offer] = {}
    for (pair, architecture, minor), files in sorted(sets.items(), key=lambda item: -item[0][2]):
        if "model" in files and ("vocab" in files or {"srcvocab", "trgvocab"} <= files.keys()):
            version = f"{pair.source}_{pair.target}-3.{minor}-{architecture}"
            offer = Offer("firefox", pair, version, tuple(files.values()), architecture)
            offers.setdefault((pair, architecture), offer)
        else:
            left_out.append(f"{pair.source}-{pair.target} 3.{minor} {architecture}: not all files are there")
    ordered = sorted(offers.values(), key=lambda offer: (offer.pair, _place(offer.detail)))
    return Catalogue(where, tuple(ordered), tuple(left_out))


def _place(architecture: str) -> int:
    return _ARCHITECTURES.index(architecture) if architecture in _ARCHITECTURES else len(_ARCHITECTURES)


def _file_of(record: Any, where: str) -> tuple[tuple[Pair, str, int], str, Part]:
    if not isinstance(record, dict):
        raise _UnusableEntryError("no object")
    attachment = record.get("attachment")
    if not isinstance(attachment, dict):
        raise _UnusableEntryError("no attachment")
    texts = _texts(record, "name", "sourceLanguage", "targetLanguage", "version", "fileType")
    (location,) = _texts(attachment, "location")
    version = _VERSION.fullmatch(texts[3])
    if version is None:
        raise _UnusableEntryError(f"version {texts[3]:.20} is for other engines")
    architecture = record.get("architecture") or "tiny"
    if not isinstance(architecture, str) or not re.fullmatch(r"[\w-]{1,30}", architecture, re.ASCII):
        raise _UnusableEntryError("an architecture without a name")
    if not re.fullmatch(r"[\w.-]{1,100}", texts[0], re.ASCII) or texts[0].startswith("."):
        raise _UnusableEntryError("a file's name that cannot be used")
    base = _ATTACHMENTS if where == MOZILLA else where
    source = _resolved(location, base)
    if source is None:
        raise _UnusableEntryError("an attachment that is not on the web")
    part = Part(
        name=texts[0] + (".zst" if location.endswith(".zst") else ""),
        sources=(source,),
        expected=_expected(attachment.get("size"), attachment.get("hash")),
        unpacked=_expected(record.get("decompressedSize"), record.get("decompressedHash")),
    )
    pair = Pair(from_code(texts[1]), from_code(texts[2]))
    return (pair, architecture, int(version[1])), texts[4], part


def _texts(value: Mapping[str, Any], *names: str) -> list[str]:
    found = [value.get(name) for name in names]
    if not all(isinstance(text, str) and text for text in found):
        raise _UnusableEntryError(f"no usable {', '.join(names)}")
    return [str(text) for text in found]
