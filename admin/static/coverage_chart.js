// The chart of a week: a line for each region, time from the start to the end of each line, as long as it really takes.

import { t } from "../../widget/lib/i18n.js";
import { changeWords, presentWords, spoken, stretchWords } from "./coverage_words.js";
import { el } from "./dom.js";
import { fold } from "./match.js";
import { cityOf, instantOf, offsetName, share } from "./zoned.js";

/**
 * @typedef {import("./coverage_types").Week} Week
 * @typedef {import("./coverage_words.js").Words} Words
 * @typedef {import("./zoned.js").ZonedFormats} ZonedFormats
 *
 * @typedef {object} Cell
 * @property {HTMLElement} element
 * @property {number} from an instant
 * @property {number} to
 * @property {Words} words
 */

/** @param {HTMLElement} element @param {{start: string, end: string}} span @param {Week} week */
function place(element, span, week) {
  element.style.setProperty("--from", `${share(span.start, week) * 100}%`);
  element.style.setProperty("--size", `${(share(span.end, week) - share(span.start, week)) * 100}%`);
  return element;
}

/** @param {HTMLElement} element @param {string} at @param {Week} week */
function placeAt(element, at, week) {
  element.style.setProperty("--from", `${share(at, week) * 100}%`);
  return element;
}

/** @param {string} at @param {Week} week */
const isWithin = (at, week) => instantOf(at) >= instantOf(week.start) && instantOf(at) < instantOf(week.end);

/**
 * @param {HTMLElement} host of role grid
 * @param {Week} week @param {ZonedFormats} formats
 * @returns {Cell[][]} what can be gone through, row by row
 */
export function drawChart(host, week, formats) {
  /** @type {Cell[][]} */
  const rows = [];
  const summary = week.present.map((present) => {
    const count = present.regions.length;
    const kind = count === 0 ? "gap" : count === 1 ? "one" : count === 2 ? "many" : "many map-more";
    return cell(`map-present map-${kind}`, present, presentWords(present, week, formats), count > 1 ? formats.number(count) : "");
  });
  rows.push(summary);
  const lines = week.regions.map((line) => {
    const cells = line.stretches.map((stretch) => cell(`map-stretch map-${stretch.state}`, stretch, stretchWords(line, stretch, week, formats), ""));
    rows.push(cells);
    return row(el("span", { class: "map-region" }, el("bdi", {}, line.name)), fold(cityOf(line.zone)) === fold(line.name) ? null : el("span", { class: "help" }, cityOf(line.zone)), cells);
  });
  host.replaceChildren(
    heads(week, formats),
    row(el("span", { class: "map-region" }, t("All together")), null, summary, "map-summary"),
    ...lines,
    overlay(week, formats),
  );
  for (const cells of rows) for (const { element } of cells) element.tabIndex = -1;
  const first = rows.flat().find((each) => each.from <= instantOf(week.now) && instantOf(week.now) < each.to) ?? rows[0]?.[0];
  if (first) first.element.tabIndex = 0;
  return rows;

  /** @param {string} kind @param {{start: string, end: string}} span @param {Words} words @param {string} text @returns {Cell} */
  function cell(kind, span, words, text) {
    const element = place(el("div", { class: `map-cell ${kind}`, role: "gridcell", "aria-label": spoken(words) }, text ? el("span", { "aria-hidden": "true" }, text) : null), span, week);
    return { element, from: instantOf(span.start), to: instantOf(span.end), words };
  }
}

/** @param {Node} name @param {Node | null} more @param {Cell[]} cells @param {string} [kind] */
const row = (name, more, cells, kind = "") =>
  el("div", { class: `map-row ${kind}`, role: "row" },
    el("div", { class: "map-name", role: "rowheader" }, name, more),
    el("div", { class: "map-track", role: "presentation" }, ...cells.map((each) => each.element)));

/** @param {Week} week @param {ZonedFormats} formats */
function heads(week, formats) {
  const days = week.days.filter((day) => day.start !== day.end);
  const minutes = offsetOf(week.start);
  return el("div", { class: "map-row map-heads", role: "presentation", "aria-hidden": "true" },
    el("div", { class: "map-name" }, el("span", { class: "help" }, el("bdi", {}, cityOf(week.zone)), " ", el("span", { class: "map-offset" }, offsetName(minutes)))),
    el("div", { class: "map-track" },
      ...days.map((day) => {
        const today = instantOf(day.start) <= instantOf(week.now) && instantOf(week.now) < instantOf(day.end);
        return place(el("div", { class: `map-day${today ? " map-today" : ""}` }, formats.day(day.date)), day, week);
      }),
      ...days.flatMap((day) => day.marks.map((mark) => placeAt(el("div", { class: "map-hour" }, formats.hour(mark)), mark, week)))));
}

/** Minutes ahead of UTC. @param {string} at */
const offsetOf = (at) => {
  const found = /([+-])(\d{2}):(\d{2})/.exec(at.slice(19));
  return found ? (found[1] === "-" ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) : 0;
};

/** Lines over all rows: days, hours, gaps, changes of clocks, now. All of it is said elsewhere in words. @param {Week} week @param {ZonedFormats} formats */
function overlay(week, formats) {
  const lines = week.days.filter((day) => day.start !== day.end).flatMap((day) => [
    placeAt(el("div", { class: "map-line map-midnight" }), day.start, week),
    ...day.marks.map((mark) => placeAt(el("div", { class: "map-line" }), mark, week)),
  ]);
  const gaps = week.gaps.map((gap) => place(el("div", { class: "map-gap-band" }), gap, week));
  const changes = week.changes.map((change) => placeAt(el("div", { class: "map-change", title: changeWords(change, week, formats) }), change.at, week));
  const now = isWithin(week.now, week) ? placeAt(el("div", { class: "map-now" }, el("span", {}, t("Now"))), week.now, week) : null;
  return el("div", { class: "map-overlay", role: "presentation", "aria-hidden": "true" }, ...gaps, ...lines, ...changes, now);
}

/**
 * Which cell an arrow key leads to.
 * @param {readonly (readonly {from: number, to: number}[])[]} rows @param {number} row @param {number} column
 * @param {string} key `next` and `before` in time, `above`, `below`, `first`, `last`
 * @returns {[number, number]}
 */
export function step(rows, row, column, key) {
  const cells = rows[row] ?? [];
  if (key === "next") return [row, Math.min(column + 1, cells.length - 1)];
  if (key === "before") return [row, Math.max(column - 1, 0)];
  if (key === "first") return [row, 0];
  if (key === "last") return [row, cells.length - 1];
  const to = key === "above" ? row - 1 : row + 1;
  const others = rows[to];
  if (!others?.length) return [row, column];
  const here = cells[column];
  const middle = here ? (here.from + here.to) / 2 : 0;
  const found = others.findIndex((each) => each.from <= middle && middle < each.to);
  return [to, found < 0 ? 0 : found];
}
