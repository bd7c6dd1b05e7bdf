"""What admins set: names, colours, and the sites that may show the chat."""

from collections.abc import Mapping
from typing import Any

import pytest

from appliance.domain.refusal import Refused
from appliance.services.workspace import Workspace, WorkspaceSettings, contrast, parse_origin, parse_sites
from tests.unit.services.fakes import MemorySettings


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://www.example.com", "https://www.example.com"),
        ("https://www.example.com/shop?a=b#c", "https://www.example.com"),
        ("HTTPS://WWW.Example.COM:443/", "https://www.example.com"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("http://example.com:80", "http://example.com"),
        ("https://example.com:80", "https://example.com:80"),
        ("http://[::1]:8080/x", "http://[::1]:8080"),
        ("https://user:secret@example.com", "https://example.com"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("javascript://example.com/%0aalert(1)", None),
        ("file:///etc/passwd", None),
        ("data:text/html,x", None),
        ("https://", None),
        ("https:///path", None),
        ("https://*", None),
        ("https://*.example.com", None),
        ("https://example.com;script-src", None),
        ("https://exa'mple.com", None),
        ("https://example.com:99999", None),
        ("https://[::1", None),
        ("https://" + "a" * 300 + ".example", None),
        ("", None),
    ],
)
def test_an_origin_is_what_a_browser_would_send(address: str, origin: str | None) -> None:
    assert parse_origin(address) == origin


def test_sites_are_one_a_line_with_or_without_the_scheme_each_once() -> None:
    raw = "www.example.com\n\n  https://shop.example/lamps \r\nhttps://www.example.com\n"
    assert parse_sites(raw) == ("https://www.example.com", "https://shop.example")
    assert parse_sites("") == ()


@pytest.mark.parametrize("raw", ["https://ok.example\n*", "ftp://x.example", "'self'", "a.example\n" * 101])
def test_a_site_that_is_none_is_named(raw: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_sites(raw)
    assert (refused.value.code, refused.value.field) == ("bad_field", "sites")


# Luminance contrast from the definition in WCAG 2.2: black on white is 21, a colour on itself 1;
# #767676 is the lightest grey with 4.5 on white.
@pytest.mark.parametrize(
    ("a", "b", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#3157d5", "#3157d5", 1.0), ("#767676", "#ffffff", 4.54)],
)
def test_contrast_is_measured_as_wcag_defines_it(a: str, b: str, ratio: float) -> None:
    assert contrast(a, b) == contrast(b, a) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize(
    ("accent", "text"),
    [("#ffffff", "#000000"), ("#ffff00", "#000000"), ("#000000", "#ffffff"), ("#3157d5", "#ffffff")],
)
def test_the_text_on_the_accent_can_be_read(accent: str, text: str) -> None:
    assert Workspace(accent=accent).accent_text == text


def test_the_text_reads_well_on_any_accent() -> None:
    steps = range(0, 256, 51)
    for accent in (f"#{r:02x}{g:02x}{b:02x}" for r in steps for g in steps for b in steps):
        assert contrast(accent, Workspace(accent=accent).accent_text) >= 4.5


async def test_changes_are_kept_and_seen_by_the_next_start() -> None:
    book = MemorySettings()
    settings = WorkspaceSettings(book)
    assert await settings.read() == Workspace()
    changed = await settings.change(name="  Lumina \n", sites="shop.example", accent="#FFCC00")
    assert changed == Workspace("Lumina", "#ffcc00", ("https://shop.example",))
    assert await settings.read() == changed
    assert await WorkspaceSettings(book).read() == changed


async def test_a_workspace_is_told_from_every_other_and_stays_the_same() -> None:
    book, another = MemorySettings(), MemorySettings()
    first = await WorkspaceSettings(book).instance()
    await WorkspaceSettings(book).change(name="Lumina", sites="")
    assert await WorkspaceSettings(book).instance() == first
    assert await WorkspaceSettings(another).instance() != first


async def test_on_a_full_disk_a_workspace_has_an_id_for_this_run() -> None:
    class Full(MemorySettings):
        async def write(self, values: Mapping[str, Any]) -> None:
            raise Refused("storage_full")

    assert await WorkspaceSettings(Full()).instance()


async def test_settings_are_read_from_storage_once() -> None:
    book = MemorySettings()
    settings = WorkspaceSettings(book)
    for _ in range(3):
        await settings.sites()
    assert book.reads == 1


async def test_the_operators_sites_count_besides_the_admins() -> None:
    settings = WorkspaceSettings(MemorySettings(), ("https://a.example", "https://b.example"))
    await settings.change(name="Lumina", sites="https://b.example\nhttps://c.example")
    assert await settings.sites() == ("https://b.example", "https://c.example", "https://a.example")


@pytest.mark.parametrize(
    ("name", "sites", "accent", "field"),
    [
        (" ", "", None, "workspace"),
        ("x" * 81, "", None, "workspace"),
        ("Lumina", "*", None, "sites"),
        ("Lumina", "", "red", "accent"),
        ("Lumina", "", "#12345", "accent"),
        ("Lumina", "", "#123456;}", "accent"),
        ("Lumina", "", "", "accent"),
    ],
)
async def test_a_wrong_setting_is_named_and_nothing_changes(
    name: str, sites: str, accent: str | None, field: str
) -> None:
    book = MemorySettings()
    settings = WorkspaceSettings(book)
    with pytest.raises(Refused) as refused:
        await settings.change(name=name, sites=sites, accent=accent)
    assert (refused.value.code, refused.value.field) == ("bad_field", field)
    assert await settings.read() == Workspace()
    assert book.values == {}
