"""Visitors and agents as records."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from appliance.domain.conversation import Person, VisitorCard
from appliance.domain.regions import DEFAULT_CAPACITY, Availability

Role = Literal["agent", "admin"]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody on a customer's site. `conversation_id` is the id their conversation has or will have.

    `country`, `region` and `site` are as in `VisitorCard`. `email`: where answers go while they are away.
    """

    id: str
    number: int
    conversation_id: str
    language: str
    name: str | None
    time_zone: str | None
    page: str | None
    user_agent: str | None
    first_seen_at: datetime
    last_seen_at: datetime
    country: str | None = None
    region: str | None = None
    site: str | None = None
    email: str | None = None

    @property
    def person(self) -> Person:
        return Person("visitor", self.id, self.name)

    @property
    def card(self) -> VisitorCard:
        return VisitorCard(
            self.id,
            self.number,
            self.language,
            self.name,
            self.time_zone,
            self.page,
            self.country,
            self.region,
            self.site,
        )


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who answers. `password_hash` is None until a password has been chosen.

    `spoken`: languages (BCP 47) besides `language`, which is the console's. `capacity`: conversations at a
    time.
    """

    id: str
    email: str
    name: str
    avatar: str
    password_hash: str | None
    language: str
    time_zone: str
    role: Role
    active: bool
    created_at: datetime
    last_seen_at: datetime | None
    spoken: tuple[str, ...] = ()
    capacity: int = DEFAULT_CAPACITY
    availability: Availability = "online"

    @property
    def languages(self) -> tuple[str, ...]:
        return (self.language, *self.spoken)

    @property
    def person(self) -> Person:
        return Person("agent", self.id, self.name, self.avatar)

    @property
    def is_admin(self) -> bool:
        return self.role == "admin"


@dataclass(frozen=True, slots=True)
class Session:
    """An agent's sign-in on one browser, known by the hash of its token."""

    token_hash: str
    agent_id: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    user_agent: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link: to set up the workspace, to accept an invitation, to sign in."""

    token_hash: str
    purpose: Literal["setup", "invite", "sign_in"]
    expires_at: datetime
    agent_id: str | None = None
    email: str | None = None
    name: str | None = None
    role: Role | None = None
