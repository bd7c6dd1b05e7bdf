// All time zones as people look for them: by city, country, the zone's own name, or how far it is ahead.

import { best } from "./match.js";
import { cityOf, offsetName } from "./zoned.js";
import { countryOfZone } from "./zone_countries.js";

/**
 * @typedef {object} ZoneEntry
 * @property {string} zone its IANA name
 * @property {string} city
 * @property {string} country in the reader's words; empty for UTC
 * @property {string} offset
 * @property {string} sought what a search looks at
 */

/** Minutes a zone's clocks are ahead of UTC; null where the browser doesn't know the zone. @param {string} zone @param {number} at */
export function offsetOf(zone, at) {
  try {
    const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(at);
    const found = /GMT([+-])(\d{2}):(\d{2})/.exec(parts.find((part) => part.type === "timeZoneName")?.value ?? "");
    return found ? (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) : 0;
  } catch {
    return null;
  }
}

/** @param {string} zone @param {string} locale @param {number} at @returns {ZoneEntry} */
export function zoneEntry(zone, locale, at) {
  const code = countryOfZone(zone);
  const country = code ? new Intl.DisplayNames([locale], { type: "region" }).of(code) ?? code : "";
  const minutes = offsetOf(zone, at);
  const offset = minutes === null ? "" : offsetName(minutes, locale);
  const plain = minutes === null ? "" : offsetName(minutes, "en").replace("\u2212", "-").replace("\u200e", "");
  return { zone, city: cityOf(zone), country, offset, sought: `${cityOf(zone)} ${country} ${zone} ${plain} ${offset}` };
}

/** UTC first, then by offset from west to east. @param {string} locale @param {number} at @returns {ZoneEntry[]} */
export function zoneList(locale, at) {
  const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC" && !zone.startsWith("Etc/"))];
  return zones.map((zone) => zoneEntry(zone, locale, at));
}

/** @param {string} query @param {readonly ZoneEntry[]} entries @param {number} [most] */
export const findZones = (query, entries, most = 60) => (query.trim() ? best(query, entries, (entry) => entry.sought) : [...entries]).slice(0, most);
