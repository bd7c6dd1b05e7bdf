import assert from "node:assert/strict";
import { test } from "node:test";

import { dragged, gap, parts, weekMinutes } from "../static/hours_grid.js";
import { clock, pairOf, spanOf, spansOf, united } from "../static/hours_times.js";

const span = (from, to) => spanOf([from, to]);
const text = ({ start, end }) => pairOf({ start, end }).join("-");
const minute = (time) => span("00:00", time).end;

test("times and intervals are what the schedule has", () => {
  assert.deepEqual(span("22:00", "06:00"), { start: 1320, end: 1800 });
  assert.deepEqual(span("00:00", "24:00"), { start: 0, end: 1440 });
  for (const pair of [["9:00", "10:00"], ["24:00", "06:00"], ["10:00", "24:30"], ["10:60", "11:00"]]) assert.equal(spanOf(pair), null, pair.join());
  assert.equal(clock(1800), "06:00");
  assert.equal(clock(1440), "24:00");
});

test("intervals that overlap or touch become one", () => {
  const texts = (...pairs) => united(spansOf(pairs)).map(text);
  assert.deepEqual(texts(["13:00", "17:00"], ["09:00", "13:00"]), ["09:00-17:00"]);
  assert.deepEqual(texts(["13:00", "17:00"], ["09:00", "12:00"]), ["09:00-12:00", "13:00-17:00"]);
  assert.deepEqual(texts(["20:00", "23:00"], ["22:00", "04:00"]), ["20:00-04:00"]);
  // One interval can't last longer than a day, so these stay two.
  assert.deepEqual(texts(["03:00", "24:00"], ["22:00", "06:00"]), ["03:00-24:00", "22:00-06:00"]);
});

test("a night goes on on the next day, Sunday's on Monday", () => {
  const week = [[], [], [], [], [span("22:00", "06:00")], [], [span("23:00", "01:00")]];
  const drawn = parts(week);
  assert.deepEqual(drawn[4], [{ owner: 4, index: 0, from: 1320, to: 1440, isRest: false }]);
  assert.deepEqual(drawn[5], [{ owner: 4, index: 0, from: 0, to: 360, isRest: true }]);
  assert.deepEqual(drawn[0], [{ owner: 6, index: 0, from: 0, to: 60, isRest: true }]);
});

test("dragging makes, moves and resizes in steps", () => {
  const at = (time) => ({ start: minute(time), end: minute(time) });
  assert.equal(text(dragged("new", at("09:04"), 170, 15)), "09:00-12:00");
  assert.equal(text(dragged("new", at("12:00"), -62, 15)), "11:00-12:00");
  assert.equal(text(dragged("new", at("09:00"), 2, 15)), "09:00-09:15");
  assert.equal(text(dragged("move", span("09:00", "12:00"), 37, 15)), "09:30-12:30");
  assert.equal(text(dragged("move", span("09:00", "12:00"), 37, 5)), "09:35-12:35");
  assert.equal(text(dragged("move", span("09:00", "12:00"), -900, 15)), "00:00-03:00");
  assert.equal(text(dragged("move", span("20:00", "23:00"), 120, 15)), "22:00-01:00");
  assert.equal(text(dragged("start", span("09:00", "12:00"), -64, 15)), "08:00-12:00");
  assert.equal(text(dragged("start", span("09:00", "12:00"), 400, 15)), "11:55-12:00");
  assert.equal(text(dragged("end", span("09:00", "12:00"), 64, 15)), "09:00-13:00");
  assert.equal(text(dragged("end", span("22:00", "24:00"), 360, 15)), "22:00-06:00");
  assert.equal(text(dragged("end", span("09:00", "12:00"), -999, 15)), "09:00-09:05");
});

test("whatever is dragged wherever, a schedule can hold it", () => {
  for (const grip of ["new", "move", "start", "end"]) {
    for (const from of [0, 5, 540, 1320, 1435]) {
      for (const length of [5, 60, 700, 1435]) {
        for (const by of [-3000, -1440, -700, -7, 0, 7, 700, 1440, 3000]) {
          for (const step of [5, 15]) {
            const before = { start: from, end: grip === "new" ? from : from + length };
            const after = dragged(grip, before, by, step);
            assert.deepEqual(spanOf(pairOf(after)), after, JSON.stringify({ grip, before, by, step, after }));
          }
        }
      }
    }
  }
});

test("a whole day stays where it is", () => {
  assert.deepEqual(dragged("move", span("00:00", "24:00"), 60, 15), span("00:00", "24:00"));
});

test("a new interval finds room", () => {
  assert.equal(text(gap([])), "09:00-17:00");
  assert.equal(text(gap(spansOf([["09:00", "12:00"]]))), "13:00-17:00");
  assert.equal(gap(spansOf([["00:00", "24:00"]])), null);
  const crowded = spansOf([["00:00", "11:00"], ["12:00", "24:00"]]);
  const found = gap(crowded);
  assert.ok(found === null || crowded.every(({ start, end }) => found.end < start || found.start > end));
});

test("hours of a week count once", () => {
  const week = [[span("09:00", "17:00"), span("16:00", "18:00")], [], [], [], [], [], [span("22:00", "10:00")]];
  // Sunday's night covers Monday until 10:00.
  assert.equal(weekMinutes(week), (18 - 9 + 2 + 9) * 60);
  assert.equal(weekMinutes(Array.from({ length: 7 }, () => [span("00:00", "24:00")])), 7 * 1440);
});
