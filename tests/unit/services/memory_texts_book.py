"""Texts that are kept in memory."""

from collections.abc import Sequence

from appliance.domain.refusal import Refused
from appliance.domain.texts import KeptText


class MemoryTextBook:
    """`services.ports.TextBook` that forgets at the end of the test. `full`: there is no room for more."""

    def __init__(self) -> None:
        self.kept: list[KeptText] = []
        self.full = False

    async def texts(self) -> list[KeptText]:
        return list(self.kept)

    async def visitor_languages(self, newest: int) -> list[str]:
        return []

    async def write(self, save: Sequence[KeptText], remove: Sequence[str], order: Sequence[str]) -> None:
        if self.full:
            raise Refused("storage_full")
        known = {one.text.id: one for one in self.kept} | {one.text.id: one for one in save}
        self.kept = [known[one] for one in order if one not in remove]
