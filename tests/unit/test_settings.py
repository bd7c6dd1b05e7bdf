"""Settings from the environment, and docs/settings.md, which is their table."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from appliance.settings import PREFIX, SettingError, Settings

DOCUMENT = Path(__file__).parents[2] / "docs" / "settings.md"


def shown(default: object) -> str:
    """A default as the document writes it."""
    if default is None or default == ():
        return "—"
    text = f"{default:g}" if isinstance(default, float) else str(default)
    return f"`{text}`"


def test_the_document_is_the_table_of_the_settings() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    assert rows == [
        (PREFIX + entry.name.upper(), shown(entry.default), entry.metadata["help"])
        for entry in fields(Settings)
    ]


def test_without_an_environment_every_setting_has_its_default() -> None:
    assert Settings.from_environment({}) == Settings()


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [
        ("HOST", "0.0.0.0", "0.0.0.0"),
        ("PORT", "0", 0),
        ("PORT", "65535", 65535),
        ("DATA_DIR", "/data", Path("/data")),
        ("PUBLIC_URL", "https://Chat.Example.com/", "https://chat.example.com"),
        ("SITES", " https://a.example  http://b.example:81/x ", ("https://a.example", "http://b.example:81")),
        ("TRUSTED_PROXIES", "*", "*"),
        ("BUS_URL", "redis://localhost:6379", "redis://localhost:6379"),
        ("TRANSLATION_WORKERS", "4", 4),
        ("MESSAGES_PER_SECOND", "0.5", 0.5),
        ("SESSIONS_PER_MINUTE", "1000", 1000.0),
        ("LOG_LEVEL", "DEBUG", "debug"),
    ],
)
def test_a_setting_is_read(name: str, raw: str, value: object) -> None:
    settings = Settings.from_environment({PREFIX + name: raw})
    assert getattr(settings, name.lower()) == value


@pytest.mark.parametrize(
    ("name", "raw", "advice"),
    [
        ("PORT", "http", "a number from 0 to 65535"),
        ("PORT", "65536", "a number from 0 to 65535"),
        ("PORT", "-1", "a number from 0 to 65535"),
        ("PORT", "80.5", "a number from 0 to 65535"),
        ("PUBLIC_URL", "chat.example.com", "an address such as https://chat.example.com"),
        ("PUBLIC_URL", "ftp://chat.example.com", "an address such as https://chat.example.com"),
        ("SITES", "https://a.example *", "an address such as https://chat.example.com"),
        ("BUS_URL", "localhost:6379", "memory:// or an address such as redis://localhost:6379"),
        ("BUS_URL", "redis:localhost", "memory:// or an address such as redis://localhost:6379"),
        ("TRANSLATION_WORKERS", "0", "a number from 1 to 32"),
        ("MESSAGES_PER_SECOND", "nan", "a number from 0.1 to 100000"),
        ("MESSAGES_PER_SECOND", "inf", "a number from 0.1 to 100000"),
        ("LOG_LEVEL", "loud", "one of debug, info, warning, error"),
    ],
)
def test_a_wrong_value_is_named_with_what_would_be_right(name: str, raw: str, advice: str) -> None:
    with pytest.raises(SettingError) as error:
        Settings.from_environment({PREFIX + name: raw})
    assert str(error.value) == f"{PREFIX}{name} is {raw!r}; it must be {advice}."


def test_a_wrong_mail_server_is_named_without_its_password() -> None:
    with pytest.raises(SettingError) as error:
        Settings.from_environment({"DRAGOMAN_SMTP_URL": "smtp://ona:hunter2@mail.example.com?tls=maybe"})
    assert str(error.value).startswith(
        "DRAGOMAN_SMTP_URL can't be used; it must be an address such as smtp://"
    )
    assert "hunter2" not in str(error.value)


def test_no_password_is_in_what_settings_show_of_themselves() -> None:
    mail = {
        "DRAGOMAN_SMTP_URL": "smtp://ona:hunter2@mail.example.com",
        "DRAGOMAN_MAIL_FROM": "Lumina <chat@example.com>",
        "DRAGOMAN_PUBLIC_URL": "https://chat.example.com",
    }
    settings = Settings.from_environment(mail)
    assert settings.smtp_url is not None
    assert settings.smtp_url.password == "hunter2"
    assert "hunter2" not in repr(settings)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, "DRAGOMAN_MAIL_FROM and DRAGOMAN_PUBLIC_URL"),
        ({"DRAGOMAN_MAIL_FROM": "chat@example.com"}, "DRAGOMAN_PUBLIC_URL"),
        ({"DRAGOMAN_PUBLIC_URL": "https://chat.example.com"}, "DRAGOMAN_MAIL_FROM"),
    ],
)
def test_mail_needs_to_be_from_somebody_and_to_lead_somewhere(given: dict[str, str], missing: str) -> None:
    with pytest.raises(SettingError) as error:
        Settings.from_environment({"DRAGOMAN_SMTP_URL": "smtp://mail.example.com", **given})
    assert str(error.value) == f"DRAGOMAN_SMTP_URL is set, so {missing} must be set as well."


def test_a_misspelt_setting_is_not_passed_over() -> None:
    with pytest.raises(SettingError) as error:
        Settings.from_environment({"DRAGOMAN_PROT": "80"})
    assert "DRAGOMAN_PROT is not a setting" in str(error.value)
    assert "DRAGOMAN_PORT" in str(error.value)


def test_an_empty_variable_is_no_setting() -> None:
    assert Settings.from_environment({"DRAGOMAN_PORT": "", "OTHER": "x"}) == Settings()


def test_what_kubernetes_puts_beside_a_service_is_not_ours() -> None:
    environment = {
        "DRAGOMAN_PORT": "tcp://10.0.0.11:80",
        "DRAGOMAN_PORT_80_TCP": "tcp://10.0.0.11:80",
        "DRAGOMAN_PORT_80_TCP_PORT": "80",
        "DRAGOMAN_SERVICE_HOST": "10.0.0.11",
    }
    assert Settings.from_environment(environment) == Settings()


def test_the_command_line_wins_where_it_says_something() -> None:
    settings = Settings.from_environment({"DRAGOMAN_PORT": "81", "DRAGOMAN_HOST": "::1"}, port=82, host=None)
    assert (settings.port, settings.host) == (82, "::1")


def test_every_setting_says_what_it_is_for() -> None:
    for entry in fields(Settings):
        assert re.fullmatch(r"[A-Z].+\.", entry.metadata["help"]), entry.name
