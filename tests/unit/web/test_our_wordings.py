"""Wordings of our own to begin with."""

import json
from pathlib import Path

import pytest

from appliance.i18n import Catalogues
from appliance.web.assets import assets_root
from appliance.web.texts_words import OurWordings

HELLO = "Hello! How can we help?"
SURVEY = "How was it to talk to us?"


def catalogue(directory: Path, locale: str, domain: str, messages: dict[str, str]) -> None:
    path = directory / locale / "LC_MESSAGES" / f"{domain}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"messages": messages}), "utf-8")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Each catalogue that is read, as often as it is."""
    found: list[Path] = []
    read = Path.read_bytes

    def noted(path: Path) -> bytes:
        found.append(path)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    return found


async def test_a_text_that_is_not_translated_is_offered_in_english_only(tmp_path: Path) -> None:
    catalogue(tmp_path, "lt", "widget", {HELLO: "Sveiki! Kuo galime padėti?"})
    catalogue(tmp_path, "lt", "messages", {})
    ours = await OurWordings(tmp_path).read()
    assert ours["greeting"] == {"en": HELLO, "lt": "Sveiki! Kuo galime padėti?"}
    assert ours["survey"] == {"en": SURVEY}


async def test_each_catalogue_is_read_once_however_often_they_are_asked_for(opened: list[Path]) -> None:
    ours = OurWordings(assets_root() / "locales")
    first = await ours.read()
    assert {path.stem for path in opened} == {"widget", "messages"}
    assert len(opened) == len(set(opened))
    opened.clear()
    assert await ours.read() == first
    assert opened == []


async def test_what_readers_need_stays_at_hand(tmp_path: Path) -> None:
    for locale in ("lt", "fa", "ja"):
        for domain in ("widget", "messages"):
            catalogue(tmp_path, locale, domain, {HELLO: locale * 50})
    catalogues = Catalogues(tmp_path, kept=200)
    warm = catalogues.for_locale("lt", "messages")
    await OurWordings(catalogues.directory).read()
    assert catalogues.for_locale("lt", "messages") is warm
