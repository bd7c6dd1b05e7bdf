"""Who may do what. Every route names its permission, and only the guard hands it to its endpoint."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any
from urllib.parse import quote, urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from appliance.domain.people import Agent, Session
from appliance.domain.refusal import Refused
from appliance.services.team import SESSION_LENGTH, Team


class Permission(Enum):
    PUBLIC = "everybody"
    TOKEN = "whoever has the visitor's token; the endpoint asks for it"  # noqa: S105
    LINK = "whoever has the one-time link; the endpoint asks for it"
    KEY = "a program with an API key, in its request; the endpoint asks for it"
    AGENT = "an agent who is signed in"
    ADMIN = "an admin who is signed in"
    SOCKET = "as its first frame proves"


SocketEndpoint = Callable[[WebSocket], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One route. `other_sites`: a write that pages of other origins may make, since it carries its own
    proof."""

    path: str
    endpoint: Any
    permission: Permission
    methods: tuple[str, ...] = ("GET",)
    other_sites: bool = False


class Guard:
    """`public_url`: the origin browsers use, where a proxy hides it."""

    def __init__(self, team: Team, public_url: str | None) -> None:
        self._team = team
        self._public_url = public_url

    def routes(self, rules: list[Rule]) -> list[BaseRoute]:
        return [self._route(rule) for rule in rules]

    def is_https(self, connection: HTTPConnection) -> bool:
        return self.origin(connection).startswith("https:")

    def origin(self, connection: HTTPConnection) -> str:
        """The server's own origin as the browser sees it."""
        if self._public_url is not None:
            return self._public_url
        scheme = {"ws": "http", "wss": "https"}.get(connection.url.scheme, connection.url.scheme)
        return f"{scheme}://{connection.url.netloc}"

    async def agent_of(self, connection: HTTPConnection) -> tuple[Agent, Session] | None:
        token = connection.cookies.get(self._cookie(connection), "")
        return await self._team.signed_in(token) if 0 < len(token) <= 200 else None

    async def agent_of_socket(self, websocket: WebSocket) -> tuple[Agent, Session]:
        """A cookie rides along with a socket that any page may open, so the page's origin must be ours.

        Raises `Refused`: `forbidden`, `not_signed_in`.
        """
        if websocket.headers.get("origin", "") != self.origin(websocket):
            raise Refused("forbidden")
        found = await self.agent_of(websocket)
        if found is None:
            raise Refused("not_signed_in")
        return found

    def remember(self, request: Request, response: Response, token: str) -> None:
        response.set_cookie(
            self._cookie(request),
            token,
            max_age=int(SESSION_LENGTH.total_seconds()),
            path="/",
            secure=self.is_https(request),
            httponly=True,
            samesite="lax",
        )

    def forget(self, request: Request, response: Response) -> None:
        response.delete_cookie(
            self._cookie(request), path="/", secure=self.is_https(request), httponly=True, samesite="lax"
        )

    def _cookie(self, connection: HTTPConnection) -> str:
        """`__Host-` binds the cookie to this host, and needs https. Browsers keep cookies by host without the
        port, so without https the port is in the name: several servers may run on one machine."""
        if self.is_https(connection):
            return "__Host-dragoman"
        return f"dragoman-{urlsplit(self.origin(connection)).port or 80}"

    def _route(self, rule: Rule) -> BaseRoute:
        if rule.permission is Permission.SOCKET:
            return WebSocketRoute(rule.path, _endpoint(rule.endpoint))

        async def guarded(request: Request) -> Response:
            if request.method not in ("GET", "HEAD"):
                self._check_write(request, rule)
            if rule.permission in (Permission.AGENT, Permission.ADMIN):
                return await self._as_agent(request, rule)
            response: Response = await rule.endpoint(request)
            return response

        return Route(rule.path, guarded, methods=list(rule.methods))

    async def _as_agent(self, request: Request, rule: Rule) -> Response:
        found = await self.agent_of(request)
        if found is None:
            if request.method == "GET" and not request.url.path.startswith("/api/"):
                return RedirectResponse(f"/console/sign-in?next={quote(request.url.path, safe='/')}", 303)
            raise Refused("not_signed_in")
        agent, session = found
        request.state.agent = agent
        if rule.permission is Permission.ADMIN and not agent.is_admin:
            raise Refused("forbidden")
        response: Response = await rule.endpoint(request, agent, session)
        return response

    def _check_write(self, request: Request, rule: Rule) -> None:
        """Writes come from our own pages: `Sec-Fetch-Site` says so, or `Origin` where a browser sends no
        such header. Neither is sent by programs that are not browsers; those carry no cookies of a victim
        either."""
        if rule.other_sites:
            return
        site = request.headers.get("sec-fetch-site")
        origin = request.headers.get("origin")
        if site not in (None, "same-origin", "none"):
            raise Refused("forbidden")
        if origin is not None and origin != self.origin(request):
            raise Refused("forbidden")


def _endpoint(endpoint: SocketEndpoint) -> SocketEndpoint:
    """Starlette takes functions for endpoints, and takes other callables for ASGI applications."""

    async def run(websocket: WebSocket) -> None:
        await endpoint(websocket)

    return run
