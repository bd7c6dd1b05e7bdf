"""The parts that mail needs, put together; without a mail server there is only what old links lead to."""

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from appliance.domain.entries import Appended
from appliance.domain.mail import Letter, Mail, MailStatus
from appliance.domain.mail_address import ascii_address
from appliance.domain.people import Link, Visitor
from appliance.domain.refusal import Refused
from appliance.domain.texts import Said
from appliance.i18n import Catalogues
from appliance.services.answers_by_mail import AnswersByMail
from appliance.services.forget_links import ForgetLinks
from appliance.services.outbox import Outbox
from appliance.services.ports import Alarm, Clock
from appliance.services.smtp import SmtpCarrier
from appliance.services.workspace import WorkspaceSettings
from appliance.settings import Settings
from appliance.storage.ledger import Ledger
from appliance.storage.mail import MailBook
from appliance.storage.settings_book import SettingsBook
from appliance.web.answer_letters import AnswerLetters
from appliance.web.invitation_letters import Invitation, InvitationLetters

Find = Callable[[str], Awaitable[Visitor | None]]
Signature = Callable[[str], Awaitable[Said | None]]
"""What admins have written to stand below mails to readers of a language."""

Invite = Callable[[str, Invitation], Awaitable[MailStatus | None]]
"""Sends an invitation to an address and says what came of it so far; None: no mail can be sent from here."""

PATIENCE = 4.0
"""Seconds that whoever invites waits to hear whether the mail has gone."""


@dataclass(frozen=True, slots=True)
class Mailing:
    """`configured`: mail can be sent, so it is worth asking for an address. `runs` must be running for it,
    each by its name. `forget` lets go of a visitor's address, `invite` sends a link to join the team."""

    configured: bool
    links: ForgetLinks
    observe: Callable[[Appended], None]
    forget: Callable[[Visitor], Awaitable[None]]
    invite: Invite
    runs: tuple[tuple[str, Callable[[], Coroutine[Any, Any, None]]], ...] = ()


def open_mailing(
    settings: Settings,
    root: Path,
    catalogues: Catalogues,
    workspace: WorkspaceSettings,
    ledger: Ledger,
    find: Find,
    is_online: Callable[[str], bool],
    signature: Signature,
    invitations: Callable[[], Awaitable[Sequence[Link]]],
    clock: Clock,
    alarm: Alarm,
) -> Mailing:
    """`root` has the templates; `find` finds visitors by their id, `invitations` those that hold."""
    book, links = MailBook(), ForgetLinks(SettingsBook())
    server, mail_from, public_url = settings.smtp_url, settings.mail_from, settings.public_url
    if server is None or mail_from is None or public_url is None:

        async def forget(visitor: Visitor) -> None:
            await book.forget(visitor.conversation_id)

        async def nobody(recipient: str, invitation: Invitation) -> None:
            return None

        return Mailing(False, links, lambda appended: None, forget, nobody)

    # The two need each other: one fills the outbox, which asks the other whether a mail is still wanted.
    async def wanted(mail: Mail) -> bool:
        letter = mail.letter
        if letter is not None and letter.invitation is not None:
            return any(link.token_hash == letter.invitation for link in await invitations())
        return await answers.wanted(mail)

    async def put(conversation_id: str, recipient: str, letter: Letter) -> None:
        await outbox.put(conversation_id, recipient, letter)

    async def invite(recipient: str, invitation: Invitation) -> MailStatus:
        """Whatever goes wrong, the link is there to be sent by hand."""
        address = ascii_address(recipient)
        if address is None:
            return "failed"
        try:
            letter = await invitation_letters.write(invitation)
            return await outbox.put_and_see(address, letter, PATIENCE)
        except Refused:
            return "failed"

    invitation_letters = InvitationLetters(root, catalogues, workspace, mail_from.domain)
    letters = AnswerLetters(root, catalogues, workspace, links.token, signature, public_url, mail_from.domain)
    outbox = Outbox(book, SmtpCarrier(server, mail_from), mail_from, wanted, clock, alarm)
    answers = AnswersByMail(ledger, book, find, is_online, letters.write, put, clock, alarm)
    runs = (("answers by mail", answers.run), ("outbox", outbox.run))
    return Mailing(True, links, answers.observe, answers.forget, invite, runs)
