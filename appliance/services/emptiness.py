"""Regions that are open while nobody is there who could answer."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from appliance.domain.regions import Region

GRACE = timedelta(seconds=60)
"""So long everybody may be gone before it counts: after a restart, or at the minute of opening."""


class Emptiness:
    """Since when each open region has had nobody."""

    def __init__(self) -> None:
        self._since: dict[str, datetime] = {}
        self._at: datetime | None = None

    def look(
        self,
        regions: Iterable[Region],
        is_open: Callable[[Region], bool],
        is_somebody_in: Callable[[Region], bool],
        at: datetime,
    ) -> None:
        empty = {region.id for region in regions if is_open(region) and not is_somebody_in(region)}
        self._since = {id_: min(at, self._since.get(id_, at)) for id_ in sorted(empty)}
        self._at = at

    def graced(self) -> frozenset[str]:
        """Those that count as if somebody were there: they have only just become empty."""
        return frozenset(self._since) - frozenset(self.noticed())

    def noticed(self) -> Mapping[str, datetime]:
        """Those that really have nobody, by their ids, each with since when."""
        at = self._at
        return {} if at is None else {id_: since for id_, since in self._since.items() if at - since >= GRACE}

    def next_look(self) -> datetime | None:
        """When the next of them has had its grace."""
        graced = self.graced()
        return min((since + GRACE for id_, since in self._since.items() if id_ in graced), default=None)
