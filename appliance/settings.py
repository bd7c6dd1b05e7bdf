"""Everything an operator can set, in one table. docs/settings.md is checked against it."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from appliance.services.smtp_address import (
    MailFrom,
    SmtpServer,
    parse_mail_from,
    parse_smtp_url,
)
from appliance.services.workspace import parse_origin

PREFIX = "DRAGOMAN_"


class SettingError(Exception):
    """A setting has a value that is not possible. The text names it and says what would be right."""


def _setting(default: Any, read: Callable[[str], Any], text: str, *, secret: bool = False) -> Any:
    """`secret`: the value has a password in it and is never shown."""
    return field(default=default, metadata={"read": read, "help": text, "secret": secret})


def _between(low: float, high: float, kind: Callable[[str], Any]) -> Callable[[str], Any]:
    def read(raw: str) -> Any:
        try:
            value = kind(raw)
        except ValueError:
            value = None
        if value is None or not low <= value <= high:
            raise ValueError(f"a number from {low:g} to {high:g}")
        return value

    return read


def _one_of(*names: str) -> Callable[[str], str]:
    def read(raw: str) -> str:
        if raw.lower() not in names:
            raise ValueError("one of " + ", ".join(names))
        return raw.lower()

    return read


def _origin(raw: str) -> str:
    origin = parse_origin(raw)
    if origin is None:
        raise ValueError("an address such as https://chat.example.com")
    return origin


def _origins(raw: str) -> tuple[str, ...]:
    return tuple(_origin(item) for item in raw.split())


def _bus(raw: str) -> str:
    if raw.partition("://")[0] not in ("memory", "redis", "rediss") or "://" not in raw:
        raise ValueError("memory:// or an address such as redis://localhost:6379")
    return raw


def _text(raw: str) -> str:
    return raw


def _is_kubernetes(name: str, raw: str) -> bool:
    """Kubernetes sets variables like these in every pod that has a service named `dragoman` beside it."""
    return name.startswith((f"{PREFIX}SERVICE_", f"{PREFIX}PORT_")) or raw.startswith("tcp://")


@dataclass(frozen=True, slots=True)
class Settings:
    """Read from the environment, `DRAGOMAN_` before each name in capitals."""

    host: str = _setting("127.0.0.1", _text, "The address to listen on; 0.0.0.0 for all.")
    port: int = _setting(8080, _between(0, 65535, int), "The port to listen on; 0 takes a free one.")
    data_dir: Path = _setting(
        Path("data"), Path, "The directory with everything worth keeping; made if it is not there."
    )
    public_url: str | None = _setting(
        None,
        _origin,
        "The address under which browsers reach the server, if a proxy stands before it. "
        "With https, cookies are sent over https only.",
    )
    sites: tuple[str, ...] = _setting(
        (),
        _origins,
        "Web sites that may show the chat, separated by spaces, besides those set in the console.",
    )
    trusted_proxies: str = _setting(
        "127.0.0.1", _text, "Addresses of proxies whose X-Forwarded headers are believed; * for all."
    )
    bus_url: str = _setting(
        "memory://", _bus, "How servers hear of each other's changes: memory:// or a Redis address."
    )
    translation_workers: int = _setting(
        1, _between(1, 32, int), "Translation processes; each takes about 90 MB with the starter pair."
    )
    messages_per_second: float = _setting(
        3.0,
        _between(0.1, 100_000, float),
        "What one visitor may write on average; a burst of 10 is let through.",
    )
    sessions_per_minute: float = _setting(
        60.0, _between(1, 1_000_000, float), "How many visitors may begin a session from one address."
    )
    api_requests_per_minute: float = _setting(
        600.0, _between(1, 10_000_000, float), "Requests to the translation API that one key may make."
    )
    smtp_url: SmtpServer | None = _setting(
        None,
        parse_smtp_url,
        "The mail server that sends answers to visitors who have gone and invitations to the team: "
        "smtp://user:password@host:587?tls=starttls or smtps://…. Without it no addresses are asked for.",
        secret=True,
    )
    mail_from: MailFrom | None = _setting(
        None, parse_mail_from, "Whom mail is from: chat@example.com or Lumina <chat@example.com>."
    )
    geoip_file: Path | None = _setting(
        None,
        Path,
        "A file of countries by address, as MaxMind and DB-IP make them (.mmdb); "
        "without one countries are told by the browsers' time zones.",
    )
    log_level: str = _setting("info", _one_of("debug", "info", "warning", "error"), "What is logged.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ, **given: Any) -> "Settings":
        """Settings from `environment`; `given` (from the command line) wins where it is not None.

        Raises `SettingError` for the first value that can't be taken, and for a misspelt name.
        """
        known = {PREFIX + entry.name.upper(): entry for entry in fields(cls)}
        values: dict[str, Any] = {}
        for name, raw in environment.items():
            if not name.startswith(PREFIX) or _is_kubernetes(name, raw):
                continue
            if name not in known:
                raise SettingError(f"{name} is not a setting. There are: {', '.join(known)}.")
            if not raw:
                continue
            try:
                values[known[name].name] = known[name].metadata["read"](raw)
            except ValueError as error:
                if known[name].metadata["secret"]:
                    raise SettingError(f"{name} can't be used; it must be {error}.") from None
                raise SettingError(f"{name} is {raw!r}; it must be {error}.") from None
        values.update({name: value for name, value in given.items() if value is not None})
        settings = cls(**values)
        settings._check_mail()
        return settings

    def _check_mail(self) -> None:
        """Mail needs to be from somebody, and what is in it leads back here."""
        needed = {"MAIL_FROM": self.mail_from, "PUBLIC_URL": self.public_url}
        missing = [PREFIX + name for name, value in needed.items() if value is None]
        if self.smtp_url is not None and missing:
            raise SettingError(f"{PREFIX}SMTP_URL is set, so {' and '.join(missing)} must be set as well.")
