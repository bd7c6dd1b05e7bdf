"""The frames a client may send: a closed set, parsed at the edge."""

from dataclasses import dataclass
from typing import get_args

from appliance.domain.refusal import Refused
from appliance.domain.regions import Availability
from appliance.domain.text import clean_text
from appliance.services.wordings import Wording
from appliance.web.fields import Fields, checked_language, checked_uuid, parse_object

MAX_NOTE = 1000
"""Characters of a note to whoever gets a conversation."""


@dataclass(frozen=True, slots=True)
class VisitorHello:
    token: str
    after: int
    language: str | None
    time_zone: str | None
    page: str | None
    region: str | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Send:
    """`text`, `client_id` and the wording's text are checked by the inbox. A visitor's frame names no
    conversation and brings no translation."""

    conversation: str | None
    client_id: object
    text: object
    translation: Wording | None = None


@dataclass(frozen=True, slots=True)
class Typing:
    conversation: str | None


@dataclass(frozen=True, slots=True)
class Delivered:
    seq: int


@dataclass(frozen=True, slots=True)
class Seen:
    conversation: str | None
    seq: int


@dataclass(frozen=True, slots=True)
class Language:
    language: str


@dataclass(frozen=True, slots=True)
class ChooseRegion:
    """None: as if nothing had been chosen."""

    region: str | None


@dataclass(frozen=True, slots=True)
class GiveEmail:
    """`email` is checked by `services.visitors`."""

    email: object


@dataclass(frozen=True, slots=True)
class Rate:
    """Both are checked by `services.ratings`."""

    score: object
    comment: object


@dataclass(frozen=True, slots=True)
class History:
    conversation: str | None
    before: int


@dataclass(frozen=True, slots=True)
class Ping:
    pass


@dataclass(frozen=True, slots=True)
class AgentHello:
    pass


@dataclass(frozen=True, slots=True)
class Open:
    conversation: str
    after: int


@dataclass(frozen=True, slots=True)
class Leave:
    conversation: str


@dataclass(frozen=True, slots=True)
class Take:
    conversation: str
    force: bool


@dataclass(frozen=True, slots=True)
class Release:
    conversation: str


@dataclass(frozen=True, slots=True)
class Accept:
    conversation: str


@dataclass(frozen=True, slots=True)
class Decline:
    conversation: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """To an agent or to a region, one of the two."""

    conversation: str
    agent: str | None
    region: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class ChooseAvailability:
    state: Availability


@dataclass(frozen=True, slots=True)
class Idle:
    """Whether nobody has touched this browser for a while."""

    idle: bool


@dataclass(frozen=True, slots=True)
class People:
    pass


@dataclass(frozen=True, slots=True)
class Close:
    conversation: str


@dataclass(frozen=True, slots=True)
class Reopen:
    conversation: str


@dataclass(frozen=True, slots=True)
class Translate:
    conversation: str
    seq: int
    language: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Both texts are checked by `services.previews`."""

    conversation: str
    text: object
    translation: object


@dataclass(frozen=True, slots=True)
class Correct:
    """`text` is checked by `services.wordings`."""

    conversation: str
    seq: int
    language: str
    text: object


@dataclass(frozen=True, slots=True)
class Reject:
    conversation: str
    seq: int
    language: str


@dataclass(frozen=True, slots=True)
class Restore:
    conversation: str
    seq: int
    language: str


@dataclass(frozen=True, slots=True)
class Why:
    conversation: str
    seq: int
    language: str


VisitorFrame = Send | Typing | Delivered | Seen | Language | ChooseRegion | GiveEmail | Rate | History | Ping
TranslationFrame = Translate | Preview | Correct | Reject | Restore | Why
RoutingFrame = Accept | Decline | Transfer | ChooseAvailability | Idle | People
AgentFrame = (
    Open
    | Leave
    | Send
    | Take
    | Release
    | Close
    | Reopen
    | TranslationFrame
    | RoutingFrame
    | Typing
    | Seen
    | History
    | Ping
)


def parse_visitor_hello(raw: str | bytes) -> VisitorHello:
    """The first frame of a visitor's socket. Raises `Refused`."""
    fields = parse_object(raw)
    if fields.name("type") != "hello":
        raise Refused("bad_field", field="type")
    token = fields.raw("token")
    if not isinstance(token, str) or not 0 < len(token) <= 200:
        raise Refused("token_invalid")
    return VisitorHello(
        token,
        fields.seq("after", 0),
        fields.language("language"),
        fields.time_zone("time_zone"),
        fields.page("page"),
        fields.region("region"),
        fields.site("site"),
    )


def parse_visitor_frame(fields: Fields) -> VisitorFrame:
    """Raises `Refused`: `unknown_type`, `bad_field`."""
    match fields.name("type"):
        case "send":
            return Send(None, fields.raw("client_id"), fields.raw("text"))
        case "typing":
            return Typing(None)
        case "delivered":
            return Delivered(fields.seq("seq"))
        case "seen":
            return Seen(None, fields.seq("seq"))
        case "language":
            return Language(_language(fields))
        case "region":
            return ChooseRegion(fields.region("region"))
        case "email":
            return GiveEmail(fields.raw("email"))
        case "rate":
            return Rate(fields.raw("score"), fields.raw("comment"))
        case "history":
            return History(None, fields.seq("before"))
        case "ping":
            return Ping()
        case _:
            raise Refused("unknown_type", field="type")


def parse_agent_hello(raw: str | bytes) -> AgentHello:
    if parse_object(raw).name("type") != "hello":
        raise Refused("bad_field", field="type")
    return AgentHello()


def parse_agent_frame(fields: Fields) -> AgentFrame:
    """Raises `Refused`: `unknown_type`, `bad_field`."""
    kind = fields.name("type")
    match kind:
        case "ping":
            return Ping()
        case "people":
            return People()
        case "idle":
            return Idle(fields.flag("idle"))
        case "availability":
            return ChooseAvailability(_availability(fields))
    if kind not in _AGENT_FRAMES:
        raise Refused("unknown_type", field="type")
    conversation = fields.uuid("conversation")
    match kind:
        case "open":
            return Open(conversation, fields.seq("after", 0))
        case "send":
            return Send(conversation, fields.raw("client_id"), fields.raw("text"), _wording(fields))
        case "preview":
            return Preview(conversation, fields.raw("text"), fields.raw("translation"))
        case "correct":
            language = _language(fields)
            return Correct(conversation, fields.seq("seq"), language, fields.raw("text"))
        case "translate" | "reject" | "restore" | "why":
            return _ABOUT_TRANSLATIONS[kind](conversation, fields.seq("seq"), _language(fields))
        case "take":
            return Take(conversation, fields.flag("force"))
        case "transfer":
            return _transfer(conversation, fields)
        case "seen":
            return Seen(conversation, fields.seq("seq"))
        case "history":
            return History(conversation, fields.seq("before"))
        case _:
            return _PLAIN_AGENT_FRAMES[kind](conversation)


def _language(fields: Fields) -> str:
    return checked_language(fields.raw("language"), "language")


def _availability(fields: Fields) -> Availability:
    value = fields.raw("state")
    if value not in get_args(Availability):
        raise Refused("bad_field", field="state")
    chosen: Availability = value
    return chosen


def _transfer(conversation: str, fields: Fields) -> Transfer:
    agent, region = fields.raw("agent"), fields.region("region")
    if (agent is None) == (region is None):
        raise Refused("bad_field", field="region" if region is not None else "agent")
    if agent is not None:
        agent = checked_uuid(agent, "agent")
    return Transfer(conversation, agent, region, _note(fields))


def _note(fields: Fields) -> str | None:
    """None where there is none, or nothing to be seen of it."""
    value = fields.raw("note")
    if value is None:
        return None
    try:
        return clean_text(value, MAX_NOTE)
    except Refused as refusal:
        if refusal.code == "text_empty":
            return None
        raise Refused(refusal.code, field="note", limit=MAX_NOTE) from None


def _wording(fields: Fields) -> Wording | None:
    value = fields.raw("translation")
    if value is None:
        return None
    if not isinstance(value, dict):
        raise Refused("bad_field", field="translation")
    return Wording(checked_language(value.get("language"), "translation.language"), value.get("text"))


_ABOUT_TRANSLATIONS: dict[str, type[Translate | Reject | Restore | Why]] = {
    "translate": Translate,
    "reject": Reject,
    "restore": Restore,
    "why": Why,
}
_PLAIN_AGENT_FRAMES: dict[str, type[Leave | Accept | Decline | Release | Close | Reopen | Typing]] = {
    "leave": Leave,
    "accept": Accept,
    "decline": Decline,
    "release": Release,
    "close": Close,
    "reopen": Reopen,
    "typing": Typing,
}
_AGENT_FRAMES = frozenset(
    {"open", "send", "preview", "correct", "take", "transfer", "seen", "history"}
    | _ABOUT_TRANSLATIONS.keys()
    | _PLAIN_AGENT_FRAMES.keys()
)
