"""Where mail is handed over, and whom it is from, as an operator writes them down."""

from dataclasses import dataclass, field
from email.utils import parseaddr
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from appliance.domain.mail_address import is_address

Tls = Literal["at once", "starttls", "if offered", "none"]

SMTP_URL_EXAMPLE = "an address such as smtp://user:password@mail.example.com:587?tls=starttls or smtps://…"
MAIL_FROM_EXAMPLE = "an e-mail address such as chat@example.com or Lumina <chat@example.com>"

_PORTS: dict[Tls, int] = {"at once": 465, "starttls": 587, "if offered": 25, "none": 25}


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """`tls`: `at once` from the first byte; `starttls` or nothing is sent; `if offered`; `none`."""

    host: str
    port: int
    tls: Tls
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class MailFrom:
    """`name` is None where the workspace's own is to be shown."""

    address: str
    name: str | None = None

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


def parse_smtp_url(raw: str) -> SmtpServer:
    """Raises ValueError that says what would be right, and nothing of what was given: it has a password.

    A name and a password go over an encrypted connection only, unless `tls=none` says otherwise.
    """
    try:
        parts = urlsplit(raw)
        host, port = parts.hostname, parts.port
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
        user, password = (
            None if part is None else unquote(part, errors="strict")
            for part in (parts.username, parts.password)
        )
    except ValueError:
        raise ValueError(SMTP_URL_EXAMPLE) from None
    wanted = options.pop("tls", None)
    tls = _tls(parts.scheme, wanted, with_password=password is not None)
    fits = (
        tls is not None
        and host is not None
        and _is_host(host)
        and port != 0
        and not options
        and parts.path in ("", "/")
        and not parts.fragment
        and (user is None) == (password is None)
    )
    if not fits or tls is None or host is None:
        raise ValueError(SMTP_URL_EXAMPLE)
    return SmtpServer(host, port or _PORTS[tls], tls, user, password)


def parse_mail_from(raw: str) -> MailFrom:
    """Raises ValueError that says what would be right."""
    name, address = parseaddr(raw)
    if not is_address(address) or not raw.isprintable():
        raise ValueError(MAIL_FROM_EXAMPLE)
    return MailFrom(address, name or None)


def _tls(scheme: str, wanted: str | None, *, with_password: bool) -> Tls | None:
    if scheme == "smtps":
        return "at once" if wanted is None else None
    if scheme != "smtp":
        return None
    if wanted is None:
        return "starttls" if with_password else "if offered"
    return {"starttls": "starttls", "none": "none"}.get(wanted)  # type: ignore[return-value]


def _is_host(host: str) -> bool:
    return host.isascii() and host.isprintable() and " " not in host
