// Times, spans and names as the agent's locale and time zone write them.

import { createFormats, wholeDate } from "../../widget/lib/i18n.js";

/** @typedef {ReturnType<typeof createAgentFormats>} Formats */

const MINUTE = 60_000;

/** @param {string | null | undefined} zone @returns {string | undefined} undefined where the browser knows no such zone */
export function knownZone(zone) {
  if (!zone) return undefined;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone && zone;
  } catch {
    return undefined;
  }
}

/**
 * How a time beside a date is written as the locale writes one that stands alone: 09:05 or 9:05.
 * @param {string} locale @returns {Intl.DateTimeFormatOptions}
 */
export function clockOf(locale) {
  const alone = new Intl.DateTimeFormat(locale, { timeZone: "UTC", timeStyle: "short" }).format(Date.UTC(2024, 0, 1, 9, 5));
  return { hour: /^\p{Nd}{2}\P{Nd}/u.test(alone) ? "2-digit" : "numeric", minute: "2-digit" };
}

/** @param {string} locale @param {string | null} [timeZone] the agent's; default: the browser's */
export function createAgentFormats(locale, timeZone) {
  const own = knownZone(timeZone);
  const base = createFormats(locale, own);
  /** @type {Map<string, any>} */
  const made = new Map();
  /** @template T @param {string} name @param {() => T} make @returns {T} */
  const once = (name, make) => made.get(name) ?? (made.set(name, make()), made.get(name));

  /** @param {Intl.DateTimeFormatOptions} options */
  const dates = (options) => once(JSON.stringify(options), () => new Intl.DateTimeFormat(locale, { timeZone: own, ...options }));
  const clock = clockOf(locale);

  const iso = new Intl.DateTimeFormat("en-CA", { timeZone: own, calendar: "gregory", numberingSystem: "latn" });

  /** @param {string} zone @param {number} at @returns {number} minutes east of UTC */
  function offset(zone, at) {
    const parts = once(`offset ${zone}`, () => new Intl.DateTimeFormat("en-US", {
      timeZone: zone, hourCycle: "h23", calendar: "gregory", numberingSystem: "latn",
      year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric",
    })).formatToParts(at);
    /** @param {string} type */
    const value = (type) => Number(parts.find((/** @type {Intl.DateTimeFormatPart} */ part) => part.type === type)?.value);
    const there = Date.UTC(value("year"), value("month") - 1, value("day"), value("hour"), value("minute"));
    return Math.round((there - Math.floor(at / MINUTE) * MINUTE) / MINUTE);
  }

  return {
    ...base,
    /** A day: 21 November 2026. @param {string | number} at @param {"full" | "long" | "medium" | "short"} [style] */
    date: (at, style = "long") => (style === "full" ? wholeDate(dates, new Date(at)) : dates({ dateStyle: style }).format(new Date(at))),
    /** Nov 21, 2026, 11:30 AM @param {string | number} at */
    datetime: (at) => dates({ dateStyle: "medium", timeStyle: "short" }).format(new Date(at)),
    /** A share from 0 to 1 in whole percents. @param {number} share */
    percent: (share) => base.number(share, { style: "percent" }),

    /** The agent's calendar day of an instant, as a key: 2026-11-21. @param {string} at */
    dayKey: (at) => iso.format(new Date(at)),

    /**
     * A span in its largest whole unit, at least a minute: 12 min.
     * @param {number} ms @param {"short" | "long"} [width]
     */
    span(ms, width = "short") {
      const minutes = Math.max(1, Math.floor(ms / MINUTE));
      const [value, unit] =
        minutes < 60 ? [minutes, "minute"] : minutes < 1440 ? [Math.floor(minutes / 60), "hour"] : [Math.floor(minutes / 1440), "day"];
      return once(`${unit} ${width}`, () => new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: width })).format(value);
    },

    /** A difference between clocks: 3.5 hours. @param {number} minutes */
    hours: (minutes) =>
      once("hours", () => new Intl.NumberFormat(locale, { style: "unit", unit: "hour", unitDisplay: "long" })).format(minutes / 60),

    /** The wall clock of a zone: 14:32. @param {string} zone a known one @param {number} at */
    timeIn: (zone, at) =>
      once(`time ${zone}`, () => new Intl.DateTimeFormat(locale, { timeZone: zone, timeStyle: "short" })).format(at),

    /** The weekday of a zone. @param {string} zone @param {number} at */
    weekdayIn: (zone, at) =>
      once(`weekday ${zone}`, () => new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: "long" })).format(at),

    /** How far a zone's clocks are ahead of the agent's, in minutes. @param {string} zone @param {number} at */
    ahead: (zone, at) => offset(zone, at) - offset(own ?? Intl.DateTimeFormat().resolvedOptions().timeZone, at),

    /** @param {string} code ISO 3166 */
    country: (code) => once("countries", () => new Intl.DisplayNames([locale], { type: "region" })).of(code) ?? code,

    /** Seconds that are left: 32 sec. @param {number} count */
    seconds: (count) =>
      once("seconds", () => new Intl.NumberFormat(locale, { style: "unit", unit: "second", unitDisplay: "short" })).format(count),

    /** An instant to come: 9:00 today, else Mon 9:00, from a week on with the date. @param {string} at @param {number} now */
    soon(at, now) {
      const days = base.daysFromNow(at, now);
      if (days === 0) return base.time(at);
      const options = /** @type {Intl.DateTimeFormatOptions} */ (days > 0 && days < 7 ? { weekday: "short" } : { day: "numeric", month: "short" });
      return once(`soon ${days > 0 && days < 7}`, () => new Intl.DateTimeFormat(locale, {
        timeZone: own, ...options, ...clock,
      })).format(new Date(at));
    },

    /** Today 14:05, yesterday's weekday, else the date: short, for lists. @param {string} at @param {number} now */
    when(at, now) {
      const days = base.daysFromNow(at, now);
      if (days === 0) return base.time(at);
      const options = /** @type {Intl.DateTimeFormatOptions} */ (days > -7 ? { weekday: "short" } : { day: "numeric", month: "short" });
      return once(`when ${days > -7}`, () => new Intl.DateTimeFormat(locale, { timeZone: own, ...options })).format(new Date(at));
    },
  };
}
