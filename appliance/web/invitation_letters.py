"""Invitations as mail: the link to join the team, in the language of whoever is invited."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from appliance.domain.mail import Letter
from appliance.domain.people import Agent
from appliance.i18n import Catalogues
from appliance.services.mail_message import one_line
from appliance.services.workspace import WorkspaceSettings
from appliance.web.mail_templates import mail_templates


@dataclass(frozen=True, slots=True)
class Invitation:
    """`language`: the one that it is written in. `id`: the hash of the link. The zone of whoever invites is
    the only one that is known."""

    id: str
    by: Agent
    language: str
    url: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class _Around:
    """The sentences of a mail, in its language."""

    title: str
    what: str
    join: str
    url: str
    until: str
    stranger: str


class InvitationLetters:
    """`domain` is the one that mail comes from."""

    def __init__(self, root: Path, catalogues: Catalogues, workspace: WorkspaceSettings, domain: str) -> None:
        self._catalogues = catalogues
        self._workspace = workspace
        self._domain = domain
        self._templates = mail_templates(root)

    async def write(self, invitation: Invitation) -> Letter:
        workspace = await self._workspace.read()
        words = self._catalogues.for_locale(invitation.language, "mails")
        zone = invitation.by.time_zone
        until = words.datetime(invitation.expires_at, ZoneInfo(zone))
        around = _Around(
            title=words.t(
                "{name} invites you to the team of {workspace}",
                name=invitation.by.name,
                workspace=workspace.name,
            ),
            what=words.t(
                "Answer the visitors of {workspace} in your own language: they read you in theirs.",
                workspace=workspace.name,
            ),
            join=words.t("Join the team"),
            url=invitation.url,
            until=words.t(
                "The link works once, until {time} ({zone}).", time=until, zone=zone.replace("_", " ")
            ),
            stranger=words.t(
                "If you don't know {workspace}, you can ignore this mail.", workspace=workspace.name
            ),
        )
        html = self._templates.get_template("mails/invitation.html").render(
            lang=words.locale, dir=words.direction, around=around, workspace=workspace
        )
        return Letter(
            message_id=f"<{uuid.uuid4()}@{self._domain}>",
            thread=None,
            sender=workspace.name,
            subject=one_line(around.title),
            text=_text(around),
            html=html,
            language=words.locale,
            forget_url=None,
            invitation=invitation.id,
        )


def _text(around: _Around) -> str:
    blocks = [
        around.title,
        around.what,
        f"{around.join}:\n{around.url}",
        around.until,
        f"-- \n{around.stranger}",
    ]
    return "\n\n".join(blocks) + "\n"
