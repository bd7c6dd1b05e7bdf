import assert from "node:assert/strict";
import { test } from "node:test";

import { allWithoutRoute, mayStillCome, readingOf } from "../static/reading.js";
import { done, fromEmma, fromVisitor } from "./cast.js";

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
  assert.equal(kind({ en: done("Where where where?", { flags: ["repetition"], doubtful: true }) }), "doubted");
});

test("flags that only inform cast no doubt", () => {
  assert.equal(kind({ en: done("Where is it?", { flags: ["fragments", "long_word", "repaired"] }) }), "translated");
});

const failed = (reason) => done(null, { status: "failed", reason });

test("another try helps unless no route leads there", () => {
  const of = (reason) => mayStillCome(readingOf(fromVisitor(1, "Nerede?", { language: "tr", translations: { en: failed(reason) } }), "en"));
  assert.deepEqual(["engine_failed", "busy", "too_long", "no_route"].map(of), [true, true, true, false]);
});

test("a conversation is without a route when all that needs one has none", () => {
  const without = fromVisitor(1, "Nerede?", { language: "tr", translations: { en: failed("no_route") } });
  const plain = fromVisitor(2, "ok", { language: "tr" });
  const translated = fromVisitor(3, "Onde?", { translations: { en: done("Where?") } });
  assert.equal(allWithoutRoute([without, plain], "en"), true);
  assert.equal(allWithoutRoute([without, translated], "en"), false, "some are translated");
  assert.equal(allWithoutRoute([plain], "en"), false, "nothing needed a translation");
  assert.equal(allWithoutRoute([fromEmma(1, "Hello")], "en"), false);
});
