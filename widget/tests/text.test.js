import assert from "node:assert/strict";
import { test } from "node:test";

import { initial, lengthOf, pieces } from "../lib/text.js";

const links = (text) => pieces(text).filter((piece) => piece.href).map((piece) => piece.text);

test("the pieces joined are the text", () => {
  const text = "See https://shop.example/a?b=c#d, or (http://x.example/y_(z)).\nBye";
  assert.equal(pieces(text).map((piece) => piece.text).join(""), text);
});

test("of schemes, only http and https become links", () => {
  assert.deepEqual(links("javascript:alert(1) ftp://x.example data:text/html,x https://ok.example"), ["https://ok.example"]);
});

test("the punctuation of the sentence stays outside", () => {
  assert.deepEqual(links("Look at https://a.example/x."), ["https://a.example/x"]);
  assert.deepEqual(links("(https://a.example/x)"), ["https://a.example/x"]);
  assert.deepEqual(links("https://a.example/x_(y)!"), ["https://a.example/x_(y)"]);
  assert.deepEqual(links("見て https://a.example/x。次"), ["https://a.example/x"]);
  assert.deepEqual(links("آیا https://a.example/x؟"), ["https://a.example/x"]);
});

test("e-mail addresses become links", () => {
  const hrefs = (text) => pieces(text).filter((piece) => piece.href).map((piece) => piece.href);
  assert.deepEqual(hrefs("Write to ona.kl+1@pastas.example.lt, please."), ["mailto:ona.kl+1@pastas.example.lt"]);
  assert.deepEqual(links("邮箱是wang@example.cn。"), ["wang@example.cn"]);
  assert.deepEqual(links("ایمیل من sara@example.ir است"), ["sara@example.ir"]);
  assert.deepEqual(links("šarūnas@example.lt"), ["šarūnas@example.lt"]);
  assert.deepEqual(links("a@example.com https://x.example/b@example.com c@example.com"), ["a@example.com", "https://x.example/b@example.com", "c@example.com"]);
  assert.equal(pieces("mail (a@example.com)!").map((piece) => piece.text).join(""), "mail (a@example.com)!");
});

test("what only looks like an e-mail address stays text", () => {
  for (const text of ["@emma", "a@b", "1 @ 2.50", "a@@example.com", "name@", "a@.com", `${"x".repeat(65)}@example.com`]) {
    assert.deepEqual(links(text), [], text);
  }
});

test("an address can't carry more than the address", () => {
  assert.deepEqual(links("a@example.com?bcc=b"), ["a@example.com"]);
  assert.deepEqual(links("a@example.com%0Abcc:x"), ["a@example.com"]);
});

test("markup and quotes end an address", () => {
  assert.deepEqual(links('<a href="https://a.example/x">'), ["https://a.example/x"]);
});

test("an address can't hide behind direction marks", () => {
  assert.deepEqual(links("https://a.example/\u202egpj.exe"), ["https://a.example/"]);
});

test("what is no address stays text", () => {
  assert.deepEqual(pieces("https://"), [{ text: "https://" }]);
  assert.deepEqual(pieces("http://[oops"), [{ text: "http://[oops" }]);
  assert.deepEqual(pieces(""), []);
});

test("length is counted in code points after trimming", () => {
  assert.equal(lengthOf("  a👍 "), 2);
  assert.equal(lengthOf(" \n "), 0);
});

test("the initial is a whole character", () => {
  assert.equal(initial("emma"), "E");
  assert.equal(initial("👩‍🚀x"), "👩‍🚀");
  assert.equal(initial(" "), "?");
});
