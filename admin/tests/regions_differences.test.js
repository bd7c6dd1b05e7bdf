import assert from "node:assert/strict";
import { test } from "node:test";

import { choices, differences, withParts } from "../static/regions_differences.js";

const region = (changes = {}) => ({
  id: "lt",
  names: { en: "Lithuania", lt: "Lietuva" },
  schedule: { timezone: "Europe/Vilnius", weekly: { mon: [["09:00", "17:30"]] }, holidays: { country: "LT", subdivision: null, hours: [] } },
  countries: ["LT"],
  languages: ["lt"],
  agents: null,
  overflow: [],
  offline: {},
  waiting: { offer_seconds: 45, overflow_minutes: null, queue_limit: null },
  when_empty: "wait",
  ...changes,
});
const paths = (found) => found.map(({ path }) => path);

test("a region that only lists what is empty differs in nothing", () => {
  const bare = region();
  const wordy = region({ schedule: { ...bare.schedule, exceptions: [], closures: [] } });
  assert.deepEqual(differences(bare, wordy), []);
  assert.deepEqual(differences(wordy, bare), []);
});

test("everybody and nobody are not the same", () => {
  assert.deepEqual(differences(region(), region({ agents: [] })), [{ path: "agents", from: null, to: [] }]);
});

test("differences come part by part, in the order of the page", () => {
  const after = region({
    waiting: { offer_seconds: 30, overflow_minutes: 5, queue_limit: null },
    names: { en: "Lithuania", fa: "لیتوانی" },
    schedule: { ...region().schedule, weekly: { mon: [["10:00", "17:30"]] } },
    overflow: ["jp"],
  });
  assert.deepEqual(paths(differences(region(), after)), [
    "names.lt", "names.fa", "schedule.weekly", "overflow", "waiting.offer_seconds", "waiting.overflow_minutes",
  ]);
  assert.deepEqual(differences(region(), after)[0], { path: "names.lt", from: "Lietuva", to: null });
});

test("the order in which regions help out is a difference", () => {
  assert.deepEqual(paths(differences(region({ overflow: ["jp", "br"] }), region({ overflow: ["br", "jp"] }))), ["overflow"]);
});

test("of two who changed a region it is known who changed what", () => {
  const mine = region({ countries: ["LT", "LV"], when_empty: "closed" });
  const theirs = region({ languages: ["lt", "ru"], when_empty: "overflow" });
  assert.deepEqual(choices(region(), mine, theirs), [
    { path: "countries", mine: ["LT", "LV"], theirs: ["LT"], by: "mine" },
    { path: "languages", mine: ["lt"], theirs: ["lt", "ru"], by: "theirs" },
    { path: "when_empty", mine: "closed", theirs: "overflow", by: "both" },
  ]);
});

test("what both changed alike is no question", () => {
  const changed = region({ countries: ["LT", "LV"] });
  assert.deepEqual(choices(region(), changed, structuredClone(changed)), []);
});

test("chosen parts are taken over, those that are gone as well, and nothing else", () => {
  const mine = region({ countries: ["LT", "LV"], offline: { en: "Closed." } });
  const theirs = region({ names: { en: "Lithuania" }, languages: ["lt", "ru"] });
  const merged = withParts(mine, theirs, ["names.lt", "languages"]);
  assert.deepEqual(merged, region({ names: { en: "Lithuania" }, countries: ["LT", "LV"], languages: ["lt", "ru"], offline: { en: "Closed." } }));
  assert.deepEqual(mine.languages, ["lt"]);
});
