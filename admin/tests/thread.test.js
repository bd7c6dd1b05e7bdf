import assert from "node:assert/strict";
import { test } from "node:test";

import { Thread } from "../static/thread.js";
import { at, done, fromVisitor } from "./cast.js";

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

test("a message is tried again until there is word of it", () => {
  const thread = new Thread("c");
  thread.open({ type: "opened", conversation: "c", events: [fromVisitor(1, "Onde?"), fromVisitor(2, "Quando?")], reset: true, earlier: false, visitor: null, ref: null });
  thread.retrying.add(1).add(2);
  thread.add({ seq: 3, kind: "translation", at: at(3), message: 2, language: "en", translation: done("When?") });
  assert.deepEqual([...thread.retrying], [1]);
});
