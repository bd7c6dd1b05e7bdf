// The parts of a region in words: what they are called, and what they say.

import { format, t, tc, tn } from "../../widget/lib/i18n.js";
import { inTurn } from "./arrow.js";
import { hoursLocale } from "./hours_locale.js";
import { isAlways, weekOf } from "./hours_schedule.js";
import { spansOf } from "./hours_times.js";
import { split } from "./regions_differences.js";
import { countryName } from "./regions_client.js";
import { cityOf } from "./zoned.js";

/**
 * @typedef {import("./regions_types").Config} Config
 * @typedef {import("./regions_types").Person} Person
 * @typedef {import("./regions_types").Region} Region
 * What ids stand for.
 * @typedef {{config: Config, people: readonly Person[], regionName: (id: string) => string}} Names
 */

/** @param {string} path see `Difference` */
export function labelOf(path) {
  const [first, second] = split(path);
  const language = second && ["names", "offline"].includes(first) ? format().language(second) : "";
  switch (first) {
    case "names": return t("Name in {language}", { language });
    case "offline": return t("Text while closed in {language}", { language });
    case "countries": return t("Countries");
    case "languages": return t("Languages");
    case "agents": return t("Agents");
    case "overflow": return t("Helped by");
    case "when_empty": return t("When nobody is there");
  }
  switch (path) {
    case "schedule.timezone": return t("Time zone");
    case "schedule.weekly": return t("Weekly hours");
    case "schedule.holidays": return t("Holidays");
    case "schedule.exceptions": return t("Exceptions");
    case "schedule.closures": return t("Closures");
    case "waiting.offer_seconds": return t("Time to accept");
    case "waiting.overflow_minutes": return t("Help after");
    case "waiting.queue_limit": return t("Longest queue");
    default: return t("Short name");
  }
}

/** @param {string} path @param {any} value null: there is none @param {Names} names @returns {string} */
export function textOf(path, value, names) {
  const [first] = split(path);
  if (path === "agents" && value === null) return t("Everybody");
  if (path === "waiting.overflow_minutes" && value === null) return t("Never");
  if (path === "waiting.queue_limit" && value === null) return t("No limit");
  if (value === null || value === undefined || value === "" || (Array.isArray(value) && !value.length)) return t("None");
  switch (first) {
    case "countries": return format().list(value.map((/** @type {string} */ code) => countryName(names.config, code)));
    case "languages": return format().list(value.map((/** @type {string} */ tag) => format().language(tag)));
    case "agents": return format().list(value.map((/** @type {string} */ id) => names.people.find((person) => person.id === id)?.name ?? id));
    case "overflow": return inTurn(value.map(names.regionName));
    case "when_empty": return whenEmptyText(value);
  }
  switch (path) {
    case "schedule.timezone": return cityOf(value);
    case "schedule.weekly": return weekText(value);
    case "schedule.holidays": return holidaysText(value, names);
    case "schedule.exceptions": return first3(value.map(exceptionText));
    case "schedule.closures": return first3(value.map(closureText));
    case "waiting.offer_seconds": return tn("{n} second", "{n} seconds", value);
    case "waiting.overflow_minutes": return tn("{n} minute", "{n} minutes", value);
    case "waiting.queue_limit": return tn("{n} visitor", "{n} visitors", value);
    default: return String(value);
  }
}

/** @param {Region["when_empty"]} value */
export function whenEmptyText(value) {
  if (value === "wait") return t("Visitors wait here");
  return value === "overflow" ? t("Visitors go to the regions that help") : t("Visitors are told it is closed");
}

/** “Mon–Fri 09:00–17:30; Sat 10:00–14:00”. @param {any} weekly */
function weekText(weekly) {
  const locale = hoursLocale(format().locale);
  const schedule = /** @type {any} */ ({ weekly });
  if (isAlways(schedule)) return t("Always open");
  const week = weekOf(schedule);
  /** @type {{first: number, last: number, hours: string}[]} */
  const runs = [];
  for (const day of locale.order) {
    const hours = locale.hours(week[day] ?? []);
    const run = runs.at(-1);
    if (run && run.hours === hours) run.last = day;
    else runs.push({ first: day, last: day, hours });
  }
  const name = (/** @type {number} */ day) => locale.day(day, "short");
  const shown = runs.filter(({ hours }) => hours)
    .map(({ first, last, hours }) => `${first === last ? name(first) : `${name(first)}–${name(last)}`} ${hours}`);
  return shown.length ? shown.join("; ") : t("Never");
}

/** @param {any} one */
function exceptionText(one) {
  const locale = hoursLocale(format().locale);
  const dates = locale.range(one.date ?? one.from, one.date ?? one.to);
  const hours = locale.hours(spansOf(one.hours)) || tc("hours", "Closed");
  return `${dates}: ${hours}${one.name ? ` (${one.name})` : ""}`;
}

/** @param {any} one */
function closureText(one) {
  const locale = hoursLocale(format().locale);
  return `${locale.range(one.from.slice(0, 10), one.to.slice(0, 10))}${one.name ? ` (${one.name})` : ""}`;
}

/** @param {string[]} texts */
const first3 = (texts) => (texts.length > 3 ? [...texts.slice(0, 3), tn("{n} more", "{n} more", texts.length - 3)] : texts).join("; ");

/** @param {any} rule @param {Names} names */
function holidaysText(rule, names) {
  const where = [countryName(names.config, rule.country), rule.subdivision].filter(Boolean).join(" ");
  return rule.days?.length ? `${where} · ${tn("{n} day changed", "{n} days changed", rule.days.length)}` : where;
}
