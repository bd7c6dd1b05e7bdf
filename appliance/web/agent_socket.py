"""The agent's socket (docs/protocol.md)."""

import asyncio
import logging
import math
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from appliance.domain.conversation import Conversation, Event, Message
from appliance.domain.entries import Listing
from appliance.domain.languages import same_language
from appliance.domain.people import Agent, Session
from appliance.domain.refusal import Refused
from appliance.i18n import Catalogue, Catalogues
from appliance.realtime.bus import Bus
from appliance.realtime.hub import Hub, typing_message
from appliance.services.detection import Suggestions
from appliance.services.inbox import Inbox
from appliance.services.origins import Origins
from appliance.services.ports import Clock
from appliance.services.presence import Presence, Tab
from appliance.services.previews import Previews
from appliance.services.visitors import Visitors
from appliance.services.wordings import Wordings
from appliance.web import frames, views
from appliance.web.agent_routing import AgentRouting, Desks
from appliance.web.agent_translations import AgentTranslations
from appliance.web.fields import Fields
from appliance.web.guard import Guard
from appliance.web.socket import Talk, first_frame, turn_away
from appliance.web.summaries import Summaries

MAX_OPEN = 50
MAX_LIVING = 500
"""Conversations in a `welcome` that are not closed: more than anybody looks through."""

SUMMARY_SECONDS = 0.25
_CLOSED_SHOWN = 50
_UNATTENDED = (frames.Ping, frames.Seen, frames.Idle, frames.People)
"""What a console may send without anybody being there."""

_TURN = 50
"""Summaries made before others get their turn."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class AgentSockets:
    """The endpoint, with all it needs."""

    guard: Guard
    inbox: Inbox
    suggestions: Suggestions
    wordings: Wordings
    previews: Previews
    origins: Origins
    visitors: Visitors
    presence: Presence
    desks: Desks
    hub: Hub
    bus: Bus
    catalogues: Catalogues
    clock: Clock
    summaries: Summaries = field(default_factory=Summaries)

    async def __call__(self, websocket: WebSocket) -> None:
        await websocket.accept()
        words = self.catalogues.for_locale("en")
        try:
            raw = await first_frame(websocket)
            if raw is None:
                return
            frames.parse_agent_hello(raw)
            agent, session = await self.guard.agent_of_socket(websocket)
        except Refused as refusal:
            await turn_away(websocket, refusal, words)
            return
        except WebSocketDisconnect:
            return
        with self.presence.agent(agent.person, agent.availability) as tab:
            talk = _AgentTalk(self, websocket, agent, session, tab)
            self.hub.join(talk, agent=True)
            try:
                await talk.welcome()
                await talk.listen()
            finally:
                self.hub.leave(talk)
                await talk.end()


class _AgentTalk(Talk):
    """A `realtime.hub.Watcher` of the whole inbox, and more closely of the conversations that are open."""

    def __init__(
        self, server: AgentSockets, websocket: WebSocket, agent: Agent, session: Session, tab: Tab
    ) -> None:
        super().__init__(websocket, server.hub, server.inbox)
        self._server = server
        self._agent = agent
        self._session = session
        self._translations = AgentTranslations(
            server.inbox, server.wordings, server.previews, server.origins, self.out.push, lambda: self.words
        )
        self._routing = AgentRouting(server.desks, tab, agent, self.out.push)
        self._open: dict[str, tuple[int, int]] = {}
        """The opened conversations, the longest ago first, with the visitor's receipts last told."""
        self._seen: dict[str, int] = {}
        """Of opened conversations: up to where this agent has said to have seen them."""
        self._noticed: dict[str, Conversation] = {}
        self._living: set[str] = set()
        self._has_more = False
        """Whether there are living conversations besides those the agent was told of."""
        self._welcoming = asyncio.Lock()
        self._stale = False
        self._is_signed_out = False
        self._timer: asyncio.TimerHandle | None = None
        self._flushed_at = -math.inf
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def words(self) -> Catalogue:
        return self._server.catalogues.for_locale(self._agent.language)

    def render(self, conversation_id: str, event: Event) -> dict[str, Any]:
        self._want_translation(conversation_id, event)
        return {
            "type": "event",
            "conversation": conversation_id,
            "event": self._routing.event(event),
        }

    async def welcome(self) -> None:
        """Says where everything stands. Summaries wait meanwhile, lest it overtake a newer one."""
        async with self._welcoming:
            listing = await self._list()
            shown: list[dict[str, Any]] = []
            for number, conversation in enumerate(listing.conversations):
                shown.append(self._summary(conversation))
                if number % _TURN == 0:
                    await asyncio.sleep(0)
            self.out.push(
                {
                    "type": "welcome",
                    "agent": views.own_agent(self._agent),
                    **self._routing.welcome(),
                    "conversations": shown,
                    "living": listing.living,
                    "closed_earlier": len(shown) - len(self._living) == _CLOSED_SHOWN,
                    "limits": views.LIMITS,
                    "now": views.instant(self._server.clock()),
                }
            )
        self._routing.notices()
        for conversation in listing.conversations:
            self._inbox.shown(conversation)
        if self._noticed or self._stale:
            self._flush_soon()

    async def _list(self) -> Listing:
        listing = await self._inbox.listing(self._agent, living=MAX_LIVING, closed=_CLOSED_SHOWN)
        living = [entry.id for entry in listing.conversations if entry.state != "closed"]
        self._living, self._has_more = set(living), listing.living > len(living)
        return listing

    async def end(self) -> None:
        self._translations.close()
        if self._timer is not None:
            self._timer.cancel()
        for conversation_id in self._open:
            self._hub.unwatch(conversation_id, self)
        for task in self._tasks:
            task.cancel()
        await self.out.close()

    async def handle(self, fields: Fields, ref: str | None) -> None:
        if self._is_signed_out:
            raise Refused("not_signed_in")
        agent, inbox = self._agent, self._inbox
        frame = frames.parse_agent_frame(fields)
        if not isinstance(frame, _UNATTENDED):
            self._routing.active()
        match frame:
            case frames.Open(conversation=conversation, after=after):
                await self._open_conversation(conversation, after, ref)
            case frames.Leave(conversation=conversation):
                self._leave(conversation)
            case frames.Send(conversation=conversation, client_id=client_id, text=text, translation=wording):
                appended = await inbox.agent_writes(agent, conversation or "", client_id, text, wording)
                message = next(event for event in appended.events if event.what.kind == "message")
                self.out.push(views.ack(str(client_id), message, ref))
            case frames.Take(conversation=conversation, force=force):
                await inbox.take(agent, conversation, force=force)
                self._ok(ref)
            case frames.Release(conversation=conversation):
                await inbox.release(agent, conversation)
                self._ok(ref)
            case frames.Close(conversation=conversation):
                await inbox.close(agent, conversation)
                self._ok(ref)
            case frames.Reopen(conversation=conversation):
                await inbox.reopen(agent, conversation)
                self._ok(ref)
            case frames.Typing(conversation=conversation):
                self._server.bus.publish(typing_message(conversation or "", views.person(agent.person)))
            case frames.Seen(conversation=conversation, seq=seq):
                await self._acknowledge(conversation or "", seq)
            case frames.History(conversation=conversation, before=before):
                await self._history(conversation or "", before, ref)
            case frames.Ping():
                self.out.push({"type": "pong", "now": views.instant(self._server.clock())})
            case (
                frames.Accept()
                | frames.Decline()
                | frames.Transfer()
                | frames.ChooseAvailability()
                | frames.Idle()
                | frames.People()
            ) as about_routing:
                await self._routing.handle(about_routing, ref)
            case about_a_translation:
                await self._translations.handle(agent, about_a_translation, ref)

    def changed(self, conversation: Conversation) -> None:
        receipts = (conversation.by_visitor.delivered, conversation.by_visitor.seen)
        if self._open.get(conversation.id) != receipts:
            self._open[conversation.id] = receipts
            self.out.push(
                {
                    "type": "receipts",
                    "conversation": conversation.id,
                    "delivered": receipts[0],
                    "seen": receipts[1],
                }
            )
        self.out.mark(conversation.id, conversation.last_seq)

    def noticed(self, conversation: Conversation) -> None:
        self._noticed[conversation.id] = conversation
        self._flush_soon()

    def typing(self, conversation_id: str, author: dict[str, Any]) -> None:
        if author["id"] != self._agent.id:
            self.out.push({"type": "typing", "conversation": conversation_id, "author": author})

    def presence(self) -> None:
        self._routing.situation()

    def waiting(self) -> None:
        """Only visitors' sockets are told; agents see it in the summary."""

    def suggested(self, conversation_id: str, language: str | None) -> None:
        self.out.push({"type": "suggestion", "conversation": conversation_id, "language": language})

    def signed_out(self, agent_id: str, session: str | None) -> None:
        if agent_id == self._agent.id and session in (None, self._session.token_hash):
            self._is_signed_out = True
            self._spawn(turn_away(self._websocket, Refused("not_signed_in"), self.words))

    def agent_changed(self, agent_id: str) -> None:
        if agent_id == self._agent.id:
            self._spawn(self._meet_agent())

    def resync(self) -> None:
        self._stale = True
        self._flush_soon()
        self.out.mark_all()

    async def _meet_agent(self) -> None:
        """From now on this socket speaks and reads as the agent is now."""
        agent, self._session = await self._server.guard.agent_of_socket(self._websocket)
        reads_another_language = not same_language(agent.language, self._agent.language)
        self._agent = self._routing.agent = agent
        self._server.presence.rename(agent.person)
        await self.welcome()
        if reads_another_language:
            for conversation_id in tuple(self._open):
                events = await self._inbox.page(conversation_id, before=2**31 - 1)
                await self._inbox.translate_for(conversation_id, events, agent.language)

    async def _open_conversation(self, conversation_id: str, after: int, ref: str | None) -> None:
        conversation = await self._watched(conversation_id)
        self._open.pop(conversation_id, None)
        self._open[conversation_id] = (conversation.by_visitor.delivered, conversation.by_visitor.seen)
        if len(self._open) > MAX_OPEN:
            self._leave(next(iter(self._open)))
        events, reset = await self.page_from(conversation_id, after, conversation.last_seq)
        visitor = await self._server.visitors.get(conversation.visitor.id)
        online = self._server.presence.is_online(conversation.visitor.id)
        self.out.push(
            {
                "type": "opened",
                "conversation": conversation_id,
                "events": [self._routing.event(event) for event in events],
                "reset": reset,
                "earlier": bool(events) and reset and events[0].seq > 1,
                "visitor": views.visitor_in_full(conversation, visitor, online=online),
                "suggestion": self._server.suggestions.current(conversation_id),
                "ref": ref,
            }
        )
        self.out.follow(conversation_id, events[-1].seq if events else conversation.last_seq)
        self._spawn(self._inbox.translate_for(conversation_id, events, self._agent.language))

    async def _watched(self, conversation_id: str) -> Conversation:
        """The conversation, of which nothing is missed from now on. Raises `Refused("not_found")`."""
        self._hub.watch(conversation_id, self)
        conversation = None
        try:
            conversation = await self._inbox.conversation(conversation_id)
        finally:
            if conversation is None and conversation_id not in self._open:
                self._hub.unwatch(conversation_id, self)
        if conversation is None:
            raise Refused("not_found", field="conversation")
        return conversation

    async def _history(self, conversation_id: str, before: int, ref: str | None) -> None:
        events = await self._inbox.page(conversation_id, before=before)
        self.out.push(
            {
                "type": "history",
                "conversation": conversation_id,
                "events": [self._routing.event(event) for event in events],
                "earlier": bool(events) and events[0].seq > 1,
                "ref": ref,
            }
        )
        self._spawn(self._inbox.translate_for(conversation_id, events, self._agent.language))

    async def _acknowledge(self, conversation_id: str, seen: int) -> None:
        """Of an opened conversation no more can have been seen than was sent, and each number once."""
        if conversation_id in self._open:
            seen = min(seen, self.out.last_sent(conversation_id))
            if seen <= self._seen.get(conversation_id, 0):
                return
        await self._inbox.acknowledge("agent", conversation_id, seen=seen)
        if conversation_id in self._open:
            self._seen[conversation_id] = seen

    def _leave(self, conversation_id: str) -> None:
        self._seen.pop(conversation_id, None)
        if self._open.pop(conversation_id, None) is not None:
            self._hub.unwatch(conversation_id, self)
            self.out.unfollow(conversation_id)

    def _ok(self, ref: str | None) -> None:
        self.out.push({"type": "ok", "ref": ref})

    def _summary(self, conversation: Conversation) -> dict[str, Any]:
        online = self._server.presence.is_online(conversation.visitor.id)
        return views.summary(conversation, self._agent.language, online=online)

    def _summary_frame(self, conversation: Conversation) -> str:
        online = self._server.presence.is_online(conversation.visitor.id)
        return self._server.summaries.frame(conversation, self._agent.language, online=online)

    def _want_translation(self, conversation_id: str, event: Event) -> None:
        """Somebody who looks on may read another language than the one who answers."""
        what = event.what
        if not isinstance(what, Message) or same_language(what.language, self._agent.language):
            return
        wanted = {*what.targets, *what.ready, *event.translations}
        if what.author.id != self._agent.id and not any(
            same_language(language, self._agent.language) for language in wanted
        ):
            self._spawn(self._inbox.translate_for(conversation_id, [event], self._agent.language))

    def _flush_soon(self) -> None:
        """The first at once, then gathered: of a busy conversation only the newest is worth sending."""
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_at(max(loop.time(), self._flushed_at + SUMMARY_SECONDS), self._flush)

    def _flush(self) -> None:
        self._timer = None
        self._flushed_at = asyncio.get_running_loop().time()
        if self._welcoming.locked():
            return
        if self._stale:
            self._stale = False
            self._spawn(self._reread())
        noticed, self._noticed = self._noticed, {}
        for conversation in noticed.values():
            (self._living.discard if conversation.state == "closed" else self._living.add)(conversation.id)
            self.out.supersede(conversation.id, partial(self._summary_frame, conversation))
            self._inbox.shown(conversation)
        if self._has_more and len(self._living) < MAX_LIVING // 2:
            # There is room for those that wait behind.
            self._has_more = False
            self._spawn(self.welcome())

    async def _reread(self) -> None:
        for conversation in (await self._list()).conversations:
            self.noticed(conversation)

    def _spawn(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        """Nobody waits for these tasks; what they were refused is asked for again when it is next needed."""
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None and not isinstance(error, Refused | WebSocketDisconnect):
            _log.error("A part of an agent's socket failed", exc_info=error)
