"""Which country somebody writes from: by a GeoIP file of the operator's, else by the browser's time zone.

An address is only looked up, never stored and never logged. The file has the format of MaxMind's databases
(https://maxmind.github.io/MaxMind-DB/); of a record only the country is read.
"""

import csv
import importlib.resources
import ipaddress
import itertools
import logging
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import maxminddb
from babel.core import get_global

from appliance.domain import zones

_log = logging.getLogger(__name__)

_LOOKED_AT = 1000
"""Records of a file that are read at the start, until one names a country."""

_NAMES_NO_COUNTRY = frozenset(
    {"CET", "CST6CDT", "EET", "EST", "EST5EDT", "HST", "MET", "MST", "MST7MDT", "PST8PDT", "WET"}
)
"""Rules that many countries share; CLDR takes each for one city's, which would send visitors anywhere."""


class GeoIpProblem(ValueError):
    """A GeoIP file can't be used. The text says why, to go after the name of the setting."""


class GeoIp:
    """An open GeoIP file, the whole of it in memory: replacing or cutting it on disk harms nobody.

    It is read in Python, since a damaged file must end in an exception and not in a crash.
    """

    def __init__(self, path: Path) -> None:
        """Raises GeoIpProblem."""
        try:
            self._reader = maxminddb.open_database(path, maxminddb.MODE_MEMORY)
        except OSError as error:
            raise GeoIpProblem(f"{str(path)!r} can't be read: {error.strerror or error}") from None
        except Exception as error:
            # Whatever damaged bytes lead its reader into, not only what it declares.
            raise GeoIpProblem(f"{str(path)!r} is damaged or is no GeoIP file (.mmdb)") from error
        try:
            records = itertools.islice(self._reader, _LOOKED_AT)
            fits = any(_country_of(record) is not None for _, record in records)
        except Exception as error:
            raise GeoIpProblem(f"{str(path)!r} is damaged: its records can't be read") from error
        if not fits:
            kind = self._reader.metadata().database_type
            raise GeoIpProblem(f"{str(path)!r} names no countries (it is {str(kind)[:60]!r})")
        self._warned = False

    def country(self, address: str) -> str | None:
        """ISO 3166-1, or None for an address that is private, unknown or none."""
        try:
            ip = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return None
        if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        if not ip.is_global or ip.is_multicast:
            return None
        if ip.version == 6 and self._reader.metadata().ip_version == 4:
            return None
        try:
            return _country_of(self._reader.get(ip))
        except Exception as error:
            if not self._warned:
                self._warned = True
                # Neither the address nor the error's text, which may have the address in it.
                _log.warning(
                    "The GeoIP file is damaged, some countries stay unknown (%s)", type(error).__name__
                )
            return None


class Countries:
    """Asks the GeoIP file first, if there is one, then the time zone."""

    def __init__(self, geoip: GeoIp | None = None) -> None:
        self._geoip = geoip

    def country(self, time_zone: str | None, address: str | None) -> str | None:
        """ISO 3166-1 for a browser's IANA zone (old names too) and the address it calls from; or None."""
        if self._geoip is not None and address is not None:
            found = self._geoip.country(address)
            if found is not None:
                return found
        return country_of_zone(time_zone)


def country_of_zone(name: str | None) -> str | None:
    """The country that most of a zone lies in, by CLDR; None for one that is unknown or of no country."""
    if name is None or name in _NAMES_NO_COUNTRY or name not in zones.names():
        return None
    current = get_global("zone_aliases").get(name, name)
    territory = get_global("zone_territories").get(current) or _newer_than_cldr().get(current)
    return territory if territory in _territories() else None


@lru_cache(maxsize=1)
def _territories() -> frozenset[str]:
    """The countries that have a zone of their own."""
    listed = {*get_global("zone_territories").values(), *_newer_than_cldr().values()}
    return frozenset(one for one in listed if len(one) == 2 and one.isalpha()) - {"ZZ"}


@lru_cache(maxsize=1)
def _newer_than_cldr() -> Mapping[str, str]:
    """Countries by zone as the zone rules themselves list them, which come out more often than CLDR."""
    listed = importlib.resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    rows = csv.reader((line for line in listed.splitlines() if not line.startswith("#")), delimiter="\t")
    return {row[2]: row[0] for row in rows}


def _country_of(record: object) -> str | None:
    """`{"country": {"iso_code": "LT"}}` as most makers write it, `{"country": "LT"}` or
    `{"country_code": "LT"}` as some do."""
    if not isinstance(record, dict):
        return None
    found = record.get("country", record.get("country_code"))
    if isinstance(found, dict):
        found = found.get("iso_code")
    return found if isinstance(found, str) and found in _territories() else None
