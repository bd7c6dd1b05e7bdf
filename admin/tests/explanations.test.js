import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { useCatalogue } from "../../widget/lib/i18n.js";
import { facts, flagSentences, pathWords, reasonSentence, sentences } from "../static/explanations.js";
import { done, JONAS } from "./cast.js";

const FLAGS = ["unchanged", "fragments", "long_word", "repaired", "memory", "glossary", "repetition", "length", "echo", "numbers", "script", "rejected"];

afterEach(() => useCatalogue());

test("every flag is explained in a sentence of its own, the doubts first", () => {
  const said = flagSentences(FLAGS);
  assert.equal(new Set(said).size, FLAGS.length);
  for (const sentence of said) assert.match(sentence, /^[A-Z].*\.$/);
  assert.match(flagSentences(["glossary", "numbers"])[0], /number/);
});

test("a flag that this page does not know yet is named", () => {
  assert.deepEqual(flagSentences(["sarcasm"]), ["The translator marked it as “sarcasm”."]);
});

test("every reason says what it means", () => {
  const said = ["no_route", "engine_failed", "too_long", "busy", null].map((reason) => reasonSentence(reason, "lt", "pt"));
  assert.equal(new Set(said).size, 5);
  assert.match(said[0], /Lithuanian.*Portuguese/);
});

test("a person's part comes first, by name", () => {
  const said = (more, me = "emma") => sentences(done("Hi", more), "pt", "en", me);
  assert.deepEqual(said({ engine: "person", by: JONAS, machine: "Hello" }), ["Jonas wrote this translation.", "The translator had said: “Hello”"]);
  assert.deepEqual(said({ engine: "person", by: JONAS }, JONAS.id), ["You wrote this translation."]);
  assert.deepEqual(said({ doubtful: true, flags: ["rejected"], by: JONAS }), ["Jonas marked this translation as wrong."]);
  assert.deepEqual(said({ doubtful: true, flags: ["rejected"] }), ["Somebody marked this translation of the same text as wrong."]);
});

test("where there is nothing to say, that is said", () => {
  assert.deepEqual(sentences(done("Hi"), "pt", "en", "emma"), ["The translator saw nothing wrong with it."]);
});

test("the way goes in the direction of reading", () => {
  assert.equal(pathWords(["lt", "en", "pt"]), "Lithuanian → English → Portuguese");
  useCatalogue({ locale: "fa", direction: "rtl", messages: {} });
  assert.match(pathWords(["lt", "en"]), / ← /);
});

test("each model is named, with its quality where somebody measured it", () => {
  const translation = done("Oi", { path: ["lt", "en", "pt"], engine: "argos+firefox" });
  const hops = [
    { source: "lt", target: "en", engine: "argos", model: "lt_en-1.1", quality: null },
    { source: "en", target: "pt", engine: "firefox", model: "enpt-1", quality: 49 },
  ];
  assert.deepEqual(facts(translation, hops), [
    ["Route", "Lithuanian → English → Portuguese"],
    ["Lithuanian → English", "Argos Translate · lt_en-1.1"],
    ["English → Portuguese", "Firefox Translations · enpt-1"],
    ["Measured quality", "49 of 100 (BLEU)"],
  ]);
  assert.deepEqual(facts(translation, []).at(-1), ["Translator", "Argos Translate · Firefox Translations"]);
  assert.deepEqual(facts(done("Oi", { engine: "person", by: JONAS }), hops), []);
});
