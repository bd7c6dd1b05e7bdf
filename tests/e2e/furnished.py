"""A house with people, regions and a mail key in it, whose pages speak pseudo-locales too."""

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, StorageState

from appliance.services.passwords import Passwords
from appliance.services.team import Team
from appliance.services.workspace import WorkspaceSettings
from appliance.storage.database import open_database
from appliance.storage.people import Staff
from appliance.storage.schema import hold
from appliance.storage.settings_book import SettingsBook
from tests.e2e.tours import MAIL_KEY
from tests.load.free_port import free_port
from tests.support.clocked import ClockedServer, clocked
from tests.support.pseudo import pseudo_root
from tests.support.region_cast import cast, furnish

PASSWORD = "three unrelated words"
NAMES = {"en-XA": "Emma", "ar-XB": "Noor"}
_NAMES_AND_DATA = (
    # People, places and things of the house, and what the tours write into fields.
    "Emma Noor João Liam Lumina Intranet lumina en-xa ar-xb example nobody nowhere "
    "Pro terms csv invoice fatura email en pt Order code has left joao "
    "What is your name Where can we reach you refund workspace Friday Kur mano užsakymas is my "
    "ja lt fa de nb pt-AO Sark Palestine Sao_Paulo It arrives on no noon or so pt-BR UTC Ctrl Shift "
    "America Europe Asia "
    "Vilnius Lisbon Tehran Tokyo São Paulo Sao sao-paulo "
    # Names of products and formats.
    "Dragoman Firefox Mozilla Argos Translate OpenStreetMap Chrome Linux "
    "Translations CSV JSON API BLEU SHA OpenAPI"
)
KNOWN = frozenset(_NAMES_AND_DATA.split())
FOREIGN = (
    ("How was it with", "en"),
    ("Your refund is on its way.", "en"),
    ("Onde está o meu pedido", "pt-BR"),
    ("We answer every message on the next working day.", "en"),
    ("lietuvių", "lt"),
    ("日本語", "ja"),
    ("فارسی", "fa"),
)

TEXTS: tuple[dict[str, Any], ...] = (
    {"kind": "question", "wordings": {"en": "What is your name?"}, "required": True},
    {"kind": "question", "wordings": {"en": "Where can we reach you?"}, "answer": "email"},
    {"kind": "survey", "wordings": {"en": "How was it with {agent}?"}},
    {"kind": "canned", "wordings": {"en": "Your refund is on its way."}, "shortcut": "refund"},
)
"""What the admins of a house have written, in English alone."""


def email_of(locale: str) -> str:
    """The address of the admin who reads in a locale."""
    return f"{locale.lower()}@lumina.example"


@contextmanager
def furnished(directory: Path, *, at: str, locales: Sequence[str]) -> Iterator[ClockedServer]:
    """The server; for each locale there is an admin who reads in it."""
    data = directory / "data"
    furnish(data, cast(), "vilnius")
    _people(data, locales, datetime.fromisoformat(at).astimezone(UTC))
    port = free_port()
    settings = {
        "test_root": str(pseudo_root(directory / "root")),
        "public_url": f"http://127.0.0.1:{port}",
        "smtp_url": "smtp://127.0.0.1:1",
        "mail_from": "chat@lumina.example",
    }
    with clocked("demo", data, at=at, port=port, **settings) as server:
        yield server


def cookies_of(server: ClockedServer, browser: Browser, locale: str) -> StorageState:
    """Those of the admin who reads in a locale, signed in."""
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(f"{server.url}/console/sign-in")
    page.locator("[name=email]").fill(email_of(locale))
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/console")
    state = context.storage_state()
    context.close()
    return state


def _people(data: Path, locales: Sequence[str], now: datetime) -> None:
    async def add() -> None:
        with hold(data):
            async with open_database(data):
                team = Team(Staff(), Passwords(), lambda: now)
                await SettingsBook().write({"mail_key": {"key": MAIL_KEY}})
                await WorkspaceSettings(SettingsBook(), ()).change(name="Lumina", sites="")
                for locale in locales:
                    await team.add(
                        email=email_of(locale),
                        name=NAMES.get(locale, "Kim"),
                        password=PASSWORD,
                        language=locale,
                        time_zone="Europe/Vilnius",
                        role="admin",
                    )
                await team.add(
                    email="joao@lumina.example",
                    name="João",
                    password=None,
                    language="pt-BR",
                    time_zone="America/Sao_Paulo",
                    role="agent",
                )

    # Playwright has an event loop of its own in the thread of the test.
    with ThreadPoolExecutor(1) as other:
        other.submit(lambda: asyncio.run(add())).result()
