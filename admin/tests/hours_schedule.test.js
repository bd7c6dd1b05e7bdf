import assert from "node:assert/strict";
import { test } from "node:test";

import { calendarYears, between, shifted, weekdayOf } from "../static/hours_calendar.js";
import { History } from "../static/hours_history.js";
import { cleared, copied, dayOf, tidied, withDates, withHoliday } from "../static/hours_schedule.js";

const SCHEDULE = {
  timezone: "Europe/Vilnius",
  weekly: { mon: [["09:00", "17:00"]], sat: [["22:00", "06:00"]] },
  holidays: { country: "LT", hours: [] },
};
const CHRISTMAS = { date: "2026-12-25", name: "šv. Kalėdos", holidays: ["Christmas Day"] };

test("undo takes back one step, redo does it again, something new ends redo", () => {
  const history = new History({ n: 0 });
  for (const n of [1, 2, 3]) assert.ok(history.push({ n }));
  assert.equal(history.push({ n: 3 }), false, "nothing is different");
  assert.ok(history.undo() && history.undo());
  assert.deepEqual(history.now, { n: 1 });
  assert.ok(history.redo());
  assert.deepEqual(history.now, { n: 2 });
  history.push({ n: 9 });
  assert.equal(history.redo(), false);
  assert.ok(history.undo() && history.undo() && history.undo());
  assert.deepEqual(history.now, { n: 0 });
  assert.equal(history.undo(), false);
});

test("steps of one gesture are undone at once", () => {
  const history = new History(0);
  for (const value of [1, 2, 3]) history.push(value, "arrow");
  history.push(4, "other");
  history.undo();
  assert.equal(history.now, 3);
  history.undo();
  assert.equal(history.now, 0);
});

test("a day is copied as it is, and the schedule before stays", () => {
  const after = copied(SCHEDULE, 5, [0, 1]);
  assert.deepEqual(after.weekly, { mon: [["22:00", "06:00"]], tue: [["22:00", "06:00"]], sat: [["22:00", "06:00"]] });
  assert.deepEqual(copied(SCHEDULE, 6, [0]).weekly, { sat: [["22:00", "06:00"]] }, "a closed day closes others");
  assert.deepEqual(SCHEDULE.weekly.mon, [["09:00", "17:00"]]);
});

test("a day taken out of an exception leaves the days around it", () => {
  const week = { from: "2026-12-28", to: "2027-01-02", hours: [], name: "Year's end" };
  assert.deepEqual(cleared([week], "2026-12-31", "2026-12-31"), [
    { from: "2026-12-28", to: "2026-12-30", hours: [], name: "Year's end" },
    { from: "2027-01-01", to: "2027-01-02", hours: [], name: "Year's end" },
  ]);
  assert.deepEqual(cleared([week], "2026-12-29", "2027-01-05"), [{ date: "2026-12-28", hours: [], name: "Year's end" }]);
  assert.deepEqual(cleared([week], "2026-12-01", "2027-01-05"), []);
  assert.deepEqual(cleared([week], "2026-12-01", "2026-12-27"), [week]);
});

test("what holds on a day: exception, then holiday, then week", () => {
  const half = [["09:00", "12:00"]];
  assert.deepEqual(dayOf(SCHEDULE, "2026-12-21", undefined), { by: "week", spans: [{ start: 540, end: 1020 }], name: null });
  assert.deepEqual(dayOf(SCHEDULE, "2026-12-25", CHRISTMAS), { by: "holiday", spans: [], name: "šv. Kalėdos" });
  const every = withHoliday(SCHEDULE, "Christmas Day", { holiday: "Christmas Day", name: "Kalėdos", hours: half });
  assert.deepEqual(dayOf(every, "2026-12-25", CHRISTMAS), { by: "holiday", spans: [{ start: 540, end: 720 }], name: "Kalėdos" });
  const once = withDates(every, "2026-12-25", "2026-12-25", { hours: [], name: "Move" });
  assert.deepEqual(dayOf(once, "2026-12-25", CHRISTMAS), { by: "exception", spans: [], name: "Move" });
  const open = withHoliday(SCHEDULE, "Christmas Day", { holiday: "Christmas Day", open: true });
  assert.equal(dayOf(open, "2027-12-25", { ...CHRISTMAS, date: "2027-12-25" }).by, "week");
  assert.deepEqual(withHoliday(every, "Christmas Day", null).holidays.days, []);
});

test("without holidays kept, a holiday is a day like any other", () => {
  assert.equal(dayOf({ ...SCHEDULE, holidays: null }, "2026-12-25", CHRISTMAS).by, "week");
});

test("what is empty is left out", () => {
  assert.deepEqual(tidied({ ...SCHEDULE, holidays: null, exceptions: [], closures: [] }), { timezone: "Europe/Vilnius", weekly: SCHEDULE.weekly });
  assert.deepEqual(tidied({ ...SCHEDULE, holidays: { country: "LT", days: [] } }).holidays, { country: "LT", subdivision: null, hours: [] });
});

test("dates", () => {
  assert.equal(shifted("2026-12-31", 1), "2027-01-01");
  assert.equal(shifted("2028-03-01", -1), "2028-02-29");
  assert.equal(between("2026-12-24", "2027-01-02"), 9);
  assert.equal(weekdayOf("2026-11-22"), 6);
});

test("a year of the Persian calendar begins in March and has six months of 31 days", () => {
  const months = calendarYears("persian").months("2026-11-22");
  assert.equal(months[0][0], "2026-03-21");
  assert.deepEqual(months.map((days) => days.length), [31, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 29]);
  assert.equal(months.at(-1).at(-1), "2027-03-20");
});

test("a year of the Gregorian and the Buddhist calendar begins in January", () => {
  for (const calendar of ["gregory", "buddhist"]) {
    const months = calendarYears(calendar).months("2028-02-29");
    assert.equal(months.length, 12);
    assert.equal(months[0][0], "2028-01-01");
    assert.equal(months.flat().length, 366);
  }
});
