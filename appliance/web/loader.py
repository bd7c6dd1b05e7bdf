"""The script that a customer's site loads: the same for everybody, and asked for on every page view."""

import gzip
import json
from collections import OrderedDict
from pathlib import Path

from appliance.domain.languages import NEXT_BEST, negotiate
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
        self._labels = {
            locale: _labels(catalogues.for_locale(locale, "start")) for locale in catalogues.locales
        }
        self._like = _like(catalogues.locales)
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
            "like": self._like,
        }
        filled = json.dumps(config, ensure_ascii=False, separators=(",", ":"))
        script = self._source.replace("__CONFIG__", filled, 1).encode()
        return script, gzip.compress(script, 9, mtime=0)


def _labels(catalogue: Catalogue) -> list[object]:
    """What the button says: to open, to close, and what is unread, in the forms of a number."""
    forms = catalogue.tn_forms("{n} unread message", "{n} unread messages")
    other = forms["other"]
    # Counted in the browser, which takes `other` where there is no form of its own.
    own = {category: form for category, form in forms.items() if form != other}
    return [catalogue.t(_OPEN), catalogue.t(_CLOSE), {**own, "other": other}]


def _like(locales: tuple[str, ...]) -> dict[str, str]:
    """Whose labels the readers of other languages get, by what the browser makes of a tag: language, language
    and script, or language and region. What has labels of its own is found without."""
    wishes = {language: language for language in NEXT_BEST} | {"yue-Hans": "yue-Hans", "zh-Hans": "zh-Hans"}
    wishes |= {"zh-Hant": "zh-Hant"}
    # A region of no standard of its own stands for all of those.
    wishes |= {locale.partition("-")[0]: f"{locale.partition('-')[0]}-AQ" for locale in locales}
    found = {key: negotiate([wish], locales, "") for key, wish in wishes.items()}
    return {key: locale for key, locale in found.items() if locale and locale != key}
