import assert from "node:assert/strict";
import { test } from "node:test";

import { choicesOf, nameOf } from "../static/transfer_choices.js";

const agent = (name, more = {}) => ({
  id: name.toLowerCase(), name, avatar: "#000000", availability: "online", languages: ["en"], load: 0, capacity: 4, regions: ["vilnius"], ...more,
});
const region = (id, more = {}) => ({ id, name: id, open: true, online: 1, closes_at: null, opens_at: null, ...more });
const names = (agents, regions = [], here = null) =>
  choicesOf({ type: "people", agents, regions, ref: null }, { language: "lt", region: here }).map(nameOf);

test("who is there, has room and speaks the language comes first", () => {
  assert.deepEqual(names([
    agent("Offline", { availability: "offline", languages: ["lt"] }), agent("Away", { availability: "away", languages: ["lt"] }),
    agent("Full", { load: 4, languages: ["lt"] }), agent("Busy", { load: 2 }), agent("Free"), agent("Speaks", { load: 3, languages: ["en", "lt-LT"] }),
  ]), ["Speaks", "Free", "Busy", "Full", "Away", "Offline"]);
});

test("equal colleagues go by name; regions follow, the open ones first and the one where it is last", () => {
  assert.deepEqual(names([agent("Zoe"), agent("Ana")], [region("vilnius"), region("tokyo", { open: false }), region("lisbon")], "vilnius"),
    ["Ana", "Zoe", "lisbon", "tokyo", "vilnius"]);
});

test("where there is one region only, it is no place to hand to", () => {
  assert.deepEqual(names([agent("Ana")], [region("vilnius")], "vilnius"), ["Ana"]);
});
