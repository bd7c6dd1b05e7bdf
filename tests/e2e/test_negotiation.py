"""Button and chat speak the language that visitor, site or browser ask for, in this order."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from appliance.i18n import Catalogues
from appliance.web.assets import assets_root
from tests.e2e.conftest import ContextMaker
from tests.e2e.talk import VisitorSide
from tests.support.server import Server

pytestmark = pytest.mark.browser

WORDS = Catalogues(assets_root() / "locales")


def shop(page: Page, server: Server, lang: str, attributes: str = "") -> None:
    """A customer's page, in a language or none, with the chat in it."""
    html = f"""<!doctype html><html lang="{lang}"><title>Shop</title><h1>Shop</h1>
      <script async src="/widget.js" {attributes}></script></html>"""
    page.route("**/shop", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    page.goto(f"{server.url}/shop")


def label(locale: str) -> str:
    return WORDS.for_locale(locale, "start").t("Open chat")


CASES = [
    # browser, page, script, locale
    ("lt-LT", "", "", "lt"),
    ("lt-LT", "fa", "", "fa"),
    ("lt-LT", "fa", 'data-language="ja"', "ja"),
    ("lt-LT", "fa", 'data-language="auto"', "lt"),
    ("tr-TR", "sv", "", "tr"),
    ("fa-IR", "&lt;img src=x onerror=alert(1)&gt;", 'data-language="%00&quot;&gt;"', "fa"),
    ("zh-TW", "", "", "zh-Hant"),
    ("en-US", "zh-CN", "", "zh-Hans"),
    ("en-US", "pt-AO", "", "pt-PT"),
    ("en-US", "pt", "", "pt-BR"),
    ("en-US", "sk", "", "cs"),
    ("sv-SE", "", "", "en"),
    ("ja-JP", "x" * 5000, "", "ja"),
]


def test_the_button_has_its_name_at_once_and_the_chat_the_same_language(
    demo: Server, new_context: ContextMaker
) -> None:
    for browser, lang, script, locale in CASES:
        page = new_context(locale=browser).new_page()
        # The button doesn't wait for the chat.
        page.route("**/widget/frame*", lambda route: route.abort())
        shop(page, demo, lang, script)
        button = page.locator("button[aria-expanded]")
        expect(button).to_have_attribute("aria-label", label(locale))
        assert page.locator("dragoman-chat").get_attribute("lang") == locale
        page.unroute("**/widget/frame*")
        page.reload()
        visitor = VisitorSide(page)
        visitor.open_chat()
        expect(visitor.chat.locator("html")).to_have_attribute("lang", locale)
        page.context.close()


def test_what_the_visitor_chose_comes_before_what_the_site_says(
    demo: Server, new_context: ContextMaker
) -> None:
    visitor = VisitorSide(new_context(locale="en-US").new_page())
    shop(visitor.page, demo, "lt")
    visitor.open_chat()
    expect(visitor.chat.locator("html")).to_have_attribute("lang", "lt")
    visitor.write("typed before")
    visitor.box.fill("half a sentence")
    visitor.chat.locator("#language").click()
    visitor.chat.locator("#choices [lang=fa]").first.click()
    expect(visitor.chat.locator("html")).to_have_attribute("dir", "rtl")
    expect(visitor.box).to_have_value("half a sentence")
    visitor.page.reload()
    button = visitor.page.locator("button[aria-expanded]")
    expect(button).to_have_attribute("aria-label", re.compile(rf"^({label('fa')}|{close('fa')})$"))
    visitor.come_back()
    expect(visitor.chat.locator("html")).to_have_attribute("lang", "fa")


def close(locale: str) -> str:
    return WORDS.for_locale(locale, "start").t("Close chat")


def test_the_site_s_script_may_change_the_language_to_the_nearest(
    demo: Server, new_context: ContextMaker
) -> None:
    visitor = VisitorSide(new_context(locale="en-US").new_page())
    shop(visitor.page, demo, "en")
    visitor.open_chat()
    for tag, locale in [("zh-HK", "zh-Hant"), ("iw", "he"), ("pt-MZ", "pt-PT"), ("lt", "lt")]:
        visitor.page.evaluate("tag => window.Dragoman.setLanguage(tag)", tag)
        expect(visitor.chat.locator("html")).to_have_attribute("lang", locale)
    for hostile in ("<b>", "", "a" * 100_000, "__proto__", "de_DE"):
        visitor.page.evaluate("tag => window.Dragoman.setLanguage(tag)", hostile)
    expect(visitor.chat.locator("html")).to_have_attribute("lang", "lt")


def test_what_a_browser_has_kept_badly_does_no_harm(demo: Server, new_context: ContextMaker) -> None:
    visitor = VisitorSide(new_context(locale="lt-LT").new_page())
    shop(visitor.page, demo, "")
    for kept in ("<b>", {"a": 1}, ["fa"], 7, "a" * 100_000, "xx"):
        visitor.page.evaluate(
            "kept => { localStorage['dragoman.language'] = kept;"
            " sessionStorage['dragoman.language'] = '<b>' }",
            json.dumps(kept),
        )
        visitor.page.reload()
        visitor.come_back()
        expect(visitor.chat.locator("html")).to_have_attribute("lang", "lt")
