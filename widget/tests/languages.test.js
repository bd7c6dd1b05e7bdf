import assert from "node:assert/strict";
import { test } from "node:test";

import { negotiate } from "../lib/i18n.js";
import { arrange, search } from "../lib/search.js";

const OFFERED = ["en", "lt", "tr", "zh-Hans", "fa", "ja", "pt-BR"];
const language = (tag, name) => ({ tag, name, direction: "ltr", interface: true, translated: true });
const LIST = [language("en", "English"), language("tr", "Türkçe"), language("fa", "فارسی"), language("pt-BR", "português (Brasil)"), language("ja", "日本語")];
const english = new Intl.DisplayNames(["en"], { type: "language" });
const found = (query) => search(LIST, query, [(tag) => english.of(tag)]).map(({ tag }) => tag);

test("the first wanted tag that is offered wins", () => {
  assert.equal(negotiate([null, undefined, "", "fa", "en"], OFFERED), "fa");
  assert.equal(negotiate(["xx", "LT"], OFFERED), "lt");
});

test("a language without its region is near enough, another script is not", () => {
  assert.equal(negotiate(["pt-PT"], OFFERED), "pt-BR");
  assert.equal(negotiate(["zh-CN"], OFFERED), "zh-Hans");
  assert.equal(negotiate(["zh-TW", "ja"], OFFERED), "ja");
});

test("nothing offered, nothing found", () => {
  assert.equal(negotiate(["ko", "not a tag!"], OFFERED), null);
});

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
