import assert from "node:assert/strict";
import { test } from "node:test";

import { isNews, titleWith } from "../static/alerts.js";
import { at, JONAS, summary } from "./cast.js";

const word = (seq, author = "visitor") => ({ seq, at: at(seq), author, text: "Oi", language: "pt-BR", translation: null });

test("a visitor's first and each further word is news", () => {
  assert.equal(isNews(undefined, summary({ id: "a", last_message: word(1) }), "emma"), true);
  assert.equal(isNews(summary({ id: "a", last_message: word(1) }), summary({ id: "a", last_message: word(3) }), "emma"), true);
});

test("the same word told again is not", () => {
  const told = summary({ id: "a", last_message: word(1) });
  assert.equal(isNews(told, { ...told, unread: 1 }, "emma"), false);
});

test("an agent's word, and a word to another agent, are not", () => {
  assert.equal(isNews(undefined, summary({ id: "a", last_message: word(2, "agent") }), "emma"), false);
  assert.equal(isNews(undefined, summary({ id: "a", state: "assigned", agent: JONAS, unread: 1, last_message: word(2) }), "emma"), false);
});

test("the title counts, and says nothing of none", () => {
  assert.deepEqual([titleWith("Inbox", 2), titleWith("Inbox", 0)], ["(2) Inbox", "Inbox"]);
});
