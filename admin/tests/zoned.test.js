import assert from "node:assert/strict";
import { test } from "node:test";

import { firstDayOf, lasting, offsetName, share, wall, zonedFormats } from "../static/zoned.js";

const en = zonedFormats("en-GB");
const fa = zonedFormats("fa");
const plain = (text) => text.replace(/\p{Zs}/gu, " ");

test("what the clocks show is taken as it is written, in whichever zone the browser is", () => {
  assert.equal(en.time("2026-11-23T09:05:00+02:00"), "09:05");
  assert.equal(plain(en.moment("2026-11-23T23:30:00-03:00")), "Mon 23 Nov, 23:30");
  assert.equal(new Date(wall("2026-11-23T09:05:00+05:45")).toISOString(), "2026-11-23T09:05:00.000Z");
});

test("a span is as long as it really takes, also through a night when the clocks change", () => {
  const night = { start: "2026-10-24T22:00:00+03:00", end: "2026-10-25T06:00:00+02:00" };
  assert.equal(lasting(night), 9 * 60);
  assert.equal(share("2026-10-25T02:30:00+03:00", night), 0.5);
});

test("a span within a day names the day once, one over midnight both", () => {
  assert.equal(plain(en.span({ start: "2026-11-23T09:00:00+02:00", end: "2026-11-23T17:30:00+02:00" })), "Mon 23 Nov, 09:00–17:30");
  const over = plain(en.span({ start: "2026-11-23T22:00:00+02:00", end: "2026-11-24T06:00:00+02:00" }));
  assert.match(over, /Mon 23 Nov, 22:00.*Tue 24 Nov, 06:00/);
});

test("a span that ends earlier on the clock than it began is told all the same", () => {
  const fold = { start: "2026-10-25T03:30:00+03:00", end: "2026-10-25T03:10:00+02:00" };
  assert.equal(plain(en.span(fold)), "Sun 25 Oct, 03:30–03:10");
  assert.equal(lasting(fold), 40);
});

test("lengths are in hours and minutes, and only what there is of them", () => {
  assert.deepEqual([0, 45, 60, 450, 10080].map((minutes) => plain(en.length(minutes))), ["0 mins", "45 mins", "1 hr", "7 hrs, 30 mins", "168 hrs"]);
});

test("Persian days are on the Persian calendar, in Persian digits", () => {
  assert.match(fa.dayLong("2026-11-23"), /۱۴۰۵/);
  assert.match(fa.dayLong("2026-11-23"), /آذر/);
});

test("offsets name hours and minutes, west of Greenwich with a minus", () => {
  const shown = [0, 330, -180, 345].map((minutes) => offsetName(minutes, "en").replace("\u200e", ""));
  assert.deepEqual(shown, ["UTC", "UTC+05:30", "UTC\u221203:00", "UTC+05:45"]);
});

test("the week begins on the day that the locale's readers are used to", () => {
  assert.deepEqual(["en-GB", "en-US", "fa-IR"].map((locale) => firstDayOf(locale, 1)), [0, 6, 5]);
});
