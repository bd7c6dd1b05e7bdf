// Words and pieces that the parts of the languages page share.

import { format, t, tn } from "../../widget/lib/i18n.js";
import { el, icon } from "./dom.js";

/**
 * @typedef {import("./packs_types").Changes} Changes
 * @typedef {import("./packs_types").Reach} Reach
 * @typedef {import("./packs_types").Problem} Problem
 * @typedef {import("./packs_types").Candidate} Candidate
 */

const UNITS = /** @type {const} */ (["byte", "kilobyte", "megabyte", "gigabyte"]);
const SHOWN_AT_FIRST = 8;

/** 105 MB @param {number} bytes */
export function size(bytes) {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 1 && value < 100 ? 1 : 0;
  return format().number(value, { style: "unit", unit: UNITS[unit], maximumFractionDigits: digits });
}

/** 2 min; a few seconds are 5 or 10 of them, so that it does not flicker @param {number} seconds */
export function span(seconds) {
  const [value, unit] =
    seconds < 60 ? [Math.max(5, Math.ceil(seconds / 5) * 5), "second"]
    : seconds < 5400 ? [Math.round(seconds / 60), "minute"] : [Math.round(seconds / 3600), "hour"];
  return format().number(/** @type {number} */ (value), { style: "unit", unit: /** @type {string} */ (unit), unitDisplay: "short" });
}

/** @param {string} tag */
export const language = (tag) => format().language(tag);

/** “Lithuanian to English”, for sentences and screen readers @param {string} from @param {string} to */
export const pairText = (from, to) => t("{from} to {to}", { from: language(from), to: language(to) });

/** “Lithuanian → English” @param {string | null} from @param {string | null} to */
export function pairElement(from, to) {
  if (!from || !to) return el("span", { class: "pair" }, t("Languages not said"));
  return el("span", { class: "pair" },
    el("span", { class: "visually-hidden" }, pairText(from, to)),
    el("span", { "aria-hidden": "true" }, el("bdi", {}, language(from)), " ", icon("arrow"), " ", el("bdi", {}, language(to))));
}

/** The languages a way goes through, ends left out @param {readonly string[]} path */
export const between = (path) => format().list(path.slice(1, -1).map(language));

/** @param {Reach} reach */
export function reachText(reach) {
  const pair = pairText(reach.from, reach.to);
  return reach.path.length > 2 ? t("{pair}, through {languages}", { pair, languages: between(reach.path) }) : pair;
}

/** @param {number | null} value 0 to 1 */
export const quality = (value) =>
  value === null ? t("quality not measured") : t("quality {n} of 100", { n: Math.round(value * 100) });

/** Facts beside each other; each keeps its own direction. @param {readonly (string | HTMLElement)[]} facts */
export const dotted = (facts) =>
  facts.filter(Boolean).flatMap((fact, index) => [...(index ? [" · "] : []), el("bdi", {}, fact)]);

/** A titled list that shows its beginning, and the rest on demand. @param {string} title @param {readonly string[]} lines */
export function listed(title, lines) {
  if (!lines.length) return null;
  const items = (/** @type {readonly string[]} */ some) => some.map((line) => el("li", {}, line));
  const rest = lines.slice(SHOWN_AT_FIRST);
  return el("div", { class: "listed" },
    el("p", {}, title),
    el("ul", { class: "lines" }, ...items(lines.slice(0, SHOWN_AT_FIRST))),
    rest.length ? el("details", {},
      el("summary", {}, tn("{n} more", "{n} more", rest.length)),
      el("ul", { class: "lines" }, ...items(rest))) : null);
}

/** What a change would do, in lists. @param {Changes} changes */
export function changesElements(changes) {
  const shifted = (/** @type {import("./packs_types").Shift[]} */ shifts) => shifts.map((shift) => reachText(shift));
  return [
    listed(t("Becomes possible:"), changes.gained.map(reachText)),
    listed(t("Becomes better, with fewer steps:"), shifted(changes.nearer)),
    listed(t("No longer possible:"), changes.lost.map(reachText)),
    listed(t("Gets a longer way:"), shifted(changes.farther)),
  ].filter((element) => element !== null);
}

/** What is wrong, and the server's own words for whoever looks after it. @param {Problem} problem */
export function problemElement(problem) {
  return el("div", { class: "problem" },
    el("p", { class: "error" }, problem.message),
    problem.detail ? details(problem.detail) : null);
}

/** @param {string} text English, technical */
export const details = (text) =>
  el("details", {}, el("summary", {}, t("Details")), el("p", { class: "technical", lang: "en", dir: "ltr" }, text));

/** How its pair stands now, so that one sees what it would change. @param {Candidate} offer */
export function standing(offer) {
  if (offer.installed) return t("Installed");
  if (!offer.way) return t("Not possible yet");
  if (offer.way.length > 2) return t("Now through {languages}", { languages: between(offer.way) });
  return t("Another pack for these languages is installed");
}

/**
 * Keeps the focus where it was while a part of the page is made anew: on the control with the same `data-key`.
 * @param {HTMLElement} place @param {() => void} render
 */
export function keepingFocus(place, render) {
  const focused = document.activeElement instanceof HTMLElement && place.contains(document.activeElement)
    ? document.activeElement.dataset.key : undefined;
  render();
  if (focused === undefined) return;
  const again = [...place.querySelectorAll("[data-key]")].find((each) => each instanceof HTMLElement && each.dataset.key === focused);
  if (again instanceof HTMLElement) again.focus();
  else {
    place.tabIndex = -1;
    place.focus();
  }
}
