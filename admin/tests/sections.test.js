import assert from "node:assert/strict";
import { test } from "node:test";

import { arrange, callsFor, urgency } from "../static/sections.js";
import { at, EMMA, JONAS, summary } from "./cast.js";

const ids = (list) => list.map(({ id }) => id);

test("each conversation is in one section", () => {
  const sections = arrange([
    summary({ id: "a" }),
    summary({ id: "b", state: "assigned", agent: EMMA }),
    summary({ id: "c", state: "assigned", agent: JONAS }),
    summary({ id: "d", state: "closed", agent: EMMA }),
  ], "emma");
  assert.deepEqual(
    { waiting: ids(sections.waiting), mine: ids(sections.mine), others: ids(sections.others), closed: ids(sections.closed) },
    { waiting: ["a"], mine: ["b"], others: ["c"], closed: ["d"] },
  );
});

test("whoever waits longest is first, and who doesn't wait comes after by the latest word", () => {
  const word = (minute) => ({ seq: 1, at: at(minute), author: "agent", text: "", language: "en", translation: null });
  const { waiting } = arrange([
    summary({ id: "answered-early", waiting_since: null, last_message: word(1) }),
    summary({ id: "late", waiting_since: at(9) }),
    summary({ id: "answered-late", waiting_since: null, last_message: word(8) }),
    summary({ id: "early", waiting_since: at(2) }),
  ], "emma");
  assert.deepEqual(ids(waiting), ["early", "late", "answered-late", "answered-early"]);
});

test("closed conversations go by the latest word", () => {
  const { closed } = arrange([
    summary({ id: "a", state: "closed", waiting_since: at(0), opened_at: at(0) }),
    summary({ id: "b", state: "closed", waiting_since: null, opened_at: at(5) }),
  ], "emma");
  assert.deepEqual(ids(closed), ["b", "a"]);
});

test("urgency grows with the wait", () => {
  assert.deepEqual([0, 119_999, 120_000, 299_999, 300_000, 899_999, 900_000].map(urgency), [0, 0, 1, 1, 2, 2, 3]);
});

test("only what nobody has, or what is mine and unread, calls", () => {
  const cases = [
    [summary({ id: "a" }), true],
    [summary({ id: "a", waiting_since: null }), false],
    [summary({ id: "a", state: "assigned", agent: EMMA, unread: 1 }), true],
    [summary({ id: "a", state: "assigned", agent: EMMA, unread: 0 }), false],
    [summary({ id: "a", state: "assigned", agent: JONAS, unread: 3 }), false],
    [summary({ id: "a", state: "closed", unread: 3 }), false],
  ];
  assert.deepEqual(cases.map(([each]) => callsFor(each, "emma")), cases.map(([, expected]) => expected));
});
