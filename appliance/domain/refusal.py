"""The one exception of the domain: something was asked for that will not be done."""

from collections.abc import Iterator
from contextlib import contextmanager


class Refused(Exception):
    """A request that is turned down, for a reason its sender can be told.

    `code` is a key of `appliance.errors.TABLE`, which holds the HTTP status and the wording.
    `field` names the member at fault, `retry_after` (seconds) is set when trying again helps,
    `params` fill the placeholders of the wording.
    """

    def __init__(
        self, code: str, *, field: str | None = None, retry_after: float | None = None, **params: str | int
    ) -> None:
        super().__init__(code if field is None else f"{code} ({field})")
        self.code = code
        self.field = field
        self.retry_after = retry_after
        self.params = params


@contextmanager
def suppress_when_full() -> Iterator[None]:
    """For what is worth noting but must not keep anybody from reading when the disk is full."""
    try:
        yield
    except Refused as refusal:
        if refusal.code != "storage_full":
            raise
