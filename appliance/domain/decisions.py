"""The life of a conversation: commands go in, numbered events come out.

`decide` says what a command does to a conversation (or refuses it), `evolve` applies an event. Both are
pure; the ledger calls them inside one transaction, so what they say is what is stored.
"""

from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from appliance.domain.commands import (
    Acknowledge,
    Amendment,
    Close,
    Command,
    MeetVisitor,
    Pass,
    Rate,
    Reject,
    Release,
    Reopen,
    Restore,
    Reword,
    Route,
    Take,
    Transfer,
    Translate,
    Write,
)
from appliance.domain.conversation import (
    NO_ENGINE,
    PENDING,
    PERSON,
    REJECTED,
    Assigned,
    Conversation,
    Event,
    Happening,
    LanguageChanged,
    LastMessage,
    Message,
    Offer,
    Passed,
    Person,
    Rated,
    Receipts,
    Routed,
    StateChanged,
    Transferred,
    Translated,
    TranslationChanged,
    VisitorCard,
)
from appliance.domain.languages import same_language
from appliance.domain.refusal import Refused
from appliance.domain.text import preview


def open_conversation(conversation_id: str, visitor: VisitorCard, at: datetime) -> Conversation:
    """A conversation before its first message."""
    return Conversation(id=conversation_id, visitor=visitor, opened_at=at, updated_at=at, queued_at=at)


def decide(now: Conversation, command: Command, known: Translated | None = None) -> tuple[Happening, ...]:
    """What happens in answer to a command, in order. Nothing: the command changes no more than receipts or
    the card. `known`: how the translation stands that an `Amendment` is about.

    Raises `Refused`: `already_taken` (with the agent's name), `conversation_closed`, `not_found`,
    `rating_too_early`.
    """
    match command:
        case Write(author=author):
            message = Message(
                author,
                command.client_id,
                command.text,
                command.language,
                _targets(now, command),
                command.ready,
            )
            if author.kind == "visitor":
                reopened = (StateChanged("queued", author),) if now.state == "closed" else ()
                return (*reopened, message)
            if now.state == "closed":
                raise Refused("conversation_closed")
            taken = _assign(author) if now.state == "queued" else ()
            return (*taken, message)
        case Take(agent=agent):
            if now.state == "closed":
                raise Refused("conversation_closed")
            if now.agent is not None and now.agent.id == agent.id:
                return ()
            if now.agent is not None and not command.force:
                raise Refused("already_taken", name=now.agent.name or "")
            return _assign(agent) if now.state == "queued" else (Assigned(agent),)
        case Release(agent=agent):
            if now.agent is None:
                return ()
            if now.agent.id != agent.id:
                raise Refused("already_taken", name=now.agent.name or "")
            return _release(now, agent)
        case Close(agent=agent):
            return () if now.state == "closed" else (StateChanged("closed", agent),)
        case Reopen(agent=agent):
            if now.state != "closed":
                return ()
            return _assign(agent)
        case MeetVisitor(visitor=visitor):
            return (LanguageChanged(visitor.language),) if visitor.language != now.language else ()
        case Translate() | Reword() | Reject() | Restore():
            changed = amended(known, command)
            if changed is None:
                return ()
            return (TranslationChanged(command.message, command.by, command.language, changed),)
        case Route(decision=decision, offered=offered):
            # Somebody may have taken it, or it may have ended, while this was being decided.
            return (Routed(decision, offered),) if now.state == "queued" else ()
        case Pass(agent=agent):
            if now.offer is None or now.offer.agent.id != agent.id:
                return ()
            return (Passed(agent, command.how),)
        case Transfer(agent=agent):
            if now.state == "closed":
                raise Refused("conversation_closed")
            if now.agent is not None and now.agent.id != agent.id:
                raise Refused("already_taken", name=now.agent.name or "")
            handed = Transferred(agent, command.to_agent, command.to_region, command.note)
            return (handed, *_release(now, agent))
        case Rate(score=score, comment=comment):
            if now.state != "closed" or now.answered_by is None:
                raise Refused("rating_too_early")
            rated = Rated(score, comment, now.language)
            return () if rated == now.rated else (rated,)
        case Acknowledge():
            return ()


def amended(known: Translated | None, command: Amendment) -> Translated | None:
    """How a translation stands after a command; None: as before. Raises `Refused("not_found")`."""
    match command:
        case Translate(translation=result):
            return result if _may_record(known, result) else None
        case Reword(translation=wording):
            if known is not None and (known.engine, known.text, known.doubtful) == (
                PERSON,
                wording.text,
                False,
            ):
                return None
            return replace(wording, replaced=_kept(known))
        case Reject(agent=agent):
            if known is None or known.status != "done" or known.text is None:
                raise Refused("not_found", field="language")
            if known.by is not None and REJECTED in known.flags:
                return None
            flags = tuple(sorted({*known.flags, REJECTED}))
            return replace(known, flags=flags, doubtful=True, by=agent, replaced=_kept(known))
        case Restore():
            if known is None or known.by is None:
                return None
            return PENDING if known.replaced is None else known.replaced


def _kept(known: Translated | None) -> Translated | None:
    """What is kept of a translation that somebody replaces: itself and the machine's, however many people
    have had a say."""
    if known is None or known.by is None:
        return known
    return replace(known, replaced=known.machine)


def _may_record(known: Translated | None, result: Translated) -> bool:
    if known is None:
        return True
    if known.by is not None:
        return False
    if result.source != known.source:
        # The message turned out to be in another language; what comes late from the wrong one is let go.
        return result.source is not None and (result.status == "pending" or result.engine == NO_ENGINE)
    if result.status == "pending":
        # Another try, where there is something to win by it.
        return known.status == "failed" or known.doubtful
    return known.status == "pending"


def _targets(now: Conversation, write: Write) -> tuple[str, ...]:
    """The languages a new message is needed in: the visitor's, the agent's, or those of all who may become
    it."""
    if not write.translatable:
        return ()
    if write.author.kind == "agent":
        wanted = {now.language}
    elif now.agent is not None and now.agent.id in write.readers:
        wanted = {write.readers[now.agent.id]}
    else:
        wanted = set(write.readers.values())
    given = (write.language, *write.ready)
    return tuple(
        sorted(language for language in wanted if not any(same_language(language, tag) for tag in given))
    )


def _assign(agent: Person) -> tuple[Happening, ...]:
    return (Assigned(agent), StateChanged("assigned", agent))


def _release(now: Conversation, by: Person) -> tuple[Happening, ...]:
    return (Assigned(None), StateChanged("queued", by)) if now.state == "assigned" else ()


def settle(now: Conversation, command: Command) -> Conversation:
    """What a command changes without an event: receipts and the visitor's card."""
    match command:
        case Acknowledge(party=party):
            # A reader can't have seen what does not exist; what was seen was delivered.
            seen = min(command.seen, now.last_seq)
            delivered = max(min(command.delivered, now.last_seq), seen)
            before = now.by_visitor if party == "visitor" else now.by_agent
            after = Receipts(max(before.delivered, delivered), max(before.seen, seen))
            if party == "visitor":
                return replace(now, by_visitor=after)
            end = now.last_message.seq if now.last_message else 0
            return replace(now, by_agent=after, unread=0 if after.seen >= end else now.unread)
        case MeetVisitor(visitor=visitor):
            return replace(now, visitor=visitor)
        case _:
            return now


_NOT_WAITING: dict[str, Any] = {
    "queued_at": None,
    "offer": None,
    "passed": (),
    "to_agent": None,
    "to_region": None,
    "decision": None,
}


def evolve(now: Conversation, event: Event) -> Conversation:
    """The conversation after an event. The event's number must be the next one."""
    assert event.seq == now.last_seq + 1, "events are applied in order"
    after = partial(replace, now, last_seq=event.seq, updated_at=event.at)
    match event.what:
        case Message() as message:
            ready = {tag: preview(wording.text or "") for tag, wording in message.ready.items()}
            last = LastMessage(
                event.seq, event.at, message.author.kind, preview(message.text), message.language, ready
            )
            if message.author.kind == "visitor":
                waiting = now.waiting_since or event.at
                return after(last_message=last, unread=now.unread + 1, waiting_since=waiting)
            answered_by = message.author if message.author.kind == "agent" else now.answered_by
            return after(last_message=last, waiting_since=None, answered_by=answered_by)
        case TranslationChanged(message=seq, language=language, translation=translation):
            last_message = now.last_message
            if last_message is None or last_message.seq != seq:
                return after()
            shown = {tag: text for tag, text in last_message.translations.items() if tag != language}
            if translation.status == "done" and translation.text is not None and not translation.doubtful:
                shown[language] = preview(translation.text)
            written = translation.source or last_message.language
            return after(last_message=replace(last_message, translations=shown, language=written))
        case Assigned(agent=agent):
            return after(agent=None) if agent is None else after(agent=agent, former=agent.id, **_NOT_WAITING)
        case StateChanged(state="closed"):
            return after(state="closed", agent=None, waiting_since=None, unread=0, **_NOT_WAITING)
        case StateChanged(state="queued", by=by) if by.kind == "agent":
            # Whoever has just given it away is asked last.
            return after(state="queued", queued_at=event.at, passed=(by.id,))
        case StateChanged(state="queued"):
            return after(state="queued", queued_at=event.at, began=event.seq, answered_by=None, rated=None)
        case StateChanged(state=state):
            return after(state=state)
        case Routed(decision=decision, offered=offered):
            asked = None if offered is None or decision.until is None else Offer(offered, decision.until)
            return after(region=decision.region, decision=decision, offer=asked)
        case Passed(agent=agent):
            return after(offer=None, passed=(*(id_ for id_ in now.passed if id_ != agent.id), agent.id))
        case Transferred(to_agent=to_agent, to_region=to_region):
            to = None if to_agent is None else to_agent.id
            # Whoever it is handed to is asked, even if they have passed it before.
            passed = tuple(id_ for id_ in now.passed if id_ != to)
            return after(to_agent=to, to_region=to_region, offer=None, passed=passed)
        case LanguageChanged(language=language):
            return after(visitor=replace(now.visitor, language=language))
        case Rated() as rated:
            return after(rated=rated)
