import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { directionOf, nearestWith, neighbours, tagOf } from "../static/texts_another.js";

const server = (path) => readFileSync(new URL(`../../appliance/${path}`, import.meta.url), "utf8");
const directions = (tags) => tags.map((tag) => directionOf(new Intl.Locale(tag)));

test("a language that is added is written as its script is", () => {
  assert.deepEqual(directions(["ur", "dv", "he", "mid", "ks-Aran", "pa-Arab", "rhg-Rohg"]), Array(7).fill("rtl"));
  assert.deepEqual(directions(["nb", "pa", "az", "ar-Latn", "ja"]), Array(5).fill("ltr"));
});

test("the page and the server know the same scripts", () => {
  const scripts = /_RIGHT_TO_LEFT_SCRIPTS = frozenset\(([^)]*)\)/.exec(server("names.py"))?.[1]?.match(/[A-Z][a-z]{3}/g) ?? [];
  assert.ok(scripts.length > 5);
  assert.deepEqual(directions(scripts.map((script) => `und-${script}`)), scripts.map(() => "rtl"));
});

test("words that name no language are no tags", () => {
  for (const said of ["german", "english", "und", "und-Latn", "mul", "zxx", "mis", "xx", "zz-Latn", "jp", "x-own", "pt_AO", "not one!", "", "deutsch-DE", "🙂"]) {
    assert.equal(tagOf(said), null, said);
  }
});

test("a tag is the one that the server would store", () => {
  const told = { " pt-ao ": "pt-AO", no: "nb", "no-NO": "nb-NO", NB: "nb", non: "non", ger: "de", "zh-hant-hk": "zh-Hant-HK", hsb: "hsb", kab: "kab", sgs: "sgs" };
  for (const [said, tag] of Object.entries(told)) assert.equal(tagOf(said), tag);
  const replaced = [.../_REPLACED = \{([^}]*)\}/.exec(server("domain/languages.py"))[1].matchAll(/"(\w+)": "(\w+)"/g)];
  assert.ok(replaced.length > 5);
  for (const [, old, now] of replaced) assert.equal(tagOf(old), now);
});

test("until a language that was added is written in, its readers get what is nearest to it", () => {
  assert.deepEqual(neighbours("pt-AO", ["en", "pt-BR", "pt-PT", "es"]), ["pt-PT", "pt-BR"]);
  assert.deepEqual(neighbours("nb", ["en", "da", "nn", "sv", "nb"]), ["nn", "da"]);
  assert.deepEqual(neighbours("sr-Latn", ["sr-Cyrl", "sr-Latn-ME", "hr"]), ["sr-Latn-ME", "sr-Cyrl"]);
  assert.deepEqual(neighbours("lt", ["en", "lv"]), []);
});

test("what is added suits readers of others too, from then on", () => {
  const nearest = nearestWith({ en: [], "pt-BR": ["pt-PT"], "pt-PT": ["pt-BR"], da: [] }, "nb", ["en", "pt-BR", "pt-PT", "da", "nb"]);
  assert.deepEqual(nearest, { en: [], "pt-BR": ["pt-PT"], "pt-PT": ["pt-BR"], da: ["nb"], nb: ["da"] });
});
