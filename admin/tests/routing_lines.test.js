import assert from "node:assert/strict";
import { test } from "node:test";

import { turnsOf } from "../static/routing_lines.js";
import { rowsOf } from "../static/rows.js";
import { at, EMMA, fromVisitor, JONAS, routed } from "./cast.js";

const lines = (items) => rowsOf([fromVisitor(1, "a"), ...items], [], { dayOf: (instant) => instant.slice(0, 10), unreadAfter: 0, me: "emma" })
  .filter((row) => row.kind === "line").map(({ item }) => item.seq);
const byEmma = { kind: "agent", id: "emma", name: "Emma" };
const assigned = (seq, agent) => ({ seq, kind: "assigned", at: at(seq), agent });
const state = (seq, name, by = byEmma) => ({ seq, kind: "state", at: at(seq), state: name, by });
const passed = (seq, agent) => ({ seq, kind: "passed", at: at(seq), agent, how: "declined" });
const handed = (seq, more) => ({ seq, kind: "transferred", at: at(seq), by: byEmma, to_agent: null, to_region: null, note: null, ...more });
const queued = (seq, region = "vilnius") => routed(seq, { outcome: "queued", region });
const closed = (seq, region = "vilnius") => routed(seq, { outcome: "closed", region, opens_at: at(600) });

test("an offer that is accepted is told by who took it", () => {
  assert.deepEqual(lines([routed(2, { agent: "emma" }), assigned(3, EMMA), state(4, "assigned")]), [3]);
});

test("who declined is told, the offers around are not", () => {
  assert.deepEqual(lines([routed(2, { agent: "jonas" }), passed(3, JONAS), routed(4, { agent: "emma" }), assigned(5, EMMA)]), [3, 5]);
});

test("handing on is one line: what the queue does with it is not told", () => {
  assert.deepEqual(lines([
    assigned(2, EMMA), handed(3, { to_agent: JONAS }), assigned(4, null), state(5, "queued"), routed(6, { agent: "jonas" }), assigned(7, JONAS),
  ]), [2, 3, 7]);
});

test("after it was taken, giving it back is told again", () => {
  assert.deepEqual(lines([
    assigned(2, EMMA), handed(3, { to_agent: JONAS }), assigned(4, null), routed(5), assigned(6, JONAS), assigned(7, null), state(8, "queued"),
  ]), [2, 3, 6, 7]);
});

test("another region is told, the first one and the one it was handed to are not", () => {
  assert.deepEqual(lines([queued(2), queued(3), queued(4, "lisbon"), routed(5, { region: "lisbon", agent: "emma" })]), [4]);
  assert.deepEqual(lines([queued(2), handed(3, { to_region: "lisbon" }), queued(4, "lisbon")]), [3]);
});

test("closing and opening are told once each", () => {
  const items = [closed(2), closed(3), queued(4), queued(5), closed(6, "lisbon"), closed(7, "tokyo")];
  assert.deepEqual(lines(items), [2, 4, 6, 7]);
  assert.deepEqual([...turnsOf(items)], [[2, "closed"], [4, "opened"], [6, "closed"], [7, "closed"]]);
});

test("what moved is told apart from what opened", () => {
  assert.deepEqual([...turnsOf([closed(2), queued(3, "lisbon")])], [[2, "closed"], [3, "moved"]]);
});
