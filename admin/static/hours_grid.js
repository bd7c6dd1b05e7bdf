// What dragging and arrow keys do to intervals, and where they are drawn. Nothing here knows of the page.

import { DAY, checked, clamped, snapped } from "./hours_times.js";

/**
 * @typedef {import("./hours_types").Span} Span
 * @typedef {"new" | "move" | "start" | "end"} Grip what of an interval is held
 *
 * A part of an interval on one day of the grid: `day` is where it is drawn, `owner` where it starts.
 * @typedef {{owner: number, index: number, from: number, to: number, isRest: boolean}} Part
 */

/** The shortest interval that dragging makes, in minutes. */
const LEAST = 5;

/**
 * The parts that are drawn on each of seven days; a night goes on on the next, from Sunday on Monday.
 * @param {readonly (readonly Span[])[]} week Monday first @returns {Part[][]}
 */
export function parts(week) {
  /** @type {Part[][]} */
  const days = week.map(() => []);
  week.forEach((spans, owner) =>
    spans.forEach(({ start, end }, index) => {
      days[owner]?.push({ owner, index, from: start, to: Math.min(end, DAY), isRest: false });
      if (end > DAY) days[(owner + 1) % 7]?.push({ owner, index, from: 0, to: end - DAY, isRest: true });
    }),
  );
  return days;
}

/**
 * The interval after its grip went from one minute to another.
 * @param {Grip} grip @param {Span} span as it was; of a new one both ends are where the pointer went down
 * @param {number} by minutes, not yet snapped @param {number} step @returns {Span}
 */
export function dragged(grip, span, by, step) {
  if (grip === "move") {
    const length = span.end - span.start;
    const start = clamped(snapped(span.start + by, step), 0, DAY - step);
    // A whole day can't run over midnight.
    return checked({ start, end: start + length }) ?? span;
  }
  if (grip === "new") {
    const first = clamped(snapped(span.start, step), 0, DAY - step);
    const last = snapped(span.start + by, step);
    if (last < first) {
      const start = clamped(last, 0, DAY - step);
      return { start, end: Math.max(first, start + step) };
    }
    return { start: first, end: longest(first, Math.max(last, first + step)) };
  }
  if (grip === "start") return { start: clamped(snapped(span.start + by, step), Math.max(0, span.end - longestFrom(span.end)), Math.min(span.end, DAY) - LEAST), end: span.end };
  return { start: span.start, end: longest(span.start, Math.max(snapped(span.end + by, step), span.start + LEAST)) };
}

/** The end, or the last that an interval from `start` can have. @param {number} start @param {number} end */
function longest(start, end) {
  return start === 0 ? Math.min(end, DAY) : Math.min(end, start + DAY - LEAST);
}

/** @param {number} end */
const longestFrom = (end) => (end <= DAY ? DAY : DAY - LEAST);

/**
 * Where a new interval fits: the first free stretch of a usual day, else after the last one, else anywhere.
 * @param {readonly Span[]} spans @returns {Span | null} null when the day is full
 */
export function gap(spans) {
  /** @param {number} start @param {number} end */
  const isFree = (start, end) => spans.every((span) => span.end < start || span.start > end);
  if (!spans.length) return { start: 540, end: 1020 };
  const last = Math.max(...spans.map((span) => span.end));
  for (const [start, end] of [[last + 60, last + 300], [last + 60, last + 120], [540, 720], [780, 1020], [0, 240], [1200, 1439]]) {
    if (start !== undefined && end !== undefined && end <= DAY && isFree(start, end)) return { start, end };
  }
  for (let start = 0; start + 60 <= DAY; start += 15) if (isFree(start, start + 30)) return { start, end: start + 30 };
  return null;
}

/** Minutes of the week that are covered, whatever overlaps. @param {readonly (readonly Span[])[]} week */
export function weekMinutes(week) {
  const edges = week
    .flatMap((spans, day) => spans.map(({ start, end }) => /** @type {[number, number]} */ ([day * DAY + start, day * DAY + end])))
    .flatMap(([start, end]) => /** @type {[number, number][]} */ (end > 7 * DAY ? [[start, 7 * DAY], [0, end - 7 * DAY]] : [[start, end]]))
    .sort((one, other) => one[0] - other[0]);
  let total = 0;
  let until = 0;
  for (const [start, end] of edges) {
    total += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return total;
}
