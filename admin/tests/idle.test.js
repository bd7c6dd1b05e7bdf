import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Idle, IDLE_AFTER } from "../static/idle.js";

let idle, now, told;

beforeEach(() => {
  now = 1_000;
  told = [];
  idle = new Idle(() => now, (value) => told.push(value));
});

test("ten minutes without a touch are told once, and the first touch after them", () => {
  now += IDLE_AFTER - 1;
  idle.check();
  assert.deepEqual(told, []);
  now += 1;
  idle.check();
  idle.check();
  assert.deepEqual(told, [true]);
  idle.touched();
  idle.touched();
  assert.deepEqual(told, [true, false]);
});

test("a touch begins the ten minutes anew", () => {
  now += IDLE_AFTER - 1;
  idle.touched();
  now += IDLE_AFTER - 1;
  idle.check();
  assert.deepEqual(told, []);
});

test("a new connection is told again that nobody is there, and nothing while somebody is", () => {
  idle.sayAgain();
  now += IDLE_AFTER;
  idle.check();
  idle.sayAgain();
  assert.deepEqual(told, [true, true]);
});

test("it hears the touches of a page", () => {
  const page = new EventTarget();
  idle.listen(page);
  for (const type of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
    now += IDLE_AFTER;
    idle.check();
    page.dispatchEvent(new Event(type));
  }
  assert.deepEqual(told, Array(5).fill([true, false]).flat());
});
