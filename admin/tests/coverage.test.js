import assert from "node:assert/strict";
import { test } from "node:test";

import { step } from "../static/coverage_chart.js";
import { changeWords, presentWords, spoken, stretchWords } from "../static/coverage_words.js";
import { zonedFormats } from "../static/zoned.js";

const formats = zonedFormats("en-GB");
const plain = (text) => text.replace(/\p{Zs}/gu, " ");
const vilnius = {
  id: "vilnius", name: "Vilnius", zone: "Europe/Vilnius", countries: ["LT"], overflow: ["lisbon"], stretches: [],
  minutes: { open: 0, covered: 0, closed: 0 },
};
/** @type {import("../static/coverage_types").Week} */
const week = {
  zone: "Europe/Vilnius", now: "2026-11-25T12:00:00+02:00", start: "2026-11-23T00:00:00+02:00", end: "2026-11-30T00:00:00+02:00", days: [],
  regions: [vilnius], all: [{ id: "vilnius", name: "Vilnius", countries: ["LT"] }, { id: "lisbon", name: "Lisbon", countries: ["PT"] }],
  present: [], gaps: [], changes: [], always_open: false,
};
const evening = { start: "2026-11-23T17:30:00+02:00", end: "2026-11-23T20:00:00+02:00" };

test("a stretch says who answers, from when to when, and how long", () => {
  const covered = stretchWords(vilnius, { ...evening, state: "covered", by: "lisbon" }, week, formats);
  assert.deepEqual(Object.values(covered).map(plain), ["Vilnius", "Closed; Lisbon answers its visitors", "Mon 23 Nov, 17:30–20:00 (2 hrs, 30 mins)", ""]);
  const closed = stretchWords(vilnius, { ...evening, state: "closed", by: null }, week, formats);
  assert.equal(closed.state, "Closed; nobody answers its visitors");
});

test("seen from another zone, it also says what the clocks of the region show", () => {
  const tokyo = { ...week, zone: "Asia/Tokyo" };
  const seen = { start: "2026-11-24T00:30:00+09:00", end: "2026-11-24T03:00:00+09:00", state: /** @type {const} */ ("open"), by: null };
  assert.match(plain(stretchWords(vilnius, seen, tokyo, formats).there), /^Mon,? 17:30.*20:00 in Vilnius$/);
});

test("who is there is named, and a gap is a gap", () => {
  const told = [[], ["vilnius"], ["vilnius", "lisbon"]].map((regions) => presentWords({ ...evening, regions }, week, formats));
  assert.deepEqual(told.map(({ title }) => title), ["Nobody is there", "Vilnius is open", "Vilnius and Lisbon are open"]);
  assert.equal(told[2].state, "2 regions at once");
  assert.equal(spoken({ title: "A", state: "", when: "B", there: "" }), "A. B");
});

test("what lasts the whole week is called so", () => {
  const always = { start: week.start, end: week.end, state: /** @type {const} */ ("open"), by: null };
  assert.equal(stretchWords(vilnius, always, week, formats).when, "the whole week");
});

test("a change of clocks says where, when, which way and for whom", () => {
  const change = { at: "2026-10-25T03:00:00+02:00", zone: "Europe/Vilnius", before: 180, after: 120, regions: ["vilnius"] };
  assert.equal(plain(changeWords(change, week, formats)), "Sun 25 Oct, 03:00: clocks in Vilnius go back by 1 hr (Vilnius)");
  assert.match(changeWords({ ...change, before: 630, after: 660, regions: [] }, week, formats), /go forward by 30/);
});

test("arrow keys go on in time, and to what is above or below at the same time", () => {
  const rows = [[{ from: 0, to: 10 }], [{ from: 0, to: 4 }, { from: 4, to: 7 }, { from: 7, to: 10 }]];
  assert.deepEqual(step(rows, 1, 0, "next"), [1, 1]);
  assert.deepEqual(step(rows, 1, 2, "next"), [1, 2]);
  assert.deepEqual(step(rows, 1, 0, "before"), [1, 0]);
  assert.deepEqual(step(rows, 0, 0, "below"), [1, 1]);
  assert.deepEqual(step(rows, 1, 2, "above"), [0, 0]);
  assert.deepEqual(step(rows, 1, 2, "below"), [1, 2]);
  assert.deepEqual([step(rows, 1, 1, "first"), step(rows, 1, 1, "last")], [[1, 0], [1, 2]]);
});
