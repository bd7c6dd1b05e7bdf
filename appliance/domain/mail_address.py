"""E-mail addresses as people leave them."""

import re

MAX_LENGTH = 254
"""Of an address, in characters (RFC 5321, 4.5.3.1.3)."""

# The common form of RFC 5321: no quoted local parts, no comments, no addresses of machines. Letters outside
# of ASCII before the @ need servers that few have; after it they have a form in ASCII.
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?", re.ASCII)


def ascii_address(raw: str) -> str | None:
    """The address as mail servers take it, its domain in lower case: `Ana@Käse.example` gives
    `Ana@xn--kse-qla.example`. None for what is no address."""
    local, at, domain = raw.strip().rpartition("@")
    if not at or len(local) > 64 or _LOCAL.fullmatch(local) is None or len(domain) > MAX_LENGTH:
        return None
    try:
        plain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    labels = plain.split(".")
    if len(labels) < 2 or any(_LABEL.fullmatch(label) is None for label in labels) or labels[-1].isdigit():
        return None
    address = f"{local}@{plain}"
    return address if len(address) <= MAX_LENGTH else None


def is_address(raw: str) -> bool:
    """Whether it is an address in the form that mail servers take."""
    return bool(raw) and ascii_address(raw) == raw.strip() == raw
