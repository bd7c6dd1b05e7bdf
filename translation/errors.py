"""What the library raises."""

from typing import Final

NO_ROUTE: Final = "no_route"
"""No installed language packs lead from the source to the target (permanent)."""
TOO_LONG: Final = "too_long"
"""The text has more characters than the translator takes (permanent)."""
PACK_DAMAGED: Final = "pack_damaged"
"""A language pack's files cannot be loaded (permanent until it is installed again)."""
ENGINE_FAILED: Final = "engine_failed"
"""The engine crashed, hung or misbehaved on this text, twice (trying later may help)."""
BUSY: Final = "busy"
"""Too many texts are waiting already (trying later helps)."""
CLOSED: Final = "closed"
"""The translator is not running (not started, or closed)."""

CODES: Final = (NO_ROUTE, TOO_LONG, PACK_DAMAGED, ENGINE_FAILED, BUSY, CLOSED)
PERMANENT: Final = frozenset({NO_ROUTE, TOO_LONG, PACK_DAMAGED})


class TranslationError(Exception):
    """A text could not be translated.

    `code` is one of `CODES` and stable; `permanent` says that the same call would fail again until
    something (the text, the installed packs) changes. The message is for logs and operators, in English,
    and never quotes the text that was to be translated.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.permanent = code in PERMANENT
