import assert from "node:assert/strict";
import { test } from "node:test";

import { isNews, titleWith } from "../static/alerts.js";
import { at, EMMA, JONAS, offerTo, standing, summary } from "./cast.js";

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

test("an offer is news when it is made, though the word is old", () => {
  const told = summary({ id: "a", last_message: word(1), ...offerTo(JONAS, 5) });
  assert.equal(isNews(told, { ...told, ...offerTo(EMMA, 6) }, "emma"), true);
  assert.equal(isNews({ ...told, ...offerTo(EMMA, 6) }, { ...told, ...offerTo(EMMA, 6), unread: 1 }, "emma"), false);
  assert.equal(isNews(undefined, told, "emma"), false, "another is asked");
});

test("what nobody can be asked about any more is news", () => {
  const told = summary({ id: "a", last_message: word(1), ...offerTo(JONAS, 5) });
  assert.equal(isNews(told, { ...told, offer: null, decision: standing("queued") }, "emma"), true);
});
