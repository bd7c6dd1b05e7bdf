"""The languages a visitor can choose."""

import unicodedata
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from appliance.domain.languages import base_language, same_language
from appliance.i18n import direction, native_name
from translation import Routes

Readers = Callable[[], Awaitable[Mapping[str, str]]]


class Languages:
    """`interface`: the locales the widget speaks; `routes`: what the packs installed now translate."""

    def __init__(self, interface: Sequence[str], routes: Callable[[], Routes], readers: Readers) -> None:
        self._interface = tuple(interface)
        self._current = routes
        self._routes = routes()
        self._readers = readers
        self._offers: dict[frozenset[str], list[dict[str, Any]]] = {}

    async def offered(self) -> list[dict[str, Any]]:
        """In the order of their native names: `tag`, `name`, `direction`, `interface` (the widget speaks
        it) and `translated` (an agent reads it, or messages are translated both ways)."""
        spoken = frozenset((await self._readers()).values())
        if self._routes is not self._current():
            self._routes = self._current()
            self._offers.clear()
        if spoken not in self._offers:
            self._offers[spoken] = self._work_out(spoken)
        return self._offers[spoken]

    def _work_out(self, spoken: frozenset[str]) -> list[dict[str, Any]]:
        tags = list(self._interface)
        for tag in (*self._routes.languages(), *sorted(spoken)):
            if not any(base_language(known) == base_language(tag) for known in tags):
                tags.append(tag)
        offers = [
            {
                "tag": tag,
                "name": native_name(tag),
                "direction": direction(tag),
                "interface": tag in self._interface,
                "translated": any(self.understood(tag, language) for language in spoken),
            }
            for tag in tags
        ]
        return sorted(offers, key=lambda offer: alphabetical(str(offer["name"])))

    def understood(self, theirs: str, ours: str) -> bool:
        """Whether a reader of each understands the other: the same language, or translated both ways."""
        if same_language(theirs, ours):
            return True
        there, back = self._routes.path(theirs, ours), self._routes.path(ours, theirs)
        return there is not None and back is not None


def alphabetical(name: str) -> tuple[str, str]:
    """Where a name belongs in a list for readers of all languages: “č” is beside “c”."""
    plain = unicodedata.normalize("NFD", name.casefold())
    return "".join(mark for mark in plain if not unicodedata.combining(mark)), name
