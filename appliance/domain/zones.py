"""Time zones by their IANA names, with the rules of the `tzdata` package.

The system's own zone data is never asked: it may be missing, or older than what hours are promised by, and
the same schedule must give the same answer on every machine.
"""

import difflib
import importlib.resources
from collections.abc import Sequence
from functools import lru_cache
from zoneinfo import ZoneInfo

import tzdata

VERSION: str = tzdata.IANA_VERSION
"""Of the rules, as IANA counts it: `2026a`."""

MAX_NAME_LENGTH = 64


class UnknownZone(ValueError):
    """No time zone has this name. `near` are names that may be meant, the likeliest first; often none."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name[:MAX_NAME_LENGTH]!r} is not a time zone")
        self.name = name
        self.near = _similar(name)


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """Every name there are rules for, links such as `Asia/Calcutta` among them."""
    listed = importlib.resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
    return frozenset(listed) - {"Factory"}


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The rules of a zone. Raises UnknownZone; names are case-sensitive."""
    if name not in names():
        raise UnknownZone(name)
    with importlib.resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def _similar(name: str) -> Sequence[str]:
    """`Europe/Vilnius` for `europe/vilnius`, `Vilnius` or `Europe/Vilnus`."""
    if len(name) > MAX_NAME_LENGTH:
        return ()
    wanted = "_".join(name.split()).casefold()
    known = {one.casefold(): one for one in sorted(names(), reverse=True)}
    cities: dict[str, str] = {}
    for folded in sorted(known):
        cities.setdefault(folded.rpartition("/")[2], folded)
    found = [wanted] if wanted in known else []
    city = wanted.rpartition("/")[2]
    if city in cities:
        found.append(cities[city])
    found += difflib.get_close_matches(wanted, known, n=2, cutoff=0.8)
    found += [cities[near] for near in difflib.get_close_matches(city, cities, n=2, cutoff=0.75)]
    return tuple(known[folded] for folded in list(dict.fromkeys(found))[:3])
