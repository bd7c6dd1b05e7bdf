"""Regions as their pages see them."""

from datetime import UTC, datetime

import pytest

from appliance.domain.regions import KeptRegion, Region, Regions
from appliance.domain.schedule import Hours, Schedule, Status
from appliance.i18n import Catalogue
from appliance.web.regions_views import region_view

WEEK = Schedule("Europe/Vilnius", ((Hours(540, 1050),),) * 7)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "in a circle: \u2068Vilnius → \u2068تهران\u2069 → Vilnius\u2069."),
        ("fa", "in a circle: \u2068\u2067\u2068Vilnius\u2069 ← تهران ← \u2068Vilnius\u2069\u2069\u2069."),
    ],
)
def test_arrows_between_regions_point_to_the_next_in_the_direction_of_reading(locale: str, said: str) -> None:
    vilnius = Region("lt", {"en": "Vilnius"}, WEEK, overflow=("ir",))
    tehran = Region("ir", {"en": "تهران"}, WEEK, overflow=("lt",))
    kept = KeptRegion(vilnius, datetime(2026, 3, 2, 12, tzinfo=UTC), None, "2026a")
    seen = region_view(kept, Regions((vilnius, tehran), "lt"), Status(True), {}, Catalogue(locale, {}))
    notes = {note["code"]: note["message"] for note in seen["notes"]}
    assert said in notes["note_overflow_circle"]
