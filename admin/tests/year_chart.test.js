import assert from "node:assert/strict";
import { test } from "node:test";

import { arrangeDays, dayWords, level, weekdayOf } from "../static/year_chart.js";
import { zonedFormats } from "../static/zoned.js";

const MONDAY = 0;
const SATURDAY = 5;
const days = ["2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29", "2026-11-30"].map((date) => ({ date }));
const formats = zonedFormats("en-GB");

/** @param {object} more */
const day = (more) => ({ date: "2026-12-25", minutes: 0, by: /** @type {const} */ ("outside_hours"), name: null, change: null, ...more });

test("days lie in columns of weeks that begin on the reader's first day", () => {
  assert.equal(weekdayOf("2026-11-25"), 2);
  assert.deepEqual(arrangeDays(days, MONDAY).map(({ row, column }) => [row, column]), [[2, 0], [3, 0], [4, 0], [5, 0], [6, 0], [0, 1]]);
  assert.deepEqual(arrangeDays(days, SATURDAY).map(({ row, column }) => [row, column]), [[4, 0], [5, 0], [6, 0], [0, 1], [1, 1], [2, 1]]);
  assert.deepEqual(arrangeDays([], MONDAY), []);
});

test("a day is as dark as it is long, and a minute already shows", () => {
  assert.deepEqual([0, 1, 120, 240, 241, 480].map((minutes) => level(minutes, 480)), [0, 1, 1, 2, 3, 4]);
  assert.equal(level(0, 0), 0);
});

test("a day says its hours, its holiday and the change of clocks", () => {
  assert.deepEqual(dayWords(day({ by: "holiday", name: "Christmas Day" }), formats),
    { title: "Friday, 25 December 2026", state: "Closed", when: "Christmas Day", there: "" });
  assert.equal(dayWords(day({ by: "holiday" }), formats).when, "Holiday");
  const back = dayWords(day({ minutes: 90, change: { at: "2026-10-25T03:00:00+02:00", before: 180, after: 120 } }), formats);
  assert.match(back.state, /^Open for 1.hr/);
  assert.equal(back.there, "Clocks go back to 03:00");
});
