"""The two sides of a chat, as people use them in their browsers."""

import re

from playwright.sync_api import FrameLocator, Locator, Page, expect


class VisitorSide:
    """A shop's page with the chat in it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def chat(self) -> FrameLocator:
        return self.page.frame_locator("iframe")

    @property
    def box(self) -> Locator:
        return self.chat.locator("#text")

    def open(self, url: str) -> None:
        self.page.goto(url)
        self.open_chat()

    def open_chat(self) -> None:
        self.page.locator("button[aria-expanded=false]").click()
        expect(self.box).to_be_visible()
        # The words come from the script: with them, it is listening.
        expect(self.box).to_have_attribute("placeholder", re.compile(r"\S"))

    def come_back(self) -> None:
        """To the chat after the page was loaded anew, whether it opens by itself or not."""
        self.page.wait_for_function("window.Dragoman !== undefined")
        self.page.evaluate("window.Dragoman.open()")
        expect(self.box).to_have_attribute("placeholder", re.compile(r"\S"))

    def write(self, text: str) -> None:
        self.box.fill(text)
        self.box.press("Enter")
        expect(self.box).to_have_value("")

    def expect_text(self, pattern: str) -> Locator:
        """Waits until a message with this text can be read; gives its element."""
        found = self.chat.locator("#list").get_by_text(re.compile(pattern, re.IGNORECASE)).last
        expect(found).to_be_visible()
        return found


class AgentSide:
    """The console."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def sign_in(self, link: str) -> None:
        self.page.goto(link)
        self.page.locator("form button[type=submit]").click()
        self.page.wait_for_url("**/console")
        expect(self.page.locator("#sections")).not_to_have_attribute("aria-busy", "true")

    def open_first(self) -> None:
        """By keyboard, as someone who does it all day."""
        expect(self.page.locator("#sections").get_by_role("listitem").first).to_be_visible()
        self.page.keyboard.press("j")
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#conversation")).to_be_visible()

    def write(self, text: str) -> None:
        box = self.page.locator("#reply")
        box.fill(text)
        box.press("Enter")
        expect(box).to_have_value("")

    def expect_text(self, pattern: str) -> Locator:
        found = self.page.locator("#messages").get_by_text(re.compile(pattern, re.IGNORECASE)).last
        expect(found).to_be_visible()
        return found
