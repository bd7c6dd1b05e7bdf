"""Mail that is to be sent, as it is kept until it has been."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

MailStatus = Literal["queued", "sent", "failed"]


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody will read. `message_id` stays the same however often it is tried; `thread` is the same
    for all that belong together; `forget_url` stops further ones. Both are None for a letter that is alone.

    `through`: of a conversation, the last message that is in it; 0 where it is of none. `invitation`: the
    hash of the link it brings, whose end makes it useless.
    """

    message_id: str
    thread: str | None
    sender: str
    subject: str
    text: str
    html: str
    language: str
    forget_url: str | None
    through: int = 0
    invitation: str | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """`id` is 0 until it is stored. `conversation_id` is None for a mail to a teammate. `letter` is None once
    nobody needs it any more. `problem`: why the last attempt failed. `next_attempt_at` is None when there
    will be none."""

    id: int
    conversation_id: str | None
    recipient: str
    letter: Letter | None
    status: MailStatus
    attempts: int
    created_at: datetime
    next_attempt_at: datetime | None
    problem: str | None = None
