"""The parts that mail needs, put together; without a mail server there is only what old links lead to."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from appliance.domain.entries import Appended
from appliance.domain.mail import Letter, Mail
from appliance.domain.people import Visitor
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

Find = Callable[[str], Awaitable[Visitor | None]]


@dataclass(frozen=True, slots=True)
class Mailing:
    """`configured`: mail can be sent, so it is worth asking for an address. `runs` must be running for it,
    each by its name. `forget` lets go of a visitor's address."""

    configured: bool
    links: ForgetLinks
    observe: Callable[[Appended], None]
    forget: Callable[[Visitor], Awaitable[None]]
    runs: tuple[tuple[str, Callable[[], Coroutine[Any, Any, None]]], ...] = ()


def open_mailing(
    settings: Settings,
    root: Path,
    catalogues: Catalogues,
    workspace: WorkspaceSettings,
    ledger: Ledger,
    find: Find,
    is_online: Callable[[str], bool],
    clock: Clock,
    alarm: Alarm,
) -> Mailing:
    """`root` has the templates; `find` finds visitors by their id."""
    book, links = MailBook(), ForgetLinks(SettingsBook())
    server, mail_from, public_url = settings.smtp_url, settings.mail_from, settings.public_url
    if server is None or mail_from is None or public_url is None:

        async def forget(visitor: Visitor) -> None:
            await book.forget(visitor.conversation_id)

        return Mailing(False, links, lambda appended: None, forget)

    # The two need each other: one fills the outbox, which asks the other whether a mail is still wanted.
    async def wanted(mail: Mail) -> bool:
        return await answers.wanted(mail)

    async def put(conversation_id: str, recipient: str, letter: Letter) -> None:
        await outbox.put(conversation_id, recipient, letter)

    letters = AnswerLetters(root, catalogues, workspace, links.token, public_url, mail_from.domain)
    outbox = Outbox(book, SmtpCarrier(server, mail_from), mail_from, wanted, clock, alarm)
    answers = AnswersByMail(ledger, book, find, is_online, letters.write, put, clock, alarm)
    runs = (("answers by mail", answers.run), ("outbox", outbox.run))
    return Mailing(True, links, answers.observe, answers.forget, runs)
