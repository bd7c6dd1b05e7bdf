"""Which packs lead from one language to another, directly or through pivots."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod

from .packs import Pack
from .tags import Pair, match, same_language

MAX_HOPS = 3
"""At most two pivots: every hop loses some of the meaning."""


@dataclass(frozen=True)
class Reach:
    """A pair that can be translated, and the languages it goes through: `("pt", "en", "lt")`."""

    pair: Pair
    path: tuple[str, ...]

    @property
    def direct(self) -> bool:
        return len(self.path) == 2


class Routes:
    """The graph of installed packs: languages are its nodes, packs its edges."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        self._edges: dict[str, dict[str, Pack]] = {}
        for pack in packs:
            known = self._edges.setdefault(pack.pair.source, {}).get(pack.pair.target)
            if known is None or pack.quality > known.quality:
                self._edges[pack.pair.source][pack.pair.target] = pack

    def pairs(self) -> tuple[Pair, ...]:
        """The pairs with a pack of their own, sorted."""
        return tuple(sorted(pack.pair for targets in self._edges.values() for pack in targets.values()))

    def packs(self) -> tuple[Pack, ...]:
        """The pack that is used for each of those pairs."""
        return tuple(pack for targets in self._edges.values() for pack in targets.values())

    def languages(self) -> tuple[str, ...]:
        """Every language that can be translated from or to, sorted."""
        return tuple(sorted({tag for pair in self.pairs() for tag in (pair.source, pair.target)}))

    def reachable(self) -> tuple[Reach, ...]:
        """Every pair that can be translated: direct ones first, then by languages."""
        found = []
        for source in self.languages():
            for target in self.languages():
                packs = None if source == target else self._best(source, target)
                if packs:
                    found.append(Reach(Pair(source, target), languages_of(packs)))
        return tuple(sorted(found, key=lambda reach: (len(reach.path), reach.pair)))

    def path(self, source: str, target: str) -> tuple[Pack, ...] | None:
        """The packs to apply in order, or None if nothing leads there.

        Fewest hops first (at most `MAX_HOPS`), then the highest product of the packs' quality. Among the tags
        that can stand for the ones asked, the closest ones with a route win. The same language needs no
        packs: ().
        """
        if same_language(source, target):
            return ()
        languages = self.languages()
        for start in match(source, languages):
            for end in match(target, languages):
                found = self._best(start, end) if start != end else None
                if found:
                    return found
        return None

    def _best(self, source: str, target: str) -> tuple[Pack, ...] | None:
        level: list[tuple[Pack, ...]] = [(pack,) for pack in self._edges.get(source, {}).values()]
        for _ in range(MAX_HOPS):
            arrived = [packs for packs in level if packs[-1].pair.target == target]
            if arrived:
                return max(
                    arrived, key=lambda packs: (prod(pack.quality for pack in packs), packs[0].pair.target)
                )
            level = [
                (*packs, following)
                for packs in level
                for following in self._edges.get(packs[-1].pair.target, {}).values()
                if following.pair.target not in languages_of(packs)
            ]
        return None


def gained(before: Iterable[Pack], pack: Pack) -> tuple[Reach, ...]:
    """The pairs that can be translated with one more pack and could not without it."""
    packs = [other for other in before if other.key != pack.key]
    known = {reach.pair for reach in Routes(packs).reachable()}
    return tuple(reach for reach in Routes([*packs, pack]).reachable() if reach.pair not in known)


def languages_of(packs: Sequence[Pack]) -> tuple[str, ...]:
    """The languages a chain of packs goes through, ends included; () for an empty chain."""
    return (packs[0].pair.source, *(pack.pair.target for pack in packs)) if packs else ()
