import assert from "node:assert/strict";
import { test } from "node:test";

import { rowsOf } from "../chat/messages.js";

const DAY = 86_400_000;
const NOON = Date.parse("2026-11-21T12:00:00Z");
const message = (seq, kind, minute, over = {}) => ({
  seq, kind: "message", at: new Date(NOON + minute * 60_000).toISOString(), client_id: `c${seq}`, text: `t${seq}`, language: kind === "agent" ? "en" : "lt",
  author: { kind, id: kind, name: kind === "agent" ? "Emma" : null }, translations: {}, ...over,
});
const entry = (id, over = {}) => ({ client_id: id, text: id, language: "lt", at: NOON + 9 * 60_000, state: "sending", ...over });
const rows = (items, outbox = [], receipts = { delivered: 0, seen: 0 }) =>
  rowsOf({ items, outbox, receipts, language: "lt", dayOf: (at) => Math.floor(at / DAY) });
const messages = (...args) => rows(...args).filter((row) => row.kind === "message");

test("a day stands before its first message", () => {
  const kinds = rows([message(1, "visitor", 0), message(2, "visitor", 1), message(3, "visitor", 24 * 60)]).map((row) => row.kind);
  assert.deepEqual(kinds, ["day", "message", "message", "day", "message"]);
});

test("messages of one author within five minutes are a group", () => {
  const found = messages([message(1, "agent", 0), message(2, "agent", 2), message(3, "visitor", 3), message(4, "agent", 4), message(5, "agent", 20)]);
  assert.deepEqual(found.map((row) => [row.first, row.last]), [[true, false], [false, true], [true, true], [true, true], [true, true]]);
});

test("only one's last message tells how it fared", () => {
  const found = messages([message(1, "visitor", 0), message(2, "visitor", 1), message(3, "agent", 2)], [], { delivered: 2, seen: 1 });
  assert.deepEqual(found.map((row) => row.fate), [null, "delivered", null]);
});

test("seen is more than delivered is more than sent", () => {
  const fate = (receipts) => messages([message(3, "visitor", 0)], [], receipts)[0].fate;
  assert.equal(fate({ delivered: 0, seen: 0 }), "sent");
  assert.equal(fate({ delivered: 3, seen: 0 }), "delivered");
  assert.equal(fate({ delivered: 3, seen: 3 }), "seen");
});

test("what is on its way follows what is stored, once, under the same key", () => {
  const before = messages([], [entry("c1")]);
  const after = messages([message(1, "visitor", 0)], [entry("c1", { state: "sent" })]);
  assert.deepEqual([before.length, after.length], [1, 1]);
  assert.equal(before[0].key, after[0].key);
});

test("what failed says so wherever it stands", () => {
  const found = messages([], [entry("a", { state: "failed", problem: "disk" }), entry("b")]);
  assert.deepEqual(found.map((row) => [row.fate, row.problem]), [["failed", "disk"], ["sending", ""]]);
});

test("an agent's message carries the reader's translation, one's own none", () => {
  const translation = { status: "done", text: "labas", engine: "x", path: [], flags: [], reason: null };
  const [theirs, mine] = messages([message(1, "agent", 0, { translations: { lt: translation } }), message(2, "visitor", 1, { translations: { en: translation } })]);
  assert.equal(theirs.translation, translation);
  assert.equal(mine.translation, null);
});

test("assignments and endings are told", () => {
  const assigned = (seq, agent) => ({ seq, kind: "assigned", at: "", agent });
  const emma = { id: "e", name: "Emma", avatar: "#333333" };
  const found = rows([assigned(1, emma), assigned(2, null), { seq: 3, kind: "state", at: "", state: "closed", by: null }]);
  assert.deepEqual(found.map((row) => [row.notice, row.name]), [["joined", "Emma"], ["left", "Emma"], ["closed", ""]]);
});
