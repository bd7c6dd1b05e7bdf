"""Language tags of strangers, in headers, addresses and the API: a language of ours or a clear error."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from appliance.domain.languages import negotiate
from appliance.i18n import Catalogues
from appliance.web.assets import assets_root
from appliance.web.pages import wishes
from tests.unit.web.house import House

CATALOGUES = Catalogues(assets_root() / "locales")
HOSTILE = [
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "lt\r\nset-cookie: a=b",
    "\x00",
    "en-" * 4_000,
    "x" * 50_000,
    "{name}",
    "%s%n",
    "__proto__",
    "ｌｔ",
    "lt_LT",
    "i-klingon",
    "und",
    "*",
    "-",
]

tagged = st.text(alphabet="abcxyzZHT-_,;=q0.19* \x00é<>\"'", max_size=300) | st.text(max_size=60)


@given(tagged, tagged)
def test_whatever_is_asked_for_a_language_of_ours_is_found(query: str, header: str) -> None:
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": ("lang=" + query).encode("utf-8", "surrogatepass"),
        "headers": [(b"accept-language", header.encode("latin-1", "replace"))],
    }
    wanted = wishes(Request(scope))
    assert len(wanted) <= 64
    assert negotiate(wanted, CATALOGUES.locales) in CATALOGUES.locales


@given(tagged)
def test_whatever_a_reader_s_language_is_there_are_words_for_it(tag: str) -> None:
    words = CATALOGUES.for_locale(tag, "start")
    assert words.locale in CATALOGUES.locales
    assert words.t("Open chat")
    assert bool(words.language_name(tag)) == bool(tag)


@pytest.mark.parametrize("tag", HOSTILE, ids=range(len(HOSTILE)))
async def test_pages_answer_in_a_language_of_ours_and_repeat_nothing(house: House, tag: str) -> None:
    for path in ("/widget/frame", "/console/sign-in", "/nowhere"):
        answer = await house.http.get(path, params={"lang": tag[:2_000]})
        assert answer.status_code in (200, 404)
        assert answer.headers["content-language"] in CATALOGUES.locales
        assert len(tag) < 4 or tag[:40] not in answer.text
    sendable = tag.encode("ascii", "ignore").decode().replace("\r\n", " ").replace("\x00", "")[:8_000]
    answer = await house.http.get("/console/sign-in", headers={"accept-language": sendable})
    assert answer.status_code == 200
    assert answer.headers["content-language"] in CATALOGUES.locales


@pytest.mark.parametrize("tag", [*HOSTILE, 7, True, {"a": 1}, ["lt"]], ids=range(len(HOSTILE) + 4))
async def test_the_api_names_the_field_and_repeats_nothing(house: House, tag: object) -> None:
    body = json.dumps({"language": tag})
    answer = await house.http.post(
        "/api/visitor/session", content=body, headers={"content-type": "application/json"}
    )
    assert answer.status_code in (400, 422), answer.text
    error = answer.json()
    assert error["field"] == "language"
    assert error["message"]
    assert not isinstance(tag, str) or len(tag) < 4 or tag[:40] not in answer.text
