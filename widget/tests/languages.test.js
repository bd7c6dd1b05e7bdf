import assert from "node:assert/strict";
import { test } from "node:test";

import { arrange, search } from "../lib/search.js";

const language = (tag, name) => ({ tag, name, direction: "ltr", interface: true, translated: true });
const LIST = [language("en", "English"), language("tr", "Türkçe"), language("fa", "فارسی"), language("pt-BR", "português (Brasil)"), language("ja", "日本語")];
const english = new Intl.DisplayNames(["en"], { type: "language" });
const found = (query) => search(LIST, query, [(tag) => english.of(tag)]).map(({ tag }) => tag);

test("languages are found by native name, English name and tag", () => {
  assert.deepEqual(found("日本"), ["ja"]);
  assert.deepEqual(found("persian"), ["fa"]);
  assert.deepEqual(found("pt-br"), ["pt-BR"]);
  assert.deepEqual(found("brazil"), ["pt-BR"]);
  assert.deepEqual(found("qq"), []);
});

test("languages are found by names that people call them by", () => {
  assert.deepEqual(found("farsi"), ["fa"]);
  assert.deepEqual(found("nihongo"), ["ja"]);
  assert.deepEqual(found("brazilian"), ["pt-BR"]);
  assert.deepEqual(search([language("zh-Hans", "简体中文")], "mandarin", []).length, 1);
});

test("marks and the dotless i don't matter", () => {
  assert.deepEqual(found("turkce"), ["tr"]);
  assert.deepEqual(found("TÜRKÇE"), ["tr"]);
});

test("names that begin with the query come first", () => {
  assert.equal(found("p")[0], "fa");
  assert.deepEqual(found(""), LIST.map(({ tag }) => tag));
});

test("the browser's languages lead the list", () => {
  assert.deepEqual(arrange(LIST, ["fa-IR", "en"]).map(({ tag }) => tag).slice(0, 2), ["fa", "en"]);
});
