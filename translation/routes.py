"""Which packs lead from one language to another, directly or through pivots."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod

from .packs import Pack
from .tags import Pair, in_other_script, match, same_language, script

MAX_HOPS = 3
"""At most two pivots: every hop loses some of the meaning."""

REMEMBERED = 10_000
"""Ways found, by the tags that were asked for. With a hundred packs one takes a millisecond to find."""


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
        self._known: dict[tuple[str, str], tuple[Pack, ...] | None] = {}
        tags = self.languages()
        # What comes out of one pack can go into another that calls the language differently: pt-BR into pt.
        self._joined = {tag: tuple(near for near in tags if _fits(tag, near)) for tag in tags}

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
                packs = None if same_language(source, target) else self._best((source,), (target,))
                if packs:
                    found.append(Reach(Pair(source, target), languages_of(packs)))
        return tuple(sorted(found, key=lambda reach: (len(reach.path), reach.pair)))

    def path(self, source: str, target: str) -> tuple[Pack, ...] | None:
        """The packs to apply in order, or None if nothing leads there.

        Fewest hops first (at most `MAX_HOPS`), since every hop loses meaning; then the closest tags that can
        stand for the ones asked (`pt` for `pt-BR`); then the highest product of the packs' quality. The same
        language needs no packs: (). Only if no way leads to a script its readers write does Chinese come in
        the other one, which the way's last language says.
        """
        asked = (source, target)
        if asked not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[asked] = self._path(source, target)
        return self._known[asked]

    def _path(self, source: str, target: str) -> tuple[Pack, ...] | None:
        if same_language(source, target):
            return ()
        languages = self.languages()
        sources = match(source, languages)
        others = [tag for tag in in_other_script(target, languages) if not same_language(source, tag)]
        return self._best(sources, match(target, languages)) or self._best(sources, others)

    def _best(self, sources: Sequence[str], targets: Sequence[str]) -> tuple[Pack, ...] | None:
        """The best way from any of `sources` to any of `targets`, both best first."""
        level: list[tuple[Pack, ...]] = [
            (pack,) for source in sources for pack in self._edges.get(source, {}).values()
        ]
        for _ in range(MAX_HOPS):
            arrived = [packs for packs in level if packs[-1].pair.target in targets]
            if arrived:
                return min(arrived, key=lambda packs: _badness(packs, sources, targets))
            level = [(*packs, following) for packs in level for following in self._following(packs)]
        return None

    def _following(self, packs: tuple[Pack, ...]) -> Iterator[Pack]:
        """The packs that take up where a chain ends and do not lead back."""
        passed = [near for tag in languages_of(packs) for near in self._joined[tag]]
        for tag in self._joined[packs[-1].pair.target]:
            for following in self._edges.get(tag, {}).values():
                if following.pair.target not in passed:
                    yield following


def _fits(tag: str, near: str) -> bool:
    """Whether one model's output is another's input. People may read two scripts, models don't."""
    return same_language(tag, near) and script(tag) == script(near)


def _badness(packs: Sequence[Pack], sources: Sequence[str], targets: Sequence[str]) -> tuple[float, ...]:
    start, end = sources.index(packs[0].pair.source), targets.index(packs[-1].pair.target)
    joints = pairwise(packs)
    misfits = sum(before.pair.target != after.pair.source for before, after in joints)
    return (start + end, -prod(pack.quality for pack in packs), misfits)


def gained(before: Iterable[Pack], *packs: Pack) -> tuple[Reach, ...]:
    """The pairs that can be translated with more packs and could not without them."""
    keys = {pack.key for pack in packs}
    others = [other for other in before if other.key not in keys]
    known = {reach.pair for reach in Routes(others).reachable()}
    return tuple(reach for reach in Routes([*others, *packs]).reachable() if reach.pair not in known)


def languages_of(packs: Sequence[Pack]) -> tuple[str, ...]:
    """The languages a chain of packs goes through, ends included; () for an empty chain."""
    return (packs[0].pair.source, *(pack.pair.target for pack in packs)) if packs else ()
