"""The translation API over HTTP: LibreTranslate's form, its errors, and what nobody should get past."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from appliance.services.public_api import MAX_TEXTS
from appliance.web.public_api import MAX_BODY, PATHS
from tests.conftest import Clock
from tests.unit.web.house import ORIGIN, House, open_house
from tests.unit.web.test_guard import RULES

ASK = {"q": "Onde está o meu pedido 48213?", "source": "pt", "target": "en"}


class Client:
    """A program with a key."""

    def __init__(self, house: House, key: str) -> None:
        self.house = house
        self.key = key

    async def post(self, path: str, **body: Any) -> httpx2.Response:
        return await self.house.http.post(path, json={"api_key": self.key, **body})

    async def translate(self, **body: Any) -> Any:
        answer = await self.post("/translate", **{**ASK, **body})
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="module")
async def client(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Client]:
    """One server for all of these tests, so that its models are loaded once."""
    clock = Clock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    directory = tmp_path_factory.mktemp("api") / "data"
    async with open_house(directory, clock, api_requests_per_minute=1_000_000.0) as house:
        yield Client(house, await make_key(house))


async def make_key(house: House, name: str = "Intranet") -> str:
    """As an admin makes one: on the page."""
    cookie = await house.agent("Boss", "admin")
    page = await house.http.post("/console/api", data={"name": name}, headers={"cookie": cookie})
    assert page.status_code == 200
    return page.text.partition('id="made-key" type="text" readonly dir="ltr" value="')[2].partition('"')[0]


async def test_a_text(client: Client) -> None:
    answer = await client.translate()
    assert set(answer) == {"translatedText", "flags"}
    assert "48213" in answer["translatedText"]
    assert "order" in answer["translatedText"].lower()


async def test_a_list_of_texts_in_one_request(client: Client) -> None:
    answer = await client.translate(q=["Bom dia!", "12:30", "Obrigado pela ajuda."])
    assert answer["translatedText"][0].lower().startswith("good")
    assert answer["translatedText"][1] == "12:30"
    assert len(answer["translatedText"]) == len(answer["flags"]) == 3
    assert (await client.translate(q=[]))["translatedText"] == []


async def test_a_form_says_the_same_as_json(client: Client) -> None:
    body = urlencode({**ASK, "api_key": client.key, "format": "text", "alternatives": "2"})
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = (await client.house.http.post("/translate", content=body, headers=headers)).json()
    assert answer == {**await client.translate(), "alternatives": []}


async def test_json_is_understood_whatever_its_header_says(client: Client) -> None:
    body = json.dumps({**ASK, "api_key": client.key})
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = await client.house.http.post("/translate", content=body, headers=headers)
    assert answer.json() == await client.translate()


async def test_a_key_may_come_in_the_header(client: Client) -> None:
    headers = {"authorization": f"Bearer {client.key}"}
    answer = await client.house.http.post("/translate", json=ASK, headers=headers)
    assert answer.json() == await client.translate()


async def test_alternatives_may_be_asked_for(client: Client) -> None:
    assert (await client.translate(alternatives=3))["alternatives"] == []
    assert (await client.translate(q=["Bom dia!", "Olá!"], alternatives=3))["alternatives"] == [[], []]


async def test_auto_tells_what_it_found(client: Client) -> None:
    answer = await client.translate(source="auto")
    assert answer["detectedLanguage"]["language"] == "pt"
    assert 50 < answer["detectedLanguage"]["confidence"] <= 100
    several = await client.translate(source="auto", q=["Onde está o meu pedido?", "Where is my order?", "7"])
    assert [found["language"] for found in several["detectedLanguage"]] == ["pt", "en", "und"]
    assert several["translatedText"][1:] == ["Where is my order?", "7"]


async def test_html_keeps_its_tags(client: Client) -> None:
    html = '<p class="x">Bom dia, <b>Ana</b>!</p><pre>npm i</pre>'
    text = (await client.translate(q=html, format="html"))["translatedText"]
    assert text.startswith('<p class="x">')
    assert text.count("<b>Ana</b>") == 1
    assert text.endswith("</p><pre>npm i</pre>")
    assert "good morning" in text.lower()


async def test_detection(client: Client) -> None:
    found = (await client.post("/detect", q="Onde está o meu pedido?")).json()
    assert found[0]["language"] == "pt"
    assert (await client.post("/detect", q="48213")).json() == [{"language": "und", "confidence": 0}]


async def test_languages_are_for_everybody(client: Client) -> None:
    answer = await client.house.http.get("/languages")
    assert {entry["code"]: entry for entry in answer.json()}["pt"] == {
        "code": "pt",
        "name": "Portuguese",
        "targets": ["en", "pt"],
    }
    assert "access-control-allow-origin" not in answer.headers


async def test_lone_surrogates_are_repaired(client: Client) -> None:
    body = json.dumps({**ASK, "q": "Bom dia \ud800 Ana", "api_key": client.key})
    answer = await client.house.http.post("/translate", content=body)
    assert answer.status_code == 200
    assert "Ana" in answer.json()["translatedText"]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"q": None}, "“q”"),
    ({"q": 7}, "“q”"),
    ({"q": {"text": "a"}}, "“q”"),
    ({"q": ["a", 7]}, "“q”"),
    ({"q": [["a"]]}, "“q”"),
    ({"q": ["Olá"] * 10_000}, f"10,000 texts, and {MAX_TEXTS}"),
    ({"q": "a " * 30_000}, "60,000 characters"),
    ({"q": "a " * 3_000}, "A line of “q” has 6,000"),
    ({"source": None}, "“source” is missing"),
    ({"source": ""}, "“source” is missing"),
    ({"source": 7}, "“source” must be"),
    ({"source": ["pt"]}, "“source” must be"),
    ({"source": "portugese"}, "Did you mean pt (Portuguese)?"),
    ({"source": "xx"}, "“xx”"),
    ({"source": "ja"}, "from ja to en"),
    ({"target": None}, "“target” is missing"),
    ({"target": True}, "“target” must be"),
    ({"target": "auto"}, "“auto”"),
    ({"target": "lt"}, "from pt to lt"),
    ({"format": "markdown"}, "“format” must be text or html"),
    ({"format": 7}, "“format” must be text or html"),
    ({"alternatives": -1}, "“alternatives” must be a whole number from 0 to 10"),
    ({"alternatives": 1.5}, "“alternatives”"),
    ({"alternatives": True}, "“alternatives”"),
    ({"alternatives": "many"}, "“alternatives”"),
    ({"alternatives": 1000}, "“alternatives”"),
    ({"api_key": 7}, "“api_key” must be a text"),
]


@pytest.mark.parametrize(("change", "words"), WRONG, ids=lambda value: str(value)[:40])
async def test_what_is_wrong_is_named(client: Client, change: dict[str, Any], words: str) -> None:
    answer = await client.post("/translate", **{**ASK, **change})
    assert answer.status_code == 400
    assert list(answer.json()) == ["error"]
    assert words in answer.json()["error"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"7", b"null", b'{"q": NaN}', b"\xff\xfe{", b"[" * 100_000, b"q=%FF&target=en"]
)
async def test_bodies_that_are_none(client: Client, body: bytes) -> None:
    for path in ("/translate", "/detect"):
        headers = {"content-type": "application/json"}
        answer = await client.house.http.post(path, content=body, headers=headers)
        assert answer.status_code == 400, answer.text
        assert "JSON object" in answer.json()["error"]


async def test_a_body_of_another_kind(client: Client) -> None:
    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = await client.house.http.post("/translate", content=b"--x--", headers=headers)
    assert (answer.status_code, "x-www-form-urlencoded" in answer.json()["error"]) == (400, True)


async def test_a_body_over_the_limit(client: Client) -> None:
    answer = await client.post("/translate", **{**ASK, "q": "a" * MAX_BODY})
    assert answer.status_code == 413
    assert "1,048,576 bytes" in answer.json()["error"]


async def test_detection_takes_one_text(client: Client) -> None:
    for body, words in (({}, "“q” is missing"), ({"q": ["a", "b"]}, "“q” must be a text"), ({"q": 7}, "“q”")):
        answer = await client.post("/detect", **body)
        assert (answer.status_code, words in answer.json()["error"]) == (400, True)


@pytest.mark.parametrize("path", ["/translate", "/detect"])
async def test_other_methods_are_told_what_to_send(client: Client, path: str) -> None:
    for method in ("GET", "PUT", "DELETE", "OPTIONS"):
        answer = await client.house.http.request(method, path)
        assert answer.status_code == 405
        assert answer.json() == {"error": "Send this request with POST."}


async def test_errors_are_in_the_clients_language(client: Client) -> None:
    answer = await client.house.http.post("/translate", json=ASK, headers={"accept-language": "lt"})
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/json"


# The description


async def test_the_description_is_valid_and_says_where_it_is(client: Client) -> None:
    answer = await client.house.http.get("/api/openapi.json")
    description = answer.json()
    OpenAPIV31SpecValidator(description).validate()
    assert description["servers"] == [{"url": ORIGIN}]


async def test_the_description_has_the_routes(client: Client) -> None:
    description = (await client.house.http.get("/api/openapi.json")).json()
    described = {
        (path, method.upper()) for path, methods in description["paths"].items() for method in methods
    }
    served = {(rule.path, method) for rule in RULES if rule.path in PATHS for method in rule.methods}
    assert described == served


CALLS: list[tuple[str, dict[str, Any]]] = [
    ("/translate", ASK),
    ("/translate", {**ASK, "q": ["Bom dia!", "7"], "source": "auto", "alternatives": 2}),
    ("/translate", {**ASK, "q": "<p>Bom dia!</p>", "format": "html", "alternatives": 1}),
    ("/translate", {**ASK, "q": "7", "source": "auto"}),
    ("/translate", {**ASK, "target": "klingon"}),
    ("/translate", {**ASK, "api_key": "k1.wrong"}),
    ("/detect", {"q": "Bom dia a todos"}),
    ("/detect", {"q": 7}),
]


@pytest.mark.parametrize(("path", "body"), CALLS, ids=str)
async def test_answers_are_as_described(client: Client, path: str, body: dict[str, Any]) -> None:
    description = (await client.house.http.get("/api/openapi.json")).json()
    answer = await client.post(path, **body)
    operation = description["paths"][path]["post"]
    schema = operation["responses"][str(answer.status_code)]["content"]["application/json"]["schema"]
    OAS31Validator({**schema, "components": description["components"]}).validate(answer.json())
    if answer.status_code == 200:
        asked = operation["requestBody"]["content"]["application/json"]["schema"]
        OAS31Validator({**asked, "components": description["components"]}).validate(body)


async def test_languages_are_as_described(client: Client) -> None:
    description = (await client.house.http.get("/api/openapi.json")).json()
    schema = description["paths"]["/languages"]["get"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    answer = await client.house.http.get("/languages")
    OAS31Validator({**schema, "components": description["components"]}).validate(answer.json())
