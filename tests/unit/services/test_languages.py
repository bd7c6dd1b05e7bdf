"""The languages a visitor can choose."""

from collections.abc import Mapping
from typing import Any

from appliance.services.languages import Languages
from tests.unit.services.packs import pack
from translation import Routes

INTERFACE = ("en", "fa", "lt", "pt-BR")
BOTH_WAYS = (("en", "pt"), ("pt", "en"))


async def offered(readers: Mapping[str, str], *pairs: tuple[str, str]) -> dict[str, dict[str, Any]]:
    async def read() -> Mapping[str, str]:
        return readers

    routes = Routes([pack(*pair) for pair in pairs])
    languages = Languages(INTERFACE, lambda: routes, read)
    return {offer["tag"]: offer for offer in await languages.offered()}


async def test_each_is_named_as_its_speakers_name_it_and_runs_as_they_write() -> None:
    offers = await offered({})
    assert [(tag, offer["name"], offer["direction"]) for tag, offer in offers.items()] == [
        ("en", "English", "ltr"),
        ("lt", "lietuvių", "ltr"),
        ("pt-BR", "português (Brasil)", "ltr"),
        ("fa", "فارسی", "rtl"),
    ]
    assert all(offer["interface"] for offer in offers.values())


async def test_marks_on_letters_put_no_name_elsewhere() -> None:
    offers = await offered({"emma": "cs", "jan": "it", "ali": "tr"})
    assert [offer["name"] for offer in offers.values() if offer["tag"] in ("cs", "en", "it", "tr")] == [
        "čeština",
        "English",
        "italiano",
        "Türkçe",
    ]


async def test_a_language_is_understood_where_an_agent_reads_it_or_both_directions_are_there() -> None:
    offers = await offered({"emma": "en"}, *BOTH_WAYS, ("fa", "en"))
    assert {tag for tag, offer in offers.items() if offer["translated"]} == {"en", "pt-BR"}


async def test_without_agents_nothing_is_understood() -> None:
    assert not any(offer["translated"] for offer in (await offered({}, *BOTH_WAYS)).values())


async def test_what_can_be_translated_or_is_read_is_offered_even_without_texts_of_the_widget() -> None:
    offers = await offered({"emma": "en", "jan": "nl"}, ("de", "en"), ("en", "de"))
    assert {tag: offer["interface"] for tag, offer in offers.items() if tag in ("de", "nl")} == {
        "de": False,
        "nl": False,
    }
    assert offers["de"]["translated"]
    assert offers["nl"]["translated"]


async def test_a_pivot_will_do() -> None:
    pairs = (*BOTH_WAYS, ("en", "lt"), ("lt", "en"))
    offers = await offered({"rui": "pt-BR"}, *pairs)
    assert offers["lt"]["translated"]


async def test_the_offer_follows_the_team() -> None:
    readers = {"emma": "en"}

    async def read() -> Mapping[str, str]:
        return dict(readers)

    languages = Languages(INTERFACE, lambda: Routes([]), read)
    before = {offer["tag"] for offer in await languages.offered() if offer["translated"]}
    readers["farhad"] = "fa"
    after = {offer["tag"] for offer in await languages.offered() if offer["translated"]}
    assert (before, after) == ({"en"}, {"en", "fa"})
