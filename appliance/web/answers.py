"""What goes wrong as an answer: JSON for programs, a page for people."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from appliance.domain.refusal import Refused
from appliance.errors import TABLE
from appliance.i18n import mark
from appliance.web.headers import add_safe_headers
from appliance.web.pages import Pages
from appliance.web.public_api import PATHS, refusal_response
from appliance.web.reply import error_response

_TITLES = {
    400: mark("That did not work"),
    403: mark("Not for you"),
    404: mark("Nothing here"),
    405: mark("That did not work"),
    413: mark("Too large"),
    429: mark("Too fast"),
    507: mark("No space left"),
    500: mark("Something went wrong"),
}


class Answers:
    """Starlette's handlers of exceptions."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    async def refused(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        words = self._pages.words(request)
        if request.url.path in PATHS:
            return refusal_response(error, words)
        if request.url.path.startswith("/api/"):
            return error_response(error, words)
        if error.code == "not_signed_in":
            # A form that was open while the session ended.
            return RedirectResponse("/console/sign-in", 303)
        kind = TABLE[error.code]
        return await self._pages.render(
            request,
            "error.html",
            status=kind.status,
            title=words.t(_TITLES.get(kind.status, _TITLES[500])),
            message=words.t(kind.message, field=error.field or "", **error.params),
        )

    async def http_error(self, request: Request, error: Exception) -> Response:
        """What the router refuses: unknown addresses and methods."""
        assert isinstance(error, HTTPException)
        code = "method_not_allowed" if error.status_code == 405 else "not_found"
        return await self.refused(request, Refused(code))

    async def failed(self, request: Request, _error: Exception) -> Response:
        """Starlette logs the traceback; the reader gets none of it."""
        response = await self.refused(request, Refused("internal", retry_after=5))
        # Starlette makes this answer outside of the middleware.
        add_safe_headers(response.raw_headers)
        return response
