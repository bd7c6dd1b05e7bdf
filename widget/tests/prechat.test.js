import assert from "node:assert/strict";
import { test } from "node:test";

import { linesOf, wrongWith } from "../chat/prechat.js";

/** @param {string} id @param {string} text @param {Partial<import("../lib/protocol").Question>} [over] @returns {import("../lib/protocol").Question} */
const question = (id, text, over) => ({ id, label: { text, language: "en", direction: "ltr" }, answer: "text", required: false, ...over });

test("each answer is a line of its own, and an empty line stands before what was typed", () => {
  const asked = [question("a", "Name"), question("b", "Order")];
  assert.equal(linesOf(asked, { a: "Ona", b: "LT-20931" }), "Name: Ona\nOrder: LT-20931\n\n");
});

test("questions without an answer leave no line, and none at all leaves nothing", () => {
  const asked = [question("a", "Name"), question("b", "Order")];
  assert.equal(linesOf(asked, { a: "  ", b: " LT-20931 " }), "Order: LT-20931\n\n");
  assert.equal(linesOf(asked, {}), "");
});

test("a label that is a question gets no second mark", () => {
  for (const label of ["What is it about?", "مربوط به چیست؟", "ご用件は？", "Name:"])
    assert.equal(linesOf([question("a", label)], { a: "1" }), `${label} 1\n\n`);
});

test("what was asked before and is no longer asked is not sent", () => {
  assert.equal(linesOf([question("a", "Name")], { a: "Ona", gone: "secret" }), "Name: Ona\n\n");
});

test("a required answer may not be blank, another one may", () => {
  assert.equal(wrongWith(question("a", "Name", { required: true }), " "), "missing");
  assert.equal(wrongWith(question("a", "Name", { required: true }), "Ona"), null);
  assert.equal(wrongWith(question("a", "Name"), ""), null);
});

test("an address looks like one, unless it is left out", () => {
  const email = question("a", "E-mail", { answer: "email" });
  assert.equal(wrongWith(email, "ona@"), "address");
  assert.equal(wrongWith(email, "ona at example.com"), "address");
  assert.equal(wrongWith(email, " ona@example.com "), null);
  assert.equal(wrongWith(email, ""), null);
});
