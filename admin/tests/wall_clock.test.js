import assert from "node:assert/strict";
import { test } from "node:test";

import { fieldText, fieldWall, instantAt, instantText, wallAt } from "../static/wall_clock.js";

/** @param {string} text @param {string} zone */
const at = (text, zone) => new Date(instantAt(Date.parse(`${text}Z`), zone)).toISOString().slice(0, 16);

test("a time on the clock becomes the instant, summer and winter", () => {
  assert.equal(at("2026-11-23T09:00", "Europe/Vilnius"), "2026-11-23T07:00");
  assert.equal(at("2026-07-01T09:00", "Europe/Vilnius"), "2026-07-01T06:00");
  assert.equal(at("2026-11-23T09:00", "Asia/Kathmandu"), "2026-11-23T03:15");
});

test("of a time that comes twice it is the first", () => {
  assert.equal(at("2026-10-25T03:30", "Europe/Vilnius"), "2026-10-25T00:30");
});

test("a time that is skipped is worked out by the offset before", () => {
  assert.equal(at("2026-03-29T03:30", "Europe/Vilnius"), "2026-03-29T01:30");
  assert.equal(at("2025-04-25T00:30", "Africa/Cairo"), "2025-04-24T22:30");
});

test("there and back again", () => {
  for (const zone of ["Asia/Tokyo", "America/Sao_Paulo", "Australia/Lord_Howe"]) {
    const instant = Date.parse("2026-05-05T05:05:00Z");
    assert.equal(instantAt(wallAt(instant, zone), zone), instant);
  }
});

test("a field says its time, or that it has none", () => {
  assert.equal(fieldText(fieldWall("2026-11-23T09:00") ?? 0), "2026-11-23T09:00");
  assert.deepEqual(["", "2026-11-23", "2026-13-45T99:99"].map(fieldWall), [null, null, null]);
  assert.equal(instantText(Date.parse("2026-11-23T07:00:31Z")), "2026-11-23T07:00:00Z");
});
