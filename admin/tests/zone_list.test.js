import assert from "node:assert/strict";
import { test } from "node:test";

import { findZones, offsetOf, zoneList } from "../static/zone_list.js";

const NOVEMBER = Date.parse("2026-11-23T12:00:00Z");
const JULY = Date.parse("2026-07-01T12:00:00Z");
const list = zoneList("en", NOVEMBER);
const found = (query) => findZones(query, list).map((entry) => entry.zone);

test("a zone is found by its city, its country, its name and its offset", () => {
  assert.ok(found("vilnius").includes("Europe/Vilnius"));
  assert.ok(found("lithuania").includes("Europe/Vilnius"));
  assert.ok(found("Europe/Vilnius").includes("Europe/Vilnius"));
  assert.ok(found("UTC+05:45").every((zone) => zone.includes("at")) && found("UTC+05:45").length > 0);
});

test("accents and case do not matter, and nothing is found for nothing like it", () => {
  assert.ok(found("SAO paulo").includes("America/Sao_Paulo"));
  assert.deepEqual(found("no such place"), []);
});

test("countries are sought in the reader's language", () => {
  const inPersian = findZones("ژاپن", zoneList("fa", NOVEMBER));
  assert.deepEqual(inPersian.map((entry) => entry.zone), ["Asia/Tokyo"]);
});

test("an offset is that of the moment", () => {
  assert.deepEqual([offsetOf("Europe/Vilnius", NOVEMBER), offsetOf("Europe/Vilnius", JULY)], [120, 180]);
  assert.equal(offsetOf("America/Sao_Paulo", NOVEMBER), -180);
  assert.equal(offsetOf("UTC", NOVEMBER), 0);
  assert.equal(offsetOf("Mars/Olympus", NOVEMBER), null);
});
