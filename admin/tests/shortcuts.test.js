import assert from "node:assert/strict";
import { test } from "node:test";

import { commandFor, sends } from "../static/shortcuts.js";

const press = (key, more = {}) => ({
  key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false, repeat: false, ...more,
});
const onPage = (key, more) => commandFor(press(key, more), "page");
const inField = (key, more) => commandFor(press(key, more), "field");

test("letters are commands on the page and letters in a field", () => {
  assert.deepEqual(["j", "k", "r", "e", "a", "d", "t", "s", "o", "i", "c", "?"].map((key) => onPage(key)),
    ["next", "previous", "reply", "close", "take", "decline", "transfer", "availability", "originals", "visitor", "canned", "help"]);
  assert.deepEqual(["j", "k", "r", "e", "a", "d", "t", "s", "o", "?", "/", "1"].map((key) => inField(key)), Array(12).fill(null));
});

test("the palette and Escape work in a field too", () => {
  assert.deepEqual([inField("k", { ctrlKey: true }), inField("k", { metaKey: true }), inField("Escape")], ["palette", "palette", "back"]);
});

test("the browser keeps its own shortcuts", () => {
  assert.deepEqual([onPage("r", { ctrlKey: true }), onPage("t", { metaKey: true }), onPage("e", { altKey: true })], [null, null, null]);
  assert.equal(onPage("K", { ctrlKey: true, shiftKey: true }), null);
});

test("keyboards of other scripts go by the place of the key, Latin ones by the letter", () => {
  assert.equal(onPage("о", { code: "KeyJ" }), "next");
  assert.equal(onPage("ت", { code: "KeyJ" }), "next");
  assert.equal(onPage("л", { code: "KeyK", ctrlKey: true }), "palette");
  assert.equal(onPage("j", { code: "KeyC" }), "next", "Dvorak");
  assert.equal(onPage("۲", { code: "Digit2" }), "waiting");
  assert.equal(onPage("؟", { code: "Slash", shiftKey: true }), "help");
});

test("nothing happens while an input method composes", () => {
  assert.equal(onPage("j", { isComposing: true }), null);
  assert.equal(onPage("Process", { code: "KeyJ" }), null);
});

test("a held key moves on, but closes only once", () => {
  assert.deepEqual([onPage("j", { repeat: true }), onPage("e", { repeat: true }), onPage("d", { repeat: true })], ["next", null, null]);
});

test("the preview opens while one writes, and Enter alone sends", () => {
  for (const more of [{ ctrlKey: true, shiftKey: true }, { metaKey: true, shiftKey: true }]) {
    assert.deepEqual([inField("Enter", more), onPage("Enter", more), sends(press("Enter", more))], ["preview", "preview", false]);
  }
  assert.deepEqual([inField("Enter"), inField("Enter", { ctrlKey: true }), inField("Enter", { shiftKey: true })], [null, null, null]);
  assert.deepEqual([sends(press("Enter")), sends(press("Enter", { shiftKey: true })), sends(press("Enter", { isComposing: true })), sends(press("Enter", { keyCode: 229 }))],
    [true, false, false, false]);
});

test("W marks and G goes to the glossary, on the page only", () => {
  assert.deepEqual([onPage("w"), onPage("g"), inField("w"), inField("g"), onPage("w", { ctrlKey: true })], ["wrong", "glossary", null, null, null]);
});

test("a capital is not a shortcut", () => assert.equal(onPage("E", { shiftKey: true }), null));

test("Z undoes on the page; in a field it is a letter, and with Ctrl the browser's own undo", () => {
  assert.deepEqual([onPage("z"), inField("z"), inField("z", { ctrlKey: true }), onPage("z", { ctrlKey: true })], ["undo", null, null, null]);
});
