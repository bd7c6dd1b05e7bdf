// The words and formats of one reader. A page has one reader, so the catalogue in use is this module's state.

/** @import {Catalogue, Values} from "./types" */

/** @type {Catalogue} */
const ENGLISH = { locale: "en", direction: "ltr", messages: {} };

let catalogue = ENGLISH;
let plurals = new Intl.PluralRules("en");
let formats = createFormats("en");

/** @param {string} url @returns {Promise<Catalogue>} rejected when it is not there or damaged */
export async function loadCatalogue(url) {
  const answer = await fetch(url);
  const found = await answer.json();
  if (!answer.ok || !found.messages) throw new Error(`catalogue: ${answer.status}`);
  new Intl.Locale(found.locale);
  return found;
}

/**
 * Makes a catalogue the one in use. `locale` is the reader's own variant of its language (en-GB for en),
 * for dates and numbers; without one the catalogue's.
 * @param {Catalogue} [next] @param {string} [locale] @param {string} [timeZone] default: the browser's
 */
export function useCatalogue(next = ENGLISH, locale = next.locale, timeZone) {
  broken.clear();
  catalogue = next;
  plurals = new Intl.PluralRules(next.locale);
  formats = createFormats(locale, timeZone);
}

/** The catalogue in use. */
export const reader = () => catalogue;

/** The formatters in use; see `createFormats`. */
export const format = () => formats;

/** `t("Hello {name}", {name})`. @param {string} text @param {Values} [values] */
export function t(text, values) {
  return fill(sound(text, catalogue.messages[text], text) ?? text, values);
}

/** `tc("button", "Send")`: the same English in another sense. @param {string} context @param {string} text @param {Values} [values] */
export function tc(context, text, values) {
  const key = `${context}\u0004${text}`;
  return fill(sound(key, catalogue.messages[key], text) ?? text, values);
}

/**
 * `tn("{n} message", "{n} messages", n)`: the form that the reader's language asks for; `{n}` is the number.
 * @param {string} one @param {string} other @param {number} n @param {Values} [values]
 */
export function tn(one, other, n, values) {
  const found = catalogue.messages[one];
  const form = typeof found === "object" ? sound(one, found[plurals.select(n)] || found.other, one + other, true) : null;
  return fill(form ?? (new Intl.PluralRules("en").select(n) === "one" ? one : other), { n, ...values });
}

/** Broken ones of this catalogue, said once. @type {Set<string>} */
const broken = new Set();

/**
 * A translation, unless its placeholders or tags are not the source's: better English than nonsense.
 * @param {string} key @param {unknown} found @param {string} source @param {boolean} [fewer] it may leave some out @returns {string | null}
 */
function sound(key, found, source, fewer) {
  if (typeof found !== "string" || !found) return null;
  /** @param {string} text @returns {string[]} */
  const parts = (text) => text.match(/\{[^{}]*\}?|<\/?[a-z][^<>]*>?/gi) ?? [];
  const [own, its] = [parts(found), parts(source)];
  if (own.every((part) => its.includes(part)) && (fewer || its.every((part) => own.includes(part)))) return found;
  if (!broken.has(key)) console.error("broken translation:", key, found);
  broken.add(key);
  return null;
}

/** @param {string} text @param {Values} [values] */
function fill(text, values) {
  if (!values) return text;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? formats.number(value) : isolate(value);
  });
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
// Also of telephone numbers, whose groups would come in the other order.
const LEFT_TO_RIGHT = /[A-Za-z\u00c0-\u02af\u0370-\u052f\u0900-\u1fff\u2c00-\ud7ff]|\+\d|\d[\s()]+\d/;

/**
 * Keeps a text of the other direction from disturbing the sentence around it.
 * Text of the reader's own direction is returned as it is.
 * @param {string} text @param {"ltr" | "rtl"} [direction] of the sentence around
 */
export function isolate(text, direction = catalogue.direction) {
  const foreign = direction === "rtl" ? LEFT_TO_RIGHT : RIGHT_TO_LEFT;
  return foreign.test(text) ? `\u2068${text}\u2069` : text;
}

/**
 * The variant of the catalogue's language that the reader asks for: en → en-GB, but never zh-Hans → zh-TW.
 * @param {string} locale @param {readonly string[]} wanted the browser's languages
 */
export function variantOf(locale, wanted) {
  const own = new Intl.Locale(locale).maximize();
  if (new Intl.Locale(locale).region) return locale;
  return (
    wanted.find((tag) => {
      try {
        const { language, script } = new Intl.Locale(tag).maximize();
        // A tag without a region says nothing of how its reader writes dates.
        return language === own.language && script === own.script && new Intl.Locale(tag).region;
      } catch {
        // Some systems name no language, such as “en-US@posix”.
        return false;
      }
    }) ?? locale
  );
}

/**
 * Thursday, 24 December 2026, with the time if asked for. For the Persian calendar CLDR has no such pattern of its own, and what it falls back to puts the year
 * first: there the weekday goes before the date that it has.
 * @param {(options: Intl.DateTimeFormatOptions) => Intl.DateTimeFormat} dates @param {number | Date} at @param {Intl.DateTimeFormatOptions} [time]
 */
export function wholeDate(dates, at, time = {}) {
  const whole = dates({ dateStyle: "full", ...time });
  if (whole.resolvedOptions().calendar !== "persian") return whole.format(at);
  return `${dates({ weekday: "long" }).format(at)} ${dates({ dateStyle: "long", ...time }).format(at)}`;
}

/** @typedef {Date | string | number} When an instant: Date, ISO text or milliseconds */

/**
 * Dates, numbers and lists as this locale writes them (fa: Persian calendar and digits).
 * @param {string} locale @param {string} [timeZone] default: the browser's
 */
export function createFormats(locale, timeZone) {
  /** @type {Map<string, any>} Intl objects are slow to make and quick to use */
  const made = new Map();
  /** @template T @param {string} name @param {() => T} make @returns {T} */
  const once = (name, make) => made.get(name) ?? (made.set(name, make()), made.get(name));
  /** @param {string} name @param {Intl.DateTimeFormatOptions} options */
  const dates = (name, options) =>
    once(name, () => new Intl.DateTimeFormat(locale, { timeZone, ...options }));
  /** Hebrew has "in an hour (1)" and "in two hours (2)", which nobody says. @param {"auto" | "always"} numeric @param {number} n @param {Intl.RelativeTimeFormatUnit} unit */
  const away = (numeric, n, unit) => once(numeric, () => new Intl.RelativeTimeFormat(locale, { numeric })).format(n, unit).replace(/ \(\W?[12]\W?\)$/, "");

  return {
    locale,
    /** 14:05 @param {When} at */
    time: (at) => dates("time", { timeStyle: "short" }).format(new Date(at)),
    /** Saturday, 21 November; with the year unless it is this one @param {When} at @param {When} [now] */
    day(at, now = Date.now()) {
      const year = dates("year", { year: "numeric" });
      return year.format(new Date(at)) === year.format(new Date(now))
        ? dates("day", { weekday: "long", day: "numeric", month: "long" }).format(new Date(at))
        : dates("date", { dateStyle: "long" }).format(new Date(at));
    },
    /** date and time in full, for tooltips @param {When} at */
    full: (at) => wholeDate((options) => dates(JSON.stringify(options), options), new Date(at), { timeStyle: "short" }),
    /** 3 minutes ago; tomorrow @param {When} at @param {When} [now] */
    relative(at, now = Date.now()) {
      const seconds = (new Date(at).getTime() - new Date(now).getTime()) / 1000;
      if (Math.abs(seconds) >= 86400) return away("auto", dayNumber(at) - dayNumber(now), "day");
      /** @type {[number, Intl.RelativeTimeFormatUnit][]} */
      const units = [[3600, "hour"], [60, "minute"], [1, "second"]];
      const [size, unit] = units.find(([s]) => Math.abs(seconds) >= s) ?? units[2];
      return away("auto", Math.trunc(seconds / size), unit);
    },
    /** in 3 minutes, in 1 day @param {number} n @param {Intl.RelativeTimeFormatUnit} unit */
    ahead: (n, unit) => away("always", n, unit),
    /** 0 Sunday to 6 Saturday @param {When} at */
    weekday: (at) => (dayNumber(at) + 4) % 7,
    /** whole days from now to `at` on the reader's calendar: 0 today, -1 yesterday @param {When} at @param {When} [now] */
    daysFromNow: (at, now = Date.now()) => dayNumber(at) - dayNumber(now),
    /** @param {number} value @param {Intl.NumberFormatOptions} [options] */
    number: (value, options) =>
      (options ? new Intl.NumberFormat(locale, options) : once("number", () => new Intl.NumberFormat(locale))).format(value),
    /** Emma, Jonas and 田中 @param {string[]} items */
    list: (items) =>
      once("list", () => new Intl.ListFormat(locale, { type: "conjunction" })).format(items.map((item) => isolate(item))),
    /** the name of a language in the reader's: lt → Lithuanian @param {string} tag from anybody; extensions have no names */
    language(tag) {
      try {
        return once("names", () => new Intl.DisplayNames([locale], { type: "language" })).of(tag.replace(/-[^-]-.*/, "")) ?? tag;
      } catch {
        return tag;
      }
    },
  };

  /** @param {When} at the day's number on the Gregorian calendar of the reader's zone */
  function dayNumber(at) {
    const parts = once("iso", () => new Intl.DateTimeFormat("en-CA", { timeZone, calendar: "gregory", numberingSystem: "latn" }));
    return Math.round(Date.parse(`${parts.format(new Date(at))}T00:00Z`) / 86_400_000);
  }
}
