"""What CLDR has and Babel lacks: the digits of locales, and the Persian calendar."""

import datetime as dt

# The zero of CLDR's numbering systems other than European digits; the other digits follow it in Unicode.
_ZEROS = {
    "adlm": "\U0001e950",
    "arab": "\u0660",
    "arabext": "\u06f0",
    "beng": "\u09e6",
    "cakm": "\U00011136",
    "deva": "\u0966",
    "mymr": "\u1040",
    "olck": "\u1c50",
    "tibt": "\u0f20",
}
_PERSIAN_MONTHS = (
    "فروردین",
    "اردیبهشت",
    "خرداد",
    "تیر",
    "مرداد",
    "شهریور",
    "مهر",
    "آبان",
    "آذر",
    "دی",
    "بهمن",
    "اسفند",
)
# From Monday, as Python counts them.
_PERSIAN_WEEKDAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")
# 1 Farvardin of the year 1, as `date.toordinal` counts days.
_PERSIAN_EPOCH = 226_895


def digits(numbering_system: str) -> dict[int, int]:
    """A table for `str.translate` from European digits to those of a numbering system."""
    zero = ord(_ZEROS.get(numbering_system, "0"))
    return {} if zero == ord("0") else {ord("0") + digit: zero + digit for digit in range(10)}


def persian_date(day: dt.date) -> tuple[int, int, int]:
    """Year, month and day of the Solar Hijri calendar, by the cycle of 33 years that ICU too uses.

    It agrees with ICU from 1900 to 2119. Before 622 there are no dates: ValueError.
    """
    elapsed = day.toordinal() - _PERSIAN_EPOCH
    if elapsed < 0:
        raise ValueError("before the first year of the Persian calendar")
    year = 1 + (33 * elapsed + 3) // 12053
    day_of_year = elapsed - (365 * (year - 1) + (8 * year + 21) // 33)
    # Six months of 31 days, then months of 30.
    month, rest = divmod(day_of_year, 31) if day_of_year < 186 else divmod(day_of_year - 6, 30)
    return year, month + 1, rest + 1


def format_persian_date(day: dt.date, style: str) -> str:
    """A date in Persian, in European digits. Style: full, long, medium or short."""
    year, month, day_of_month = persian_date(day)
    if style == "short":
        return f"{year}/{month}/{day_of_month}"
    shown = f"{day_of_month} {_PERSIAN_MONTHS[month - 1]} {year}"
    return f"{_PERSIAN_WEEKDAYS[day.weekday()]} {shown}" if style == "full" else shown
