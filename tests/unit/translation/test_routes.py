"""The best way over installed packs."""

from translation import Pack, Pair, Reach, Routes


def pack(source: str, target: str, quality: float = 0.5, version: str = "1") -> Pack:
    return Pack(
        Pair(source, target), "stub", f"{source}{target}-{version}", "stub_engine:load", (), 1, quality
    )


def way(routes: Routes, source: str, target: str) -> list[str] | None:
    packs = routes.path(source, target)
    return None if packs is None else [used.version for used in packs]


def test_direct_beats_a_better_pivot() -> None:
    routes = Routes([pack("pt", "lt", 0.1), pack("pt", "en", 0.9), pack("en", "lt", 0.9)])
    assert way(routes, "pt", "lt") == ["ptlt-1"]


def test_quality_decides_between_pivots() -> None:
    routes = Routes(
        [pack("pt", "en", 0.9), pack("en", "lt", 0.4), pack("pt", "es", 0.7), pack("es", "lt", 0.7)]
    )
    assert way(routes, "pt", "lt") == ["ptes-1", "eslt-1"]


def test_the_better_of_two_packs_for_a_pair_is_used() -> None:
    routes = Routes(
        [pack("pt", "en", 0.5, "old"), pack("pt", "en", 0.8, "new"), pack("pt", "en", 0.8, "late")]
    )
    assert way(routes, "pt", "en") == ["pten-new"]


def test_two_pivots_are_the_most() -> None:
    chain = [pack("a1", "b1"), pack("b1", "c1"), pack("c1", "d1"), pack("d1", "e1")]
    routes = Routes(chain)
    assert way(routes, "a1", "d1") == ["a1b1-1", "b1c1-1", "c1d1-1"]
    assert way(routes, "a1", "e1") is None


def test_regions_fall_back_and_the_same_language_needs_nothing() -> None:
    routes = Routes([pack("pt", "en"), pack("en", "pt")])
    assert way(routes, "pt-BR", "en-GB") == ["pten-1"]
    assert way(routes, "pt-BR", "pt-PT") == []
    assert way(routes, "pt", "xx") is None


def test_reachable_pairs_come_with_their_way() -> None:
    routes = Routes([pack("pt", "en"), pack("en", "lt")])
    assert routes.pairs() == (Pair("en", "lt"), Pair("pt", "en"))
    assert routes.languages() == ("en", "lt", "pt")
    assert routes.reachable() == (
        Reach(Pair("en", "lt"), ("en", "lt")),
        Reach(Pair("pt", "en"), ("pt", "en")),
        Reach(Pair("pt", "lt"), ("pt", "en", "lt")),
    )
