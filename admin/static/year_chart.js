// A year of days: how long a region is open on each, holidays and changes of clocks marked.

import { t, tc } from "../../widget/lib/i18n.js";
import { el } from "./dom.js";

/**
 * @typedef {import("./simulator_types").YearDay} YearDay
 * @typedef {import("./zoned.js").ZonedFormats} ZonedFormats
 */

/** 0 for Monday. @param {string} date */
export const weekdayOf = (date) => (new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7;

/** How dark a day is: 0 closed, 4 as long as the longest. @param {number} minutes @param {number} longest */
export const level = (minutes, longest) => (minutes <= 0 || longest <= 0 ? 0 : Math.max(1, Math.ceil((minutes / longest) * 4)));

/**
 * The days in columns of weeks; a row for each weekday.
 * @template {{date: string}} D
 * @param {readonly D[]} days one after the other @param {number} firstDay 0 for Monday
 * @returns {{row: number, column: number, day: D}[]}
 */
export function arrangeDays(days, firstDay) {
  const first = days[0];
  const offset = first ? (weekdayOf(first.date) - firstDay + 7) % 7 : 0;
  return days.map((day, index) => ({ row: (offset + index) % 7, column: Math.floor((offset + index) / 7), day }));
}

/** @param {YearDay} day @param {ZonedFormats} formats @returns {import("./coverage_words.js").Words} */
export function dayWords(day, formats) {
  const change = day.change;
  return {
    title: formats.dayLong(day.date),
    state: day.minutes ? t("Open for {length}", { length: formats.length(day.minutes) }) : tc("hours", "Closed"),
    when: day.name ?? (day.by === "holiday" ? t("Holiday") : ""),
    there: !change ? "" : change.after > change.before
      ? t("Clocks go forward at {time}", { time: formats.time(change.at) })
      : t("Clocks go back to {time}", { time: formats.time(change.at) }),
  };
}

/**
 * @param {HTMLElement} host of role grid @param {readonly YearDay[]} days @param {number} firstDay @param {ZonedFormats} formats
 * @returns {HTMLElement[][]} the days' elements by row and column; empty where there is none
 */
export function drawYear(host, days, firstDay, formats) {
  const longest = Math.max(0, ...days.map((day) => day.minutes));
  const placed = arrangeDays(days, firstDay);
  /** @type {HTMLElement[][]} */
  const grid = Array.from({ length: 7 }, () => []);
  for (const { row, column, day } of placed) {
    const words = dayWords(day, formats);
    const marks = [day.by !== "outside_hours" ? "year-special" : "", day.change ? "year-change" : ""].join(" ");
    const cell = el("div", {
      class: `year-day level-${level(day.minutes, longest)} ${marks}`, role: "gridcell", tabindex: "-1",
      "aria-label": [words.title, words.state, words.when, words.there].filter(Boolean).join(". "),
    });
    cell.style.setProperty("--column", String(column + 2));
    /** @type {HTMLElement[]} */ (grid[row])[column] = cell;
  }
  /** @type {{at: number, head: HTMLElement}[]} */
  const months = [];
  let key = "";
  for (const { column, row, day } of placed) {
    const month = formats.monthKey(day.date);
    if (month === key) continue;
    key = month;
    const at = row === 0 ? column : column + 1;
    const head = el("span", {}, formats.month(day.date));
    head.style.setProperty("--column", String(at + 2));
    months.push({ at, head });
  }
  host.replaceChildren(
    el("div", { class: "year-row year-months", role: "presentation", "aria-hidden": "true" }, 
      // A month that hardly lies in here has no room for its name.
      ...months.filter(({ at }, index) => (months[index + 1]?.at ?? 53) - at >= 3).map(({ head }) => head)),
    ...grid.map((cells, row) =>
      el("div", { class: "year-row", role: "row" },
        el("div", { class: "year-weekday", role: "rowheader", "aria-label": formats.weekday((firstDay + row) % 7, "long") }, row % 2 ? "" : formats.weekday((firstDay + row) % 7)),
        ...cells.filter(Boolean))));
  const first = placed[0];
  const start = first ? grid[first.row]?.[first.column] : undefined;
  if (start) start.tabIndex = 0;
  return grid;
}
