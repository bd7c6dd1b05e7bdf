"""Downloading files over HTTP, going on where an earlier attempt stopped."""

import fcntl
import http.client
import json
import os
import re
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from ..manifest import file_state
from .errors import (
    BUSY,
    NO_ROOM,
    NOT_FOUND,
    REFUSED,
    TOO_LARGE,
    UNREACHABLE,
    WRONG_CHECKSUM,
    StoreError,
    writing,
)
from .progress import Progress, Report, nobody
from .room import free_bytes
from .unpacking import LARGEST

ATTEMPTS = 4
"""How often a connection that is lost half-way is taken up again."""
TIMEOUT = 30.0
"""Seconds without a byte."""
LONGEST_READING = 120.0
"""Seconds for a catalogue, however steadily it trickles in: somebody waits for it."""
_CHUNK = 256 * 1024
_LONGEST_TEXT = 32 * 1024 * 1024
_AGENT = "Dragoman"


@dataclass(frozen=True)
class Expected:
    """What a catalogue says of a file; None where it does not."""

    bytes: int | None = None
    sha256: str | None = None


ANYTHING = Expected()


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects, but not from https to anything less."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if req.type == "https" and urlsplit(newurl).scheme != "https":
            raise urllib.error.URLError(f"it leads on to {newurl:.200}, which is not secure")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> urllib.request.OpenerDirector:
    """Knows http and https, proxies of the environment and nothing else: no file:, ftp: or data:."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
        _Redirects(),
    ):
        opener.add_handler(handler)
    return opener


def is_address(text: str) -> bool:
    """Whether a text is meant as a web address."""
    return re.match("https?://", text, re.IGNORECASE) is not None


def fetch_text(url: str, monotonic: Callable[[], float] = time.monotonic) -> bytes:
    """A small file, such as a catalogue. Raises StoreError."""
    body = bytearray()
    until = monotonic() + LONGEST_READING
    with _explained(url), _opener().open(_request(url), timeout=TIMEOUT) as answer:
        while chunk := answer.read1(_CHUNK):
            body += chunk
            if len(body) > _LONGEST_TEXT:
                raise StoreError(TOO_LARGE, f"{url} is longer than {_LONGEST_TEXT} bytes, as no catalogue is")
            if monotonic() > until:
                raise StoreError(
                    UNREACHABLE, f"{url} was not read to its end within {LONGEST_READING:g} seconds"
                )
    return bytes(body)


def fetch_file(url: str, folder: Path, expected: Expected = ANYTHING, report: Report = nobody) -> Path:
    """Download a file into `folder` and check it; its path. The caller deletes it.

    1. What an earlier attempt left is gone on with, if the server says that the file is still the same.
    2. A lost connection is taken up again where it broke off, `ATTEMPTS` times.
    3. Size and SHA-256 are compared with what is expected. A file that differs is deleted.

    Raises StoreError; with `unreachable`, what came stays for the next attempt.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        with _alone(part, url) as target:
            try:
                _download(url, part, target, expected, report)
                check(part, url, expected, report)
            except StoreError as error:
                if error.permanent or not part.stat().st_size:
                    forget(part)
                raise
    return part


@contextmanager
def _alone(part: Path, url: str) -> Iterator[IO[bytes]]:
    with part.open("ab") as target:
        try:
            fcntl.flock(target, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as reason:
            raise StoreError(BUSY, f"{url} is being downloaded already") from reason
        yield target


def _download(url: str, part: Path, target: IO[bytes], expected: Expected, report: Report) -> None:
    for attempt in range(ATTEMPTS):
        try:
            with _explained(url):
                if _continue(url, part, target, expected, report):
                    return
        except StoreError as error:
            if error.code != UNREACHABLE or attempt == ATTEMPTS - 1 or not _grew(error):
                raise


class _BrokenOffError(Exception):
    """The connection was lost after something had come."""


def _grew(error: StoreError) -> bool:
    return isinstance(error.__cause__, _BrokenOffError)


def _continue(url: str, part: Path, target: IO[bytes], expected: Expected, report: Report) -> bool:
    """One request, from where the file ends. True once it is complete; False to begin anew."""
    have = os.fstat(target.fileno()).st_size
    state = _State.read(part) if have else _State()
    headers = {}
    if have and state.validator:
        headers = {"Range": f"bytes={have}-", "If-Range": state.validator}
    elif have:
        target.truncate(0)
        have = 0
    try:
        answer = _opener().open(_request(url, headers), timeout=TIMEOUT)
    except urllib.error.HTTPError as refusal:
        if refusal.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and have:
            if have == state.total:
                return True
            target.truncate(0)
            return False
        raise
    with answer:
        if answer.status != http.HTTPStatus.PARTIAL_CONTENT or not _begins_at(answer.headers, have):
            target.truncate(0)
            have = 0
        length = answer.headers.get("Content-Length", "")
        total = have + int(length) if length.isdecimal() else expected.bytes
        _check_total(url, total, expected, part.parent, have)
        _State(_validator(answer.headers), total).write(part)
        report(Progress("download", have, total))
        most = LARGEST if total is None else total
        try:
            while chunk := answer.read1(_CHUNK):
                have += len(chunk)
                if have > most:
                    raise StoreError(WRONG_CHECKSUM, f"{url} sends more than the {most} bytes it announced")
                target.write(chunk)
                report(Progress("download", have, total))
        except (OSError, http.client.HTTPException) as reason:
            if isinstance(reason, OSError) and not isinstance(
                reason, (ConnectionError, TimeoutError, ssl.SSLError)
            ):
                raise
            target.flush()
            raise _BrokenOffError(str(reason) or type(reason).__name__) from reason
    target.flush()
    if total is not None and have < total:
        raise _BrokenOffError(f"{have} of {total} bytes came")
    return True


def _begins_at(headers: Mapping[str, str], have: int) -> bool:
    return headers.get("Content-Range", "").startswith(f"bytes {have}-")


def _validator(headers: Mapping[str, str]) -> str:
    etag = headers.get("ETag", "")
    return etag if etag.startswith('"') else headers.get("Last-Modified", "")


def _check_total(url: str, total: int | None, expected: Expected, folder: Path, have: int) -> None:
    if total is None:
        return
    if expected.bytes is not None and total != expected.bytes:
        raise StoreError(WRONG_CHECKSUM, f"{url} has {total} bytes, not {expected.bytes} as it should")
    if total > LARGEST:
        raise StoreError(TOO_LARGE, f"{url} has {total} bytes; {LARGEST} are the most a language pack has")
    if total - have > free_bytes(folder):
        raise StoreError(NO_ROOM, f"{url} has {total} bytes; {folder} has {free_bytes(folder)} free")


def check(file: Path, name: str, expected: Expected, report: Report) -> None:
    """Compare a file with what is expected of it. Raises StoreError `wrong_checksum`."""
    done = 0

    def read(size: int) -> None:
        nonlocal done
        done += size
        report(Progress("verify", done, total))

    total = file.stat().st_size
    if expected.bytes is not None and total != expected.bytes:
        raise StoreError(WRONG_CHECKSUM, f"{name} has {total} bytes, not {expected.bytes} as it should")
    if expected.sha256 is not None and file_state(file, read).sha256 != expected.sha256.lower():
        raise StoreError(WRONG_CHECKSUM, f"{name} is not the file it should be: its SHA-256 is another")


def forget(part: Path) -> None:
    """Delete a downloaded file and what is known of it."""
    part.unlink(missing_ok=True)
    _State.file_of(part).unlink(missing_ok=True)


@dataclass(frozen=True)
class _State:
    """What is known of a file that has come in part."""

    validator: str = ""
    """What the server called this state of the file (ETag or Last-Modified); "" if nothing."""
    total: int | None = None

    @staticmethod
    def file_of(part: Path) -> Path:
        return part.with_suffix(".json")

    @classmethod
    def read(cls, part: Path) -> "_State":
        try:
            value: Any = json.loads(cls.file_of(part).read_text("utf-8"))
            return cls(str(value["validator"]), value["total"])
        except (OSError, ValueError, KeyError, TypeError):
            return cls()

    def write(self, part: Path) -> None:
        self.file_of(part).write_text(json.dumps({"validator": self.validator, "total": self.total}), "utf-8")


def _request(url: str, headers: Mapping[str, str] | None = None) -> urllib.request.Request:
    if not is_address(url):
        raise StoreError(NOT_FOUND, f"{url:.200} is no address; it should begin with https:// or http://")
    return urllib.request.Request(url, headers={"User-Agent": _AGENT, **(headers or {})})  # noqa: S310


@contextmanager
def _explained(url: str) -> Iterator[None]:
    """What goes wrong on the way, in words that help."""
    host = url.split("/")[2] if is_address(url) else url
    try:
        yield
    except urllib.error.HTTPError as refusal:
        refusal.close()
        if refusal.code in (http.HTTPStatus.NOT_FOUND, http.HTTPStatus.GONE):
            raise StoreError(NOT_FOUND, f"{host} has no such file: {url}") from refusal
        code = UNREACHABLE if refusal.code >= http.HTTPStatus.INTERNAL_SERVER_ERROR else REFUSED
        raise StoreError(code, f"{host} answers {refusal.code} {refusal.reason} to {url}") from refusal
    except _BrokenOffError as reason:
        raise StoreError(
            UNREACHABLE,
            f"the connection to {host} was lost: {reason}. What came is kept; try again to go on there",
        ) from reason
    except (urllib.error.URLError, http.client.HTTPException, ConnectionError, TimeoutError) as reason:
        why = reason.reason if isinstance(reason, urllib.error.URLError) else reason
        raise StoreError(
            UNREACHABLE,
            f"{host} cannot be reached: {why}. Without a network, install from a file or folder",
        ) from reason
    except ValueError as reason:
        raise StoreError(NOT_FOUND, f"{url:.200} is no address: {reason}") from reason
