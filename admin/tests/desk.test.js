import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Desk } from "../static/desk.js";
import { at } from "./cast.js";

let desk, now;
const region = (id, name, more = {}) => ({ id, name, open: true, closes_at: null, opens_at: null, mine: false, ...more });

beforeEach(() => {
  now = Date.parse(at(0));
  desk = new Desk(() => now);
  desk.welcome({ now: at(90), availability: "online", automatic_away: false, regions: [region("vilnius", "Vilnius")] });
});

test("its time is the server's, and goes on", () => {
  assert.equal(desk.now(), Date.parse(at(90)));
  now += 60_000;
  assert.equal(desk.now(), Date.parse(at(91)));
});

test("what has happened is never in the future", () => {
  desk.notBefore(at(95));
  assert.equal(desk.now(), Date.parse(at(95)));
  for (const earlier of [at(10), undefined]) desk.notBefore(earlier);
  assert.equal(desk.now(), Date.parse(at(95)));
});

test("an automatic absence is seen as away and keeps what was chosen", () => {
  assert.equal(desk.receive({ type: "availability", state: "online", automatic: true }), true);
  assert.deepEqual([desk.seen, desk.availability], ["away", "online"]);
  desk.receive({ type: "availability", state: "break", automatic: false });
  assert.equal(desk.seen, "break");
});

test("regions have names; one that is gone is called by its id", () => {
  assert.deepEqual([desk.regionName("vilnius"), desk.regionName("lisbon"), desk.regionName(null), desk.manyRegions], ["Vilnius", "lisbon", "", false]);
  desk.receive({ type: "regions", regions: [region("vilnius", "Vilnius"), region("lisbon", "Lisbon")] });
  assert.deepEqual([desk.regionName("lisbon"), desk.manyRegions], ["Lisbon", true]);
});

test("a region without anybody is told once, the oldest first, until somebody is there", () => {
  const notice = (id, since) => desk.receive({ type: "notice", code: "nobody_there", region: id, since });
  notice("vilnius", at(5));
  notice("tokyo", at(2));
  notice("vilnius", at(5));
  assert.deepEqual(desk.notices.map((each) => each.region), ["tokyo", "vilnius"]);
  notice("tokyo", null);
  assert.deepEqual(desk.notices, [{ region: "vilnius", since: at(5) }]);
  notice("lisbon", null);
  assert.equal(desk.notices.length, 1);
});

test("a new connection forgets what may have ended meanwhile", () => {
  desk.receive({ type: "notice", code: "nobody_there", region: "vilnius", since: at(5) });
  desk.welcome({ now: at(91), availability: "away", automatic_away: false, regions: [] });
  assert.deepEqual([desk.notices, desk.seen], [[], "away"]);
});

test("what is not about routing is left to others", () => assert.equal(desk.receive({ type: "typing" }), false));
