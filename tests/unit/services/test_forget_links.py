"""Links to forget an address: for one visitor, with one address, made by this server."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from appliance.domain.people import Visitor
from appliance.services.forget_links import ForgetLinks

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ONA = Visitor("v1", 1, "c1", "lt", "Ona", None, None, None, NOON, NOON, email="ona@example.com")


class Book:
    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    async def read(self) -> dict[str, Any]:
        return dict(self.values)

    async def write(self, values: Mapping[str, Any]) -> None:
        self.values.update(values)


async def test_a_link_fits_its_visitor_after_a_restart_too() -> None:
    book = Book()
    token = await ForgetLinks(book).token(ONA)
    anew = ForgetLinks(book)
    assert anew.visitor_id(token) == "v1"
    assert await anew.fits(token, ONA)


async def test_links_that_were_made_at_once_hold_after_a_restart() -> None:
    class Slow(Book):
        """Others get their turn between reading and writing, as with a real disk."""

        async def read(self) -> dict[str, Any]:
            found = await super().read()
            await asyncio.sleep(0)
            return found

    book = Slow()
    links = ForgetLinks(book)
    one, other = await asyncio.gather(links.token(ONA), links.token(ONA))
    assert one == other
    assert await ForgetLinks(book).fits(one, ONA)


async def test_it_fits_no_other_visitor_address_or_server() -> None:
    links = ForgetLinks(Book())
    token = await links.token(ONA)
    assert not await links.fits(token, replace(ONA, id="v2"))
    assert not await links.fits(token, replace(ONA, email="new@example.com"))
    assert not await links.fits(token, replace(ONA, email=None))
    assert not await ForgetLinks(Book()).fits(token, ONA)


@pytest.mark.parametrize(
    "token", ["", "f1", "f1..", "f1.v1.", "f2.v1.x", "f1.v1.x.y", "f1.v1.\ud800", "f1.v1.é"]
)
async def test_what_was_made_up_fits_nobody(token: str) -> None:
    links = ForgetLinks(Book())
    assert links.visitor_id(token) in (None, "", "v1")
    assert not await links.fits(token, ONA)


def test_what_is_too_long_to_be_one_is_not_looked_at() -> None:
    assert ForgetLinks(Book()).visitor_id(f"f1.{'v' * 10_000}.x") is None
