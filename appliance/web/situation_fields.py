"""What the coverage map and the simulator are asked about, from the address: zones, instants, regions."""

import re
from datetime import datetime
from typing import Never

from starlette.datastructures import QueryParams

from appliance.domain import zones
from appliance.domain.instants import BadInstant, parse_instant
from appliance.i18n import Catalogue, mark
from appliance.schedule_wordings import TABLE
from appliance.services.coverage_map import FIRST_YEAR, LAST_YEAR

_SHOWN = 64
_COUNTRY = re.compile("[A-Z]{2}")
_CALENDAR = mark("“{value}” is too far from today. Use an instant from the year {first} to {last}.")
_FIRST_DAY = mark("“{value}” is not a day of the week. Use 1 for Monday to 7 for Sunday.")
_REGION = mark("There is no region “{value}”. It may have been removed; choose another one.")


class NotUnderstood(Exception):
    """A parameter has a value that can't be used; `message` says so in the reader's language."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(field)
        self.field = field
        self.message = message


class SituationFields:
    """The parameters of an address, each checked. Raises NotUnderstood for the first that can't be used."""

    def __init__(self, query: QueryParams, words: Catalogue) -> None:
        self.query = query
        self._words = words

    def refuse(self, field: str, text: str, **params: str | int) -> Never:
        """`text` is a message id of the catalogue; its `{value}` is what was given."""
        self.refuse_value(field, self.query.get(field, ""), text, **params)

    def refuse_value(self, field: str, value: str, text: str, **params: str | int) -> Never:
        """As `refuse`, for one of several values."""
        raise NotUnderstood(field, self._words.t(text, value=value[:_SHOWN], **params))

    def zone(self, field: str, default: str) -> str:
        """The name of a time zone that there is."""
        name = self.query.get(field, default)
        try:
            zones.zone(name)
        except zones.UnknownZone as unknown:
            if unknown.near:
                self.refuse(field, TABLE["timezone_near"], near=unknown.near[0])
            self.refuse(field, TABLE["timezone"])
        return name

    def instant(self, field: str, default: datetime) -> datetime:
        text = self.query.get(field)
        if text is None or text == "now":
            return default
        try:
            # What is meant by a plus sign that was not escaped.
            at = parse_instant(re.sub(r" (?=[0-9]{2}:?[0-9]{2}$)", "+", text[:_SHOWN]))
        except BadInstant as bad:
            self.refuse(field, TABLE[bad.code])
        if not FIRST_YEAR <= at.year <= LAST_YEAR:
            self.refuse(field, _CALENDAR, first=str(FIRST_YEAR), last=str(LAST_YEAR))
        return at

    def first_day(self, field: str, default: int) -> int:
        """0 for Monday; in the address 1 is."""
        text = self.query.get(field)
        if text is None:
            return default
        if text not in ("1", "2", "3", "4", "5", "6", "7"):
            self.refuse(field, _FIRST_DAY)
        return int(text) - 1

    def country(self, field: str) -> str | None:
        """ISO 3166-1 by its form; None: not given."""
        text = self.query.get(field, "")
        if not text:
            return None
        if not _COUNTRY.fullmatch(text):
            self.refuse(field, TABLE["country"])
        return text

    def region(self, field: str, value: str, known: frozenset[str]) -> str:
        if value not in known:
            self.refuse_value(field, value, _REGION)
        return value
