// Changes of a schedule, each giving another one. Nothing here knows of the page.

import { shifted, weekdayOf } from "./hours_calendar.js";
import { DAY, DAYS, pairOf, spansOf } from "./hours_times.js";

/**
 * @typedef {import("./hours_types").Schedule} Schedule
 * @typedef {import("./hours_types").Span} Span
 * @typedef {import("./hours_types").Exception} Exception
 * @typedef {import("./hours_types").Closure} Closure
 * @typedef {import("./hours_types").HolidayRule} HolidayRule
 * @typedef {import("./hours_types").HolidayDay} HolidayDay
 */

/** The week's hours, Monday first. @param {Schedule} schedule @returns {Span[][]} */
export const weekOf = (schedule) => DAYS.map((day) => spansOf(schedule.weekly?.[day] ?? []));

/** @param {Schedule} schedule @param {readonly (readonly Span[])[]} week @returns {Schedule} */
export const withWeek = (schedule, week) => ({
  ...schedule,
  weekly: Object.fromEntries(DAYS.flatMap((day, index) => (week[index]?.length ? [[day, week[index].map(pairOf)]] : []))),
});

/** @param {Schedule} schedule @param {number} day @param {readonly Span[]} spans */
export const withDay = (schedule, day, spans) => withWeek(schedule, weekOf(schedule).map((old, index) => (index === day ? [...spans] : old)));

/** @param {Schedule} schedule @param {number} from @param {readonly number[]} to */
export function copied(schedule, from, to) {
  const week = weekOf(schedule);
  return withWeek(schedule, week.map((old, index) => (to.includes(index) ? [...(week[from] ?? [])] : old)));
}

export const ALWAYS = DAYS.map(() => [{ start: 0, end: DAY }]);

/** @param {Schedule} schedule */
export const isAlways = (schedule) => weekOf(schedule).every((spans) => spans.length === 1 && spans[0]?.start === 0 && spans[0]?.end === DAY);

/** The first and last date of an exception. @param {Exception} exception @returns {[string, string]} */
export const datesOf = ({ date, from, to }) => [date ?? from ?? "", date ?? to ?? ""];

/** @param {string} from @param {string} to */
export const dated = (from, to) => (from === to ? { date: from } : { from, to });

/** Without what is empty, as the server writes it. @param {Schedule} schedule @returns {Schedule} */
export function tidied(schedule) {
  const { exceptions, closures, holidays, ...rest } = schedule;
  return {
    ...rest,
    ...(holidays ? { holidays: tidiedRule(holidays) } : {}),
    ...(exceptions?.length ? { exceptions } : {}),
    ...(closures?.length ? { closures } : {}),
  };
}

/** @param {HolidayRule} rule @returns {HolidayRule} */
function tidiedRule({ country, subdivision, hours, days }) {
  return { country, subdivision: subdivision ?? null, hours: hours ?? [], ...(days?.length ? { days } : {}) };
}

/** The list with one at a place, or added (null), or taken away. @template T @param {readonly T[]} list @param {number | null} index @param {T | null} item @returns {T[]} */
export function replaced(list, index, item) {
  if (index === null) return item === null ? [...list] : [...list, item];
  return list.flatMap((old, at) => (at === index ? (item === null ? [] : [item]) : [old]));
}

/** The index of the last exception that holds on a date, which is the one that counts; null without one. @param {Schedule} schedule @param {string} date */
export function exceptionOn(schedule, date) {
  const found = (schedule.exceptions ?? []).findLastIndex((one) => {
    const [first, last] = datesOf(one);
    return first <= date && date <= last;
  });
  return found < 0 ? null : found;
}

/** What is said of a holiday for every year. @param {Schedule} schedule @param {readonly string[]} names in English @returns {HolidayDay | null} */
export function ruleOf(schedule, names) {
  return (schedule.holidays?.days ?? []).findLast((day) => names.includes(day.holiday)) ?? null;
}

/** @param {Schedule} schedule @param {string} holiday @param {HolidayDay | null} day null: as on the other holidays @returns {Schedule} */
export function withHoliday(schedule, holiday, day) {
  const rule = schedule.holidays;
  if (!rule) return schedule;
  const others = (rule.days ?? []).filter((one) => one.holiday !== holiday);
  return { ...schedule, holidays: { ...rule, days: day ? [...others, day] : others } };
}

/** The exceptions without what they say of some days: one around them becomes two. @param {readonly Exception[]} exceptions @param {string} from @param {string} to @returns {Exception[]} */
export const cleared = (exceptions, from, to) => exceptions.flatMap((one) => {
  const [first, last] = datesOf(one);
  if (last < from || first > to) return [one];
  const { hours, name } = one;
  const rest = { hours, ...(name === undefined ? {} : { name }) };
  return [
    ...(first < from ? [{ ...dated(first, shifted(from, -1)), ...rest }] : []),
    ...(last > to ? [{ ...dated(shifted(to, 1), last), ...rest }] : []),
  ];
});

/** Hours of their own on some days, in place of other exceptions there; null: none. @param {Schedule} schedule @param {string} from @param {string} to @param {{hours: import("./hours_types").Pair[], name?: string} | null} own @returns {Schedule} */
export function withDates(schedule, from, to, own) {
  const others = cleared(schedule.exceptions ?? [], from, to);
  return { ...schedule, exceptions: own ? [...others, { ...dated(from, to), ...own }] : others };
}

/**
 * What holds on a date, as far as it can be told here; the server has the last word.
 * @param {Schedule} schedule @param {string} date @param {import("./hours_types").Holiday | undefined} holiday
 * @returns {{by: "exception" | "holiday" | "week", spans: Span[], name: string | null}}
 */
export function dayOf(schedule, date, holiday) {
  const weekly = spansOf(schedule.weekly?.[DAYS[weekdayOf(date)] ?? "mon"] ?? []);
  const index = exceptionOn(schedule, date);
  const exception = index === null ? null : schedule.exceptions?.[index];
  if (exception) return { by: "exception", spans: spansOf(exception.hours), name: exception.name ?? null };
  if (holiday && schedule.holidays) {
    const own = ruleOf(schedule, holiday.holidays);
    const name = own?.name ?? holiday.name;
    return own?.open ? { by: "week", spans: weekly, name } : { by: "holiday", spans: spansOf(own?.hours ?? schedule.holidays.hours ?? []), name };
  }
  return { by: "week", spans: weekly, name: null };
}
