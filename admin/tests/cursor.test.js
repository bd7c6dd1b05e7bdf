import assert from "node:assert/strict";
import { test } from "node:test";

import { cursorAfter } from "../static/cursor.js";

/** "waiting: a b, mine: c" */
const list = (text) => text.split(", ").flatMap((part) => {
  const [section, ids] = part.split(": ");
  return ids.split(" ").map((id) => ({ id, section }));
});

test("a row keeps the cursor while it moves within its section", () => {
  assert.equal(cursorAfter(list("waiting: a b c"), list("waiting: b c a"), "a"), "a");
});

test("a taken row leaves the cursor in Waiting, at the same place", () => {
  assert.equal(cursorAfter(list("waiting: a b c, mine: d"), list("waiting: a c, mine: b d"), "b"), "c");
  assert.equal(cursorAfter(list("waiting: a b c"), list("waiting: a b, mine: c"), "c"), "b", "the last one: the one above");
});

test("a closed row leaves it to its neighbour, whether Closed is folded or not", () => {
  assert.equal(cursorAfter(list("mine: a b"), list("mine: b"), "a"), "b");
  assert.equal(cursorAfter(list("mine: a b"), list("mine: b, closed: a"), "a"), "b");
});

test("the only row of a section is followed, or left to what stands in its place", () => {
  assert.equal(cursorAfter(list("waiting: a, mine: b"), list("mine: b a"), "a"), "a");
  assert.equal(cursorAfter(list("waiting: a, mine: b"), list("mine: b"), "a"), "b");
  assert.equal(cursorAfter(list("waiting: a"), [], "a"), null);
});

test("what is offered or no longer offered keeps the cursor: the next key is meant for it", () => {
  assert.equal(cursorAfter(list("waiting: a b c"), list("offered: b, waiting: a c"), "b"), "b");
  assert.equal(cursorAfter(list("offered: a b, waiting: c"), list("offered: b, waiting: c a"), "a"), "a");
  assert.equal(cursorAfter(list("offered: a b"), list("offered: b, mine: a"), "a"), "b", "accepted: on to the next");
});
