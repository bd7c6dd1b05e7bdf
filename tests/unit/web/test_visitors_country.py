"""What a visitor's network address is used for: the country, and nothing else."""

import sqlite3
from pathlib import Path

import pytest

from appliance.app import create_app
from appliance.settings import SettingError, Settings
from appliance.storage import models
from tests.conftest import Clock
from tests.support.mmdb import mmdb
from tests.unit.web.house import open_house


async def test_a_geoip_file_tells_the_country_and_the_address_is_not_kept(
    tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "appliance")
    file = tmp_path / "countries.mmdb"
    file.write_bytes(mmdb({"1.2.3.0/24": {"country": {"iso_code": "JP"}}}))
    data = tmp_path / "data"
    async with open_house(data, clock, geoip_file=file) as house:
        house.http._transport.client = ("1.2.3.4", 4711)  # type: ignore[attr-defined]
        await house.visitor(language="lt", time_zone="Europe/Vilnius")
        house.http._transport.client = ("10.0.0.7", 4711)  # type: ignore[attr-defined]
        await house.visitor(language="lt", time_zone="Europe/Vilnius")
        assert [row.country for row in await models.Visitor.all().order_by("number")] == ["JP", "LT"]
    with sqlite3.connect(data / "dragoman.db") as database:
        assert "1.2.3.4" not in "\n".join(database.iterdump())
    database.close()
    assert "1.2.3.4" not in caplog.text


@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "can't be read: No such file or directory"), (b"\x00" * 5000, "is damaged or is no GeoIP file")],
)
def test_a_geoip_file_that_can_not_be_used_stops_the_start(
    tmp_path: Path, content: bytes | None, told: str
) -> None:
    file = tmp_path / "countries.mmdb"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SettingError) as error:
        create_app(Settings(data_dir=tmp_path / "data", geoip_file=file))
    assert str(error.value).startswith(f"DRAGOMAN_GEOIP_FILE: {str(file)!r} {told}")
