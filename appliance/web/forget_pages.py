"""Where the link in a mail leads by which an address is forgotten."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from appliance.domain.people import Visitor
from appliance.services.forget_links import ForgetLinks
from appliance.web.pages import Pages


@dataclass(frozen=True, slots=True)
class ForgetPages:
    """Opening the link changes nothing, since programs that look for viruses open every link. `forget` lets
    go of a visitor's address."""

    links: ForgetLinks
    find: Callable[[str], Awaitable[Visitor | None]]
    forget: Callable[[Visitor], Awaitable[None]]
    pages: Pages

    async def page(self, request: Request) -> Response:
        """`GET /mail/forget/{token}`: asks."""
        visitor = await self._visitor(request)
        if visitor is None:
            return await self._unknown(request)
        return await self._render(request, "asked", visitor)

    async def use(self, request: Request) -> Response:
        """`POST /mail/forget/{token}`: from that page, or by the button of a mail program (RFC 8058)."""
        visitor = await self._visitor(request)
        if visitor is None:
            return await self._unknown(request)
        await self.forget(visitor)
        return await self._render(request, "forgotten", visitor)

    async def _visitor(self, request: Request) -> Visitor | None:
        """Whose link it is, as long as they have the address it was made for."""
        token: str = request.path_params["token"]
        visitor_id = self.links.visitor_id(token)
        visitor = None if visitor_id is None else await self.find(visitor_id)
        if visitor is None or visitor.email is None or not await self.links.fits(token, visitor):
            return None
        return visitor

    async def _render(self, request: Request, state: str, visitor: Visitor) -> Response:
        return await self.pages.render(request, "forget.html", locale=visitor.language, state=state)

    async def _unknown(self, request: Request) -> Response:
        return await self.pages.render(request, "forget.html", status=410, state="unknown")
