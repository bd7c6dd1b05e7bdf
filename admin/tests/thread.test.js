import assert from "node:assert/strict";
import { test } from "node:test";

import { Thread } from "../static/thread.js";

test("originals come for the whole conversation, and one by one", () => {
  const thread = new Thread("c");
  thread.swapOne(1);
  assert.deepEqual([thread.showsOriginal(1), thread.showsOriginal(2)], [true, false]);
  thread.swapAll();
  assert.deepEqual([thread.showsOriginal(1), thread.showsOriginal(2)], [true, true]);
  thread.swapAll();
  assert.deepEqual([thread.showsOriginal(1), thread.showsOriginal(2)], [false, false]);
});

test("a doubtful translation is shown only by its own message, and goes when originals are asked for", () => {
  const thread = new Thread("c");
  assert.equal(thread.showsOriginal(1, true), true, "at first");
  thread.swapOne(1, true);
  assert.equal(thread.showsOriginal(1, true), false, "asked for");
  thread.swapAll();
  assert.equal(thread.showsOriginal(1, true), true, "originals on");
  thread.swapAll();
  assert.equal(thread.showsOriginal(1, true), true, "originals off again");
});
