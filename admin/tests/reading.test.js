import assert from "node:assert/strict";
import { test } from "node:test";

import { readingOf } from "../static/reading.js";
import { done, fromVisitor } from "./cast.js";

const kind = (translations, more) => readingOf(fromVisitor(1, "Onde está?", { translations, ...more }), "en").kind;

test("what needs no translation is plain", () => {
  assert.equal(kind({}), "plain");
  assert.equal(kind({}, { language: "en-GB" }), "plain");
  assert.equal(kind({ en: done("Onde está?") }), "plain", "a translation that changes nothing");
});

test("a translation in the reader's language comes first, whatever its variant", () => {
  assert.equal(kind({ en: done("Where is it?") }), "translated");
  assert.equal(kind({ "en-US": done("Where is it?") }), "translated");
  assert.equal(kind({ lt: done("Kur?") }), "plain");
});

test("pending, failed and doubted ones say so", () => {
  assert.equal(kind({ en: done(null, { status: "pending" }) }), "pending");
  assert.equal(kind({ en: done(null, { status: "failed", reason: "no_route" }) }), "failed");
  assert.equal(kind({ en: done("Where where where?", { flags: ["repetition"] }) }), "doubted");
});

test("flags that only inform cast no doubt", () => {
  assert.equal(kind({ en: done("Where is it?", { flags: ["fragments", "long_word", "repaired"] }) }), "translated");
});
