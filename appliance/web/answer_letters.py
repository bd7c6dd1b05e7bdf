"""Answers as mail: the words around them in the visitor's language, as text and as a page."""

import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from appliance.domain.mail import Letter
from appliance.domain.people import Visitor
from appliance.domain.texts import Said
from appliance.i18n import Catalogue, Catalogues, direction
from appliance.services.answers_by_mail import Answer, Line
from appliance.services.mail_message import one_line
from appliance.services.visitor_texts import filled
from appliance.services.workspace import WorkspaceSettings, parse_origin
from appliance.web.mail_templates import mail_templates

FORGET = "/mail/forget/"


@dataclass(frozen=True, slots=True)
class _Said:
    """A line with what stands around it. `by` and `source` are None where nothing needs to be said."""

    by: str | None
    text: str
    lang: str
    dir: str
    source: str | None
    original: str | None
    original_lang: str | None
    original_dir: str | None


@dataclass(frozen=True, slots=True)
class _Signature:
    """What admins have written to stand below, perhaps in another language than the rest."""

    text: str
    lang: str
    dir: str


@dataclass(frozen=True, slots=True)
class _Around:
    """The sentences of a mail, in the visitor's language."""

    title: str
    left_out: str | None
    back: str
    back_url: str | None
    unread: str
    why: str
    forget: str
    forget_url: str


class AnswerLetters:
    """`token` gives what a link to forget an address ends with, `signature` what admins have written for
    readers of a language; `public_url` is where such links lead; `domain` is the one that mail comes from."""

    def __init__(
        self,
        root: Path,
        catalogues: Catalogues,
        workspace: WorkspaceSettings,
        token: Callable[[Visitor], Awaitable[str]],
        signature: Callable[[str], Awaitable[Said | None]],
        public_url: str,
        domain: str,
    ) -> None:
        self._catalogues = catalogues
        self._workspace = workspace
        self._token = token
        self._signature = signature
        self._public_url = public_url
        self._domain = domain
        self._templates = mail_templates(root)

    async def write(self, answer: Answer) -> Letter:
        """Raises `Refused("storage_full")`."""
        visitor, workspace = answer.visitor, await self._workspace.read()
        words = self._catalogues.for_locale(visitor.language, "mails")
        around = _Around(
            title=_title(words, answer.lines, workspace.name),
            left_out=_left_out(words, answer.left_out),
            back=words.t("Continue the conversation"),
            back_url=_own_page(visitor.page, (*await self._workspace.sites(), self._public_url)),
            unread=words.t("Nobody reads answers to this mail. Write in the chat instead."),
            why=words.t(
                "You get this because you left your address in the chat of {workspace}.",
                workspace=workspace.name,
            ),
            forget=words.t("Forget my address"),
            forget_url=self._public_url + FORGET + quote(await self._token(visitor), safe=""),
        )
        said = _said(words, answer.lines)
        signature = _signed(await self._signature(visitor.language), answer.lines, workspace.name)
        html = self._templates.get_template("mails/answer.html").render(
            lang=words.locale,
            dir=words.direction,
            around=around,
            said=said,
            signature=signature,
            workspace=workspace,
        )
        return Letter(
            message_id=f"<{uuid.uuid4()}@{self._domain}>",
            thread=f"<{visitor.conversation_id}@{self._domain}>",
            sender=workspace.name,
            subject=one_line(around.title),
            text=_text(around, said, signature),
            html=html,
            language=words.locale,
            forget_url=around.forget_url,
            through=answer.through,
        )


def _title(words: Catalogue, lines: Sequence[Line], workspace: str) -> str:
    names = list(dict.fromkeys(line.author for line in lines if line.author))
    if len(names) == 1:
        return words.t("{name} of {workspace} has answered you", name=names[0], workspace=workspace)
    return words.t("{workspace} has answered you", workspace=workspace)


def _left_out(words: Catalogue, count: int) -> str | None:
    if not count:
        return None
    return words.tn("{n} earlier message is in the chat.", "{n} earlier messages are in the chat.", count)


def _said(words: Catalogue, lines: Sequence[Line]) -> list[_Said]:
    several = len({line.author for line in lines}) > 1
    return [
        _Said(
            by=line.author if several else None,
            text=line.text,
            lang=line.language,
            dir=direction(line.language),
            source=None
            if line.original_language is None
            else words.t("Translated from {language}", language=words.language_name(line.original_language)),
            original=line.original,
            original_lang=line.original_language,
            original_dir=None if line.original_language is None else direction(line.original_language),
        )
        for line in lines
    ]


def _signed(said: Said | None, lines: Sequence[Line], workspace: str) -> _Signature | None:
    """The signature of whoever wrote last; without a name, of the workspace."""
    if said is None:
        return None
    agent = next((line.author for line in reversed(lines) if line.author), workspace)
    signed = filled(said, {"agent": agent, "workspace": workspace})
    return _Signature(signed.text, signed.locale, direction(signed.locale))


def _text(around: _Around, said: Sequence[_Said], signature: _Signature | None) -> str:
    """The same as plain text, the originals quoted as mail programs quote."""
    blocks = [around.title]
    if around.left_out:
        blocks.append(around.left_out)
    for one in said:
        blocks.append(f"{one.by}:\n{one.text}" if one.by else one.text)
        if one.original is not None:
            quoted = "\n".join(f"> {line}" for line in one.original.split("\n"))
            blocks.append(f"{one.source}:\n{quoted}")
    if around.back_url:
        blocks.append(f"{around.back}:\n{around.back_url}")
    # Mail programs know this line as the end of what was written (RFC 3676, 4.3).
    notes = f"{around.unread}\n{around.why}\n{around.forget}: {around.forget_url}"
    blocks.append(f"-- \n{signature.text}\n\n{notes}" if signature else f"-- \n{notes}")
    return "\n\n".join(blocks) + "\n"


def _own_page(page: str | None, sites: Sequence[str]) -> str | None:
    """The page where the chat was opened, if it is on one of the workspace's sites: it is visitors' browsers
    that name it, so it may be anything."""
    if page is None or parse_origin(page) not in sites:
        return None
    parts = urlsplit(page)
    # A name before the host would read as another site's.
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], path or "/", query, ""))
