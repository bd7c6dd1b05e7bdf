import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createConnection } from "../lib/connection.js";

/** A clock, a network and a window that only do what a test says. */
class World {
  time = 1_000_000;
  timers = [];
  sockets = [];
  listeners = [];
  isOnline = true;

  surroundings = {
    open: () => {
      const socket = new FakeSocket();
      this.sockets.push(socket);
      return socket;
    },
    now: () => this.time,
    random: () => 1,
    later: (run, ms) => {
      const timer = { run, at: this.time + ms };
      this.timers.push(timer);
      return timer;
    },
    cancel: (timer) => {
      this.timers = this.timers.filter((other) => other !== timer);
    },
    online: () => this.isOnline,
    listen: (types, run) => this.listeners.push([types, run]),
  };

  get socket() {
    return this.sockets.at(-1);
  }

  pass(ms) {
    const end = this.time + ms;
    for (;;) {
      const due = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.timers = this.timers.filter((other) => other !== due);
      this.time = Math.max(this.time, due.at);
      due.run();
    }
    this.time = end;
  }

  /** The machine sleeps: time passes, timers don't run, and are all late afterwards. */
  sleep(ms) {
    this.time += ms;
    this.pass(0);
  }

  happen(type) {
    for (const [types, run] of this.listeners) if (types.includes(type)) run({ type });
  }
}

class FakeSocket {
  readyState = 0;
  sent = [];

  async accept() {
    this.readyState = 1;
    await this.onopen();
    this.say({ type: "welcome" });
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  say(frame) {
    this.onmessage({ data: JSON.stringify(frame) });
  }

  end(code = 1006) {
    this.readyState = 3;
    this.onclose({ code });
  }

  close() {
    this.readyState = 3;
  }
}

let world;
let frames;
let statuses;
let connection;

beforeEach(() => {
  world = new World();
  frames = [];
  statuses = [];
  connection = createConnection({
    url: "/socket",
    hello: () => ({ type: "hello", after: 7 }),
    onFrame: (frame) => frames.push(frame),
    onStatus: (status) => statuses.push(status),
    surroundings: world.surroundings,
  });
});

test("says hello, is welcomed, sends", async () => {
  connection.start();
  assert.equal(connection.send({ type: "typing" }), false);
  await world.socket.accept();
  assert.equal(connection.send({ type: "typing" }), true);
  assert.deepEqual(world.socket.sent, [{ type: "hello", after: 7 }, { type: "typing" }]);
  assert.deepEqual(statuses, ["connecting", "open"]);
  assert.deepEqual(frames, [{ type: "welcome" }]);
});

test("comes back after ever longer delays", () => {
  connection.start();
  const delays = [];
  for (let round = 0; round < 9; round += 1) {
    world.socket.end();
    const opened = world.sockets.length;
    const since = world.time;
    while (world.sockets.length === opened) world.pass(250);
    delays.push(world.time - since);
  }
  assert.deepEqual(delays, [500, 1000, 2000, 4000, 8000, 15000, 15000, 15000, 15000]);
});

test("never waits longer than it was asked to", () => {
  const impatient = createConnection({ url: "wss://x.example/socket", hello: () => ({ type: "hello" }), onFrame() {}, longestDelay: 5000, surroundings: world.surroundings });
  impatient.start();
  for (let round = 0; round < 6; round += 1) {
    world.socket.end();
    const opened = world.sockets.length;
    const since = world.time;
    while (world.sockets.length === opened) world.pass(250);
    assert.ok(world.time - since <= 5000);
  }
});

test("the next attempt is made at once when it is asked for", () => {
  connection.start();
  for (let round = 0; round < 5; round += 1) {
    world.socket.end();
    world.pass(16_000);
  }
  world.socket.end();
  const before = world.sockets.length;
  connection.wake();
  assert.equal(world.sockets.length, before + 1);
});

test("a connection that held starts over with short delays, one that didn't goes on growing", async () => {
  connection.start();
  world.socket.end();
  world.pass(500);
  await world.socket.accept();
  world.socket.end();
  world.pass(999);
  assert.equal(world.sockets.length, 2);
  world.pass(1);
  await world.socket.accept();
  world.pass(11_000);
  world.socket.end();
  world.pass(500);
  assert.equal(world.sockets.length, 4);
});

test("asks after 20 s of silence and gives up 10 s later", async () => {
  connection.start();
  await world.socket.accept();
  world.pass(20_000);
  assert.equal(world.socket.sent.length, 1);
  world.pass(2_000);
  assert.deepEqual(world.socket.sent.at(-1), { type: "ping" });
  world.pass(12_000);
  assert.equal(statuses.at(-1), "waiting");
});

test("an answered ping keeps the connection", async () => {
  connection.start();
  await world.socket.accept();
  for (let minute = 0; minute < 5; minute += 1) {
    world.pass(22_000);
    world.socket.say({ type: "pong", now: "" });
  }
  assert.equal(world.sockets.length, 1);
  assert.deepEqual(frames, [{ type: "welcome" }]);
});

test("after sleep it asks at once and is quick to give up", async () => {
  connection.start();
  await world.socket.accept();
  world.sleep(3_600_000);
  assert.deepEqual(world.socket.sent.at(-1), { type: "ping" });
  world.pass(6_500);
  assert.equal(world.sockets.length, 2);
});

test("a page that comes back doesn't wait for the delay", () => {
  connection.start();
  for (let round = 0; round < 8; round += 1) {
    world.socket.end();
    world.pass(60_000);
  }
  world.socket.end();
  const opened = world.sockets.length;
  world.happen("pageshow");
  assert.equal(world.sockets.length, opened + 1);
});

test("without a network it says so and returns with it", () => {
  connection.start();
  world.isOnline = false;
  world.socket.end();
  assert.equal(statuses.at(-1), "offline");
  world.isOnline = true;
  world.happen("online");
  assert.equal(statuses.at(-1), "connecting");
});

test("refused stays refused until started again", async () => {
  connection.start();
  await world.socket.accept();
  world.socket.end(4401);
  world.pass(100_000);
  assert.equal(statuses.at(-1), "refused");
  assert.equal(world.sockets.length, 1);
  connection.start();
  assert.equal(world.sockets.length, 2);
});

test("a socket that never opens is given up", () => {
  connection.start();
  world.pass(18_000);
  assert.equal(world.sockets.length, 2);
});

test("what an abandoned socket still says is not heard", async () => {
  connection.start();
  const old = world.socket;
  await old.accept();
  connection.restart();
  old.say({ type: "event" });
  old.end(4401);
  assert.deepEqual(frames, [{ type: "welcome" }]);
  assert.equal(statuses.at(-1), "connecting");
});

test("stopped means stopped", async () => {
  connection.start();
  await world.socket.accept();
  connection.stop();
  world.pass(100_000);
  world.happen("online");
  assert.equal(world.sockets.length, 1);
  assert.equal(connection.status, "idle");
});
