// What the coverage map says about each place, in words.

import { format, t, tc, tn } from "../../widget/lib/i18n.js";
import { clockOf, knownZone } from "./formats.js";
import { cityOf, instantOf, lasting } from "./zoned.js";

/**
 * @typedef {import("./coverage_types").Week} Week
 * @typedef {import("./coverage_types").RegionLine} RegionLine
 * @typedef {import("./coverage_types").Stretch} Stretch
 * @typedef {import("./coverage_types").Present} Present
 * @typedef {import("./coverage_types").ZoneChange} ZoneChange
 * @typedef {import("./zoned.js").ZonedFormats} ZonedFormats
 *
 * @typedef {{title: string, state: string, when: string, there: string}} Words `there`: in the region's own zone; empty where it is the same
 */

/** @param {Week} week @param {string | null} id */
const nameOf = (week, id) => week.all.find((region) => region.id === id)?.name ?? id ?? "";

/** @param {{state: string, by: string | null}} stretch @param {Week} week */
export function stateWords(stretch, week) {
  if (stretch.state === "open") return tc("hours", "Open");
  if (stretch.state === "covered") return t("Closed; {region} answers its visitors", { region: nameOf(week, stretch.by) });
  return t("Closed; nobody answers its visitors");
}

/** @param {{start: string, end: string}} span @param {Week} week @param {ZonedFormats} formats */
export function spanWords(span, week, formats) {
  const whole = span.start === week.start && span.end === week.end;
  return whole ? t("the whole week") : tc("a time and how long it is", "{span} ({length})", { span: formats.span(span), length: formats.length(lasting(span)) });
}

/** @param {RegionLine} line @param {Stretch} stretch @param {Week} week @param {ZonedFormats} formats @returns {Words} */
export function stretchWords(line, stretch, week, formats) {
  return { title: line.name, state: stateWords(stretch, week), when: spanWords(stretch, week, formats), there: thereWords(line, stretch, week, formats.locale) };
}

/** @param {Present} present @param {Week} week @param {ZonedFormats} formats @returns {Words} */
export function presentWords(present, week, formats) {
  const names = present.regions.map((id) => nameOf(week, id));
  const title = !names.length ? t("Nobody is there") : tn("{names} is open", "{names} are open", names.length, { names: format().list(names) });
  const state = names.length > 1 ? tn("{n} region at once", "{n} regions at once", names.length) : "";
  return { title, state, when: spanWords(present, week, formats), there: "" };
}

/** What the clocks of the region show meanwhile. @param {RegionLine} line @param {Stretch} stretch @param {Week} week @param {string} locale */
function thereWords(line, stretch, week, locale) {
  if (line.zone === week.zone || !knownZone(line.zone) || (stretch.start === week.start && stretch.end === week.end)) return "";
  const own = new Intl.DateTimeFormat(locale, { timeZone: line.zone, weekday: "short", ...clockOf(locale) });
  return t("{span} in {city}", { span: own.formatRange(instantOf(stretch.start), instantOf(stretch.end)), city: cityOf(line.zone) });
}

/** All of it as one text, for who hears it. @param {Words} words */
export const spoken = ({ title, state, when, there }) => [title, state, when, there].filter(Boolean).join(". ");

/** @param {ZoneChange} change @param {Week} week @param {ZonedFormats} formats */
export function changeWords(change, week, formats) {
  const minutes = Math.abs(change.after - change.before);
  const values = { city: cityOf(change.zone), when: formats.moment(change.at), length: formats.length(minutes) };
  const told = change.after > change.before
    ? t("{when}: clocks in {city} go forward by {length}", values)
    : t("{when}: clocks in {city} go back by {length}", values);
  const names = change.regions.map((id) => nameOf(week, id));
  return names.length ? tc("something and the regions it is about", "{change} ({regions})", { change: told, regions: format().list(names) }) : told;
}
