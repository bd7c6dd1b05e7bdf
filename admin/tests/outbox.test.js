import assert from "node:assert/strict";
import { test } from "node:test";

import { Drafts } from "../static/drafts.js";
import { Outbox } from "../static/outbox.js";
import { memory } from "../static/storage.js";
import { at, storage } from "./cast.js";

const entry = (id, minute, conversation = "c") => ({ client_id: id, conversation, text: `text ${id}`, at: at(minute) });
const ids = (outbox) => outbox.entries.map(({ client_id }) => client_id);

test("what was not acknowledged is there after a reload, oldest first", () => {
  const kept = storage();
  const before = new Outbox(kept, "emma");
  for (const each of [entry("b", 2), entry("a", 1), entry("c", 3)]) before.add(each);
  before.remove("c");
  assert.deepEqual(ids(new Outbox(kept, "emma")), ["a", "b"]);
});

test("agents of one browser don't send each other's words", () => {
  const kept = storage();
  new Outbox(kept, "emma").add(entry("a", 1));
  assert.deepEqual(ids(new Outbox(kept, "jonas")), []);
});

test("two tabs don't lose each other's entries", () => {
  const kept = storage();
  const [one, two] = [new Outbox(kept, "emma"), new Outbox(kept, "emma")];
  one.add(entry("a", 1));
  two.add(entry("b", 2));
  one.remove("a");
  assert.deepEqual(ids(new Outbox(kept, "emma")), ["b"]);
});

test("damaged entries are passed over", () => {
  const kept = storage();
  kept.setItem("dragoman.outbox.emma.x", "{");
  kept.setItem("dragoman.outbox.emma.y", '{"client_id": 1}');
  assert.deepEqual(ids(new Outbox(kept, "emma")), []);
});

test("each conversation has its own", () => {
  const outbox = new Outbox(storage(), "emma");
  outbox.add(entry("a", 1, "c1"));
  outbox.add(entry("b", 2, "c2"));
  assert.deepEqual(outbox.of("c2").map(({ client_id }) => client_id), ["b"]);
});

test("a draft is there after a reload, and gone when it was sent", () => {
  const kept = storage();
  new Drafts(kept).set("c", "Hello");
  const drafts = new Drafts(kept);
  assert.equal(drafts.get("c"), "Hello");
  drafts.set("c", "");
  assert.equal(new Drafts(kept).get("c"), "");
});

test("another tab's typing leaves a draft alone", () => {
  const kept = storage();
  const [one, two] = [new Drafts(kept), new Drafts(kept)];
  one.set("c", "mine");
  two.set("c", "theirs");
  assert.equal(one.get("c"), "mine");
});

test("where storage is forbidden or full, the page remembers", () => {
  const forbidden = memory(() => { throw new Error("SecurityError"); });
  forbidden.setItem("a", "1");
  assert.equal(forbidden.getItem("a"), "1");
  forbidden.removeItem("a");
  assert.equal(forbidden.getItem("a"), null);
  assert.deepEqual(forbidden.keys(), []);
});
