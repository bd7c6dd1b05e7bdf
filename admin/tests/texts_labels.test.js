import assert from "node:assert/strict";
import { test } from "node:test";

import { notesOf } from "../static/texts_labels.js";

const NAMES = { en: "English", lt: "Lithuanian" };
const nameOf = (tag) => NAMES[tag];
const wording = (more) => ({ text: "Labas", draft: false, doubtful: false, flags: [], source: "en", made_from: "Hello", outdated: false, ...more });

test("a draft says who is read meanwhile, and that what it was made from has changed", () => {
  assert.deepEqual(notesOf(wording({ draft: true }), "en", nameOf), ["Draft: readers see English until you approve it."]);
  assert.deepEqual(notesOf(wording({ draft: true, outdated: true }), "en", nameOf), [
    "Draft: readers see English until you approve it.", "The English text has changed since.",
  ]);
  assert.deepEqual(notesOf(wording({ draft: true, outdated: true, source: "lt" }), null, nameOf), [
    "Draft: nobody sees it until you approve it.", "The Lithuanian text has changed since.",
  ]);
});

test("of an approved wording it is only said that its source has changed", () => {
  assert.deepEqual(notesOf(wording({}), "lt", nameOf), []);
  assert.deepEqual(notesOf(wording({ outdated: true }), "lt", nameOf), ["The English text has changed since."]);
});
