"""Files for browsers: kept for ever under the hash of all of them, and nothing else is served."""

import gzip
import re
from pathlib import Path

import pytest

from appliance.i18n import Catalogues
from appliance.web.assets import Assets, assets_root
from tests.unit.web.house import House


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, text in {
        "widget/chat.js": "export const chat = 1;\n" * 100,
        "widget/tests/chat.test.js": "secret",
        "widget/frame.html": "secret",
        "widget/types.d.ts": "secret",
        "admin/static/icon.svg": "<svg/>",
        "admin/templates/console.html": "secret",
        "admin/notes.js": "secret",
        "locales/fa/LC_MESSAGES/widget.json": '{ "Send": "فرستادن" }',
        "locales/fa/LC_MESSAGES/widget.po": "secret",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_the_address_changes_with_any_file(tree: Path) -> None:
    before = Assets(tree)
    assert Assets(tree).hash == before.hash
    (tree / "admin/static/icon.svg").write_text("<svg></svg>")
    after = Assets(tree)
    assert after.hash != before.hash
    assert after.url("widget/chat.js") == f"/assets/{after.hash}/widget/chat.js"


def test_a_file_that_is_not_there_is_a_mistake_of_the_template(tree: Path) -> None:
    with pytest.raises(KeyError):
        Assets(tree).url("widget/frame.html")


def test_catalogues_are_found_by_their_locale(tree: Path) -> None:
    assets = Assets(tree)
    assert assets.locales("widget") == ["fa"]
    assert assets.strings("widget") == {"fa": assets.url("strings/widget.fa.json")}
    assert assets.strings("messages") == {}


def test_what_is_no_catalogue_of_ours_keeps_nothing_from_starting(tree: Path) -> None:
    (tree / "locales/fa/LC_MESSAGES/widget.json").write_bytes(b'{"messages": {"Send": "\xff"}}')
    (tree / "locales/sr@latin/LC_MESSAGES").mkdir(parents=True)
    (tree / "locales/sr@latin/LC_MESSAGES/widget.json").write_text("{}")
    assert Assets(tree).locales("widget") == ["fa"]
    assert Catalogues(tree / "locales").for_locale("sv").locale == "en"


@pytest.mark.parametrize(
    "name",
    ["widget/tests/chat.test.js", "widget/frame.html", "widget/types.d.ts", "admin/notes.js"],
)
def test_what_is_not_for_browsers_is_not_offered(tree: Path, name: str) -> None:
    with pytest.raises(KeyError):
        Assets(tree).url(name)


async def test_a_file_is_kept_for_ever_under_its_hash_and_never_under_an_old_one(house: House) -> None:
    frame = (await house.http.get("/widget/frame")).text
    address = frame[frame.index("/assets/") :].partition('"')[0]
    fresh = await house.http.get(address)
    old = await house.http.get("/assets/0000000000000000/" + address.split("/", 3)[3])
    assert fresh.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert old.headers["cache-control"] == "no-cache"
    assert fresh.content == old.content


async def test_what_is_long_is_compressed_for_those_who_can(house: House) -> None:
    address = "/assets/x/widget/chat.js"
    plain = await house.http.get(address, headers={"accept-encoding": "identity"})
    packed = await house.http.get(address, headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == plain.headers["vary"] == "accept-encoding"
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content) / 2
    assert plain.headers["content-type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "widget",
        "widget/",
        "../appliance/app.py",
        "%2e%2e/appliance/app.py",
        "widget/../../pyproject.toml",
        "//etc/passwd",
        "widget/frame.html",
        "admin/templates/console.html",
        "widget/chat.js%00",
    ],
)
async def test_nothing_but_the_files_for_browsers_is_served(house: House, name: str) -> None:
    assert (await house.http.get(f"/assets/x/{name}", follow_redirects=True)).status_code == 404


async def test_the_loader_is_one_script_that_any_site_may_load(house: House) -> None:
    answer = await house.http.get("/widget.js", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "__CONFIG__" not in answer.text
    assert '"origin":"http://chat.test"' in answer.text
    assert len(gzip.compress(answer.content)) <= 5 * 1024


WIDGET_STRINGS = sorted(assets_root().glob("locales/*/LC_MESSAGES/widget.json"))


@pytest.mark.parametrize("path", WIDGET_STRINGS, ids=lambda path: path.parent.parent.name)
def test_a_language_of_the_widget_is_4_kb_at_most(path: Path) -> None:
    assert len(gzip.compress(path.read_bytes())) <= 4 * 1024


async def test_a_language_is_kept_by_browsers_until_its_words_change(house: House, tree: Path) -> None:
    frame = (await house.http.get("/widget/frame?lang=lt")).text
    english = re.search(r"/assets/[0-9a-f]{16}/strings/widget\.en\.json", frame)
    assert english is not None
    answer = await house.http.get(english[0].replace("widget.en", "widget.lt"))
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.json()["locale"] == "lt"
    before = Assets(tree).strings("widget")
    (tree / "locales/fa/LC_MESSAGES/widget.json").write_text('{ "Send": "بفرست" }', "utf-8")
    assert Assets(tree).strings("widget") != before
