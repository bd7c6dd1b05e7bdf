"""What time zones are called after in a language: CLDR has it, and browsers do not tell."""

from babel.core import get_global

from cataloguing.plurals import babel_locale


def cities(locale: str) -> dict[str, str]:
    """By every name that a zone has or has had; without those whose name ends in its city's."""
    named = babel_locale(locale).time_zones
    current = get_global("zone_aliases")
    found: dict[str, str] = {}
    for zone in sorted({*named, *current, *current.values()}):
        newest = current.get(zone, zone)
        # Mostly CLDR keeps to the oldest name.
        names = (zone, newest, *(old for old, new in current.items() if new == newest))
        city = next((known["city"] for name in names if "city" in (known := named.get(name, {}))), None)
        if city and str(city) != zone.rpartition("/")[2].replace("_", " ") and not zone.startswith("Etc/"):
            found[zone] = str(city)
    return found
