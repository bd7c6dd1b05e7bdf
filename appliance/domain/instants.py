"""Instants as people and programs write them: `2026-12-24T18:00:00Z`, `2026-12-24T20:00+02:00`."""

import re
from datetime import UTC, datetime

_INSTANT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?(?:[.,][0-9]{1,9})?"
    r"([Zz]|[+-][0-9]{2}:?[0-9]{2})?"
)


class BadInstant(ValueError):
    """`code` is a key of `schedule_wordings.TABLE`: `instant`, `instant_zone` or `instant_range`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_instant(text: str) -> datetime:
    """In UTC, to the second; a part of a second is left off. Raises BadInstant."""
    match = _INSTANT.fullmatch(text)
    if match is None:
        raise BadInstant("instant")
    day, time, seconds, offset = match.groups()
    try:
        wall = datetime.fromisoformat(f"{day}T{time}{seconds or ''}")
        if offset is None:
            raise BadInstant("instant_zone")
        return datetime.fromisoformat(f"{wall.isoformat()}{offset.upper()}").astimezone(UTC)
    except OverflowError:
        raise BadInstant("instant_range") from None
    except BadInstant:
        raise
    except ValueError:
        raise BadInstant("instant") from None


def format_instant(at: datetime) -> str:
    """`2026-12-24T18:00:00Z`, of an aware datetime."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
