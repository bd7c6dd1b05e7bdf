import assert from "node:assert/strict";
import { test } from "node:test";

import { rowsOf } from "../static/rows.js";
import { at, EMMA, fromEmma, fromVisitor, JONAS } from "./cast.js";

const options = { dayOf: (instant) => instant.slice(0, 10), unreadAfter: 0, me: "emma" };
const keys = (items, outgoing = [], more = {}) => rowsOf(items, outgoing, { ...options, ...more }).map(({ key }) => key);
const state = (seq, name, by = { kind: "system", id: "s", name: null }) => ({ seq, kind: "state", at: at(seq), state: name, by });
const assigned = (seq, agent) => ({ seq, kind: "assigned", at: at(seq), agent });
const byEmma = { kind: "agent", id: "emma", name: "Emma" };
const byVisitor = { kind: "visitor", id: "v", name: null };

test("a day comes before its first message", () => {
  const later = fromVisitor(2, "b", { at: "2026-11-22T00:01:00Z" });
  assert.deepEqual(keys([fromVisitor(1, "a"), later]), ["day-2026-11-21", "message-1", "day-2026-11-22", "message-2"]);
});

test("messages of one author in a row stand together until a pause", () => {
  const rows = rowsOf([fromVisitor(1, "a"), fromVisitor(2, "b"), fromVisitor(9, "c"), fromEmma(10, "d")], [], options);
  assert.deepEqual(rows.filter((row) => row.kind === "message").map(({ first, last }) => [first, last]),
    [[true, false], [false, true], [true, true], [true, true]]);
});

test("the new ones are marked once, before the first of the visitor", () => {
  assert.deepEqual(keys([fromVisitor(1, "a"), fromEmma(2, "b"), fromVisitor(3, "c"), fromVisitor(4, "d")], [], { unreadAfter: 1 }),
    ["day-2026-11-21", "message-1", "own-e-2", "new", "message-3", "message-4"]);
});

test("where everything is new, nothing is marked", () => {
  assert.deepEqual(keys([fromVisitor(1, "a"), fromVisitor(2, "b")], [], { unreadAfter: -1 }), ["day-2026-11-21", "message-1", "message-2"]);
});

test("a message on its way keeps its key when it arrives, and is shown once", () => {
  const outgoing = { client_id: "e-2", conversation: "c", text: "b", at: at(2) };
  assert.deepEqual(keys([fromVisitor(1, "a")], [outgoing]), ["day-2026-11-21", "message-1", "own-e-2"]);
  assert.deepEqual(keys([fromVisitor(1, "a"), fromEmma(2, "b")], [outgoing]), ["day-2026-11-21", "message-1", "own-e-2"]);
});

test("another's message with the same client id is another message", () => {
  const theirs = fromVisitor(1, "a", { client_id: "same" });
  assert.deepEqual(keys([theirs], [{ client_id: "same", conversation: "c", text: "b", at: at(2) }]),
    ["day-2026-11-21", "message-1", "own-same"]);
});

test("lines that say nothing new are left out", () => {
  assert.deepEqual(keys([state(1, "queued"), assigned(2, null), fromVisitor(3, "a"), assigned(4, EMMA), state(5, "assigned", byEmma)]),
    ["day-2026-11-21", "message-3", "line-4"]);
});

test("taking, giving back and taking over are told", () => {
  assert.deepEqual(keys([fromVisitor(1, "a"), assigned(2, EMMA), assigned(3, null), state(4, "queued", byEmma), assigned(5, JONAS), assigned(6, EMMA)]),
    ["day-2026-11-21", "message-1", "line-2", "line-3", "line-5", "line-6"]);
});

test("closing and coming back are told once each", () => {
  assert.deepEqual(keys([fromVisitor(1, "a"), assigned(2, EMMA), state(3, "closed", byEmma), state(4, "queued", byVisitor), assigned(5, null), fromVisitor(6, "b")]),
    ["day-2026-11-21", "message-1", "line-2", "line-3", "line-4", "message-6"]);
});

test("a language is told when it is another", () => {
  const language = (seq, tag) => ({ seq, kind: "language", at: at(seq), language: tag });
  assert.deepEqual(keys([fromVisitor(1, "a"), language(2, "pt"), language(3, "fa")]), ["day-2026-11-21", "message-1", "line-3"]);
});
