// The years and months of the reader's calendar, as dates. Nothing here knows of the page.

const DAY_MS = 86_400_000;

/** @param {string} iso 2026-12-24 @param {number} days */
export const shifted = (iso, days) => new Date(Date.parse(`${iso}T00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** Days from one date to another. @param {string} from @param {string} to */
export const between = (from, to) => Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / DAY_MS);

/** The weekday, Monday 0. @param {string} iso */
export const weekdayOf = (iso) => (new Date(`${iso}T00:00Z`).getUTCDay() + 6) % 7;

/** @param {string} calendar as Intl names it: gregory, persian, buddhist */
export function calendarYears(calendar) {
  const format = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, { timeZone: "UTC", year: "numeric", month: "numeric", day: "numeric" });

  /** @param {string} iso @returns {{year: string, month: string, day: number}} */
  function parts(iso) {
    const found = format.formatToParts(Date.parse(`${iso}T00:00Z`));
    /** @param {string} type */
    const value = (type) => found.find((part) => part.type === type)?.value ?? "";
    return { year: value("year") || value("relatedYear"), month: value("month"), day: Number(value("day")) };
  }

  /** The first day of the month that a date is in. @param {string} iso */
  const monthStart = (iso) => shifted(iso, 1 - parts(iso).day);

  return {
    /** The months of the year that a date is in, each as its dates. @param {string} iso @returns {string[][]} */
    months(iso) {
      const { year } = parts(iso);
      let start = monthStart(iso);
      for (let before = monthStart(shifted(start, -1)); parts(before).year === year; before = monthStart(shifted(start, -1))) start = before;
      /** @type {string[][]} */
      const months = [];
      while (parts(start).year === year) {
        /** @type {string[]} */
        const days = [];
        const { month } = parts(start);
        for (let day = start; parts(day).month === month; day = shifted(day, 1)) days.push(day);
        months.push(days);
        start = shifted(start, days.length);
      }
      return months;
    },
  };
}
