import importlib.resources
import zoneinfo
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.domain import zones


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("europe/vilnius", "Europe/Vilnius"),
        ("Vilnius", "Europe/Vilnius"),
        ("Europe/Vilnus", "Europe/Vilnius"),
        ("America/New York", "America/New_York"),
        ("Istanbul", "Asia/Istanbul"),
        ("utc", "UTC"),
    ],
)
def test_what_is_nearly_a_zone_is_told(name: str, near: str) -> None:
    with pytest.raises(zones.UnknownZone) as caught:
        zones.zone(name)
    assert caught.value.near[0] == near


@pytest.mark.parametrize(
    "name",
    ["", "Nowhere/At_all", "../zones", "/etc/localtime", "Europe", "Factory", "x" * 100_000, "\x00", "é"],
)
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(zones.UnknownZone):
        zones.zone(name)


def test_every_zone_can_be_used() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    offsets = {at.astimezone(zones.zone(name)).utcoffset() for name in zones.names()}
    assert timedelta(hours=5, minutes=45) in offsets
    assert len(zones.names()) > 500


def test_the_system_s_own_zones_are_not_asked(tmp_path: Path) -> None:
    (tmp_path / "Asia").mkdir()
    # What the system says of Tehran: that it is in New York.
    rules = importlib.resources.files("tzdata").joinpath("zoneinfo", "America", "New_York").read_bytes()
    (tmp_path / "Asia" / "Tehran").write_bytes(rules)
    zoneinfo.reset_tzpath([str(tmp_path)])
    try:
        zoneinfo.ZoneInfo.clear_cache()
        zones.zone.cache_clear()
        noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
        assert noon.astimezone(zoneinfo.ZoneInfo("Asia/Tehran")).hour == 8
        assert noon.astimezone(zones.zone("Asia/Tehran")).strftime("%H:%M") == "15:30"
    finally:
        zoneinfo.reset_tzpath()
        zoneinfo.ZoneInfo.clear_cache()
