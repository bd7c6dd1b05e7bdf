"""The best way over installed packs."""

from translation import Pack, Pair, Reach, Routes, gained


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


def test_a_direct_pack_of_a_near_tag_beats_a_pivot_to_the_very_one() -> None:
    routes = Routes([pack("en", "pt"), pack("en", "es"), pack("es", "pt-BR")])
    assert way(routes, "en", "pt-BR") == ["enpt-1"]


def test_of_two_direct_packs_the_closer_tag_wins_whatever_its_quality() -> None:
    routes = Routes([pack("en", "pt", 0.9), pack("en", "pt-BR", 0.4), pack("en", "zh-Hant", 0.1)])
    assert way(routes, "en", "pt-BR") == ["enpt-BR-1"]
    assert way(routes, "en", "pt-PT") == ["enpt-1"]
    assert way(routes, "en", "zh-TW") == ["enzh-Hant-1"]


def test_chinese_in_the_other_script_is_for_readers_who_get_nothing_else_and_says_so() -> None:
    routes = Routes([pack("en", "zh"), pack("zh", "en")])
    assert (
        way(routes, "en", "zh-TW")
        == way(routes, "en", "zh-Hant-HK")
        == way(routes, "en", "yue")
        == ["enzh-1"]
    )
    assert [used.pair.target for used in routes.path("en", "zh-TW") or ()] == ["zh"]
    assert way(routes, "zh-TW", "en") is None
    assert way(routes, "zh-CN", "zh-TW") is None


def test_a_way_to_the_right_script_is_taken_even_over_a_pivot() -> None:
    routes = Routes([pack("en", "zh"), pack("en", "ja"), pack("ja", "zh-Hant")])
    assert way(routes, "en", "zh-TW") == ["enja-1", "jazh-Hant-1"]
    assert way(routes, "en", "zh-CN") == ["enzh-1"]


def test_other_scripts_are_not_served_in_silence() -> None:
    routes = Routes([pack("en", "uz"), pack("en", "sr"), pack("en", "pa")])
    assert way(routes, "en", "uz-Cyrl") is None
    assert way(routes, "en", "pa-PK") is None
    assert way(routes, "en", "sr-Latn") == ["ensr-1"]


def test_packs_that_call_a_language_differently_are_joined() -> None:
    routes = Routes([pack("lt", "en-US"), pack("en", "pt-BR"), pack("pt", "ja")])
    assert way(routes, "lt", "pt") == ["lten-US-1", "enpt-BR-1"]
    assert way(routes, "en", "ja") == ["enpt-BR-1", "ptja-1"]


def test_packs_in_different_scripts_are_not_joined() -> None:
    routes = Routes([pack("en", "zh-Hant"), pack("zh", "ja"), pack("en", "sr-Latn"), pack("sr", "bg")])
    assert way(routes, "en", "ja") is None
    assert way(routes, "en", "bg") is None


def test_a_way_does_not_lead_back_under_another_name() -> None:
    routes = Routes([pack("pt", "en"), pack("en", "pt-BR"), pack("pt-BR", "ja")])
    assert way(routes, "pt", "ja") == ["pt-BRja-1"]
    assert [reach.path for reach in routes.reachable()] == [
        ("en", "pt-BR"),
        ("pt", "en"),
        ("pt-BR", "ja"),
        ("en", "pt-BR", "ja"),
    ]


def test_what_a_pack_adds() -> None:
    installed = [pack("pt", "en"), pack("en", "pt")]
    assert [reach.path for reach in gained(installed, pack("en", "lt"))] == [("en", "lt"), ("pt", "en", "lt")]
    assert gained(installed, pack("en", "pt", 0.9, "better")) == ()
