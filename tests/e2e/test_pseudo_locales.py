"""Every page and state in two pseudo-locales: no word untranslated, every text with its room."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Frame, Page, StorageState

from tests.e2e import tours_admin, tours_chat
from tests.e2e.conftest import ContextMaker
from tests.e2e.furnished import FOREIGN, KNOWN, TEXTS, cookies_of, furnished
from tests.e2e.tours import House, Tour
from tests.support.clocked import ClockedServer
from tests.support.layout import look, resize, untranslated, violations
from tests.support.pseudo import PSEUDO_LOCALES

pytestmark = pytest.mark.browser

# A Wednesday, 11:40 in Vilnius, and that evening.
DAY = "2026-11-25T09:40:00Z"
NIGHT = "2026-11-25T20:40:00Z"
BY_DAY: tuple[Tour, ...] = (
    tours_admin.entrance,
    tours_admin.joining,
    tours_admin.setting_up,
    tours_admin.languages,
    tours_admin.glossary,
    tours_admin.regions,
    tours_admin.saving,
    tours_admin.coverage,
    tours_admin.simulator,
    tours_chat.console,
    tours_chat.shop,
)
BY_NIGHT: tuple[Tour, ...] = (tours_chat.after_hours,)
WITH_TEXTS: tuple[Tour, ...] = (tours_admin.texts, tours_chat.asked)
WIDTHS = (320, 768, 1440)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClockedServer]:
    with furnished(tmp_path_factory.mktemp("pseudo"), at=DAY, locales=PSEUDO_LOCALES) as running:
        yield running


@pytest.fixture(scope="module")
def signed_in(server: ClockedServer, browser: Browser) -> dict[str, StorageState]:
    """The cookies of an admin for each locale."""
    return {locale: cookies_of(server, browser, locale) for locale in PSEUDO_LOCALES}


@pytest.fixture(scope="module")
def written(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> Iterator[tuple[ClockedServer, dict[str, StorageState]]]:
    """A house whose admins have written questions, a survey and canned responses, in English alone."""
    with furnished(tmp_path_factory.mktemp("written"), at=DAY, locales=PSEUDO_LOCALES) as running:
        cookies = {locale: cookies_of(running, browser, locale) for locale in PSEUDO_LOCALES}
        context = browser.new_context(storage_state=cookies["en-XA"])
        for text in TEXTS:
            answer = context.request.post(
                f"{running.url}/api/wordings/save",
                data={"id": None, "expected": None, **text},
                headers={"origin": running.url},
            )
            assert answer.status == 200, answer.text()
        context.close()
        yield running, cookies


@pytest.mark.parametrize("locale", PSEUDO_LOCALES)
@pytest.mark.parametrize("tour", [*BY_DAY, *BY_NIGHT], ids=lambda tour: tour.__name__)
def test_every_state_is_translated_and_has_its_room(
    tour: Tour,
    locale: str,
    server: ClockedServer,
    signed_in: dict[str, StorageState],
    new_context: ContextMaker,
    tmp_path: Path,
) -> None:
    server.set(NIGHT if tour in BY_NIGHT else DAY)
    walk(tour, house_of(server, signed_in[locale], locale, new_context, tmp_path))


@pytest.mark.parametrize("locale", PSEUDO_LOCALES)
@pytest.mark.parametrize("tour", WITH_TEXTS, ids=lambda tour: tour.__name__)
def test_every_state_with_texts_of_admins_is_translated_and_has_its_room(
    tour: Tour,
    locale: str,
    written: tuple[ClockedServer, dict[str, StorageState]],
    new_context: ContextMaker,
    tmp_path: Path,
) -> None:
    server, cookies = written
    walk(tour, house_of(server, cookies[locale], locale, new_context, tmp_path))


def house_of(
    server: ClockedServer, cookies: StorageState, locale: str, new_context: ContextMaker, files: Path
) -> House:
    def stranger(**options: object) -> BrowserContext:
        context = new_context(**{"locale": locale, "viewport": {"width": 1280, "height": 900}, **options})
        context.clock.set_fixed_time(server.now)
        return context

    def admin() -> Page:
        return stranger(timezone_id="Europe/Vilnius", storage_state=cookies).new_page()

    return House(server, locale, admin, stranger, files)


def walk(tour: Tour, house: House) -> None:
    """Looks at every state of a tour, and says all that is wrong at once."""
    found: list[str] = []
    name = "the beginning"
    try:
        for name, where in tour(house):
            found += [f"{name}: {line}" for line in examined(where, house.locale)]
    except (AssertionError, Error) as error:
        found.append(f"after “{name}” the tour broke off: {error}")
    assert not found, "\n" + "\n".join(found)


def examined(where: Page | Frame, locale: str) -> list[str]:
    """What is wrong with a state at any of the widths."""
    found: dict[str, list[int]] = {}
    for width in WIDTHS:
        resize(where, width)
        seen = look(where, FOREIGN)
        if seen.layout:
            # What a script has just drawn may still find its place: what counts is what stays.
            resize(where, width)
            seen = look(where, FOREIGN)
        lines = [*seen.layout, *seen.foreign, *untranslated(seen.words, locale, KNOWN)]
        if (locale == "en-XA" and width == WIDTHS[-1]) or (locale == "ar-XB" and width == WIDTHS[0]):
            lines += violations(where)
        for line in lines:
            found.setdefault(line, []).append(width)
    resize(where, 1280)
    direction = "rtl" if locale == "ar-XB" else "ltr"
    if (seen.lang, seen.dir) != (locale, direction):
        found[f"the page says lang={seen.lang} dir={seen.dir}"] = []
    return [f"{line} {widths}" for line, widths in found.items()]
