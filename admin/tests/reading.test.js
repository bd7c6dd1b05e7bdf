import assert from "node:assert/strict";
import { test } from "node:test";

import { allWithoutRoute, calledWrong, mayStillCome, newestTranslated, readingOf } from "../static/reading.js";
import { done, EMMA, fromEmma, fromVisitor } from "./cast.js";

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

test("what is done without a text is plain: there was nothing to translate", () => {
  assert.equal(kind({ en: done(null, { engine: "none" }) }), "plain");
});

test("called wrong is what a person said, not only the gate", () => {
  assert.equal(calledWrong(done("Where?", { doubtful: true, flags: ["rejected"], by: EMMA })), true);
  assert.equal(calledWrong(done("Where?", { doubtful: true, flags: ["rejected"] })), false);
  assert.equal(calledWrong(done("Where?", { engine: "person", by: EMMA })), false);
  assert.equal(calledWrong(null), false);
});

test("a key finds the newest message of the visitor that is shown translated", () => {
  const translated = (seq, more) => fromVisitor(seq, "Onde?", { translations: { en: done("Where?", more) } });
  const items = [translated(1), translated(2), translated(3, { doubtful: true }), fromVisitor(4, "ok"), fromEmma(5, "Hi")];
  assert.equal(newestTranslated(items, "en").seq, 2);
  assert.equal(newestTranslated([fromVisitor(4, "ok")], "en"), null);
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
