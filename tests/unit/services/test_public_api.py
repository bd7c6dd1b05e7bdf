"""The translation API's service: batches, detection, HTML, limits, and what is refused."""

import asyncio

import pytest

from appliance.services.public_api import (
    MAX_CHARACTERS,
    MAX_LINE,
    MAX_TEXTS,
    MOST_UNDER_WAY,
    Answer,
    ApiError,
    PublicApi,
)
from appliance.services.turns import Turns
from tests.unit.services.fakes import Interpreter
from tests.unit.services.packs import pack
from translation import Routes, Translation


class Doubting(Interpreter):
    async def translate(self, text: str, source: str, target: str) -> Translation:
        return Translation(
            text, "la la la", source, target, "fake", (source, target), ("repetition",), "fake/1"
        )


def api(engine: Interpreter | None = None, *pairs: tuple[str, str]) -> PublicApi:
    routes = Routes(
        [pack(*pair) for pair in pairs or (("pt", "en"), ("en", "pt"), ("lt", "en"), ("en", "lt"))]
    )
    return PublicApi(engine or Interpreter(), lambda: routes, Turns())


async def test_texts_come_back_in_order() -> None:
    engine = Interpreter()
    answers = await api(engine).translate(["Olá mundo", "Bom dia"], "pt", "en")
    assert [answer.text for answer in answers] == ["[en] Olá mundo", "[en] Bom dia"]
    assert {asked[1:] for asked in engine.asked} == {("pt", "en")}


async def test_auto_finds_the_language_of_each_text() -> None:
    texts = ["onde está o meu pedido, por favor", "kur yra mano užsakymas, prašau", "12:30"]
    answers = await api().translate(texts, "auto", "en")
    assert [answer.detected.language for answer in answers if answer.detected] == ["pt", "lt", "und"]
    assert answers[0].text == f"[en] {texts[0]}"
    assert answers[2] == Answer("12:30", (), answers[2].detected)


async def test_auto_leaves_a_text_alone_that_is_in_the_target_already() -> None:
    (answer,) = await api().translate(["where is my order, please"], "auto", "en")
    assert answer.detected is not None
    assert answer.detected.language == "en"


async def test_doubted_by_the_gate_the_original_comes_back_with_the_reason() -> None:
    (answer,) = await api(Doubting()).translate(["Olá mundo"], "pt", "en")
    assert (answer.text, answer.flags) == ("Olá mundo", ("repetition",))


async def test_html_keeps_its_tags() -> None:
    (answer,) = await api().translate(["<p>Olá mundo</p><p>12</p>"], "pt", "en", "html")
    assert answer.text == "<p>[en] Olá mundo</p><p>12</p>"


async def test_a_long_text_is_cut_between_its_lines_and_joined_again() -> None:
    engine = Interpreter()
    line = "palavra " * 100 + "\n"
    (answer,) = await api(engine).translate([line * 20], "pt", "en")
    assert len(engine.asked) == 4
    assert all(len(text) <= MAX_LINE for text, *_ in engine.asked)
    assert answer.text.replace("[en] ", "") == line * 20


@pytest.mark.parametrize(
    ("code", "tag"),
    [("pt", "pt"), ("PT", "pt"), ("pt-BR", "pt-BR"), ("pt_br", "pt-BR"), ("pb", "pt-BR"), ("zt", "zh-Hant")],
)
async def test_codes_as_libretranslate_writes_them(code: str, tag: str) -> None:
    engine = Interpreter()
    pairs = (("pt", "en"), ("zh-Hant", "en"))
    await api(engine, *pairs).translate(["a b"], code, "en")
    assert engine.asked == [("a b", tag, "en")]


async def refused(*arguments: object) -> ApiError:
    with pytest.raises(ApiError) as caught:
        await api().translate(*arguments)  # type: ignore[arg-type]
    return caught.value


async def test_a_misspelt_language_is_answered_with_what_may_be_meant() -> None:
    for code in ("lituanian", "Lithuanian", "ltt", "lietuvių"):
        error = await refused(["a"], code, "en")
        assert (error.code, error.params["meant"]) == ("language_misspelt", "lt"), code
    for code in ("klingon", "12", "\ud800", "x" * 10_000):
        error = await refused(["a"], "en", code)
        assert error.code == "unknown_language", code
        assert len(str(error.params["code"])) <= 40


async def test_what_is_refused() -> None:
    assert (await refused(["a"], "ja", "en")).code == "no_route"
    many = await refused(["a"] * 10_000, "pt", "en")
    assert (many.code, many.params) == ("too_many_texts", {"n": 10_000, "limit": MAX_TEXTS})
    long = await refused(["a " * MAX_CHARACTERS], "pt", "en")
    assert (long.code, long.params["n"]) == ("too_long", 2 * MAX_CHARACTERS)
    line = await refused(["a " * MAX_LINE], "pt", "en")
    assert (line.code, line.params["n"]) == ("line_too_long", 2 * MAX_LINE)


@pytest.mark.parametrize(
    ("failure", "code"),
    [("engine_failed", "engine_failed"), ("pack_damaged", "engine_failed"), ("busy", "busy")],
)
async def test_one_text_that_fails_fails_the_request(failure: str, code: str) -> None:
    engine = Interpreter()
    engine.errors["segundo"] = failure
    with pytest.raises(ApiError) as caught:
        await api(engine).translate(["primeiro", "segundo", "terceiro"], "pt", "en")
    assert caught.value.code == code


async def asked(engine: Interpreter, count: int) -> None:
    """Lets the tasks go on until the engine has been asked so often."""
    for _ in range(10_000):
        if len(engine.asked) >= count:
            return
        await asyncio.sleep(0)
    raise AssertionError(f"asked {len(engine.asked)} times")


async def test_no_request_takes_all_turns() -> None:
    engine = Interpreter()
    engine.hold = asyncio.Event()
    service = api(engine)
    large = asyncio.create_task(service.translate([f"texto {n} a" for n in range(100)], "pt", "en"))
    await asked(engine, 8)
    small = asyncio.create_task(service.translate(["um pedido pequeno"], "pt", "en"))
    await asked(engine, 9)
    assert engine.asked[8][0] == "um pedido pequeno"
    engine.hold.set()
    assert len(await large) == 100
    assert (await small)[0].text == "[en] um pedido pequeno"


def test_languages_name_themselves_and_where_they_lead() -> None:
    offers = {offer.code: offer for offer in api().languages()}
    assert offers["lt"].name == "Lithuanian"
    assert offers["lt"].targets == ("en", "lt", "pt")


def test_languages_follow_the_packs() -> None:
    routes = Routes([pack("pt", "en")])
    service = PublicApi(Interpreter(), lambda: routes, Turns())
    assert [offer.code for offer in service.languages()] == ["en", "pt"]
    routes = Routes([pack("lt", "en")])
    assert [offer.code for offer in service.languages()] == ["en", "lt"]


async def test_detection_says_that_it_can_not_tell() -> None:
    assert [(found.language, found.confidence) for found in await api().detect("😀 123")] == [("und", 0)]
    assert (await api().detect("kur yra mano siunta"))[0].language == "lt"


class Held(Interpreter):
    """Answers when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = asyncio.Event()

    async def translate(self, text: str, source: str, target: str) -> Translation:
        answer = await super().translate(text, source, target)
        await self.go_on.wait()
        return answer


async def test_more_than_can_wait_is_turned_away_at_once() -> None:
    engine = Held()
    service = api(engine)
    largest = ["Olá mundo\n" * (MAX_CHARACTERS // 10)]
    async with asyncio.TaskGroup() as group:
        waiting = [
            group.create_task(service.translate(largest, "pt", "en"))
            for _ in range(MOST_UNDER_WAY // MAX_CHARACTERS)
        ]
        await asyncio.sleep(0)
        with pytest.raises(ApiError) as refused:
            await service.translate(["Olá"], "pt", "en")
        assert refused.value.code == "busy"
        engine.go_on.set()
    assert all(task.result() for task in waiting)
    assert (await service.translate(["Olá"], "pt", "en"))[0].text == "[en] Olá"


async def test_the_rest_of_a_page_that_is_refused_is_not_translated() -> None:
    engine = Held()
    page = f"<p>{'x' * (MAX_LINE + 1)}</p>" + "".join(f"<p>bom dia {n}</p>" for n in range(500))
    with pytest.raises(ApiError) as refused:
        await api(engine).translate([page], "pt", "en", "html")
    assert refused.value.code == "line_too_long"
    asked = len(engine.asked)
    engine.go_on.set()
    for _ in range(20):
        await asyncio.sleep(0)
    assert len(engine.asked) == asked
