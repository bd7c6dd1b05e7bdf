"""The script that a customer's site loads: the same for everybody, and asked for on every page view."""

import gzip
import json
from collections import OrderedDict
from pathlib import Path

from appliance.i18n import Catalogue, Catalogues, mark
from appliance.services.workspace import Workspace
from appliance.web.assets import compact

_OPEN = mark("Open chat")
_CLOSE = mark("Close chat")
_KEPT = 8


class Loader:
    """Fills `widget/loader.js` in for an origin and a workspace, and keeps the last few results."""

    def __init__(self, root: Path, catalogues: Catalogues) -> None:
        self._source = compact((root / "widget" / "loader.js").read_text("utf-8"), ".js")
        words = {locale: catalogues.for_locale(locale, "start") for locale in catalogues.locales}
        self._labels = {locale: _labels(catalogue) for locale, catalogue in words.items()}
        self._direction = {
            locale: catalogue.direction for locale, catalogue in words.items() if catalogue.direction == "rtl"
        }
        self._filled: OrderedDict[tuple[str, Workspace], tuple[bytes, bytes]] = OrderedDict()

    def script(self, origin: str, workspace: Workspace) -> tuple[bytes, bytes]:
        """The script, plain and gzipped, that opens the chat of the server at `origin`."""
        key = (origin, workspace)
        found = self._filled.get(key)
        if found is None:
            found = self._filled[key] = self._fill(origin, workspace)
            if len(self._filled) > _KEPT:
                self._filled.popitem(last=False)
        return found

    def _fill(self, origin: str, workspace: Workspace) -> tuple[bytes, bytes]:
        config = {
            "origin": origin,
            "accent": workspace.accent,
            "accentText": workspace.accent_text,
            "labels": self._labels,
            "direction": self._direction,
        }
        filled = json.dumps(config, ensure_ascii=False, separators=(",", ":"))
        script = self._source.replace("__CONFIG__", filled, 1).encode()
        return script, gzip.compress(script, 9, mtime=0)


def _labels(catalogue: Catalogue) -> dict[str, object]:
    return {
        "open": catalogue.t(_OPEN),
        "close": catalogue.t(_CLOSE),
        # Counted in the browser.
        "unread": dict(catalogue.tn_forms("{n} unread message", "{n} unread messages")),
    }
