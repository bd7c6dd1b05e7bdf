"""What the store of packs refuses, as answers: every code of its own becomes one of ours."""

from collections.abc import Callable
from typing import TypeVar

from appliance.domain.refusal import Refused
from translation.store import StoreError

_T = TypeVar("_T")

_AGAIN_SECONDS = 10.0


def refusal(error: StoreError, field: str | None = None) -> Refused:
    """`no_room` becomes `pack_no_room`; the store's own words, in English, are its `detail`."""
    again = None if error.permanent else _AGAIN_SECONDS
    return Refused(f"pack_{error.code}", field=field, retry_after=again, detail=str(error))


def refusing(work: Callable[[], _T]) -> Callable[[], _T]:
    """The work, raising `Refused` where it raises StoreError."""

    def refused() -> _T:
        try:
            return work()
        except StoreError as error:
            raise refusal(error) from error

    return refused
