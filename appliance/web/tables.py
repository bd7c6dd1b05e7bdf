"""Tables that admins send as files, and get as files."""

from starlette.requests import Request
from starlette.responses import Response

from appliance.services.csv_tables import MOST_BYTES

EXAMPLES = 100
"""Rows of a file that a preview shows of each kind; all of those that are refused up to ten times as many."""


def file_response(content: bytes, name: str) -> Response:
    return Response(
        content,
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"},
    )


async def read_file(request: Request) -> bytes:
    """A table that is sent as the body. One that is too large is read no further; who parses it says so."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MOST_BYTES:
            break
    return bytes(content)
