import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { createFormats, format, isolate, t, tc, tn, useCatalogue, variantOf } from "../lib/i18n.js";

const LITHUANIAN = /** @type {const} */ ({
  locale: "lt",
  direction: "ltr",
  messages: {
    "Hello {name}": "Sveiki, {name}",
    "button\u0004Send": "Siųsti",
    "{n} message": { one: "{n} žinutė", few: "{n} žinutės", many: "{n} žinutės", other: "{n} žinučių" },
    Empty: "",
  },
});
const PERSIAN = /** @type {const} */ ({ locale: "fa", direction: "rtl", messages: { "{n} message": { other: "{n} پیام" } } });

afterEach(() => useCatalogue());

test("without a catalogue the English stands", () => {
  assert.equal(t("Hello {name}", { name: "Ada" }), "Hello Ada");
  assert.equal(tn("{n} message", "{n} messages", 1), "1 message");
  assert.equal(tn("{n} message", "{n} messages", 1200), "1,200 messages");
});

test("texts, contexts and the plural forms of the language", () => {
  useCatalogue(LITHUANIAN);
  assert.equal(t("Hello {name}", { name: "Ada" }), "Sveiki, Ada");
  assert.equal(tc("button", "Send"), "Siųsti");
  assert.deepEqual(
    [1, 2, 10, 21].map((n) => tn("{n} message", "{n} messages", n)),
    ["1 žinutė", "2 žinutės", "10 žinučių", "21 žinutė"],
  );
});

test("what is missing or empty falls back to English", () => {
  useCatalogue(LITHUANIAN);
  assert.equal(t("Empty"), "Empty");
  assert.equal(t("Not there"), "Not there");
  assert.equal(tc("verb", "Send"), "Send");
});

test("an unknown placeholder stays as it is", () => {
  assert.equal(t("{name} and {other}", { name: "x" }), "x and {other}");
});

test("numbers take the digits of the locale", () => {
  useCatalogue(PERSIAN);
  assert.equal(tn("{n} message", "{n} messages", 12), "۱۲ پیام");
});

test("names of the other direction are isolated, of the same are not", () => {
  useCatalogue(PERSIAN);
  assert.equal(t("{name}", { name: "Emma" }), "\u2068Emma\u2069");
  assert.equal(t("{name}", { name: "مریم" }), "مریم");
  assert.equal(isolate("مریم", "ltr"), "\u2068مریم\u2069");
});

test("Persian dates follow the Persian calendar", () => {
  const day = createFormats("fa", "Asia/Tehran").day("2026-11-21T09:30:00Z", Date.parse("2026-12-01T00:00Z"));
  assert.match(day, /آبان/);
  assert.match(day, /۳۰/);
});

test("days are counted in the reader's zone", () => {
  const formats = createFormats("en", "Asia/Tokyo");
  assert.equal(formats.daysFromNow("2026-11-21T14:59:00Z", Date.parse("2026-11-21T15:01:00Z")), -1);
  assert.equal(formats.daysFromNow("2026-11-21T15:00:00Z", Date.parse("2026-11-22T14:59:00Z")), 0);
});

test("relative times use the largest whole unit", () => {
  const now = Date.parse("2026-11-21T12:00:00Z");
  const formats = createFormats("en");
  assert.equal(formats.relative(now - 200_000, now), "3 minutes ago");
  assert.equal(formats.relative(now - 100, now), "now");
  assert.equal(formats.relative(now - 86_400_000, now), "yesterday");
});

test("the browser's variant of a language is used, another script is not", () => {
  assert.equal(variantOf("en", ["fr", "en-GB"]), "en-GB");
  assert.equal(variantOf("en", ["en", "en-GB"]), "en-GB");
  assert.equal(variantOf("en", ["en"]), "en");
  assert.equal(variantOf("zh-Hans", ["zh-TW"]), "zh-Hans");
  assert.equal(variantOf("pt-BR", ["pt-PT"]), "pt-BR");
});

test("lists and languages are named in the reader's language", () => {
  useCatalogue(LITHUANIAN);
  assert.equal(format().list(["Emma", "Jonas"]), "Emma ir Jonas");
  assert.equal(format().language("fa"), "persų");
});
