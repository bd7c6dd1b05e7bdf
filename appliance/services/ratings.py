"""What visitors say of conversations that have ended, and what it comes to."""

from datetime import datetime
from typing import Protocol

from appliance.domain.commands import Rate
from appliance.domain.entries import Appended, Entry
from appliance.domain.people import Visitor
from appliance.domain.ratings import Figures, Rating, checked_comment, checked_score
from appliance.services.journal import Journal
from appliance.services.ports import Clock


class RatingBook(Protocol):
    """Filled by the ledger, together with the event of a rating."""

    async def page(
        self, *, offset: int, limit: int, score: int | None, region: str | None
    ) -> tuple[list[Rating], int]: ...
    async def figures(self, since: datetime) -> Figures: ...


class Ratings:
    def __init__(self, book: RatingBook, journal: Journal, clock: Clock) -> None:
        self._book = book
        self._journal = journal
        self._clock = clock

    async def rate(self, visitor: Visitor, score: object, comment: object) -> Appended:
        """The visitor says how it was. Said again, the new word takes the place of the old one; saying the
        same changes nothing.

        Raises `Refused`: `bad_field` (`score`, `comment`), `wording_too_long` (`comment`), `rating_too_early`
        (not closed, or no agent has answered), `not_found` (nothing was written yet), `busy`, `storage_full`.
        """
        command = Rate(checked_score(score), checked_comment(comment), self._clock())
        return await self._journal.submit(Entry(visitor.conversation_id, command))

    async def page(
        self, offset: int, limit: int, score: int | None, region: str | None
    ) -> tuple[list[Rating], int]:
        """The newest first, of a score or a region where one is given; and how many there are in all."""
        return await self._book.page(offset=offset, limit=limit, score=score, region=region)

    async def figures(self, since: datetime) -> Figures:
        """Of the ratings given since an instant."""
        return await self._book.figures(since)
