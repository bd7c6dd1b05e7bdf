// Days, times and calendars as the reader's locale has them.

import { t, tc, wholeDate } from "../../widget/lib/i18n.js";
import { clockOf } from "./formats.js";
import { DAY, DAYS } from "./hours_times.js";

/**
 * @typedef {import("./hours_types").Span} Span
 * @typedef {ReturnType<typeof hoursLocale>} HoursLocale
 */

// Where the week doesn't begin on Monday, by CLDR, for browsers that don't say it.
const SUNDAY = "AG AO AS BD BR BS BT BW BZ CA CO CV DM DO ET GT GU GW HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI NP PA PE PH PK PR PT PY SA SG ST SV TH TL TT TW UM US VE VI WS YE ZA ZW";
const SATURDAY = "AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY";
// A Monday.
const MONDAY = Date.UTC(2024, 0, 1);
const MINUTE = 60_000;

/** @param {string} locale */
export function hoursLocale(locale) {
  /** @type {Map<string, Intl.DateTimeFormat>} */
  const made = new Map();
  /** @param {Intl.DateTimeFormatOptions} options */
  const dates = (options) => {
    const name = JSON.stringify(options);
    const found = made.get(name) ?? new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
    made.set(name, found);
    return found;
  };
  const clock = clockOf(locale);
  const clocks = dates(clock);
  const is12 = clocks.resolvedOptions().hour12 === true;
  /** @type {any} */
  const own = new Intl.Locale(locale);
  const firstDay = ((own.getWeekInfo?.() ?? own.weekInfo)?.firstDay ?? firstDayOf(own.maximize().region)) - 1;
  /** @param {string} part @param {number} minutes */
  const partOf = (part, minutes) => clocks.formatToParts(MONDAY + minutes * MINUTE).find((one) => one.type === part)?.value ?? "";

  /** @param {number} minutes */
  function time(minutes) {
    if (minutes === DAY && !is12) {
      const number = new Intl.NumberFormat(locale, { useGrouping: false });
      return `${number.format(24)}${clocks.formatToParts(MONDAY).find((one) => one.type === "literal")?.value ?? ":"}${partOf("minute", 0)}`;
    }
    const at = MONDAY + (minutes % DAY) * MINUTE;
    return (is12 && minutes % 60 === 0 ? dates({ hour: "numeric" }) : clocks).format(at);
  }

  /** @param {Span} span */
  const span = ({ start, end }) => (start === 0 && end === DAY ? t("All day") : `${time(start)}–${time(end > DAY ? end - DAY : end)}`);

  const comma = /^(?:ja|zh)/.test(locale) ? "、" : /^(?:fa|ar|ur|ps|ckb)/.test(locale) ? "، " : ", ";

  /** @param {string} iso 2026-12-24 */
  const at = (iso) => Date.parse(`${iso}T00:00Z`);

  return {
    locale,
    /** The days in the reader's order, as indices of a week that starts on Monday. */
    order: DAYS.map((_, index) => (index + firstDay) % 7),
    firstDay,
    time,
    span,
    /** “09:00–12:00, 13:00–17:30”. @param {readonly Span[]} spans */
    hours: (spans) => spans.map(span).join(comma),
    /** An hour for an axis: 9, 9 AM, 9時. @param {number} hour */
    hour: (hour) => (is12 ? dates({ hour: "numeric" }).format(MONDAY + (hour % 24) * 60 * MINUTE) : new Intl.NumberFormat(locale).format(hour)),
    /** @param {number} day from Monday, 0 @param {"long" | "short" | "narrow"} [width] */
    day: (day, width = "long") => dates({ weekday: width }).format(MONDAY + day * DAY * MINUTE),
    /** Thursday, 24 December 2026. @param {string} iso */
    date: (iso) => wholeDate(dates, at(iso)),
    /** 24 Dec 2026. @param {string} iso */
    shortDate: (iso) => dates({ dateStyle: "medium" }).format(at(iso)),
    /** 24 Dec – 2 Jan 2027. @param {string} from @param {string} to */
    range: (from, to) => (from === to ? dates({ dateStyle: "medium" }).format(at(from)) : dates({ dateStyle: "medium" }).formatRange(at(from), at(to))),
    /** Thu, 24 Dec, 18:00. @param {string} moment 2026-12-24T18:00, of the local clock */
    moment: (moment) => dates({ weekday: "short", day: "numeric", month: "short", ...clock }).format(Date.parse(`${moment}Z`)),
    /** @param {string} from @param {string} to moments */
    moments: (from, to) => dates({ day: "numeric", month: "short", year: "numeric", ...clock }).formatRange(Date.parse(`${from}Z`), Date.parse(`${to.replace(/T24:00$/, "T23:59")}Z`)),
    /** 24. @param {string} iso */
    dayOfMonth: (iso) => dates({ day: "numeric" }).formatToParts(at(iso)).find((part) => part.type === "day")?.value ?? "",
    /** Thu, 24 Dec. @param {string} iso */
    weekdayDate: (iso) => dates({ weekday: "short", day: "numeric", month: "short" }).format(at(iso)),
    /** @param {string} iso */
    monthName: (iso) => dates({ month: "long" }).format(at(iso)),
    /** @param {string} iso */
    yearName: (iso) => dates({ year: "numeric" }).format(at(iso)),
    /** @param {number} value @param {Intl.NumberFormatOptions} [options] */
    number: (value, options) => new Intl.NumberFormat(locale, options).format(value),
    /** 37.5 hours. @param {number} minutes */
    hoursLong: (minutes) => new Intl.NumberFormat(locale, { style: "unit", unit: "hour", unitDisplay: "long", maximumFractionDigits: 2 }).format(minutes / 60),
    calendar: dates({}).resolvedOptions().calendar,
    /** What people of this language type. @returns {import("./hours_text.js").Words} */
    words() {
      /** @param {number} from */
      const halves = (from) => [...new Set(Array.from({ length: 12 }, (_, hour) =>
        dates({ hour: "numeric", hour12: true }).formatToParts(MONDAY + (from + hour) * 60 * MINUTE).find((one) => one.type === "dayPeriod")?.value.toLowerCase() ?? ""))].filter(Boolean);
      const [am, pm] = [halves(0), halves(12)];
      return {
        am: am.filter((word) => !pm.includes(word)),
        pm: pm.filter((word) => !am.includes(word)),
        closed: [tc("hours", "Closed").toLowerCase()],
        day: [t("All day").toLowerCase()],
      };
    },
  };
}

/** The first day of a country's week, Monday 1. @param {string | undefined} country */
export function firstDayOf(country = "") {
  return SUNDAY.split(" ").includes(country) ? 7 : SATURDAY.split(" ").includes(country) ? 6 : 1;
}
