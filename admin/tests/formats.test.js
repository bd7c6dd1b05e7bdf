import assert from "node:assert/strict";
import { test } from "node:test";

import { createAgentFormats, knownZone } from "../static/formats.js";

const NOW = Date.parse("2026-11-21T20:30:00Z");
const en = createAgentFormats("en-GB", "Europe/Vilnius");
const fa = createAgentFormats("fa", "Asia/Tehran");
const plain = (text) => text.replace(/\p{Zs}/gu, " ");

test("a day begins at the agent's midnight", () => {
  assert.deepEqual(["2026-11-21T21:59:00Z", "2026-11-21T22:00:00Z"].map(en.dayKey), ["2026-11-21", "2026-11-22"]);
});

test("spans are in their largest whole unit, and never nothing", () => {
  assert.deepEqual([0, 59_000, 754_000, 3_600_000, 90_000_000].map((ms) => plain(en.span(ms, "long"))),
    ["1 minute", "1 minute", "12 minutes", "1 hour", "1 day"]);
});

test("another zone's clock, day and distance", () => {
  assert.equal(en.timeIn("America/Sao_Paulo", NOW), "17:30");
  assert.equal(en.timeIn("Asia/Tokyo", NOW), "05:30");
  assert.equal(en.weekdayIn("Asia/Tokyo", NOW), "Sunday");
  assert.deepEqual(["America/Sao_Paulo", "Asia/Tehran", "Europe/Riga"].map((zone) => en.ahead(zone, NOW)), [-300, 90, 0]);
  assert.equal(plain(en.hours(90)), "1.5 hours");
});

test("distance follows summer time where there is one", () => {
  assert.equal(en.ahead("America/Sao_Paulo", Date.parse("2026-07-01T12:00:00Z")), -360);
});

test("lists show the time today, then the weekday, then the date", () => {
  assert.deepEqual(["2026-11-21T08:05:00Z", "2026-11-20T08:05:00Z", "2026-11-01T08:05:00Z"].map((instant) => en.when(instant, NOW)),
    ["10:05", "Fri", "1 Nov"]);
});

test("Persian has its own digits and calendar", () => {
  assert.equal(fa.timeIn("Asia/Tehran", NOW), "۰:۰۰");
  assert.match(fa.when("2026-11-01T08:05:00Z", NOW), /۱۰ آبان/);
  assert.equal(fa.country("BR"), "برزیل");
});

test("a zone that nobody knows is none", () => {
  assert.deepEqual([knownZone("Mars/Olympus"), knownZone(null), knownZone("Asia/Tehran")], [undefined, undefined, "Asia/Tehran"]);
  assert.doesNotThrow(() => createAgentFormats("en", "Mars/Olympus").time(NOW));
});
