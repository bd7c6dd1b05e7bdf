"""The visitors' HTTP calls (docs/protocol.md)."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from appliance.domain.languages import negotiate, parse_accept_language
from appliance.domain.people import Visitor
from appliance.domain.rate import network_of
from appliance.domain.refusal import Refused
from appliance.domain.text import clean_field
from appliance.services.inbox import PAGE, Inbox
from appliance.services.visitors import Visitors
from appliance.web import views
from appliance.web.fields import Fields, checked_uuid, parse_object, read_bounded
from appliance.web.pace import Pace
from appliance.web.reply import json_response


@dataclass(frozen=True, slots=True)
class VisitorApi:
    """`pace` is per visitor, `session_pace` per address; `interface` are the locales the widget speaks."""

    inbox: Inbox
    visitors: Visitors
    pace: Pace
    session_pace: Pace
    interface: tuple[str, ...]

    async def begin_session(self, request: Request) -> Response:
        """`POST /api/visitor/session`."""
        address = request.client.host if request.client else ""
        await self.session_pace.admit(network_of(address))
        fields = await read_body(request, empty=True)
        language = fields.language("language") or negotiate(
            parse_accept_language(request.headers.get("accept-language", "")), self.interface
        )
        visitor, token = await self.visitors.begin(
            language=language,
            name=fields.line("name", 80),
            time_zone=fields.time_zone("time_zone"),
            page=fields.page("page"),
            user_agent=clean_field(request.headers.get("user-agent", "")[:400], "user-agent", 400),
            region=fields.region("region"),
            site=fields.site("site"),
            address=address or None,
        )
        answer = {
            "token": token,
            "visitor": views.own_visitor(visitor),
            "conversation": visitor.conversation_id,
        }
        return json_response(answer, status=201)

    async def write(self, request: Request) -> Response:
        """`POST /api/conversations/{conversation}/messages`."""
        visitor = await self._visitor(request)
        await self.pace.admit(visitor.id)
        fields = await read_body(request)
        client_id = fields.raw("client_id")
        appended = await self.inbox.visitor_writes(visitor, client_id, fields.raw("text"))
        message = next(event for event in appended.events if event.what.kind == "message")
        answer = views.ack(str(client_id), message, fields.ref())
        return json_response(answer, status=200 if appended.repeated else 201)

    async def events(self, request: Request) -> Response:
        """`GET /api/conversations/{conversation}/events`."""
        visitor = await self._visitor(request)
        after = _number(request, "after", 0)
        before = _number(request, "before", 0) or None
        limit = _number(request, "limit", PAGE)
        if not 1 <= limit <= PAGE:
            raise Refused("bad_field", field="limit")
        conversation = await self.inbox.conversation(visitor.conversation_id)
        last_seq = conversation.last_seq if conversation else 0
        page = await self.inbox.page(visitor.conversation_id, after=after, before=before, limit=limit)
        more = bool(page) and (page[0].seq > 1 if before else page[-1].seq < last_seq)
        events = [views.event(event, "visitor") for event in page]
        return json_response({"events": events, "last_seq": last_seq, "more": more})

    async def _visitor(self, request: Request) -> Visitor:
        """Whose token it is. Another's conversation does not exist for them."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not 0 < len(token) <= 200:
            raise Refused("token_invalid")
        visitor = await self.visitors.recognise(token)
        if checked_uuid(request.path_params["conversation"], "conversation") != visitor.conversation_id:
            raise Refused("not_found")
        return visitor


async def read_body(request: Request, *, empty: bool = False) -> Fields:
    """The JSON object of a request. `empty`: no body at all is an empty one."""
    body = await read_bounded(request)
    return Fields({}) if empty and not body else parse_object(body)


def _number(request: Request, name: str, default: int) -> int:
    raw = request.query_params.get(name)
    if raw is None:
        return default
    if not raw.isascii() or not raw.isdigit() or len(raw) > 10:
        raise Refused("bad_field", field=name)
    return Fields({name: int(raw)}).seq(name)
