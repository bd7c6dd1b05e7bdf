"""Addresses as people leave them in a chat."""

import pytest

from appliance.domain.mail_address import ascii_address, is_address


@pytest.mark.parametrize(
    ("raw", "address"),
    [
        ("ona@kavine.example", "ona@kavine.example"),
        ("  Ona.B+chat@Kavine.Example ", "Ona.B+chat@kavine.example"),
        ("o'brien@example.co.uk", "o'brien@example.co.uk"),
        ("a@käse.example", "a@xn--kse-qla.example"),
        ("a@例え.jp", "a@xn--r8jz45g.jp"),
        (f"{'a' * 64}@example.com", f"{'a' * 64}@example.com"),
    ],
)
def test_an_address_is_taken_as_mail_servers_take_it(raw: str, address: str) -> None:
    assert ascii_address(raw) == address
    assert is_address(address)


@pytest.mark.parametrize(
    "raw",
    [
        *("", "ona", "@example.com", "ona@", "ona@localhost", "ona@@example.com", "ona@example..com"),
        *(".ona@example.com", "ona.@example.com", "o..na@example.com", '"ona"@example.com'),
        *("ona@[127.0.0.1]", "ona@127.0.0.1", "ona@-a.example", "ona@a-.example", "öna@example.com"),
        *("ona@example.com\r\nBcc: all@example.com", "ona@example.com, b@example.com", "a b@example.com"),
        *("Ona <ona@example.com>", "ona@exa\u202emple.com", "ona\x00@example.com", "ona@exam ple.com"),
        *(f"{'a' * 65}@example.com", f"a@{'b' * 64}.com", f"a@{'b.' * 130}com", "a@" + "b" * 100_000),
        "\ud800@example.com",
        "a@\ud800.com",
    ],
)
def test_what_is_no_address_is_none(raw: str) -> None:
    assert ascii_address(raw) is None
    assert not is_address(raw)
