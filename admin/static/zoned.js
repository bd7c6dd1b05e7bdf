// Times as the server writes them for a zone, `2026-11-23T09:00:00+02:00`: the instant and what the clocks there show, so that
// a browser with older rules than the server's, or without the zone, shows the same.

import { reader, wholeDate } from "../../widget/lib/i18n.js";
import { clockOf } from "./formats.js";

/** @typedef {ReturnType<typeof zonedFormats>} ZonedFormats */

const MINUTE = 60_000;

/** What the clocks show, as if it were UTC. @param {string} at @returns {number} milliseconds */
export const wall = (at) => Date.parse(`${at.slice(0, 19)}Z`);

/** @param {string} at @returns {number} the instant in milliseconds */
export const instantOf = (at) => Date.parse(at);

/** Where in a span an instant lies: 0 at its start, 1 at its end. @param {string} at @param {{start: string, end: string}} span */
export const share = (at, span) => (instantOf(at) - instantOf(span.start)) / (instantOf(span.end) - instantOf(span.start));

/** @param {{start: string, end: string}} span @returns {number} how long it lasts, in minutes */
export const lasting = (span) => Math.round((instantOf(span.end) - instantOf(span.start)) / MINUTE);

/** UTC+05:30, UTC−03:00. @param {number} minutes ahead of UTC @param {string} [locale] */
export function offsetName(minutes, locale = reader().locale) {
  const whole = Math.round(Math.abs(minutes));
  const digits = new Intl.NumberFormat(locale, { minimumIntegerDigits: 2, useGrouping: false });
  if (!whole) return "UTC";
  return `UTC\u200e${minutes < 0 ? "\u2212" : "+"}${digits.format(Math.floor(whole / 60))}:${digits.format(whole % 60)}`;
}

/** The place that a zone is called after, in the reader's words: Buenos Aires. @param {string} zone */
export const cityOf = (zone) => reader().cities?.[zone] ?? zone.slice(zone.lastIndexOf("/") + 1).replaceAll("_", " ");

/** 0 for Monday. @param {string} locale @param {number} fallback 1 for Monday, for browsers that don't know */
export function firstDayOf(locale, fallback) {
  /** @type {any} */
  const own = new Intl.Locale(locale);
  return ((own.getWeekInfo?.() ?? own.weekInfo)?.firstDay ?? fallback) - 1;
}

/** @param {string} locale */
export function zonedFormats(locale) {
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
  const day = /** @type {const} */ ({ weekday: "short", day: "numeric", month: "short" });

  /** @param {Intl.DateTimeFormatOptions} options @param {string} start @param {string} end */
  function range(options, start, end) {
    const format = dates(options);
    // Where clocks are turned back, the end may be earlier on the clock than the start.
    return wall(start) <= wall(end) ? format.formatRange(wall(start), wall(end)) : `${format.format(wall(start))} – ${format.format(wall(end))}`;
  }

  return {
    locale,
    /** 09:00 @param {string} at */
    time: (at) => dates({ timeStyle: "short" }).format(wall(at)),
    /** An hour for an axis: 6, 6 AM. @param {string} at */
    hour(at) {
      const format = dates({ hour: "numeric" });
      return format.resolvedOptions().hour12 ? format.format(wall(at)) : new Intl.NumberFormat(locale).format(new Date(wall(at)).getUTCHours());
    },
    /** Mon 23 @param {string} date 2026-11-23 */
    day: (date) => dates({ weekday: "short", day: "numeric" }).format(Date.parse(`${date}T00:00Z`)),
    /** Monday, 23 November 2026 @param {string} date 2026-11-23 */
    dayLong: (date) => wholeDate(dates, Date.parse(`${date}T00:00Z`)),
    /** November, for the head of a calendar @param {string} date */
    month: (date) => dates({ month: "short" }).format(Date.parse(`${date}T00:00Z`)),
    /** The number of the month in the reader's calendar, to see where one begins @param {string} date */
    monthKey: (date) => dates({ month: "numeric", year: "numeric" }).format(Date.parse(`${date}T00:00Z`)),
    /** M, T, W @param {number} weekday 0 for Monday @param {"long" | "short" | "narrow"} [width] */
    weekday: (weekday, width = "short") => dates({ weekday: width }).format(Date.UTC(2024, 0, 1 + weekday)),
    /** 16 – 22 November 2026 @param {string} first @param {string} last dates */
    days: (first, last) => range({ dateStyle: "long" }, `${first}T00:00:00`, `${last}T00:00:00`),
    /** Mon, 23 Nov, 09:00 @param {string} at */
    moment: (at) => dates({ ...day, ...clock }).format(wall(at)),
    /** Monday, 23 November 2026 at 09:00 @param {string} at */
    full: (at) => wholeDate(dates, wall(at), { timeStyle: "short" }),
    /** Mon, 23 Nov, 09:00–17:30; with both days where they differ @param {{start: string, end: string}} span */
    span({ start, end }) {
      // What Intl makes of a range within a day is in some locales written otherwise than any single time.
      return start.slice(0, 10) === end.slice(0, 10)
        ? `${dates({ ...day, ...clock }).format(wall(start))}–${dates({ timeStyle: "short" }).format(wall(end))}`
        : range({ ...day, ...clock }, start, end);
    },
    /** 37 hr 30 min. @param {number} minutes */
    length(minutes) {
      /** @param {number} value @param {string} unit */
      const part = (value, unit) => new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(value);
      const hours = Math.floor(minutes / 60);
      const rest = minutes % 60;
      if (!hours) return part(rest, "minute");
      return rest ? new Intl.ListFormat(locale, { type: "unit", style: "short" }).format([part(hours, "hour"), part(rest, "minute")]) : part(hours, "hour");
    },
    /** @param {number} value @param {Intl.NumberFormatOptions} [options] */
    number: (value, options) => new Intl.NumberFormat(locale, options).format(value),
  };
}
