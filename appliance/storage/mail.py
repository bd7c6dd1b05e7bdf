"""Mail that waits to be sent, and what became of what was."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from tortoise.connection import get_connection

from appliance.domain.mail import Letter, Mail
from appliance.storage import models
from appliance.storage.database import transaction
from appliance.storage.full_disk import refused_when_full

# Whose newest message an agent wrote, while the visitor has left an address and has not seen it.
_UNSEEN = (
    "SELECT conversation.id FROM visitor JOIN conversation ON conversation.id = visitor.conversation_id "
    "WHERE visitor.email IS NOT NULL AND conversation.updated_at > ? "
    "AND conversation.visitor_seen < conversation.last_seq ORDER BY conversation.updated_at DESC LIMIT ?"
)


class MailBook:
    """`services.outbox.MailBook` and `services.answers_by_mail.MailBook` on Tortoise."""

    @refused_when_full
    async def add(self, mail: Mail) -> None:
        await models.Mail.create(
            conversation_id=mail.conversation_id,
            recipient=mail.recipient,
            body=_body(mail.letter),
            status=mail.status,
            attempts=mail.attempts,
            created_at=mail.created_at,
            next_attempt_at=mail.next_attempt_at,
        )

    async def next(self) -> Mail | None:
        """The one that is to be tried first."""
        row = await models.Mail.filter(status="queued").order_by("next_attempt_at", "id").first()
        return None if row is None else _mail(row)

    async def queued(self) -> int:
        return await models.Mail.filter(status="queued").count()

    @refused_when_full
    async def save(self, mail: Mail) -> None:
        """How it stands now. Of one that has been sent only the numbers are kept."""
        letter = mail.letter
        await models.Mail.filter(id=mail.id).update(
            body=_body(letter) if mail.status == "queued" else {"through": letter.through if letter else 0},
            status=mail.status,
            attempts=mail.attempts,
            next_attempt_at=mail.next_attempt_at,
            problem=mail.problem,
        )

    @refused_when_full
    async def hasten(self, now: datetime) -> None:
        """What waits for a later attempt is tried now."""
        waiting = models.Mail.filter(status="queued", next_attempt_at__gt=now.astimezone(UTC))
        await waiting.update(next_attempt_at=now)

    @refused_when_full
    async def remove(self, mail_id: int) -> None:
        await models.Mail.filter(id=mail_id).delete()

    @refused_when_full
    async def forget(self, conversation_id: str) -> None:
        """Neither the visitor of this conversation nor any mail has an address any more."""
        async with transaction() as connection:
            of_it = models.Mail.filter(conversation_id=conversation_id).using_db(connection)
            await of_it.filter(status="queued").delete()
            await of_it.update(recipient="", problem=None)
            visitor = models.Visitor.filter(conversation_id=conversation_id).using_db(connection)
            await visitor.update(email=None)

    @refused_when_full
    async def prune(self, before: datetime) -> None:
        """Forgets what is done with and older than an instant."""
        old = models.Mail.filter(created_at__lt=before.astimezone(UTC))
        await old.exclude(status="queued").delete()

    async def through(self, conversation_id: str) -> int:
        """The last message of a conversation that a mail was made of; 0 before the first."""
        rows = await models.Mail.filter(conversation_id=conversation_id).order_by("-id").limit(1)
        return max((int(row.body["through"]) for row in rows), default=0)

    async def unseen(self, since: datetime, limit: int) -> list[str]:
        """Conversations since an instant whose visitor left an address and has not seen the end, the newest
        first."""
        connection = get_connection("default")
        found = await connection.execute_query_dict(_UNSEEN, [since.astimezone(UTC).isoformat(" "), limit])
        return [str(row["id"]) for row in found]


def _body(letter: Letter | None) -> dict[str, Any]:
    return {"through": 0} if letter is None else asdict(letter)


def _mail(row: models.Mail) -> Mail:
    body: Mapping[str, Any] = row.body
    return Mail(
        row.id,
        row.conversation_id,
        row.recipient,
        Letter(**body) if "subject" in body else None,
        row.status,  # type: ignore[arg-type]
        row.attempts,
        row.created_at,
        row.next_attempt_at,
        row.problem,
    )
