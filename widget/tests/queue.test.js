import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { useCatalogue } from "../lib/i18n.js";
import { newsOf, queueWords } from "../lib/queue.js";

const waiting = (over = {}) => ({
  region: { id: "baltics", name: "Vilnius" }, position: 3, estimate_seconds: 300, open: true, opens_at: null, promise: null,
  queue_text: null, offline_text: null, ask_email: false, ...over,
});
const SOON = 5_000;
const LATER = 31_000;

afterEach(() => useCatalogue());

test("the place and, where one is known, the time it takes", () => {
  assert.deepEqual(queueWords(waiting()), { place: "You are number 3 in the queue.", estimate: "It usually takes about 5 minutes." });
  assert.deepEqual(queueWords(waiting({ position: 1, estimate_seconds: 60 })), { place: "You are first in the queue.", estimate: "It usually takes about 1 minute." });
  assert.deepEqual(queueWords(waiting({ estimate_seconds: null })), { place: "You are number 3 in the queue.", estimate: "" });
});

test("an estimate is in the unit that serves", () => {
  const estimate = (estimate_seconds) => queueWords(waiting({ estimate_seconds })).estimate;
  assert.equal(estimate(0), "It usually takes less than a minute.");
  assert.equal(estimate(29), "It usually takes less than a minute.");
  assert.equal(estimate(40), "It usually takes about 1 minute.");
  assert.equal(estimate(3540), "It usually takes about 59 minutes.");
  assert.equal(estimate(3600), "It usually takes about 1 hour.");
  assert.equal(estimate(7000), "It usually takes about 2 hours.");
});

test("without a place nothing is made up", () => {
  assert.deepEqual(queueWords(waiting({ position: null })), { place: "We are finding somebody to answer you.", estimate: "" });
});

test("places are counted in the reader's digits", () => {
  useCatalogue({ locale: "fa", direction: "rtl", messages: { "You are number {position} in the queue.": "شما نفر {position} هستید." } });
  assert.equal(queueWords(waiting({ position: 12 })).place, "شما نفر ۱۲ هستید.");
});

test("whoever begins to wait is told how", () => {
  assert.equal(newsOf(null, waiting(), LATER), "place");
  assert.equal(newsOf(null, waiting({ open: false }), LATER), "closed");
  assert.equal(newsOf(waiting(), null, LATER), null);
});

test("closing, opening and another region are told at once", () => {
  assert.equal(newsOf(waiting(), waiting({ open: false }), SOON), "closed");
  assert.equal(newsOf(waiting({ open: false }), waiting(), SOON), "opened");
  assert.equal(newsOf(waiting(), waiting({ region: { id: "tokyo", name: "東京" } }), SOON), "region");
});

test("a queue that moves is told now and then, and always near its end", () => {
  assert.equal(newsOf(waiting({ position: 9 }), waiting({ position: 8 }), SOON), null);
  assert.equal(newsOf(waiting({ position: 9 }), waiting({ position: 6 }), LATER), "place");
  assert.equal(newsOf(waiting({ position: 3 }), waiting({ position: 2 }), SOON), "place");
  assert.equal(newsOf(waiting({ position: 2 }), waiting({ position: 1 }), SOON), "place");
  assert.equal(newsOf(waiting({ estimate_seconds: 300 }), waiting({ estimate_seconds: 240 }), LATER), null);
});
