import assert from "node:assert/strict";
import { test } from "node:test";

import { textOn } from "../static/accent.js";

test("text on an accent is white on dark and black on light", () => {
  assert.deepEqual(["#3b5bdb", "#000000", "#ffd43b", "#ffffff", "#767676"].map(textOn),
    ["#ffffff", "#ffffff", "#000000", "#000000", "#000000"]);
});
