import assert from "node:assert/strict";
import { test } from "node:test";

import { approvedFor, directed, filled, found, heldIn, leftIn, prepared, queryAt } from "../static/canned.js";

/** What is typed before and after the caret, which stands at the bar. */
function typed(shown) {
  const caret = shown.indexOf("|");
  return queryAt(shown.replace("|", ""), caret);
}

test("a slash opens at the start of a line, and nowhere else", () => {
  assert.deepEqual(typed("/|"), { from: 0, query: "" });
  assert.deepEqual(typed("/refund po|"), { from: 0, query: "refund po" });
  assert.deepEqual(typed("Hello,\n/ref|und"), { from: 7, query: "ref" });
  assert.deepEqual(typed("／返金|"), { from: 0, query: "返金" }, "the slash of a Japanese keyboard");
  for (const shown of ["|", "|/refund", "and/or|", " /refund|", "/refund\n|", "https://shop.example|", `/${"x".repeat(60)}|`]) assert.equal(typed(shown), null, shown);
});

const one = (shortcut, text, theirs = null) => ({ id: text, shortcut, own: { language: "en", text }, theirs: theirs && { language: "lt", text: theirs } });
const ALL = [
  one("hello", "Hello {visitor}, thank you for waiting."),
  one("refund", "Your money comes back within five days.", "Pinigai grįš per penkias dienas."),
  one("refund-no", "We can't give money back for this."),
  one(null, "Our café in São Paulo opens at nine."),
];
const shortcuts = (query) => found(query, ALL).map(({ shortcut }) => shortcut);

test("without words all are offered in their order", () => {
  assert.deepEqual(found("", ALL), ALL);
  assert.deepEqual(found("  ", ALL), ALL);
});

test("a shortcut comes before words, a whole one before a beginning", () => {
  assert.deepEqual(shortcuts("refund"), ["refund", "refund-no"]);
  assert.deepEqual(shortcuts("hel"), ["hello"]);
  assert.deepEqual(shortcuts("money"), ["refund", "refund-no"]);
});

test("accents and case do not matter, and the visitor's wording is looked through too", () => {
  assert.deepEqual(shortcuts("SAO cafe"), [null]);
  assert.deepEqual(shortcuts("grizta"), []);
  assert.deepEqual(shortcuts("gris"), ["refund"]);
  assert.deepEqual(shortcuts("back FIVE"), ["refund"]);
});

test("what is known is filled in, what is not stays to be seen", () => {
  assert.equal(filled("{visitor}, this is {agent} of {workspace}: {visitor}", { agent: "Emma", workspace: "$& Lumina", visitor: null }), "{visitor}, this is Emma of $& Lumina: {visitor}");
  assert.equal(filled("{order} {constructor}", { agent: "Emma" }), "{order} {constructor}");
  assert.equal(leftIn("Hello {visitor}, {agent}"), "{visitor}");
  assert.equal(leftIn("Hello {name}"), "");
});

test("a message is still what was approved when only the names in it were put in", () => {
  const template = "Hello {visitor}! (I'm {agent}.)\nBye, {visitor}";
  assert.deepEqual(heldIn(template, "Hello Ona! (I'm Emma.)\nBye, Ona\n"), { visitor: "Ona", agent: "Emma" });
  assert.deepEqual(heldIn(template, "Hello {visitor}! (I'm Emma.)\nBye, {visitor}"), { visitor: "{visitor}", agent: "Emma" });
});

test("any other change makes it another message", () => {
  const template = "Hello {visitor}, it costs $5.";
  for (const message of ["Hello Ona, it costs $6.", "Hello Ona, it costs $5. Anything else?", "Hello , it costs $5.", "hello Ona, it costs $5.", `Hello ${"x".repeat(81)}, it costs $5.`, "Hello A\nB, it costs $5."]) {
    assert.equal(heldIn(template, message), null, message);
  }
  assert.equal(heldIn("{visitor} and {visitor}", "Ona and Jonas"), null, "one placeholder, two names");
});

/** @param {string} own @param {string | null} theirs */
const response = (own, theirs) => prepared(
  { own: { language: "en", direction: "ltr", text: own }, theirs: theirs === null ? null : { language: "lt", direction: "ltr", text: theirs } },
  { agent: "Emma", workspace: "Lumina", visitor: null },
);

test("what is added beside a name was never approved", () => {
  const signed = response("Your order is on its way. Best regards, {agent}", "Jūsų užsakymas jau pakeliui. Pagarbiai, {agent}");
  assert.equal(approvedFor(signed, "Your order is on its way. Best regards, Emma"), "Jūsų užsakymas jau pakeliui. Pagarbiai, Emma");
  for (const added of [" and it is cancelled", ". It is cancelled.", "!", " B."]) {
    assert.equal(approvedFor(signed, `Your order is on its way. Best regards, Emma${added}`), null, added);
  }
  const greeting = response("Hello {visitor}", "Sveiki, {visitor}");
  assert.equal(approvedFor(greeting, "Hello Ona"), "Sveiki, Ona");
  assert.equal(approvedFor(greeting, "Hello Ona. Your order is cancelled"), null);
});

test("an approved wording goes out whole or not at all", () => {
  assert.equal(approvedFor(response("Thanks!", "Ačiū iš {workspace}!"), "Thanks!"), "Ačiū iš Lumina!", "what is known is put in");
  assert.equal(approvedFor(response("Thanks!", "Ačiū, {visitor}!"), "Thanks!"), null, "nobody knows the name");
  assert.equal(approvedFor(response("Hi {visitor}", "Sveiki, {visitor}"), "Hi {visitor}"), null);
  assert.equal(approvedFor(response("Thanks!", null), "Thanks!"), null);
});

test("a text without placeholders is held as it is", () => {
  assert.deepEqual(heldIn("¿Qué (tal)? [x]{1,2} \\d+", "¿Qué (tal)? [x]{1,2} \\d+"), {});
  assert.equal(heldIn("a.c", "abc"), null);
});

test("a text made to be slow is soon told apart", () => {
  const template = "{visitor}{agent}{workspace}!";
  assert.equal(heldIn(template, "x".repeat(5000)), null);
});

test("a name in other letters at the start does not turn a text around", () => {
  assert.equal(directed("Ana گرامی", "rtl"), "\u200fAna گرامی");
  assert.equal(directed("{visitor} گرامی", "rtl"), "\u200f{visitor} گرامی");
  assert.equal(directed("آنا، hello", "ltr"), "\u200eآنا، hello");
  for (const [text, direction] of [["آنا گرامی", "rtl"], ["Ana, hello", "ltr"], ["12345!", "rtl"], ["", "rtl"]]) assert.equal(directed(text, direction), text);
  assert.deepEqual(heldIn("{visitor} گرامی", "\u200fAna گرامی"), { visitor: "Ana" });
});
