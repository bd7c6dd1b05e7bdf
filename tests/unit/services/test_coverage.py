"""What a pack adds and what is lost without it; who is not understood yet, and which packs would do."""

import pytest

from appliance.services.coverage import Gap, compare, counted, gaps
from tests.unit.services.packs import pack
from translation import Pack, Pair, Routes

STARTER = [pack("en", "pt"), pack("pt", "en")]
LITHUANIAN = [pack("en", "lt"), pack("lt", "en")]


def paths(changed: object) -> list[tuple[str, ...]]:
    return [reach.path for reach in changed]  # type: ignore[attr-defined]


def test_what_a_pack_adds_directly_and_through_others() -> None:
    changes = compare(STARTER, [*STARTER, pack("lt", "en")])
    assert paths(changes.gained) == [("lt", "en"), ("lt", "en", "pt")]
    assert (changes.nearer, changes.farther, changes.lost) == ((), (), ())


def test_a_direct_pack_shortens_a_way() -> None:
    before = [*STARTER, *LITHUANIAN]
    changes = compare(before, [*before, pack("lt", "pt")])
    assert [(shift.before.path, shift.after.path) for shift in changes.nearer] == [
        (("lt", "en", "pt"), ("lt", "pt"))
    ]
    assert changes.gained == ()


def test_what_is_lost_and_what_gets_longer() -> None:
    before = [*STARTER, *LITHUANIAN, pack("lt", "pt")]
    changes = compare(before, [one for one in before if one.pair != Pair("lt", "pt")])
    assert [shift.after.path for shift in changes.farther] == [("lt", "en", "pt")]
    assert changes.lost == ()
    lost = compare(before, [one for one in before if one.pair != Pair("en", "lt")])
    assert [reach.pair for reach in lost.lost] == [Pair("en", "lt"), Pair("pt", "lt")]


@pytest.mark.parametrize(
    ("packs", "team", "visitors", "expected"),
    [
        ([], {"en": 2}, {}, []),
        (STARTER, {"en": 1, "pt-BR": 1}, {"pt-PT": 3, "en-GB": 1}, []),
        # Nothing leads to a reader of Lithuanian.
        (STARTER, {"lt": 2}, {}, [Gap("lt", "team", 2, (), (Pair("lt", "en"), Pair("en", "lt")))]),
        # One direction is not enough, and only the other one is wanted.
        (
            [*STARTER, pack("lt", "en")],
            {"lt": 1},
            {},
            [Gap("lt", "team", 1, (), (Pair("en", "lt"),))],
        ),
        ([*STARTER, *LITHUANIAN], {"lt": 1, "en": 1}, {"pt": 1}, []),
        # A visitor whom nobody of the team understands.
        (
            STARTER,
            {"en": 1, "pt": 1},
            {"fa": 4},
            [Gap("fa", "visitors", 4, ("en", "pt"), (Pair("fa", "en"), Pair("en", "fa")))],
        ),
        # Said once: of the team's language, not of every visitor too.
        (
            STARTER,
            {"lt": 1},
            {"pt": 5},
            [Gap("lt", "team", 1, (), (Pair("lt", "en"), Pair("en", "lt")))],
        ),
        # Packs name no region; scripts matter.
        (
            STARTER,
            {"en": 1},
            {"zh-Hant": 1, "fr-CA": 2},
            [
                Gap("fr-CA", "visitors", 2, ("en",), (Pair("fr", "en"), Pair("en", "fr"))),
                Gap("zh-Hant", "visitors", 1, ("en",), (Pair("zh-Hant", "en"), Pair("en", "zh-Hant"))),
            ],
        ),
    ],
)
def test_who_is_not_understood(
    packs: list[Pack], team: dict[str, int], visitors: dict[str, int], expected: list[Gap]
) -> None:
    assert gaps(Routes(packs), team, visitors) == expected


def test_the_packs_that_are_wanted_close_the_gap() -> None:
    (gap,) = gaps(Routes(STARTER), {"pt": 1}, {"ja": 1})
    wanted = [pack(pair.source, pair.target) for pair in gap.wanted]
    assert gaps(Routes([*STARTER, *wanted]), {"pt": 1}, {"ja": 1}) == []


def test_tags_of_one_language_are_counted_together() -> None:
    assert counted(["en", "pt-BR", "en-GB", "pt", "zh-Hans", "zh-Hant", "en"]) == {
        "en": 3,
        "pt-BR": 2,
        "zh-Hans": 1,
        "zh-Hant": 1,
    }
