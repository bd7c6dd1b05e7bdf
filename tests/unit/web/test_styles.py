"""Rules that hold in every style sheet, whatever language a page is in."""

import re
from pathlib import Path

import pytest

from appliance.web.assets import assets_root

ROOT = assets_root()
SHEETS = sorted(path for tree in ("widget", "admin") for path in (ROOT / tree).rglob("*.css"))
TEXTS = [
    path
    for tree in ("widget", "admin")
    for suffix in ("*.css", "*.js", "*.html", "*.svg")
    for path in (ROOT / tree).rglob(suffix)
    if "tests" not in path.parts
]
TOKENS = (ROOT / "widget" / "tokens.css").read_text("utf-8")


def without_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def test_nothing_is_spaced_out_or_put_into_capitals() -> None:
    """Arabic letters are joined, and capitals are another letter in Turkish and nothing in most scripts."""
    pattern = re.compile(
        r"letter-?spacing|text-?transform|font-?variant(-caps)?\s*:|word-?spacing", re.IGNORECASE
    )
    assert [path.name for path in TEXTS if pattern.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_sheet_has_no_left_and_no_right(sheet: Path) -> None:
    rules = without_comments(sheet.read_text("utf-8"))
    sided = r"(?:margin|padding|border|inset)-(?:left|right)|(?<![\w-])(?:left|right)\s*:"
    assert re.findall(rf"{sided}|(?:float|text-align)\s*:\s*(?:left|right)", rules) == []


def test_what_points_is_turned_in_one_place() -> None:
    turning = {
        path.name: re.findall(r"scaleX\([^)]*\)+", without_comments(path.read_text("utf-8")))
        for path in SHEETS
    }
    found = {turn for turns in turning.values() for turn in turns}
    assert found == {"scaleX(var(--along))"}
    assert re.search(r'\[dir="rtl"\] \{\s*--along: -1;', TOKENS)
    assert not [path.name for path in TEXTS if re.search(r"dir\(rtl\)[^{]*icon", path.read_text("utf-8"))]


@pytest.mark.parametrize(
    ("script", "families"),
    [
        (":lang(zh)", ("PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", "Noto Sans SC")),
        (":lang(zh-Hant)", ("PingFang TC", "Microsoft JhengHei UI", "Noto Sans CJK TC", "Noto Sans TC")),
        (":lang(ja)", ("Hiragino Sans", "Yu Gothic UI", "Noto Sans CJK JP", "Noto Sans JP")),
        (":lang(ko)", ("Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans CJK KR", "Noto Sans KR")),
        (":lang(he)", ("Noto Sans Hebrew",)),
        (":lang(hi)", ("Kohinoor Devanagari", "Nirmala UI", "Noto Sans Devanagari")),
        (":lang(ar)", ("Geeza Pro", "Noto Sans Arabic")),
        (":lang(fa)", ("Geeza Pro", "Noto Sans Arabic")),
    ],
)
def test_every_script_has_its_families_and_none_is_downloaded(script: str, families: tuple[str, ...]) -> None:
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", without_comments(TOKENS))
    own = " ".join(body for selector, body in rules if script in [one.strip() for one in selector.split(",")])
    assert [family for family in families if f'"{family}"' not in own] == []
    assert not [path.name for path in TEXTS if "@font-face" in path.read_text("utf-8")]


def test_lines_of_arabic_script_have_room() -> None:
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", without_comments(TOKENS))
    roomy = {one.strip() for selector, body in rules if "--line: 1.7" in body for one in selector.split(",")}
    assert roomy >= {":lang(ar)", ":lang(fa)", ":lang(ur)"}
