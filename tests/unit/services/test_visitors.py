"""Visitors: beginning, coming back, and tokens that are not theirs."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from appliance.domain.commands import Write
from appliance.domain.conversation import LanguageChanged
from appliance.domain.entries import Entry
from appliance.domain.people import Visitor
from appliance.domain.refusal import Refused
from appliance.services.journal import Journal
from appliance.services.visitors import SESSION_LENGTH, Visitors
from tests.conftest import Clock
from tests.unit.services.fakes import MemoryLedger, MemoryVisitors


class House:
    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.book = MemoryVisitors()
        self.ledger = MemoryLedger()
        self.journal = Journal(self.ledger)
        self.visitors = Visitors(self.book, self.journal, clock)


@pytest.fixture
async def house(clock: Clock) -> AsyncIterator[House]:
    house = House(clock)
    writer = asyncio.create_task(house.journal.run())
    yield house
    house.journal.stop()
    await writer


async def test_a_new_visitor_is_numbered_and_known_by_a_token_that_is_not_kept(house: House) -> None:
    visitor, token = await house.visitors.begin(language="pt-BR", name="Ana", time_zone="America/Sao_Paulo")
    other, other_token = await house.visitors.begin(language="fa")
    assert (visitor.number, other.number) == (1, 2)
    assert len({visitor.id, other.id, visitor.conversation_id, other.conversation_id}) == 4
    assert await house.visitors.recognise(token) == visitor
    assert await house.visitors.recognise(other_token) == other
    assert token not in repr(house.book.known)


@pytest.mark.parametrize("change", ["", "cut", "longer", "other", "surrogate"])
async def test_a_forged_token_is_nobodys(house: House, change: str) -> None:
    _, token = await house.visitors.begin(language="en")
    forged = {
        "": "",
        "cut": token[:-1],
        "longer": token + "A",
        "other": "v1." + "A" * 43,
        "surrogate": "\ud800",
    }[change]
    with pytest.raises(Refused) as refused:
        await house.visitors.recognise(forged)
    assert refused.value.code == "token_invalid"


async def test_a_token_expires_180_days_after_its_last_use(house: House) -> None:
    _, token = await house.visitors.begin(language="en")
    for _ in range(3):
        house.clock.advance(days=179)
        await house.visitors.recognise(token)
    house.clock.now += SESSION_LENGTH
    await house.visitors.recognise(token)
    house.clock.now += SESSION_LENGTH + timedelta(hours=1)
    with pytest.raises(Refused) as refused:
        await house.visitors.recognise(token)
    assert refused.value.code == "token_invalid"


async def test_where_a_visitor_is_now_is_remembered_and_shown(house: House) -> None:
    visitor, token = await house.visitors.begin(language="pt-BR", page="https://shop.example/")
    write = Write(visitor.person, "m", "Olá", "pt-BR", {}, True, house.clock())
    await house.journal.submit(Entry(visitor.conversation_id, write, opening=visitor.card))
    met = await house.visitors.meet(visitor, language="fa", page="https://shop.example/lamps")
    assert (met.language, met.page) == ("fa", "https://shop.example/lamps")
    assert await house.visitors.recognise(token) == met
    assert house.ledger.conversations[visitor.conversation_id].visitor == met.card
    assert [event.what for event in house.ledger.log[visitor.conversation_id]][1:] == [LanguageChanged("fa")]


async def test_what_is_not_said_stays_and_costs_nothing(house: House) -> None:
    visitor, _ = await house.visitors.begin(language="pt-BR", page="https://shop.example/")
    assert await house.visitors.meet(visitor, language="pt-BR") is visitor
    assert await house.visitors.meet(visitor) is visitor
    assert house.ledger.batches == []


async def test_a_visitor_who_has_not_written_yet_can_choose_a_language(house: House) -> None:
    visitor, token = await house.visitors.begin(language="pt-BR")
    await house.visitors.meet(visitor, language="ja")
    assert (await house.visitors.recognise(token)).language == "ja"
    assert house.ledger.log == {}


async def test_a_full_disk_does_not_keep_a_visitor_out(house: House) -> None:
    visitor, token = await house.visitors.begin(language="pt-BR")
    house.book.error = Refused("storage_full", retry_after=30)
    house.clock.advance(days=2)
    assert (await house.visitors.recognise(token)).id == visitor.id


async def test_a_language_that_could_not_be_stored_is_not_pretended(house: House) -> None:
    visitor, token = await house.visitors.begin(language="pt-BR")
    house.book.error = Refused("storage_full", retry_after=30)
    with pytest.raises(Refused) as refused:
        await house.visitors.meet(visitor, language="ja")
    assert refused.value.code == "storage_full"
    assert (await house.visitors.recognise(token)).language == "pt-BR"


async def test_the_country_is_that_of_the_browsers_zone_and_follows_it(house: House) -> None:
    visitor, _ = await house.visitors.begin(language="lt", time_zone="Europe/Vilnius", address="192.0.2.7")
    assert visitor.country == "LT"
    visitor = await house.visitors.meet(visitor, time_zone="Asia/Tokyo")
    assert visitor.country == "JP"
    assert (await house.visitors.meet(visitor, time_zone="Etc/UTC")).country == "JP"


async def test_a_choice_of_region_is_kept_and_can_be_taken_back(house: House) -> None:
    visitor, token = await house.visitors.begin(language="lt", site="baltics")
    visitor = await house.visitors.choose_region(visitor, "tokyo")
    assert (visitor.region, visitor.site) == ("tokyo", "baltics")
    visitor = await house.visitors.choose_region(visitor, None)
    assert (await house.visitors.recognise(token)).region is None


async def test_an_address_is_kept_as_mail_servers_take_it(house: House) -> None:
    visitor, token = await house.visitors.begin(language="de")
    await house.visitors.give_email(visitor, " Ana@K\u00e4se.example ")
    assert (await house.visitors.recognise(token)).email == "Ana@xn--kse-qla.example"
    await house.visitors.give_email(await house.visitors.recognise(token), None)
    assert (await house.visitors.recognise(token)).email is None


@pytest.mark.parametrize("email", ["", "ana", "ana@", "@example.com", "a b@example.com", 7, ["a@b.example"]])
async def test_what_is_no_address_is_refused(house: House, email: object) -> None:
    visitor, _ = await house.visitors.begin(language="de")
    with pytest.raises(Refused) as refused:
        await house.visitors.give_email(visitor, email)
    assert (refused.value.code, refused.value.field) == ("bad_field", "email")


async def test_what_was_told_in_one_tab_is_not_undone_by_another(house: House) -> None:
    visitor, token = await house.visitors.begin(language="de")
    await house.visitors.give_email(visitor, "ana@example.com")
    await house.visitors.meet(visitor, language="lt")
    known = await house.visitors.recognise(token)
    assert (known.language, known.email) == ("lt", "ana@example.com")


async def test_an_address_that_was_forgotten_can_be_given_again_in_a_tab_that_knows_it_still(
    house: House,
) -> None:
    begun, token = await house.visitors.begin(language="de")
    visitor = await house.visitors.give_email(begun, "ana@example.com")
    await house.visitors.give_email(visitor, None)
    await house.visitors.give_email(visitor, "ana@example.com")
    assert (await house.visitors.recognise(token)).email == "ana@example.com"


async def test_a_choice_is_taken_back_in_a_tab_that_has_not_heard_of_it(house: House) -> None:
    visitor, token = await house.visitors.begin(language="de")
    await house.visitors.choose_region(visitor, "tokyo")
    await house.visitors.choose_region(visitor, None)
    assert (await house.visitors.recognise(token)).region is None


async def test_coming_back_does_not_bring_a_forgotten_address_back(house: House) -> None:
    begun, token = await house.visitors.begin(language="de")
    await house.visitors.give_email(begun, "ana@example.com")
    house.clock.advance(hours=2)
    found = house.book.by_token

    async def found_then_forgotten(token_hash: str) -> Visitor | None:
        visitor = await found(token_hash)
        assert visitor is not None
        await house.book.change(visitor.id, {"email": None})
        return visitor

    house.book.by_token = found_then_forgotten  # type: ignore[method-assign]
    assert (await house.visitors.recognise(token)).email is None
