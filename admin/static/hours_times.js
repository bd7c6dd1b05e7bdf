// Times of day and intervals of them, as numbers of minutes. Nothing here knows of the page.

/**
 * @typedef {import("./hours_types").Span} Span
 * @typedef {import("./hours_types").Pair} Pair
 * @typedef {import("./hours_types").DayName} DayName
 */

/** @type {readonly DayName[]} */
export const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
export const DAY = 1440;

/** @param {number} value */
const two = (value) => String(value).padStart(2, "0");

/** Minutes after midnight of 00:00 to 24:00; null for anything else. @param {string} text @returns {number | null} */
export function minutesOf(text) {
  const match = /^(\d\d):([0-5]\d)$/.exec(text);
  const total = match ? Number(match[1]) * 60 + Number(match[2]) : NaN;
  return total <= DAY ? total : null;
}

/** `09:30`; on the next day as on the first, but `24:00` for the midnight at its beginning. @param {number} total */
export function clock(total) {
  const shown = total > DAY ? total - DAY : total;
  return `${two(Math.floor(shown / 60))}:${two(shown % 60)}`;
}

/** @param {readonly string[]} pair @returns {Span | null} null for what is no interval */
export function spanOf(pair) {
  const [start, end] = pair.map(minutesOf);
  if (start === null || end === null || start === undefined || end === undefined) return null;
  return checked({ start, end: end <= start ? end + DAY : end });
}

/** @param {Span} span @returns {Span | null} null for what no schedule can hold */
export function checked({ start, end }) {
  const isDay = start >= 0 && start < DAY && end > start;
  return isDay && (end <= DAY || end - start < DAY) ? { start, end } : null;
}

/** @param {Span} span @returns {Pair} */
export const pairOf = ({ start, end }) => [clock(start), clock(end)];

/** @param {readonly (readonly string[])[]} pairs @returns {Span[]} */
export const spansOf = (pairs) => pairs.map(spanOf).filter((span) => span !== null);

/** Intervals in order; those that overlap or touch become one, as far as one can hold them. @param {readonly Span[]} spans @returns {Span[]} */
export function united(spans) {
  /** @type {Span[]} */
  const found = [];
  for (const span of [...spans].sort((one, other) => one.start - other.start || one.end - other.end)) {
    const last = found.at(-1);
    const joined = last && span.start <= last.end ? checked({ start: last.start, end: Math.max(last.end, span.end) }) : null;
    if (joined) found[found.length - 1] = joined;
    else found.push(span);
  }
  return found;
}

/** @param {number} minutes @param {number} step */
export const snapped = (minutes, step) => Math.round(minutes / step) * step;

/** @param {number} value @param {number} least @param {number} most */
export const clamped = (value, least, most) => Math.min(Math.max(value, least), most);
