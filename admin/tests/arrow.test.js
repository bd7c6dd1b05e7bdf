import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { afterEach, test } from "node:test";

import { useCatalogue } from "../../widget/lib/i18n.js";
import { arrow, inTurn } from "../static/arrow.js";
import { textOf } from "../static/regions_words.js";

const PERSIAN = { locale: "fa", direction: "rtl", messages: {} };
const names = { config: {}, people: [], regionName: (id) => ({ th: "تهران", lt: "Lietuva", br: "Brasil" })[id] };

afterEach(() => useCatalogue());

test("arrows point to what comes next, from left to right and from right to left", () => {
  assert.equal(inTurn(["Lithuanian", "English"]), "Lithuanian → English");
  useCatalogue(PERSIAN);
  assert.equal(arrow(), "←");
  assert.equal(inTurn(["لیتوانیایی", "انگلیسی"]), "\u2067لیتوانیایی ← انگلیسی\u2069");
});

test("names in letters of the other direction do not turn the line around", () => {
  assert.equal(textOf("overflow", ["lt", "th"], names), "Lietuva → \u2068تهران\u2069");
  useCatalogue(PERSIAN);
  assert.equal(textOf("overflow", ["lt", "br"], names), "\u2067\u2068Lietuva\u2069 ← \u2068Brasil\u2069\u2069");
});

test("no page writes an arrow that cannot turn", () => {
  const pages = new URL("../static/", import.meta.url);
  // The mark of the chart is an element of its own, which its style turns.
  const turned = ["arrow.js", "texts_chart.js"];
  const literal = /(["`])[^"`]*→[^"`]*\1/;
  const found = readdirSync(pages).filter((name) => name.endsWith(".js") && !turned.includes(name)).filter((name) =>
    readFileSync(new URL(name, pages), "utf8").split("\n").some((line) => literal.test(line.replace(/^\s*(\/\/|\/?\*).*/, ""))));
  assert.deepEqual(found, []);
});
