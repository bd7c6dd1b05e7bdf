import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { Sha256 } from "../static/sha256.js";

const expected = (/** @type {Uint8Array} */ bytes) => createHash("sha256").update(bytes).digest("hex");

test("of nothing", () => {
  assert.equal(new Sha256().hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("of every length around its blocks", () => {
  for (let length = 0; length < 200; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) % 256);
    assert.equal(new Sha256().update(bytes).hex(), expected(bytes), String(length));
  }
});

test("in pieces of any size it is the same", () => {
  const bytes = Uint8Array.from({ length: 100_003 }, (_, i) => (i * i) % 251);
  for (const size of [1, 63, 64, 65, 1000, 65_536]) {
    const hash = new Sha256();
    for (let at = 0; at < bytes.length; at += size) hash.update(bytes.subarray(at, at + size));
    assert.equal(hash.hex(), expected(bytes), String(size));
  }
});
