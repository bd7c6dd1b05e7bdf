"""The gallery: every page and mail in every locale, side by side, for whoever works on them.

Only `dragoman gallery` has it. Its pages are the real ones of a running demo, in frames; a `lang` in a page's
address decides what language the agent who is signed in has there, for what the page fetches too.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from appliance.domain.languages import is_language_tag, negotiate
from appliance.domain.mail import Letter
from appliance.domain.people import Agent, Session, Visitor
from appliance.domain.refusal import Refused
from appliance.domain.texts import Said
from appliance.i18n import Catalogues, native_name
from appliance.services.answers_by_mail import Answer, Line
from appliance.services.team import Team
from appliance.services.workspace import WorkspaceSettings
from appliance.web.answer_letters import AnswerLetters
from appliance.web.guard import Guard, Permission, Rule
from appliance.web.invitation_letters import Invitation, InvitationLetters
from appliance.web.pages import Pages

NOBODY = "nobody"
"""`as=nobody` in a page's address: as whoever is not signed in sees it."""

PAGES: Mapping[str, str] = {
    "Chat": "/widget/frame",
    "Shop": "/",
    "Sign in": f"/console/sign-in?as={NOBODY}",
    "Set up": f"/console/setup/{{setup}}?as={NOBODY}",
    "Invitation": f"/console/invite/{{invite}}?as={NOBODY}",
    "Link that has ended": f"/console/link/none?as={NOBODY}",
    "Forget an address": f"/mail/forget/none?as={NOBODY}",
    "No such page": "/console/nowhere",
    "Console": "/console",
    "Team": "/console/team",
    "Regions": "/console/regions",
    "A new region": "/console/regions/new",
    "A region": "/console/regions/everywhere",
    "Texts": "/console/texts",
    "Coverage": "/console/coverage",
    "Simulator": "/console/simulator",
    "Promises": "/console/promises",
    "Ratings": "/console/ratings",
    "Install": "/console/install",
    "Languages": "/console/languages",
    "Glossary": "/console/glossary",
    "Memory": "/console/glossary/memory",
    "API": "/console/api",
    "Profile": "/console/profile",
}
MAILS = ("answer", "invitation")
_FORMS = ("html", "txt")
_NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
# Strict, but for the styles that mails bring with them.
_MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"


class GalleryGuard(Guard):
    """Who is signed in has the language that the page's address names."""

    async def agent_of(self, connection: HTTPConnection) -> tuple[Agent, Session] | None:
        asked = _asked(connection)
        found = None if asked.get("as") == NOBODY else await super().agent_of(connection)
        language = asked.get("lang", "")
        if found is None or not is_language_tag(language):
            return found
        return replace(found[0], language=language), found[1]


@dataclass(frozen=True, slots=True)
class Gallery:
    root: Path
    team: Team
    pages: Pages
    catalogues: Catalogues
    workspace: WorkspaceSettings
    signature: Callable[[str], Awaitable[Said | None]]

    def rules(self) -> list[Rule]:
        return [
            Rule("/gallery", self.index, Permission.AGENT),
            Rule("/gallery/mails/{mail}.{form}", self.mail, Permission.AGENT),
        ]

    async def index(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /gallery`: one page in all locales (`page`), or all pages in one (`locale`)."""
        chosen = request.query_params.get("page", "")
        locale = negotiate([request.query_params.get("locale", "")[:64]], self.catalogues.locales)
        links = {purpose: await self._link(purpose) for purpose in ("setup", "invite")}
        addresses = {name: path.format(**links) for name, path in PAGES.items()}
        addresses |= {
            f"Mail: {mail} ({form})": f"/gallery/mails/{mail}.{form}" for mail in MAILS for form in _FORMS
        }
        shown = (
            [(_in(addresses[chosen], one), one, native_name(one)) for one in self.catalogues.locales]
            if chosen in addresses
            else [(_in(address, locale), locale, name) for name, address in addresses.items()]
        )
        return await self.pages.render(
            request,
            "gallery.html",
            locale="en",
            names=list(addresses),
            locales=[(one, native_name(one)) for one in self.catalogues.locales],
            chosen=chosen if chosen in addresses else "",
            chosen_locale=locale,
            shown=shown,
        )

    async def mail(self, request: Request, agent: Agent, session: Session) -> Response:
        """`GET /gallery/mails/{mail}.{form}?lang=fa`."""
        mail, form = request.path_params["mail"], request.path_params["form"]
        if mail not in MAILS or form not in _FORMS:
            raise Refused("not_found")
        letter = await self.letter(mail, negotiate([agent.language], self.catalogues.locales), agent)
        if form == "txt":
            return PlainTextResponse(f"{letter.subject}\n\n{letter.text}")
        return HTMLResponse(letter.html, headers={"content-security-policy": _MAIL_POLICY})

    async def letter(self, mail: str, locale: str, by: Agent) -> Letter:
        """A sample of one of `MAILS`."""
        where = "https://chat.example"
        if mail == "invitation":
            invitation = Invitation("0", by, locale, f"{where}/console/invite/l1.sample", _NOON)
            writer = InvitationLetters(self.root, self.catalogues, self.workspace, "chat.example")
            return await writer.write(invitation)

        async def token(visitor: Visitor) -> str:
            return "sample"

        letters = AnswerLetters(
            self.root, self.catalogues, self.workspace, token, self.signature, where, "chat.example"
        )
        page = f"{where}/lamps"
        visitor = Visitor("v", 7, "c", locale, None, "Europe/Vilnius", page, None, _NOON, _NOON)
        lines = (
            Line("Emma", "LT-4711: https://shop.example/track?id=4711", locale),
            Line("Emma", "✓", locale, "Your order arrives tomorrow.", "en"),
        )
        return await letters.write(Answer(visitor, lines, 2, 7))

    async def _link(self, purpose: str) -> str:
        if purpose == "setup":
            return await self.team.make_link("setup")
        return await self.team.make_link("invite", email="new@lumina.example", name="Ana", role="agent")


def _asked(connection: HTTPConnection) -> dict[str, str]:
    """What the address of the page says, be it this one or the one that fetches this."""
    for address in (str(connection.url), connection.headers.get("referer", "")):
        found = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        if "lang" in found or "as" in found:
            return found
    return {}


def _in(address: str, locale: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}lang={locale}"
