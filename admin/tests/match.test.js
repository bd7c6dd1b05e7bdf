import assert from "node:assert/strict";
import { test } from "node:test";

import { best } from "../static/match.js";

const found = (query, ...items) => best(query, items, (item) => item);

test("accents and case don't matter", () => {
  assert.deepEqual(found("joao", "João", "Ana"), ["João"]);
  assert.deepEqual(found("İSTANBUL", "istanbul"), ["istanbul"]);
});

test("a dotless i, and Persian with and without half-spaces, are found either way", () => {
  assert.deepEqual(found("isparta", "Isparta", "ISPARTA", "ısparta"), ["Isparta", "ISPARTA", "ısparta"]);
  assert.deepEqual(found("ISPARTA", "ısparta"), ["ısparta"]);
  assert.deepEqual(found("میخواهم", "می\u200cخواهم"), ["می\u200cخواهم"]);
  assert.deepEqual(found("می\u200cخواهم", "ميخواهم"), ["ميخواهم"]);
});

test("every word has to be there, in any order", () => {
  assert.deepEqual(found("order where", "Where is my order?", "Where are you?"), ["Where is my order?"]);
});

test("the beginning of a text and of a word counts more", () => {
  assert.deepEqual(found("an", "Jana", "my Ana", "Ana"), ["Ana", "my Ana", "Jana"]);
});

test("equal answers keep their order; an empty query finds all", () => {
  assert.deepEqual(found("", "b", "a"), ["b", "a"]);
});

test("scripts without spaces are searched inside", () => {
  assert.deepEqual(found("返品", "商品を返品したい"), ["商品を返品したい"]);
});
