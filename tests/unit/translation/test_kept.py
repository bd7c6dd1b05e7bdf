"""What must not be translated is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translation import needs_translation
from translation.kept import find_kept
from translation.patterns import ALL, HINT, KEPT, KINDS


def kept(text: str) -> list[str]:
    return [text[piece.start : piece.end] for piece in find_kept(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://example.com/track?id=5.", ["https://example.com/track?id=5"]),
        ("(see https://en.wikipedia.org/wiki/A_(b))", ["https://en.wikipedia.org/wiki/A_(b)"]),
        ("请看https://example.com/a，谢谢", ["https://example.com/a"]),
        ("追跡番号はAB-48213です。価格は1,980円。", ["AB-48213", "1,980円"]),
        ("我的单号是AB-48213，在10:30，邮箱是ana@example.com吗", ["AB-48213", "10:30", "ana@example.com"]),
        ("Visit www.example.org, or shop.example.com/x.", ["www.example.org", "shop.example.com/x"]),
        ("Mail john.doe+x@mail.example.com!", ["john.doe+x@mail.example.com"]),
        ("Order #48213 and AB-123-X, also 4F7K9", ["#48213", "AB-123-X", "4F7K9"]),
        ("I paid 1,234.56 USD", ["1,234.56 USD"]),
        ("Paguei R$ 1.234,56 ou €15", ["R$ 1.234,56", "€15"]),
        ("On 12/05/2026 at 10:30", ["12/05/2026", "10:30"]),
        ("At 2026-05-12 10:30 sharp", ["2026-05-12 10:30"]),
        ("Call +370 600 12345 or (11) 91234-5678", ["+370 600 12345", "(11) 91234-5678"]),
        ("10% off 3 lamps", ["10%"]),
        ("Hi {name}, %s and `rm -rf /` in <b>bold</b>", ["{name}", "%s", "`rm -rf /`", "<b>", "</b>"]),
        ("nice 👍🏽 flag 🇱🇹 family 👨‍👩‍👧 key 1️⃣", ["👍🏽", "🇱🇹", "👨‍👩‍👧", "1️⃣"]),
        ("thanks :) bye <3", [":)", "<3"]),
        ("ask @anna about my_file and invoice.pdf", ["@anna", "my_file", "invoice.pdf"]),
        ("X0X is no token of ours", ["X0X"]),
        (
            "see git@example.com:shop/site.git, o'neil@example.ie",
            ["git@example.com:shop/site.git", "o'neil@example.ie"],
        ),
        ("HTTPS://EXAMPLE.COM/X or localhost:3000/a", ["HTTPS://EXAMPLE.COM/X", "localhost:3000/a"]),
        ("quero.ir de novo no pedido.de ontem", []),
        ("loja.com.br/de e shop.example.de/x", ["loja.com.br/de", "shop.example.de/x"]),
        (
            "/var/log/a.log, ~/x.sh and src/main.py; he/she and/or",
            ["/var/log/a.log", "~/x.sh", "src/main.py"],
        ),
        ("open C:\\Users\\Ana\\a.txt now", ["C:\\Users\\Ana\\a.txt"]),
        (
            "fe80::1 and 2001:db8::8a2e:370:7334 at 00:1A:2B:3C:4D:5E",
            ["fe80::1", "2001:db8::8a2e:370:7334", "00:1A:2B:3C:4D:5E"],
        ),
        (
            "550e8400-e29b-41d4-a716-446655440000 or 9fceb02",
            ["550e8400-e29b-41d4-a716-446655440000", "9fceb02"],
        ),
        ("DE89 3704 0044 0532 0130 00 please", ["DE89 3704 0044 0532 0130 00"]),
        ("LX 123 456 789 CN, card **** 4242", ["LX 123 456 789 CN", "**** 4242"]),
        ("0x80070057 in v2.0.0-beta.1", ["0x80070057", "v2.0.0-beta.1"]),
        ("password Tr0ub4dor&3 for user42", ["Tr0ub4dor&3", "user42"]),
        (
            "f(x), a.b(c), run() and max(1,2) but item(s), o(a), obrigado(a)",
            ["f(x)", "a.b(c)", "run()", "max(1,2)"],
        ),
        ("getName fails with a TypeError in std::vector", ["getName", "TypeError", "std::vector"]),
        ("When I npm install it with --verbose", ["npm install", "--verbose"]),
        ("PLEASE TRY 5 TIMES for 5 TRY", ["5 TRY"]),
        ("at 10h30 a box of 20x30x40, ±5", ["10h30", "20x30x40", "±5"]),
        ("₹1,00,000 or $1.5M or 50,- € or 49,90 Kč", ["₹1,00,000", "$1.5M", "50,- €", "49,90 Kč"]),
        ("at 2026-05-12T10:30:00.5+02:00 sharp", ["2026-05-12T10:30:00.5+02:00"]),
        ("five 😍😍 😍 stars ★★☆ Acme™", ["😍😍 😍", "★★☆", "™"]),
        ("thanks:) ¯\\_(ツ)_/¯ :tada:", [":)", "¯\\_(ツ)_/¯", ":tada:"]),
        ("It fails:\nf(x) = y;\nWhy?", ["f(x) = y;"]),
        ("end of line.Next line", []),
        ("I have 10, he has 12.", []),
        ("It is a well-known 5-day offer", []),
    ],
)
def test_kept_pieces(text: str, expected: list[str]) -> None:
    assert kept(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " \n",
            "...",
            "?!",
            "42",
            "1,234.56 USD",
            "+370 600 12345",
            "😀",
            "👍🏽 👍",
            ":)",
            "#48213",
            "10:30",
        ),
        *("https://example.com/x", "a@b.com, c@d.org", "https://example.com 😀 42", "{name}", "12/05/2026"),
    ],
)
def test_texts_without_words_need_no_translation(text: str) -> None:
    assert not needs_translation(text)


@pytest.mark.parametrize("text", ["Hi", "ok 👍", "5 days", "你好", "سلام", "See https://example.com", "é"])
def test_texts_with_words_do(text: str) -> None:
    assert needs_translation(text)


SIGNS = "aBc x1.@:/_$€#№{}<>%`=;-)(^~|&!+*•±\\ \u20e3\ufe0f3DE¯👍🇱🇹é日\u0661"
BITS = [
    "http://",
    "www.",
    "a@b.com",
    "ab.com",
    "C:\\",
    "npm install",
    "xxxx 1234",
    "DE89 ",
    "3704 ",
    "10:30",
    "::",
    "fe80",
]
BITS += [
    "0x1f",
    "v1.2",
    "Error",
    "Type",
    "aB",
    "f(x)",
    "()",
    "_a",
    "--ab",
    "$5",
    "USD 5",
    "5 €",
    "👍🏽",
    "1️⃣",
    ":)",
    "<3",
    "x" * 61,
]
ANY = (
    st.text(max_size=80)
    | st.text(SIGNS, max_size=14)
    | st.lists(st.sampled_from([*BITS, *SIGNS]), max_size=9).map("".join)
)


@given(ANY)
def test_the_quick_look_overlooks_nothing(text: str) -> None:
    assert ALL.search(text) is None or HINT.search(text) is not None


@given(ANY)
def test_looking_by_the_first_character_overlooks_nothing(text: str) -> None:
    assert [match.span() for match in KEPT.finditer(text)] == [match.span() for match in ALL.finditer(text)]
    assert KEPT.groups == len(KINDS)
