import assert from "node:assert/strict";
import { test } from "node:test";

import { translatedAmong } from "../static/languages.js";

const language = (tag, translated) => ({ tag, name: tag, direction: "ltr", translated });
const isTranslated = translatedAmong([language("en", true), language("tr", false), language("pt-BR", true)]);

test("a language is translated when the server says so", () => {
  assert.equal(isTranslated("pt-BR"), true);
  assert.equal(isTranslated("tr"), false);
});

test("a variant is as its language, and what is not offered is not translated", () => {
  assert.equal(isTranslated("pt-PT"), true);
  assert.equal(isTranslated("tr-CY"), false);
  assert.equal(isTranslated("ko"), false);
});
