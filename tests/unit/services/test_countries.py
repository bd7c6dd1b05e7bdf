"""Which country somebody writes from: by the address where a file knows it, else by the browser's zone."""

import logging
from pathlib import Path
from typing import Any

import pytest

from appliance.services.countries import Countries, GeoIp, GeoIpProblem
from tests.support.mmdb import encode, mmdb

NETWORKS = {
    "1.2.3.0/24": {"country": {"iso_code": "LT"}, "city": {"names": {"en": "Vilnius"}}},
    "2.0.0.0/8": {"country": "JP"},
    "3.0.0.0/8": {"country_code": "BR"},
    "4.0.0.0/8": {"country": {"iso_code": "EU"}},
    "5.0.0.0/8": {"country": {"iso_code": 7}},
    "10.0.0.0/8": {"country": {"iso_code": "DE"}},
    "2a02::/16": {"country": {"iso_code": "IR"}},
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "countries.mmdb"
    path.write_bytes(mmdb(NETWORKS))
    return path


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Vilnius", "LT"),
        ("Asia/Tehran", "IR"),
        ("Asia/Calcutta", "IN"),
        ("Europe/Kiev", "UA"),
        ("America/Buenos_Aires", "AR"),
        ("US/Pacific", "US"),
        ("Asia/Istanbul", "TR"),
        # Newer than CLDR's tables may be.
        ("America/Coyhaique", "CL"),
        ("UTC", None),
        ("Etc/GMT+3", None),
        ("CET", None),
        ("EST5EDT", None),
        ("Atlantis/Capital", None),
        ("europe/vilnius", None),
        ("../../etc/passwd", None),
        ("x" * 10_000, None),
        ("", None),
        (None, None),
    ],
)
def test_a_zone_lies_in_a_country(zone: str | None, country: str | None) -> None:
    assert Countries().country(zone, "1.2.3.4") == country


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ("1.2.3.4", "LT"),
        ("::ffff:1.2.3.4", "LT"),
        ("2.9.9.9", "JP"),
        ("3.1.1.1", "BR"),
        ("2a02:4780::1", "IR"),
    ],
)
def test_the_address_is_believed_before_the_zone(file: Path, address: str, country: str) -> None:
    assert Countries(GeoIp(file)).country("Europe/London", address) == country


@pytest.mark.parametrize(
    "address",
    [
        *("9.9.9.9", "2600::1"),
        # No country: the European Union, and a number.
        *("4.4.4.4", "5.5.5.5"),
        # Nobody's own network is in a country, whatever the file says.
        *("10.1.2.3", "127.0.0.1", "192.168.1.1", "169.254.1.1", "fe80::1%eth0", "fd00::1", "224.0.0.1"),
        *("testclient", "", "1.2.3", "1.2.3.4.5", "1" * 5000),
        None,
    ],
)
def test_without_a_country_for_the_address_the_zone_tells(file: Path, address: str | None) -> None:
    assert Countries(GeoIp(file)).country("Europe/London", address) == "GB"
    assert Countries(GeoIp(file)).country("Not/AZone", address) is None


def test_a_file_of_ipv4_alone_knows_no_ipv6(tmp_path: Path) -> None:
    path = tmp_path / "old.mmdb"
    path.write_bytes(mmdb({"1.0.0.0/8": {"country": {"iso_code": "LT"}}}, ip_version=4))
    assert GeoIp(path).country("1.1.1.1") == "LT"
    assert GeoIp(path).country("2a02::1") is None


def _damaged() -> dict[str, tuple[bytes, str]]:
    whole = mmdb(NETWORKS)
    asn = mmdb({"1.0.0.0/8": {"autonomous_system_number": 1}}, database_type="GeoLite2-ASN")
    no_end = whole[: whole.rindex(b"\xab\xcd\xefMaxMind.com")]
    nested: Any = "LT"
    for _ in range(200):
        nested = [nested]
    # A pointer at the beginning of the data to itself.
    endless = mmdb({"1.0.0.0/8": {"country": "LT"}})
    start = endless.index(encode({"country": "LT"}))
    endless = endless[:start] + b"\x20\x00" + endless[start + 2 :]
    return {
        "empty": (b"", "is damaged or is no GeoIP file (.mmdb)"),
        "text": (b"country,LT\n" * 100, "is damaged or is no GeoIP file (.mmdb)"),
        "cut off": (no_end, "is damaged or is no GeoIP file (.mmdb)"),
        "another kind": (asn, "names no countries (it is 'GeoLite2-ASN')"),
        "no records": (mmdb({}), "names no countries (it is 'Test-Country')"),
        "deep": (mmdb({"1.0.0.0/8": nested}), "names no countries (it is 'Test-Country')"),
        "a circle": (endless, "is damaged: its records can't be read"),
        "only an end": (whole[whole.rindex(b"\xab\xcd\xefMaxMind.com") :], "is damaged"),
    }


@pytest.mark.parametrize("kind", _damaged())
def test_a_file_that_can_not_be_used_is_named(tmp_path: Path, kind: str) -> None:
    content, told = _damaged()[kind]
    path = tmp_path / "bad.mmdb"
    path.write_bytes(content)
    with pytest.raises(GeoIpProblem) as problem:
        GeoIp(path)
    assert str(problem.value).startswith(f"{str(path)!r} {told}")


def test_a_file_that_is_not_there_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(GeoIpProblem, match="No such file"):
        GeoIp(tmp_path / "none.mmdb")
    with pytest.raises(GeoIpProblem, match="Is a directory"):
        GeoIp(tmp_path)


def test_every_cut_and_every_changed_byte_is_a_problem_or_an_answer(tmp_path: Path) -> None:
    whole = mmdb(NETWORKS)
    path = tmp_path / "changed.mmdb"
    for place in range(0, len(whole), 7):
        for content in (whole[:place], whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]):
            path.write_bytes(content)
            try:
                geoip = GeoIp(path)
            except GeoIpProblem:
                continue
            for address in ("1.2.3.4", "2.2.2.2", "2a02::1"):
                found = geoip.country(address)
                assert found is None or (len(found) == 2 and found.isupper())


def test_damage_found_later_is_logged_once_without_the_address(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    content = mmdb(NETWORKS)
    last = content.rindex(encode("IR"))
    path = tmp_path / "later.mmdb"
    # A text longer than the file, in a record that the look at the start does not come to.
    path.write_bytes(content[:last] + b"\x5d\xff" + content[last + 2 :])
    geoip = GeoIp(path)
    with caplog.at_level(logging.DEBUG):
        assert [geoip.country("2a02::1"), geoip.country("2a02::2"), geoip.country("1.2.3.4")] == [
            None,
            None,
            "LT",
        ]
    warnings = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert len(warnings) == 1
    assert "2a02" not in caplog.text


def test_a_file_that_changes_on_disk_changes_nothing(file: Path) -> None:
    geoip = GeoIp(file)
    file.write_bytes(b"")
    assert geoip.country("1.2.3.4") == "LT"
