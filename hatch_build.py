"""Compiles the catalogues of texts before Dragoman is built or installed for editing."""

import importlib
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes the JSON beside each `.po`: wheels carry it, a source checkout runs from it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        locales = Path(self.root) / "locales"
        sys.path.insert(0, str(locales))
        try:
            importlib.import_module("cataloguing.compilation").compile_all(locales)
        finally:
            sys.path.remove(str(locales))
