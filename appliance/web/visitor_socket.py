"""The visitor's socket (docs/protocol.md)."""

import asyncio
import logging
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from appliance.domain.conversation import Conversation, Event
from appliance.domain.people import Visitor
from appliance.domain.refusal import Refused, suppress_when_full
from appliance.i18n import Catalogue, Catalogues
from appliance.realtime.bus import Bus
from appliance.realtime.hub import Hub, typing_message
from appliance.services.detection import Suggestions
from appliance.services.inbox import Inbox
from appliance.services.ports import Clock
from appliance.services.presence import Presence
from appliance.services.ratings import Ratings
from appliance.services.reception import Receptions
from appliance.services.visitor_texts import ReaderTexts, VisitorTexts
from appliance.services.visitors import Visitors
from appliance.web import frames, routing_views, views
from appliance.web.fields import Fields
from appliance.web.pace import Pace
from appliance.web.socket import Talk, first_frame, turn_away
from appliance.web.suggestions import offer

MAX_SOCKETS = 20
"""Open at once for one visitor: more tabs than anybody has."""

TYPING_SECONDS = 1.0
"""Clients say `typing` at most every 2 seconds; what comes faster than this is not passed on."""


_TURN = 50
"""Sockets told of new texts before others get their turn."""

_log = logging.getLogger(__name__)

_WHO = ("available", "agents")
"""Of what is told about presence, what a `welcome` has under that name."""


@dataclass(frozen=True, slots=True)
class VisitorSockets:
    """The endpoint, with all it needs."""

    inbox: Inbox
    suggestions: Suggestions
    visitors: Visitors
    presence: Presence
    receptions: Receptions
    ratings: Ratings
    texts: VisitorTexts
    hub: Hub
    bus: Bus
    catalogues: Catalogues
    pace: Pace
    clock: Clock
    mail: bool
    """Answers can be sent by mail."""
    seats: Counter[str] = field(default_factory=Counter)
    """The open sockets of each visitor."""
    talks: set["_VisitorTalk"] = field(default_factory=set)
    rereading: set[asyncio.Task[None]] = field(default_factory=set)

    def texts_changed(self) -> None:
        """Whoever is connected reads what admins have just written, too."""
        task = asyncio.create_task(self._reread())
        self.rereading.add(task)
        task.add_done_callback(self.rereading.discard)

    async def _reread(self) -> None:
        try:
            for number, talk in enumerate(tuple(self.talks), 1):
                await talk.reread()
                if number % _TURN == 0:
                    await asyncio.sleep(0)
        except Exception:
            _log.exception("Visitors could not be told of new texts")

    async def __call__(self, websocket: WebSocket) -> None:
        await websocket.accept()
        words = self.catalogues.for_locale("en")
        try:
            raw = await first_frame(websocket)
            if raw is None:
                return
            hello = frames.parse_visitor_hello(raw)
            words = self.catalogues.for_locale(hello.language or "en")
            visitor = await self.visitors.recognise(hello.token)
            with self._seat(visitor.id):
                await self._talk(websocket, hello, visitor)
        except Refused as refusal:
            await turn_away(websocket, refusal, words)
        except WebSocketDisconnect:
            return

    @contextmanager
    def _seat(self, visitor_id: str) -> Iterator[None]:
        """Raises `Refused("busy")` when the visitor has taken all of theirs."""
        if self.seats[visitor_id] >= MAX_SOCKETS:
            raise Refused("busy", retry_after=30)
        self.seats[visitor_id] += 1
        try:
            yield
        finally:
            self.seats[visitor_id] -= 1
            if not self.seats[visitor_id]:
                del self.seats[visitor_id]

    async def _talk(self, websocket: WebSocket, hello: frames.VisitorHello, visitor: Visitor) -> None:
        known_language = visitor.language
        if _is_news(hello, visitor):
            await self.pace.admit(visitor.id)
            # Without room on the disk what was written can still be read.
            with suppress_when_full():
                visitor = await self.visitors.meet(
                    visitor,
                    language=hello.language,
                    time_zone=hello.time_zone,
                    page=hello.page,
                    region=hello.region,
                    site=hello.site,
                    address=websocket.client.host if websocket.client else None,
                )
        talk = _VisitorTalk(self, websocket, visitor)
        self.hub.join(talk, agent=False)
        self.hub.watch(visitor.conversation_id, talk)
        self.talks.add(talk)
        try:
            await talk.welcome(hello.after)
            if visitor.language != known_language:
                with suppress_when_full():
                    await talk.language_chosen()
            with self.presence.visitor(visitor, talk.has_written):
                await talk.listen()
        finally:
            self.talks.discard(talk)
            self.hub.leave(talk)
            self.hub.unwatch(visitor.conversation_id, talk)
            await talk.out.close()


class _VisitorTalk(Talk):
    """A `realtime.hub.Watcher` of the visitor's one conversation."""

    def __init__(self, server: VisitorSockets, websocket: WebSocket, visitor: Visitor) -> None:
        super().__init__(websocket, server.hub, server.inbox)
        self._server = server
        self._visitor = visitor
        self._receipts = (0, 0)
        self._has_written = False
        self._texts = ReaderTexts(visitor.language)
        self._delivered = self._seen = 0
        """What has been noted of this visitor's reading."""
        self._typed_at = -math.inf
        self._told_presence: object = None
        self._told_waiting: object = routing_views.NOT_WAITING

    @property
    def words(self) -> Catalogue:
        return self._server.catalogues.for_locale(self._visitor.language)

    def render(self, conversation_id: str, event: Event) -> dict[str, Any]:
        return {"type": "event", "event": views.event(event, "visitor")}

    async def welcome(self, after: int) -> None:
        conversation_id = self._visitor.conversation_id
        conversation = await self._inbox.conversation(conversation_id)
        last_seq = conversation.last_seq if conversation else 0
        events, reset = await self.page_from(conversation_id, after, last_seq)
        if conversation is not None:
            self._has_written = True
            self._receipts = (conversation.by_agent.delivered, conversation.by_agent.seen)
            self._delivered, self._seen = conversation.by_visitor.delivered, conversation.by_visitor.seen
        await self._read_texts()
        presence = self._told_presence = self._presence()
        waiting = self._told_waiting = self._waiting()
        self.out.push(
            {
                "type": "welcome",
                "visitor": views.own_visitor(self._visitor),
                "conversation": views.visitors_conversation(conversation_id, conversation),
                "events": [views.event(event, "visitor") for event in events],
                "reset": reset,
                "earlier": bool(events) and reset and events[0].seq > 1,
                "presence": {name: presence[name] for name in _WHO},
                **{name: value for name, value in presence.items() if name not in _WHO},
                "waiting": None if waiting is routing_views.NOT_WAITING else waiting,
                "suggestion": offer(
                    self._server.suggestions.current(conversation_id), self._server.catalogues
                ),
                "limits": views.LIMITS,
                "now": views.instant(self._server.clock()),
            }
        )
        self.out.follow(conversation_id, events[-1].seq if events else last_seq)

    async def reread(self) -> None:
        """The texts are others now."""
        await self._read_texts()
        self.presence()
        self.waiting()

    async def _read_texts(self) -> None:
        self._texts = await self._server.texts.for_reader(self._visitor.language)

    async def language_chosen(self) -> None:
        """What agents wrote becomes readable in it, and what was written in it already under another one is
        understood."""
        conversation_id, language = self._visitor.conversation_id, self._visitor.language
        await self._inbox.translate_replies(conversation_id, language)
        await self._server.suggestions.review(conversation_id, language)

    async def handle(self, fields: Fields, ref: str | None) -> None:
        match frames.parse_visitor_frame(fields):
            case frames.Send(client_id=client_id, text=text):
                await self._server.pace.admit(self._visitor.id)
                appended = await self._inbox.visitor_writes(self._visitor, client_id, text)
                self._acknowledge_message(str(client_id), _message_of(appended.events), ref)
            case frames.Typing() if self._is_news_that_they_type():
                author = views.person(self._visitor.person)
                self._server.bus.publish(typing_message(self._visitor.conversation_id, author))
            case frames.Delivered(seq=seq):
                await self._acknowledge(delivered=seq)
            case frames.Seen(seq=seq):
                await self._acknowledge(seen=seq)
            case frames.Language(language=language):
                await self._server.pace.admit(self._visitor.id)
                self._visitor = await self._server.visitors.meet(self._visitor, language=language)
                await self.reread()
                await self.language_chosen()
            case frames.ChooseRegion(region=region):
                await self._server.pace.admit(self._visitor.id)
                if region is not None and not self._server.receptions.exists(region):
                    raise Refused("bad_field", field="region")
                self._visitor = await self._server.visitors.choose_region(self._visitor, region)
                self.out.push({"type": "ok", "ref": ref})
                self.presence()
            case frames.GiveEmail(email=email):
                await self._server.pace.admit(self._visitor.id)
                self._visitor = await self._server.visitors.give_email(self._visitor, email)
                self.out.push({"type": "ok", "ref": ref})
                self.presence()
                self.waiting()
            case frames.Rate(score=score, comment=comment):
                await self._server.pace.admit(self._visitor.id)
                await self._server.ratings.rate(self._visitor, score, comment)
                self.out.push({"type": "ok", "ref": ref})
            case frames.History(before=before):
                await self._server.pace.admit(f"{self._visitor.id} reads")
                events = await self._inbox.page(self._visitor.conversation_id, before=before)
                self.out.push(
                    {
                        "type": "history",
                        "events": [views.event(event, "visitor") for event in events],
                        "earlier": bool(events) and events[0].seq > 1,
                        "ref": ref,
                    }
                )
            case frames.Ping():
                self.out.push({"type": "pong", "now": views.instant(self._server.clock())})

    def _acknowledge_message(self, client_id: str, message: Event, ref: str | None) -> None:
        """The ack brings the event along where that is the next one; otherwise it comes in its turn."""
        is_next = self.out.take_over(self._visitor.conversation_id, message.seq)
        shown = views.event(message, "visitor") if is_next else None
        self.out.push(views.ack(client_id, message, ref, shown))

    def _is_news_that_they_type(self) -> bool:
        now = asyncio.get_running_loop().time()
        if now - self._typed_at < TYPING_SECONDS:
            return False
        self._typed_at = now
        return True

    async def _acknowledge(self, *, delivered: int = 0, seen: int = 0) -> None:
        """No more can have arrived than was sent, and what has been noted is not noted again."""
        sent = self.out.last_sent(self._visitor.conversation_id)
        delivered, seen = min(delivered, sent), min(seen, sent)
        if delivered <= self._delivered and seen <= self._seen:
            return
        try:
            await self._inbox.acknowledge(
                "visitor", self._visitor.conversation_id, delivered=delivered, seen=seen
            )
        except Refused as refusal:
            # Nothing written yet, so nothing to have seen.
            if refusal.code != "not_found":
                raise
        self._seen = max(self._seen, seen)
        self._delivered = max(self._delivered, delivered, seen)

    def has_written(self) -> bool:
        """Whether there is a conversation that agents know."""
        return self._has_written

    def changed(self, conversation: Conversation) -> None:
        self._has_written = True
        receipts = (conversation.by_agent.delivered, conversation.by_agent.seen)
        if receipts != self._receipts:
            self._receipts = receipts
            self.out.push({"type": "receipts", "delivered": receipts[0], "seen": receipts[1]})
        self.out.mark(conversation.id, conversation.last_seq)

    def noticed(self, conversation: Conversation) -> None:
        """Only agents' sockets are told."""

    def typing(self, conversation_id: str, author: dict[str, Any]) -> None:
        if author["kind"] == "agent":
            agent = {"name": author["name"], "avatar": author.get("avatar")}
            self.out.push({"type": "typing", "agent": agent})

    def presence(self) -> None:
        if self._told_presence is None:
            # The `welcome` is about to say it.
            return
        presence = self._presence()
        if presence != self._told_presence:
            self._told_presence = presence
            self.out.push({"type": "presence", **presence})

    def waiting(self) -> None:
        waiting = self._waiting()
        if self._told_presence is not None and waiting != self._told_waiting:
            self._told_waiting = waiting
            self.out.push({"type": "waiting", **waiting})

    def _presence(self) -> dict[str, Any]:
        receptions = self._server.receptions
        return routing_views.presence(
            receptions.reception(self._visitor), self._visitor, receptions.regions(), self._texts
        )

    def _waiting(self) -> dict[str, Any]:
        how = self._server.receptions.waiting(self._visitor.conversation_id)
        return (
            routing_views.NOT_WAITING
            if how is None
            else routing_views.waiting(how, self._visitor, self._texts, mail=self._server.mail)
        )

    def suggested(self, conversation_id: str, language: str | None) -> None:
        shown = offer(language, self._server.catalogues)
        self.out.push({"type": "suggestion", "suggestion": shown})

    def signed_out(self, agent_id: str, session: str | None) -> None:
        """Only agents' sockets are told."""

    def agent_changed(self, agent_id: str) -> None:
        """Only agents' sockets are told."""

    def resync(self) -> None:
        self.out.mark_all()


def _is_news(hello: frames.VisitorHello, visitor: Visitor) -> bool:
    """Whether there is something to note about a visitor who comes back."""
    told = (hello.language, hello.time_zone, hello.page, hello.region, hello.site)
    known = (visitor.language, visitor.time_zone, visitor.page, visitor.region, visitor.site)
    return any(new is not None and new != old for new, old in zip(told, known, strict=True))


def _message_of(events: tuple[Event, ...]) -> Event:
    """The message among what writing it has made (a state may come before it)."""
    return next(event for event in events if event.what.kind == "message")
