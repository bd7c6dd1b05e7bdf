import assert from "node:assert/strict";
import { test } from "node:test";

import { addressed, endedOf } from "../chat/survey.js";

const at = "2026-11-21T12:00:00Z";
/** @typedef {import("../lib/protocol").Item} Item */
/** @param {number} seq @param {"visitor" | "agent"} kind @returns {Item} */
const message = (seq, kind, name = "Emma") => ({
  seq, kind: "message", at, client_id: `c${seq}`, text: "…", language: "en", translations: {},
  author: { kind, id: kind, name: kind === "agent" ? name : null },
});
/** @param {number} seq @param {"closed" | "queued" | "assigned"} state @param {"agent" | "visitor"} by @returns {Item} */
const state = (seq, state, by = "agent") => ({ seq, kind: "state", at, state, by: { kind: by, id: by, name: null } });
/** @param {number} seq @param {number} score @returns {Item} */
const rated = (seq, score) => ({ seq, kind: "rated", at, score, comment: null, language: "en" });
/** @param {Item[]} items @param {import("../lib/protocol").ConversationState} now */
const ended = (items, now = "closed") => endedOf({ items, state: now });

test("what an agent has answered and closed has ended, with whoever answered last", () => {
  const items = [message(1, "visitor"), message(2, "agent"), message(3, "agent", "João"), state(4, "closed")];
  assert.deepEqual(ended(items), { closed: 4, agent: "João", rated: null });
});

test("nothing is asked while it goes on, or about what nobody answered", () => {
  assert.equal(ended([message(1, "visitor"), message(2, "agent")], "assigned"), null);
  assert.equal(ended([message(1, "visitor"), state(2, "closed")]), null);
  assert.equal(ended([], "closed"), null);
});

test("the last word counts", () => {
  const items = [message(1, "agent"), state(2, "closed"), rated(3, 2), rated(4, 5)];
  assert.equal(ended(items)?.rated?.score, 5);
});

test("what lies before the visitor began anew is over", () => {
  const before = [message(1, "visitor"), message(2, "agent"), state(3, "closed"), rated(4, 1)];
  const anew = [...before, state(5, "queued", "visitor"), message(6, "visitor")];
  assert.equal(ended(anew, "queued"), null);
  assert.equal(ended([...anew, state(7, "closed")]), null);
  assert.deepEqual(ended([...anew, message(7, "agent"), state(8, "closed")]), { closed: 8, agent: "Emma", rated: null });
});

test("an agent who opens it again and closes it asks anew, and the word before still counts", () => {
  const items = [message(1, "agent"), state(2, "closed"), rated(3, 4), state(4, "assigned"), state(5, "closed")];
  assert.deepEqual(ended(items)?.closed, 5);
  assert.equal(ended(items)?.rated?.score, 4);
});

test("a name is said as it is written, whatever is in it", () => {
  const asked = addressed({ text: "How was it with {agent}?", language: "en", direction: "ltr" }, "A$$AP $&");
  assert.equal(asked.text, "How was it with A$$AP $&?");
});
