import assert from "node:assert/strict";
import { test } from "node:test";

import { addEarlier, apply, baseOf, emptyLog, startFrom, translationFor } from "../lib/events.js";

const message = (seq, over = {}) => ({
  seq, kind: "message", at: "2026-11-21T09:30:00.000Z", client_id: `c${seq}`, text: `text ${seq}`, language: "pt-BR",
  author: { kind: "visitor", id: "v", name: null }, translations: {}, ...over,
});
const none = (seq) => ({ seq, kind: "none" });
const done = (text) => ({ status: "done", text, engine: "x", path: [], flags: [], reason: null });
const translated = (seq, of, text, language = "en") => ({ seq, kind: "translation", at: "", message: of, language, translation: done(text) });
const seqs = (log) => log.items.map((item) => item.seq);

test("events are applied in order, each once", () => {
  let log = apply(emptyLog(), [message(1), none(2), message(3)]);
  log = apply(log, [message(1), none(2), message(3), message(4)]);
  assert.deepEqual(seqs(log), [1, 3, 4]);
  assert.equal(log.last, 4);
  assert.equal(log.gap, false);
});

test("nothing new gives the same log", () => {
  const log = apply(emptyLog(), [message(1)]);
  assert.equal(apply(log, [message(1)]), log);
  assert.equal(apply(log, []), log);
});

test("a gap holds what follows it until it is filled", () => {
  let log = apply(emptyLog(), [message(1), message(4)]);
  assert.deepEqual([log.gap, log.last, seqs(log)], [true, 1, [1]]);
  log = apply(log, [message(3)]);
  assert.deepEqual([log.gap, log.last], [true, 1]);
  log = apply(log, [message(2)]);
  assert.deepEqual([log.gap, log.last, seqs(log)], [false, 4, [1, 2, 3, 4]]);
});

test("any order of arrival gives the same conversation", () => {
  const events = [message(1), translated(2, 1, "one"), none(3), message(4), translated(5, 4, "four"), { seq: 6, kind: "state", at: "", state: "closed", by: null }];
  const straight = apply(emptyLog(), events);
  for (let round = 0; round < 50; round += 1) {
    const shuffled = [...events, ...events].sort(() => Math.random() - 0.5);
    const log = shuffled.reduce((all, event) => apply(all, [event]), emptyLog());
    assert.deepEqual(log, straight);
  }
});

test("a translation makes a new message and leaves the old value alone", () => {
  const before = apply(emptyLog(), [message(1), message(2)]);
  const after = apply(before, [translated(3, 1, "one")]);
  assert.equal(after.items[0].translations.en.text, "one");
  assert.deepEqual(before.items[0].translations, {});
  assert.equal(after.items[1], before.items[1]);
});

test("a reset starts from a page in the middle", () => {
  const log = startFrom([message(41), none(42), message(43)], true);
  assert.deepEqual([log.first, log.last, log.earlier, seqs(log)], [41, 43, true, [41, 43]]);
  assert.deepEqual(startFrom([], false), emptyLog());
});

test("older pages go in front, once", () => {
  let log = startFrom([message(41)], true);
  log = apply(log, [translated(42, 39, "unknown to the page")]);
  const page = [message(39, { translations: { en: done("current") } }), none(40), message(41)];
  log = addEarlier(log, page, true);
  log = addEarlier(log, page, true);
  assert.deepEqual(seqs(log), [39, 41]);
  assert.equal(log.items[0].translations.en.text, "current");
  assert.deepEqual([log.first, log.last], [39, 42]);
});

test("who has it and how it stands follow the events", () => {
  const emma = { id: "e", name: "Emma", avatar: "#333" };
  let log = apply(emptyLog(), [{ seq: 1, kind: "assigned", at: "", agent: emma }, { seq: 2, kind: "state", at: "", state: "assigned", by: null }]);
  assert.deepEqual([log.agent, log.state], [emma, "assigned"]);
  log = apply(log, [{ seq: 3, kind: "assigned", at: "", agent: null }]);
  assert.equal(log.agent, null);
});

test("the reader's very tag is preferred to its base language", () => {
  const item = message(1, { language: "en", translations: { "pt-PT": done("PT"), "pt-BR": done("BR") } });
  assert.equal(translationFor(item, "pt-BR").text, "BR");
  assert.equal(translationFor(item, "pt-AO").text, "PT");
  assert.equal(translationFor(item, "lt"), null);
  assert.equal(translationFor(message(1, { translations: { "pt-PT": done("x") } }), "pt-BR"), null);
});

test("what is done without a text needed no translation", () => {
  const nothing = { ...done(null), engine: "none" };
  assert.equal(translationFor(message(1, { language: "lt", translations: { en: nothing } }), "en"), null);
  assert.equal(translationFor(message(1, { language: "lt", translations: { en: nothing } }), "en-GB"), null);
  const pending = { ...done(null), status: "pending" };
  assert.equal(translationFor(message(1, { language: "lt", translations: { en: pending } }), "en"), pending);
});

test("the two Chinese scripts are two languages", () => {
  assert.equal(baseOf("zh-TW"), baseOf("zh-Hant"));
  assert.notEqual(baseOf("zh-Hans"), baseOf("zh-Hant"));
  assert.equal(baseOf("not a tag"), "not a tag");
});
