import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { useCatalogue } from "../lib/i18n.js";
import { scoreName } from "../lib/scores.js";
import { lineText } from "../../admin/static/wording.js";

afterEach(() => useCatalogue());

test("five marks, from very bad to very good", () => {
  assert.deepEqual([1, 2, 3, 4, 5].map(scoreName), ["Very bad", "Bad", "Okay", "Good", "Very good"]);
});

test("agents read the mark that the visitor chose, in their own language", () => {
  const messages = { "how it was\u0004Bad": "Blogai", "The visitor rated this conversation: {score}": "Įvertino: {score}" };
  useCatalogue({ locale: "lt", direction: "ltr", messages });
  assert.equal(lineText({ seq: 1, kind: "rated", at: "2026-11-21T12:00:00Z", score: 2, comment: null, language: "lt" }, "emma"), "Įvertino: Blogai");
});
