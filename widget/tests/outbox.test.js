import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createOutbox } from "../chat/outbox.js";
import { createStore } from "../chat/session.js";

const error = (client_id, code, retry_after = null) => ({ type: "error", code, message: code, field: null, client_id, ref: null, retry_after });

/** A server that notes what it is sent, a clock that rings when told. */
let sent;
let connected;
let waits;
let timers;
let store;

const open = () =>
  createOutbox({
    store,
    transmit: (entry) => connected && (sent.push(entry), true),
    onChange: () => {},
    onWait: (problem) => waits.push(problem),
    later: (run, ms) => timers.push({ run, ms }) - 1,
    cancel: (timer) => timer !== null && delete timers[timer],
  });
const ring = () => timers.splice(0).forEach((timer) => timer.run());
const texts = () => sent.map((entry) => entry.text);

beforeEach(() => {
  sent = [];
  waits = [];
  timers = [];
  connected = true;
  store = createStore(() => {
    throw new Error("no storage here");
  });
});

test("one after the other: the next leaves when the one before is on disk", () => {
  const outbox = open();
  outbox.add("one", "lt");
  outbox.add("two", "lt");
  assert.deepEqual(texts(), ["one"]);
  outbox.acknowledged(sent[0].client_id);
  assert.deepEqual(texts(), ["one", "two"]);
});

test("without a connection it waits, and goes when there is one", () => {
  connected = false;
  const outbox = open();
  outbox.add("one", "lt");
  assert.deepEqual(texts(), []);
  connected = true;
  outbox.connected();
  assert.deepEqual(texts(), ["one"]);
});

test("what was on its way is sent again under the same id", () => {
  const outbox = open();
  outbox.add("one", "lt");
  outbox.connected();
  assert.equal(sent.length, 2);
  assert.equal(sent[0].client_id, sent[1].client_id);
});

test("a reload keeps what was not acknowledged, and nothing else", () => {
  const outbox = open();
  outbox.add("one", "lt");
  outbox.add("two", "lt");
  outbox.acknowledged(sent[0].client_id);
  const again = open();
  assert.deepEqual(again.entries.map((entry) => entry.text), ["two"]);
});

test("an event that comes before its ack counts as the ack", () => {
  const outbox = open();
  outbox.add("one", "lt");
  outbox.add("two", "lt");
  outbox.arrived([sent[0].client_id]);
  assert.deepEqual(texts(), ["one", "two"]);
  assert.equal(outbox.entries.length, 1);
});

test("too fast: waits as long as it is told and keeps the order", () => {
  const outbox = open();
  outbox.add("one", "lt");
  assert.equal(outbox.refused(error(sent[0].client_id, "too_fast", 3)), null);
  outbox.add("two", "lt");
  outbox.connected();
  assert.deepEqual(texts(), ["one"]);
  assert.deepEqual(timers.filter(Boolean).map((timer) => timer.ms), [3000]);
  ring();
  assert.deepEqual(texts(), ["one", "one"]);
  assert.deepEqual(waits, ["too_fast", ""]);
});

test("refused for good: stays as failed, over a reload too, and the next goes on", () => {
  const outbox = open();
  outbox.add("one", "lt");
  outbox.add("two", "lt");
  const failed = outbox.refused(error(sent[0].client_id, "storage_full"));
  assert.equal(failed.problem, "storage_full");
  assert.deepEqual(texts(), ["one", "two"]);
  assert.equal(open().entries.find((entry) => entry.text === "one").state, "failed");
});

test("try again sends it, delete forgets it", () => {
  const outbox = open();
  outbox.add("one", "lt");
  const id = sent[0].client_id;
  outbox.refused(error(id, "internal"));
  outbox.retry(id);
  assert.deepEqual(texts(), ["one", "one"]);
  outbox.remove(id);
  assert.deepEqual([outbox.entries, open().entries], [[], []]);
});

test("no answer at all: it is sent again", () => {
  const outbox = open();
  outbox.add("one", "lt");
  ring();
  assert.deepEqual(texts(), ["one", "one"]);
});

test("a refusal that comes after the ack changes nothing", () => {
  const outbox = open();
  outbox.add("one", "lt");
  const id = sent[0].client_id;
  outbox.acknowledged(id);
  assert.equal(outbox.refused(error(id, "internal")), null);
  assert.equal(outbox.entries[0].state, "sent");
});
