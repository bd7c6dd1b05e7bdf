"""Headers that every answer carries."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
)
_CLOSED_POLICY = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")


def add_safe_headers(headers: list[tuple[bytes, bytes]]) -> None:
    """To an answer's own, in place."""
    headers.extend(_HEADERS)
    if not any(name == _CLOSED_POLICY[0] for name, _ in headers):
        headers.append(_CLOSED_POLICY)


class SafeHeaders:
    """Adds the headers, and to whatever brings no content security policy of its own the strictest one."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_safe_headers(message.setdefault("headers", []))
            await send(message)

        await self._app(scope, receive, send_safe)
