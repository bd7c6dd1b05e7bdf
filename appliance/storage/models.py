"""The tables as Tortoise sees them. The schema itself is made by `migrations/`; a test compares the two.

Instants are UTC. Ids that leave the server are UUIDs in text, so that they read the same everywhere.
"""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Visitor(Model):
    number = fields.BigIntField(primary_key=True)
    id = fields.CharField(max_length=36, unique=True)
    token_hash = fields.CharField(max_length=64, unique=True)
    conversation_id = fields.CharField(max_length=36, unique=True)
    language = fields.CharField(max_length=35)
    name = fields.CharField(max_length=80, null=True)
    time_zone = fields.CharField(max_length=64, null=True)
    page = fields.CharField(max_length=2048, null=True)
    user_agent = fields.CharField(max_length=400, null=True)
    first_seen_at = fields.DatetimeField()
    last_seen_at = fields.DatetimeField()
    country = fields.CharField(max_length=2, null=True)
    region = fields.CharField(max_length=36, null=True)
    site = fields.CharField(max_length=36, null=True)
    email = fields.CharField(max_length=254, null=True)

    class Meta:
        table = "visitor"


class Conversation(Model):
    id = fields.CharField(max_length=36, primary_key=True)
    visitor_id = fields.CharField(max_length=36, db_index=True)
    state = fields.CharField(max_length=16)
    agent_id = fields.CharField(max_length=36, null=True)
    agent: Any = fields.JSONField(null=True)
    card: Any = fields.JSONField()
    """The visitor as the lists show them."""
    opened_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()
    waiting_since = fields.DatetimeField(null=True)
    last_seq = fields.IntField()
    last_message: Any = fields.JSONField(null=True)
    unread = fields.IntField()
    visitor_delivered = fields.IntField()
    visitor_seen = fields.IntField()
    agent_delivered = fields.IntField()
    agent_seen = fields.IntField()
    routing: Any = fields.JSONField(null=True)

    class Meta:
        table = "conversation"
        indexes = (("state", "updated_at"),)


class Event(Model):
    id = fields.BigIntField(primary_key=True)
    conversation_id = fields.CharField(max_length=36)
    seq = fields.IntField()
    kind = fields.CharField(max_length=16)
    at = fields.DatetimeField()
    client_id = fields.CharField(max_length=64, null=True)
    body: Any = fields.JSONField()

    class Meta:
        table = "event"
        unique_together = (("conversation_id", "seq"), ("conversation_id", "client_id"))


class Translation(Model):
    """How a message stands in a language; `pending` rows are what is still to be done after a restart."""

    id = fields.BigIntField(primary_key=True)
    conversation_id = fields.CharField(max_length=36)
    message = fields.IntField()
    language = fields.CharField(max_length=35)
    status = fields.CharField(max_length=8, db_index=True)
    body: Any = fields.JSONField()

    class Meta:
        table = "translation"
        unique_together = (("conversation_id", "message", "language"),)


class Agent(Model):
    id = fields.CharField(max_length=36, primary_key=True)
    email = fields.CharField(max_length=254, unique=True)
    name = fields.CharField(max_length=80)
    avatar = fields.CharField(max_length=7)
    password_hash = fields.CharField(max_length=255, null=True)
    language = fields.CharField(max_length=35)
    time_zone = fields.CharField(max_length=64)
    role = fields.CharField(max_length=8)
    active = fields.BooleanField()
    created_at = fields.DatetimeField()
    last_seen_at = fields.DatetimeField(null=True)
    spoken: Any = fields.JSONField(null=True)
    """Languages besides the console's own."""
    capacity = fields.IntField()
    availability = fields.CharField(max_length=9)

    class Meta:
        table = "agent"


class Session(Model):
    token_hash = fields.CharField(max_length=64, primary_key=True)
    agent_id = fields.CharField(max_length=36, db_index=True)
    created_at = fields.DatetimeField()
    last_seen_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    user_agent = fields.CharField(max_length=400, null=True)

    class Meta:
        table = "session"


class Link(Model):
    """A one-time link: `setup`, `invite` or `sign_in`. Only the hash of its token is kept."""

    token_hash = fields.CharField(max_length=64, primary_key=True)
    purpose = fields.CharField(max_length=8)
    agent_id = fields.CharField(max_length=36, null=True)
    email = fields.CharField(max_length=254, null=True)
    name = fields.CharField(max_length=80, null=True)
    role = fields.CharField(max_length=8, null=True)
    expires_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "link"


class Setting(Model):
    """What admins set for the workspace, by name."""

    name = fields.CharField(max_length=64, primary_key=True)
    value: Any = fields.JSONField()

    class Meta:
        table = "setting"


class Judgement(Model):
    """A person's verdict on a translation: `approved` (their own wording) or `rejected`.

    `likeness` is the same for texts that the memory takes for one.
    """

    id = fields.BigIntField(primary_key=True)
    verdict = fields.CharField(max_length=8)
    source = fields.CharField(max_length=35)
    target = fields.CharField(max_length=35)
    text = fields.TextField()
    translation = fields.TextField()
    likeness = fields.BigIntField(db_index=True)
    agent_id = fields.CharField(max_length=36, null=True)
    at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "judgement"


class Term(Model):
    """An entry of the glossary: `keep` (left as it is), or `wordings` by language."""

    id = fields.BigIntField(primary_key=True)
    keep = fields.CharField(max_length=200, null=True)
    wordings: Any = fields.JSONField()
    note = fields.CharField(max_length=500, null=True)

    class Meta:
        table = "term"


class ApiKey(Model):
    """A key to the translation API. `requests` counts those of the day `used_on`."""

    id = fields.CharField(max_length=36, primary_key=True)
    name = fields.CharField(max_length=80)
    token_hash = fields.CharField(max_length=64, unique=True)
    created_at = fields.DatetimeField()
    last_used_at = fields.DatetimeField(null=True)
    used_on = fields.DateField(null=True)
    requests = fields.IntField()
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "api_key"


class Region(Model):
    """`body` has all that an admin says about it (`services.regions`)."""

    id = fields.CharField(max_length=36, primary_key=True)
    position = fields.IntField()
    version = fields.IntField()
    body: Any = fields.JSONField()
    changed_at = fields.DatetimeField()
    changed_by = fields.CharField(max_length=36, null=True)

    class Meta:
        table = "region"


class Promise(Model):
    """What a visitor was told who came to a closed region, and when somebody answered."""

    id = fields.BigIntField(primary_key=True)
    conversation_id = fields.CharField(max_length=36, db_index=True)
    region_id = fields.CharField(max_length=36)
    made_at = fields.DatetimeField(db_index=True)
    promised_at = fields.DatetimeField(null=True)
    due_at = fields.DatetimeField(null=True)
    """Until when an answer keeps it."""
    answered_at = fields.DatetimeField(null=True)

    class Meta:
        table = "promise"


class Mail(Model):
    """A mail that is to be sent, or was."""

    id = fields.BigIntField(primary_key=True)
    conversation_id = fields.CharField(max_length=36, null=True, db_index=True)
    recipient = fields.CharField(max_length=254)
    body: Any = fields.JSONField()
    status = fields.CharField(max_length=8)
    attempts = fields.IntField()
    created_at = fields.DatetimeField()
    next_attempt_at = fields.DatetimeField(null=True)
    problem = fields.CharField(max_length=500, null=True)

    class Meta:
        table = "mail"
        indexes = (("status", "next_attempt_at"),)


class Text(Model):
    """A text that admins write; `body` has its wordings and what goes with its kind."""

    id = fields.CharField(max_length=64, primary_key=True)
    kind = fields.CharField(max_length=16)
    position = fields.IntField()
    version = fields.IntField()
    body: Any = fields.JSONField()
    changed_at = fields.DatetimeField()
    changed_by = fields.CharField(max_length=36, null=True)

    class Meta:
        table = "text"


class Rating(Model):
    """What a visitor said last of a conversation, and who had answered it. `began`: the event with which the
    visitor began it again, 0 for the first time."""

    id = fields.BigIntField(primary_key=True)
    conversation_id = fields.CharField(max_length=36)
    began = fields.IntField()
    score = fields.IntField()
    comment = fields.CharField(max_length=1000, null=True)
    language = fields.CharField(max_length=35)
    agent_id = fields.CharField(max_length=36, null=True)
    region = fields.CharField(max_length=36, null=True)
    at = fields.DatetimeField(db_index=True)

    class Meta:
        table = "rating"
        unique_together = (("conversation_id", "began"),)
