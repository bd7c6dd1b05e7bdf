import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { createFormats, format, isolate, loadCatalogue, t, tc, tn, useCatalogue, variantOf } from "../lib/i18n.js";

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

/** What is written to the console while something is done. @param {() => void} run */
function complaints(run) {
  const before = console.error;
  /** @type {string[]} */
  const said = [];
  console.error = (...words) => said.push(words.join(" "));
  try {
    run();
  } finally {
    console.error = before;
  }
  return said;
}

test("a broken translation is never shown, and complained about once", () => {
  for (const broken of ["Sveiki, {vardas}", "Sveiki", "Sveiki, {name", "Sveiki, {name}<img src=x onerror=alert(1)>", "Sveiki, {name}</script"]) {
    useCatalogue({ locale: "lt", direction: "ltr", messages: { "Hello {name}": broken, "button\u0004Send": "<b>Siųsti</b>" } });
    const said = complaints(() => {
      assert.deepEqual([t("Hello {name}", { name: "Ada" }), t("Hello {name}", { name: "Bo" })], ["Hello Ada", "Hello Bo"], broken);
      assert.equal(tc("button", "Send"), "Send");
    });
    assert.equal(said.length, 2, broken);
  }
});

test("broken forms of a plural are never shown; a form may leave its number out", () => {
  useCatalogue({ locale: "lt", direction: "ltr", messages: { "{n} message": { one: "Viena žinutė", few: "{k} žinutės", other: "{n} žinučių" } } });
  const said = complaints(() => {
    assert.deepEqual([1, 2, 10].map((n) => tn("{n} message", "{n} messages", n)), ["Viena žinutė", "2 messages", "10 žinučių"]);
  });
  assert.equal(said.length, 1);
});

test("the plural forms of languages with few and with many", () => {
  const forms = { zero: "z {n}", one: "o {n}", two: "t {n}", few: "f {n}", many: "m {n}", other: "x {n}" };
  const chosen = (/** @type {string} */ locale) => {
    useCatalogue({ locale, direction: "ltr", messages: { "{n} message": forms } });
    return [0, 1, 2, 5, 11, 21, 22, 100].map((n) => tn("{n} message", "{n} messages", n)[0]).join("");
  };
  assert.equal(chosen("ar"), "zotfmmmx");
  assert.equal(chosen("lt"), "xoffxofx");
  assert.equal(chosen("pl"), "mofmmmfm");
  assert.equal(chosen("ru"), "mofmmofm");
  assert.equal(chosen("ja"), "xxxxxxxx");
});

test("a catalogue that is not there or damaged is none", async () => {
  const before = globalThis.fetch;
  try {
    for (const [body, status] of [["{}", 200], ["", 200], ["[]", 200], ["null", 200], ['{"messages": {}}', 200], ['{"messages": {}, "locale": "no locale"}', 200], ['{"messages": {}, "locale": "lt"}', 404]]) {
      globalThis.fetch = async () => new Response(/** @type {string} */ (body), { status: /** @type {number} */ (status) });
      await assert.rejects(loadCatalogue("/strings"), `${body}`);
    }
    globalThis.fetch = async () => new Response('{"messages": {"Send": "Siųsti"}, "locale": "lt"}');
    assert.equal((await loadCatalogue("/strings")).locale, "lt");
  } finally {
    globalThis.fetch = before;
  }
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
  // The groups of a telephone number keep their order, a span of times follows the direction of reading.
  assert.equal(isolate("+98 21 1234 5678"), "\u2068+98 21 1234 5678\u2069");
  assert.equal(isolate("0912 345 6789"), "\u20680912 345 6789\u2069");
  assert.equal(isolate("۹:۰۰–۱۷:۰۰"), "۹:۰۰–۱۷:۰۰");
  assert.equal(isolate("9:00–17:00"), "9:00–17:00");
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
  // Less than two days, and yet the day before yesterday.
  assert.equal(createFormats("de", "Europe/Berlin").relative(now - 40 * 3_600_000, now), "vorgestern");
});

test("the browser's variant of a language is used, another script is not", () => {
  assert.equal(variantOf("en", ["fr", "en-GB"]), "en-GB");
  assert.equal(variantOf("en", ["en", "en-GB"]), "en-GB");
  assert.equal(variantOf("en", ["en"]), "en");
  assert.equal(variantOf("en", ["en_US", "c", "en-US@posix", "en-GB"]), "en-GB");
  assert.equal(variantOf("zh-Hans", ["zh-TW"]), "zh-Hans");
  assert.equal(variantOf("pt-BR", ["pt-PT"]), "pt-BR");
});

test("what the data of a language counts in brackets is not read aloud", () => {
  const hebrew = createFormats("he", "Asia/Jerusalem");
  assert.equal(hebrew.ahead(2, "hour"), "בעוד שעתיים");
  assert.equal(hebrew.ahead(1, "hour"), "בעוד שעה");
});

test("lists and languages are named in the reader's language", () => {
  useCatalogue(LITHUANIAN);
  assert.equal(format().list(["Emma", "Jonas"]), "Emma ir Jonas");
  assert.equal(format().language("fa"), "persų");
  assert.equal(format().language("fa-u-nu-latn"), "persų");
  assert.equal(format().language("de-1996-1996"), "de-1996-1996");
});
