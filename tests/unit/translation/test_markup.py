"""Translating HTML: text changes, everything else stays."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation.markup import translate_markup


class Shouting:
    """A translator into capitals that keeps stand-ins, as the pipeline does."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def __call__(self, text: str) -> str:
        self.asked.append(text)
        return re.sub(r"(</?x\d+/?>)|([^<]+|<)", lambda match: match[1] or match[2].upper(), text)


async def same(text: str) -> str:
    return text


@pytest.mark.parametrize(
    ("source", "translated"),
    [
        ("plain", "PLAIN"),
        ("<p>Hello <b>big</b> world</p>", "<p>HELLO <b>BIG</b> WORLD</p>"),
        ('<a href="/x?a=1&amp;b=2" title="stay">go</a>', '<a href="/x?a=1&amp;b=2" title="stay">GO</a>'),
        ("<ul><li>one</li>\n <li>two<br>three</li></ul>", "<ul><li>ONE</li>\n <li>TWO<br>THREE</li></ul>"),
        ("Tom &amp; Ana &lt;3 caf&eacute;", "TOM &amp; ANA &lt;3 CAFÉ"),
        ("<p>a</p><script>if (a<b) { x('</p>') }</script><p>b</p>",) * 2,
        ("<style>p > a { color: red }</style>",) * 2,
        ("<!-- hello --><!doctype html><?php x ?>",) * 2,
        ("run <code>make &amp; go</code> now", "RUN <code>make &amp; go</code> NOW"),
        ("<pre>as\n  it is</pre>",) * 2,
        ('by <span translate="no">Lumina</span> here', 'BY <span translate="no">Lumina</span> HERE'),
        ('by <i class="x notranslate">Lumina</i>', 'BY <i class="x notranslate">Lumina</i>'),
        ("<title>Shop</title><textarea>mine</textarea>", "<title>SHOP</title><textarea>mine</textarea>"),
        ("1 < 2 & 3 > 2", "1 &lt; 2 &amp; 3 &gt; 2"),
        ('<a href="a>b">x</a>', '<a href="a>b">X</a>'),
        ("<IMG SRC=x> y <Br/> z", "<IMG SRC=x> Y <Br/> Z"),
        ("<p>cut off <b", "<p>CUT OFF <b"),
        ("<p> \n </p>",) * 2,
        ("",) * 2,
    ],
)
async def test_text_is_translated_and_the_rest_stays(source: str, translated: str) -> None:
    if source.startswith("<p>a</p>"):
        translated = translated.replace("<p>a</p>", "<p>A</p>").replace("<p>b</p>", "<p>B</p>")
    assert await translate_markup(source, Shouting()) == translated


async def test_a_sentence_with_tags_in_it_is_translated_as_one() -> None:
    shouting = Shouting()
    await translate_markup("<p>Your <b>order</b>\n   is <a href='/x'>here</a>.</p><p>Bye</p>", shouting)
    assert sorted(shouting.asked) == ["Bye", "Your <x2>order</x2> is <x6>here</x6>."]


@pytest.mark.parametrize(
    "spoilt",
    [
        "A WORLD",
        "<x2>A</x2> <x2>WORLD</x2>",
        "</x2>A <x2>WORLD",
        "<x2>A WORLD",
        "<x1>A</x1> WORLD",
    ],
)
async def test_tags_that_did_not_come_back_in_place_cost_the_sentence_and_not_the_tags(spoilt: str) -> None:
    async def spoiling(text: str) -> str:
        return spoilt if "<x" in text else text.upper()

    assert await translate_markup("a <b>big</b> world", spoiling) == "A <b>BIG</b> WORLD"


async def test_text_that_looks_like_a_stand_in_is_text() -> None:
    source = "press &lt;x2&gt; <b>now</b>"
    assert await translate_markup(source, Shouting()) == "PRESS &lt;x2&gt; <b>NOW</b>"


@given(st.text("<>/ab&;\"'=! -x1\n", max_size=60))
async def test_what_is_not_changed_means_the_same(source: str) -> None:
    def meaning(markup: str) -> str:
        return re.sub(r"\s+", " ", html.unescape(markup))

    assert meaning(await translate_markup(source, same)) == meaning(source)


@pytest.mark.parametrize(
    "piece",
    ["<", "<!--", "<![", "</", "<a ", "&#", '<a b="', "<b>", "<b>x", "<?", "<script>", "<pre>x</b>", "<a/"],
)
async def test_hostile_markup_comes_out_as_it_went_in(piece: str) -> None:
    # A reader that looks back again and again would not end within anybody's patience.
    source = piece * (50_000 // len(piece))
    assert html.unescape(await translate_markup(source, same)) == html.unescape(source)
