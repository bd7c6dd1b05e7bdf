"""The formats of language packs, read from unpacked folders. Nothing here loads a model."""

from pathlib import Path
from typing import Protocol

from ..manifest import Manifest
from ..packs import Pack
from ..tags import Pair
from . import argos, firefox
from .problems import UnusableFolderError

__all__ = ["FORMATS", "Format", "UnusableFolderError", "format_of"]


class Format(Protocol):
    """One module here."""

    @property
    def ENGINE(self) -> str:  # noqa: N802 - a module's constant
        """The name of the engine for it."""
        ...

    def says(self, folder: Path) -> Pair | None:
        """The languages a folder says itself; None if it does not. Raises UnusableFolderError."""
        ...

    def looks_like(self, folder: Path) -> bool:
        """Whether a folder is meant to be of this format, complete or not."""
        ...

    def read(self, folder: Path, manifest: Manifest | None = None) -> Pack:
        """The pack in a folder; what its manifest says of languages and version goes before the rest.

        Raises UnusableFolderError.
        """
        ...


FORMATS: tuple[Format, ...] = (argos, firefox)


def format_of(folder: Path) -> Format | None:
    """The format a folder is meant to be of; None if it is no language pack."""
    return next((known for known in FORMATS if known.looks_like(folder)), None)
