import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { negotiate } from "../lib/negotiation.js";

const { ours, cases } = JSON.parse(readFileSync(new URL("../../tests/negotiation.json", import.meta.url), "utf8"));

test("every reader gets the language that the server would choose", () => {
  const answers = cases.map(({ wanted, offered = ours }) => ({ wanted, best: negotiate(wanted, offered) }));
  assert.deepEqual(answers, cases.map(({ wanted, best }) => ({ wanted, best })));
});

test("whatever is kept, sent or written on a page chooses a language that is offered, or none", () => {
  for (const wish of [null, undefined, 7, {}, [], ["<b>"], true, Symbol.iterator, "a".repeat(1e5), "en-".repeat(2e4), "\ud800", "x".repeat(36)]) {
    assert.equal(negotiate([wish, "lt"], ours), "lt");
    assert.equal(negotiate([wish], ours), null);
  }
});
