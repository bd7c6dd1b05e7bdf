"""Walks through every page and state, for tests that look at each of them.

A tour goes on to the next state and yields its name with what is to be looked at: the page or a frame in it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Frame, Page, expect

from tests.support.clocked import ClockedServer

State = tuple[str, Page | Frame]
Tour = Callable[["House"], Iterator[State]]

MAIL_KEY = "ab" * 32


@dataclass(frozen=True)
class House:
    """A furnished server, and browsers of people who read in one language."""

    server: ClockedServer
    locale: str
    admin: Callable[[], Page]
    """A page of somebody signed in who reads in it."""
    stranger: Callable[..., BrowserContext]
    """A browser of anybody else; with a language of their own, or this one."""
    files: Path

    def at(self, path: str) -> str:
        return self.server.url + path


def settled(page: Page, busy: str) -> None:
    """What the page has to fetch is there."""
    expect(page.locator(busy)).not_to_have_attribute("aria-busy", "true")
