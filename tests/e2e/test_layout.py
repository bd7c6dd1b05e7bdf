"""The pages that people are on most, in languages with long words, other scripts, or from right to left."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.conftest import ContextMaker
from tests.e2e.furnished import cookies_of, furnished
from tests.e2e.tours import House
from tests.e2e.tours_chat import daily
from tests.support.clocked import ClockedServer
from tests.support.layout import look, resize

pytestmark = pytest.mark.browser

LOCALES = ("de", "ar", "ja", "zh-Hans", "fa", "lt", "tr")
WIDTHS = (320, 768, 1440)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClockedServer]:
    with furnished(tmp_path_factory.mktemp("layout"), at="2026-11-25T09:40:00Z", locales=LOCALES) as running:
        yield running


@pytest.mark.parametrize("locale", LOCALES)
def test_every_text_has_its_room(
    locale: str, server: ClockedServer, browser: Browser, new_context: ContextMaker, tmp_path: Path
) -> None:
    cookies = cookies_of(server, browser, locale)

    def stranger(**options: object) -> BrowserContext:
        context = new_context(**{"locale": locale, "viewport": {"width": 1280, "height": 900}, **options})
        context.clock.set_fixed_time(server.now)
        return context

    def admin() -> Page:
        return stranger(storage_state=cookies).new_page()

    found: list[str] = []
    for name, where in daily(House(server, locale, admin, stranger, tmp_path)):
        for width in WIDTHS:
            resize(where, width)
            found += [f"{name} at {width}: {line}" for line in look(where).layout]
    assert not found, "\n" + "\n".join(found)
