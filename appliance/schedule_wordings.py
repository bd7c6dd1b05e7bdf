"""What may be wrong with a schedule, in words: the codes of `domain.schedule.Problem` and their texts."""

from appliance.domain.schedule import Problem
from appliance.i18n import Catalogue, mark

TABLE: dict[str, str] = {
    # Of the file as a whole.
    "too_large": mark("This is larger than {limit} MB, which no schedule needs."),
    "not_utf8": mark("This is not text in UTF-8, from byte {position} on."),
    "not_json": mark("This is not valid JSON, from line {line}, column {column} on."),
    "too_deep": mark("This is nested deeper than any schedule."),
    "schedule_type": mark("A schedule must be an object with “timezone” and “weekly”."),
    "field": mark("“{value}” is not known here. Possible: {known}."),
    "field_near": mark("“{value}” is not known here. Did you mean “{near}”?"),
    "field_twice": mark("“{field}” is there more than once. Keep one of them."),
    "missing": mark("“{field}” is missing."),
    "list_type": mark("“{field}” must be a list."),
    # Zones, countries, names.
    "timezone": mark("“{value}” is not a time zone. Use a name such as Europe/Vilnius."),
    "timezone_near": mark("“{value}” is not a time zone. Did you mean {near}?"),
    "timezone_type": mark("The time zone must be a name such as Europe/Vilnius."),
    "country": mark("“{value}” is not a country code. Use two capital letters such as LT."),
    "country_near": mark("“{value}” is not a country code. Did you mean {near}?"),
    "country_unknown": mark("No public holidays are known of a country with the code {value}."),
    "subdivision": mark("“{value}” is no part of {country} whose holidays are known. Possible: {known}."),
    "subdivision_none": mark(
        "“{value}” is no part of {country} whose holidays are known; none is. Leave the part out."
    ),
    "subdivision_type": mark("The part of the country must be a code such as BY, or null."),
    "name": mark("A name must be one line of at most {limit} characters."),
    # Hours and dates.
    "weekly_type": mark("The weekly hours must be an object such as {example}."),
    "holidays_type": mark("The holidays must be null, or an object such as {example}."),
    "holiday_type": mark("What one holiday has of its own must be an object such as {example}."),
    "holiday_name": mark("The holiday must be given by its English name, such as Christmas Day."),
    "holiday_open": mark("Give either “open” or “hours”: “open” means the hours of the weekday."),
    "holiday_open_type": mark("“open” must be true or false."),
    "hours_type": mark("Hours must be a list of intervals such as {example}, empty for none."),
    "hours_missing": mark("“hours” is missing. An empty list means closed."),
    "too_many_intervals": mark("These are more than {limit} intervals, more than a day has minutes."),
    "interval_type": mark("An interval must be two times such as {example}."),
    "time": mark("“{value}” is not a time. Use 00:00 to 23:59, as in 09:30; an end may also be 24:00."),
    "interval_start": mark("24:00 can only be an end. What starts then starts at 00:00 of the next day."),
    "interval_empty": mark("Start and end are the same. A whole day is 00:00 to 24:00."),
    "interval_long": mark("This is longer than a day. Split it between the days."),
    "exception_type": mark("An exception must be an object such as {example}."),
    "date_or_range": mark("Give either “date”, or both “from” and “to”."),
    "date": mark("“{value}” is not a date. Write it as 2026-12-24, from year 0001 to 9999."),
    "range_order": mark("The last day, {last}, is before the first, {first}."),
    "closure_type": mark("A closure must be an object such as {example}."),
    "moment": mark(
        "“{value}” is not a date and time of the local clock. Write it as 2026-12-24T18:00, without a zone."
    ),
    "moment_start": mark("“{value}” can only be an end. Use 00:00 of the next day."),
    "moment_last": mark("“{value}” is after the last of all dates. Use 23:59."),
    "closure_order": mark("The end, {end}, must be after the start, {start}."),
    # Instants.
    "instant": mark("“{value}” is not an instant. Write it as 2026-12-24T18:00:00Z."),
    "instant_zone": mark("“{value}” says no zone. Add Z for UTC, or an offset such as +02:00."),
    "instant_range": mark("“{value}” is before the year 1 or after 9999 in UTC."),
    # OpenStreetMap's text, read.
    "osm_empty": mark("There are no opening hours here. Write something like Mo-Fr 09:00-17:00."),
    "osm_unexpected": mark("“{found}” is not understood here."),
    "osm_end": mark("The text ends where something is missing."),
    "osm_quote": mark("This quotation mark has no second one."),
    "osm_day_twice": mark("PH stands for all holidays, so no other days can be chosen among them."),
    "osm_yearly": mark(
        "“{found}” has no year, and what returns each year can't be kept. "
        "Write 2026 Dec 24, or PH for public holidays."
    ),
    "osm_month_days": mark(
        "“{found}” can't be kept here: dated hours hold on all their days, not only on some weekdays."
    ),
    "osm_date": mark("“{found}” is not a date. Write it as 2026 Dec 24."),
    "osm_range": mark("The last day of this range is before the first. Give the year of both."),
    "osm_school": mark("School holidays (SH) can't be kept; only public holidays (PH) are known."),
    "osm_sun": mark("“{found}” can't be kept: hours must be times of the clock."),
    "osm_weeks": mark("Numbers of weeks can't be kept. Give dates, as in 2026 Dec 24-31."),
    "osm_nth": mark("Weekdays of a month, such as the first Monday, can't be kept. Give dates."),
    "osm_offset": mark("Days before or after others can't be kept. Give dates."),
    "osm_open_end": mark("Hours without an end (+) can't be kept. Give a time."),
    "osm_fallback": mark("Alternatives (||) can't be kept. Hours are either open or not."),
    "osm_unknown": mark("“unknown” can't be kept. Hours are either open or not."),
    "osm_comment": mark("Only dates can have a comment; it becomes their name."),
    "osm_order": mark(
        "This rule would undo part of an earlier one. "
        "Put weekdays first, then PH, then dates with their hours, then dates with hours that are off."
    ),
    "osm_additional": mark("After a comma only hours or weekdays can follow. Put a semicolon before this."),
    "osm_time": mark("“{found}” is not a time. Write it as 09:30."),
    "osm_cut": mark(
        "These hours can't be taken out: they belong to the night before, or would leave some after midnight."
    ),
    "osm_holiday_cut": mark(
        "Hours that are off on holidays can't be kept. Give the hours that are open on PH."
    ),
    "osm_country": mark("PH needs a country whose holidays are meant."),
    "osm_too_many": mark("These are more than {limit} days. Use fewer."),
    # OpenStreetMap's text, written.
    "osm_name_quote": mark("A quotation mark in a name can't be written. Use ' or “ ” instead."),
    "osm_holiday_day": mark(
        "One holiday on its own can't be written. Make it an exception with a date, or leave it out."
    ),
    # What is allowed but hardly meant.
    "note_never_open": mark("There are no hours at all: it is never open."),
    "note_overlap": mark("This overlaps with {other}. Together they count once."),
    "note_holiday": mark("No holiday is called “{value}” there, so this never counts."),
    "note_holiday_near": mark(
        "No holiday is called “{value}” there, so this never counts. Did you mean “{near}”?"
    ),
    "note_holiday_twice": mark("The same holiday comes again further down, so this never counts."),
    "note_hidden": mark("Later exceptions cover all its days, so this one never counts."),
}


def wording(problem: Problem, catalogue: Catalogue) -> str:
    """The problem in the language of a catalogue, without its place."""
    return catalogue.t(TABLE[problem.code], **problem.params)
