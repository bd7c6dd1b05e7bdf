import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { directionOf } from "../static/texts_another.js";

const directions = (tags) => tags.map((tag) => directionOf(new Intl.Locale(tag)));

test("a language that is added is written as its script is", () => {
  assert.deepEqual(directions(["ur", "dv", "he", "mid", "ks-Aran", "pa-Arab", "rhg-Rohg"]), Array(7).fill("rtl"));
  assert.deepEqual(directions(["nb", "pa", "az", "ar-Latn", "ja"]), Array(5).fill("ltr"));
});

test("the page and the server know the same scripts", () => {
  const names = readFileSync(new URL("../../appliance/names.py", import.meta.url), "utf8");
  const scripts = /_RIGHT_TO_LEFT_SCRIPTS = frozenset\(([^)]*)\)/.exec(names)?.[1]?.match(/[A-Z][a-z]{3}/g) ?? [];
  assert.ok(scripts.length > 5);
  assert.deepEqual(directions(scripts.map((script) => `und-${script}`)), scripts.map(() => "rtl"));
});
