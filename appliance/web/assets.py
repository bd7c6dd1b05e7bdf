"""The files browsers load: read once, compressed when asked for, addressed by the hash of all of them."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rcssmin import cssmin
from rjsmin import jsmin
from starlette.requests import Request
from starlette.responses import Response

from appliance.domain.refusal import Refused
from appliance.i18n import compiled

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
_SKIPPED = ("tests", "templates")
_WORTH_IT = 512


@dataclass(frozen=True)
class Asset:
    content: bytes
    media_type: str

    @cached_property
    def gzipped(self) -> bytes | None:
        """Of two dozen languages few are ever asked for: they are compressed then, not at the start."""
        return gzip.compress(self.content, 9, mtime=0) if len(self.content) >= _WORTH_IT else None


class Assets:
    """`widget/` and `admin/static/` under their own names, and every catalogue as
    `strings/<domain>.<locale>.json`.

    An address holds the hash of the whole tree, so modules can import each other relatively and browsers
    may keep everything for ever.
    """

    def __init__(self, root: Path) -> None:
        files: dict[str, Path] = {}
        for tree in ("widget", "admin/static"):
            for path in sorted((root / tree).rglob("*")):
                name = path.relative_to(root)
                if path.suffix in _TYPES and not any(part in _SKIPPED for part in name.parts):
                    files[name.as_posix()] = path
        for path in compiled(root / "locales"):
            files[f"strings/{path.stem}.{path.parent.parent.name}.json"] = path
        self._assets = {name: _read(path) for name, path in files.items()}
        digest = hashlib.sha256()
        for key, asset in self._assets.items():
            digest.update(f"{key}\0{len(asset.content)}\0".encode() + asset.content)
        self.hash = digest.hexdigest()[:16]

    def url(self, name: str) -> str:
        """The address of a file; a KeyError here is a mistake in a template."""
        if name not in self._assets:
            raise KeyError(f"there is no asset {name!r}")
        return f"/assets/{self.hash}/{name}"

    def locales(self, domain: str) -> list[str]:
        """The locales a domain has a catalogue for."""
        prefix, suffix = f"strings/{domain}.", ".json"
        return [
            name[len(prefix) : -len(suffix)]
            for name in self._assets
            if name.startswith(prefix) and name.endswith(suffix)
        ]

    def strings(self, domain: str) -> dict[str, str]:
        """The catalogues' addresses by locale."""
        return {locale: self.url(f"strings/{domain}.{locale}.json") for locale in self.locales(domain)}

    async def serve(self, request: Request) -> Response:
        """`GET /assets/{hash}/{name}`. An old address (a page from before an upgrade) gets the new file,
        unkept."""
        asset = self._assets.get(request.path_params["name"])
        if asset is None:
            raise Refused("not_found")
        fresh = request.path_params["hash"] == self.hash
        headers = {
            "cache-control": "public, max-age=31536000, immutable" if fresh else "no-cache",
            "vary": "accept-encoding",
            # The widget's fonts and catalogues are fetched from frames of our own origin only.
            "cross-origin-resource-policy": "same-origin",
        }
        content = asset.content
        packed = asset.gzipped if "gzip" in request.headers.get("accept-encoding", "") else None
        if packed is not None:
            content = packed
            headers["content-encoding"] = "gzip"
        return Response(content, headers=headers, media_type=asset.media_type)

    async def icon(self, request: Request) -> Response:
        """`GET /favicon.ico`, which browsers ask for by themselves."""
        icon = self._assets["admin/static/icon.svg"]
        return Response(icon.content, headers={"cache-control": "max-age=86400"}, media_type=icon.media_type)


def compact(text: str, suffix: str) -> str:
    """A file without what only its authors read: comments and indentation are a third of the chat's bytes."""
    if suffix == ".js":
        return str(jsmin(text))
    if suffix == ".css":
        return str(cssmin(text))
    return text


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    if path.suffix in (".js", ".css"):
        content = compact(content.decode(), path.suffix).encode()
    media_type = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Asset(content, media_type)


def assets_root() -> Path:
    """Where `widget/`, `admin/` and `locales/` are: inside the package when installed, beside it in a
    checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "assets"
    return installed if installed.is_dir() else package.parent
