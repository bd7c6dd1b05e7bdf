"""A web server on this machine, for downloads: with ranges, and with what goes wrong with downloads."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Files(ThreadingHTTPServer):
    """Serves `content` by path. Everything asked is in `asked`, as (path, Range header)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.content: dict[str, bytes] = {}
        self.etag = '"1"'
        self.asked: list[tuple[str, str]] = []
        self.break_after: list[int] = []
        """For each answer in turn: bytes of the body after which the connection is cut."""
        self.redirects: dict[str, str] = {}
        self.statuses: dict[str, int] = {}
        self.without_ranges = False
        self.without_length = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: clients that hang up early are part of the tests."""

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"


class _Handler(BaseHTTPRequestHandler):
    server: Files

    def do_GET(self) -> None:
        files = self.server
        wanted = self.headers.get("Range", "")
        files.asked.append((self.path, wanted))
        if self.path in files.redirects:
            self.send_response(302)
            self.send_header("Location", files.redirects[self.path])
            self.end_headers()
            return
        body = files.content.get(self.path)
        status = files.statuses.get(self.path, 200 if body is not None else 404)
        if body is None or status != 200:
            self.send_error(status)
            return
        start = 0
        same = self.headers.get("If-Range", files.etag) == files.etag
        if wanted and same and not files.without_ranges:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            if start >= len(body):
                self.send_error(416)
                return
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        else:
            self.send_response(200)
        if not files.without_length:
            self.send_header("Content-Length", str(len(body) - start))
        self.send_header("ETag", files.etag)
        self.end_headers()
        rest = body[start:]
        self.wfile.write(rest[: files.break_after.pop(0)] if files.break_after else rest)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests ask `asked`."""


@contextmanager
def serving() -> Iterator[Files]:
    """A running server."""
    with Files() as files:
        thread = threading.Thread(target=files.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield files
        finally:
            files.shutdown()
            thread.join()
