"""The formats of language packs, read from unpacked folders. Nothing here loads a model."""

from pathlib import Path
from typing import Protocol

from ..packs import Pack
from . import argos, firefox
from .problems import UnusableFolderError

__all__ = ["FORMATS", "Format", "UnusableFolderError"]


class Format(Protocol):
    """One module here."""

    def looks_like(self, folder: Path) -> bool:
        """Whether a folder is meant to be of this format, complete or not."""
        ...

    def read(self, folder: Path) -> Pack:
        """The pack in a folder. Raises UnusableFolderError."""
        ...


FORMATS: tuple[Format, ...] = (argos, firefox)
