// Asking the server about regions, and telling the time there.

import { format, t } from "../../widget/lib/i18n.js";
import { clockOf } from "./formats.js";

/**
 * @typedef {import("./regions_types").Status} Status
 * @typedef {import("./regions_types").Config} Config
 * @typedef {import("./regions_types").Person} Person
 */

/** What a call fails with. `told` is the whole answer; `code` is `offline` when none came. */
export class RegionsError extends Error {
  /** @param {string} code @param {string} message in the reader's language @param {any} [told] */
  constructor(code, message, told = {}) {
    super(message);
    this.code = code;
    this.told = told;
  }
}

/** @param {string} path @param {object} [body] without it the call is a GET @returns {Promise<any>} */
export async function ask(path, body) {
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(path, body === undefined ? {} : {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
    });
  } catch {
    throw new RegionsError("offline", t("The server can't be reached. Try again in a moment."));
  }
  /** @type {any} */
  let told = null;
  try {
    told = await answer.json();
  } catch {
    // A proxy's page of its own.
  }
  if (answer.ok && told) return told;
  if (answer.status === 401) location.assign(`/console/sign-in?next=${encodeURIComponent(location.pathname)}`);
  throw new RegionsError(told?.code ?? "offline", told?.message ?? t("The server gave no clear answer. Try again in a moment."), told ?? {});
}

/** The address of a region's page or, with `/api`, of its data. @param {string} id */
export const pathOf = (id) => `/regions/${encodeURIComponent(id)}`;

// The browser's clock may be wrong, but it runs as fast as the server's.
let ahead = Date.now() - performance.now();

/** @param {string} now the server's, as it has just said */
export const setNow = (now) => void (ahead = Date.parse(now) - performance.now());

/** The server's time, in milliseconds. */
export const now = () => ahead + performance.now();

/** What clocks show in a zone: “Sun 14:05”. @param {string} zone @param {number} [at] */
export function localTime(zone, at = now()) {
  return dates(zone, { weekday: "short", ...clockOf(format().locale) }).format(at);
}

/** An instant as clocks of a zone show it, as short as is clear: “17:30”, “Mon 09:00”, “4 Jan 09:00”. @param {string} instant @param {string} zone */
function moment(instant, zone) {
  const at = Date.parse(instant);
  const day = (/** @type {number} */ time) => dates(zone, { dateStyle: "short" }).format(time);
  if (day(at) === day(now())) return dates(zone, { ...clockOf(format().locale) }).format(at);
  if (Math.abs(at - now()) < 6 * 86_400_000) return localTime(zone, at);
  return dates(zone, { day: "numeric", month: "short", ...clockOf(format().locale) }).format(at);
}

/** “Open until 17:30”. @param {Status} status @param {string} zone */
export function statusText(status, zone) {
  if (status.open) return status.closes_at ? t("Open until {time}", { time: moment(status.closes_at, zone) }) : t("Always open");
  return status.opens_at ? t("Closed until {time}", { time: moment(status.opens_at, zone) }) : t("Closed, with no hours ahead");
}

/** A zone's name to read. @param {string} zone */
export const zoneName = (zone) => zone.replaceAll("_", " ");

/** How far a zone is from UTC now: “GMT+2”. @param {string} zone */
export const offset = (zone) =>
  dates(zone, { timeZoneName: "shortOffset" }).formatToParts(now()).find(({ type }) => type === "timeZoneName")?.value ?? "";

/** A flag and the name would say the same twice, so only the name. @param {Config} config @param {string} code */
export const countryName = (config, code) => config.countries.find((country) => country.code === code)?.name ?? code;

/** Those a person speaks. @param {Person} person */
export const spokenBy = (person) => format().list([person.language, ...person.spoken].map((tag) => format().language(tag)));

/** @type {Map<string, Intl.DateTimeFormat>} */
const made = new Map();

/** @param {string} zone @param {Intl.DateTimeFormatOptions} options */
function dates(zone, options) {
  const key = `${format().locale} ${zone} ${JSON.stringify(options)}`;
  let found = made.get(key);
  if (!found) {
    try {
      found = new Intl.DateTimeFormat(format().locale, { timeZone: zone, ...options });
    } catch {
      // A zone that the server knows and this browser does not.
      found = new Intl.DateTimeFormat(format().locale, { timeZone: "UTC", timeZoneName: "short", ...options });
    }
    made.set(key, found);
  }
  return found;
}
