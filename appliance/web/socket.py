"""What the visitors' and the agents' sockets have in common."""

import asyncio
import logging
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from appliance.domain.conversation import Event
from appliance.domain.refusal import Refused
from appliance.i18n import Catalogue
from appliance.realtime.hub import Hub
from appliance.services.inbox import PAGE, Inbox, is_client_id
from appliance.web.fields import Fields, parse_object
from appliance.web.outgoing import Outgoing
from appliance.web.reply import error_body

HELLO_SECONDS = 10.0
NO_HELLO, NOT_SIGNED_IN, TRY_LATER = 4400, 4401, 1013

_CLOSE_CODES = {
    **dict.fromkeys(("token_invalid", "not_signed_in", "forbidden"), NOT_SIGNED_IN),
    **dict.fromkeys(("busy", "storage_full", "internal", "too_fast"), TRY_LATER),
}
"""With what a socket closes whose hello is refused; anything else was no hello."""

_log = logging.getLogger(__name__)


async def receive(websocket: WebSocket) -> str | bytes:
    """The next frame as it came. Raises `WebSocketDisconnect`."""
    message = await websocket.receive()
    if message["type"] == "websocket.disconnect":
        raise WebSocketDisconnect(message.get("code", 1005))
    text: str | None = message.get("text")
    return text if text is not None else message["bytes"]


async def first_frame(websocket: WebSocket) -> str | bytes | None:
    """The hello, or None after having closed the socket of a client that did not say it in time."""
    try:
        async with asyncio.timeout(HELLO_SECONDS):
            return await receive(websocket)
    except TimeoutError:
        await websocket.close(NO_HELLO)
        return None


async def turn_away(websocket: WebSocket, refusal: Refused, words: Catalogue) -> None:
    """Says why and closes, so that only a client whose sign-in is no good looks for another."""
    await websocket.send_json(error_body(refusal, words))
    await websocket.close(_CLOSE_CODES.get(refusal.code, NO_HELLO))


class Talk:
    """One socket after its hello: reads frames, answers each, reports refusals without dropping the
    connection.

    A subclass gives `handle`, and `words`, the catalogue its reader understands.
    """

    def __init__(self, websocket: WebSocket, hub: Hub, inbox: Inbox) -> None:
        self._websocket = websocket
        self._hub = hub
        self._inbox = inbox
        self.out = Outgoing(websocket, hub, self.render)

    @property
    def words(self) -> Catalogue:
        raise NotImplementedError

    def render(self, conversation_id: str, event: Event) -> dict[str, Any]:
        raise NotImplementedError

    async def handle(self, fields: Fields, ref: str | None) -> None:
        raise NotImplementedError

    async def listen(self) -> None:
        """Until the client goes away."""
        try:
            while True:
                await self._answer(await receive(self._websocket))
        except WebSocketDisconnect:
            return

    async def _answer(self, raw: str | bytes) -> None:
        ref: str | None = None
        fields: Fields | None = None
        try:
            fields = parse_object(raw)
            ref = fields.ref()
            await self.handle(fields, ref)
        except Refused as refusal:
            self._report(refusal, fields, ref)
        except Exception:
            _log.exception("A frame could not be handled")
            self._report(Refused("internal", retry_after=5), fields, ref)

    def _report(self, refusal: Refused, fields: Fields | None, ref: str | None) -> None:
        client_id = fields.raw("client_id") if fields else None
        known = client_id if is_client_id(client_id) else None
        self.out.push(error_body(refusal, self.words, client_id=known, ref=ref))

    async def page_from(self, conversation_id: str, after: int, last_seq: int) -> tuple[list[Event], bool]:
        """What a client that has `after` needs to see next, and whether it must forget what it had."""
        if 0 < after <= last_seq and last_seq - after <= PAGE:
            return await self._inbox.page(conversation_id, after=after), False
        return await self._inbox.page(conversation_id, before=last_seq + 1), True
