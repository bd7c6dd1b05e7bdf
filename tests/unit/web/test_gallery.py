"""Every page and mail renders in every locale, in its language, direction and encoding."""

import html
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from appliance.i18n import Catalogues, direction
from appliance.web import gallery
from tests.conftest import Clock
from tests.unit.web.house import House, open_house

ROOT = Path(__file__).parents[3]
LOCALES = Catalogues(ROOT / "locales").locales
STATUSES = {"Link that has ended": 410, "Forget an address": 410, "No such page": 404}
# What somebody forgot to fill in. Braces of scripts, styles and examples of code are none.
PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
# The page about the memory says that such are kept.
EXAMPLES = {"{email}"}
UNREAD = re.compile(r"<(script|style|code|pre)\b.*?</\1>|<[^>]*>", re.DOTALL)


@pytest.fixture
async def shown(tmp_path: Path, clock: Clock) -> AsyncIterator[House]:
    async with open_house(tmp_path, clock, demo=True, gallery=True) as house:
        yield house


def addresses(page: str) -> dict[str, str]:
    """The frames of the gallery's page, by what stands over them."""
    found = re.findall(r'<iframe src="([^"]*)" title="([^"]*)"', page)
    return {html.unescape(title): html.unescape(address) for address, title in found}


@pytest.mark.parametrize("locale", LOCALES)
async def test_every_page_and_mail_in_a_locale(shown: House, locale: str) -> None:
    headers = {"cookie": await shown.agent("Emma", "admin")}
    index = await shown.http.get(f"/gallery?locale={locale}", headers=headers)
    frames = addresses(index.text)
    assert len(frames) == len(gallery.PAGES) + 2 * len(gallery.MAILS)
    for title, address in frames.items():
        answer = await shown.http.get(address, headers=headers)
        name = title.removesuffix(f" ({locale})")
        assert answer.status_code == STATUSES.get(name, 200), title
        assert answer.headers["content-type"].endswith("; charset=utf-8"), title
        if not address.split("?")[0].endswith(".txt"):
            said = re.search(r'<html lang="([^"]*)" dir="([^"]*)"', answer.text)
            assert said is not None, title
            assert said.groups() == (locale, direction(locale)), title
            assert "frame-ancestors 'self'" in answer.headers["content-security-policy"], title
        assert set(PLACEHOLDER.findall(UNREAD.sub(" ", answer.text))) <= EXAMPLES, title
        assert "\ufffd" not in answer.text, title


async def test_one_page_in_all_locales(shown: House) -> None:
    headers = {"cookie": await shown.agent("Emma", "admin")}
    index = await shown.http.get("/gallery?page=Promises", headers=headers)
    assert [address.partition("lang=")[2] for address in addresses(index.text).values()] == list(LOCALES)


async def test_what_a_page_fetches_is_in_its_language(shown: House) -> None:
    cookie = await shown.agent("Emma", "admin")
    headers = {"cookie": cookie, "referer": "http://testserver/console/regions?lang=fa"}
    answer = await shown.http.get("/api/regions/none", headers=headers)
    words = Catalogues(ROOT / "locales").for_locale("fa")
    assert answer.json()["message"] == words.t("This does not exist, or is not for you.")


@pytest.mark.parametrize("lang", ["", "%00", "x" * 4000, "../../etc", "<script>", "fa-" + "a-" * 400])
async def test_a_language_that_is_none_changes_nothing(shown: House, lang: str) -> None:
    headers = {"cookie": await shown.agent("Emma", "admin")}
    answer = await shown.http.get("/console/team", params={"lang": lang}, headers=headers)
    assert answer.status_code == 200
    assert '<html lang="en" dir="ltr"' in answer.text


async def test_only_the_gallery_has_it(tmp_path: Path, clock: Clock) -> None:
    async with open_house(tmp_path, clock, demo=True) as house:
        headers = {"cookie": await house.agent("Emma", "admin")}
        assert (await house.http.get("/gallery", headers=headers)).status_code == 404
        page = await house.http.get("/console/team?lang=fa", headers=headers)
        assert '<html lang="en"' in page.text
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


async def test_it_needs_signing_in(shown: House) -> None:
    assert (await shown.http.get("/gallery")).status_code == 303
    assert (await shown.http.get("/gallery/mails/answer.html")).status_code == 303


async def test_mails_there_are_none_of(shown: House) -> None:
    headers = {"cookie": await shown.agent("Emma", "admin")}
    for name in ("bill.html", "answer.pdf", "answer"):
        assert (await shown.http.get(f"/gallery/mails/{name}", headers=headers)).status_code == 404
