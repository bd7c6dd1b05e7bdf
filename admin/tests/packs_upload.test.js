import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { Sending } from "../static/packs_upload.js";

const CONTENT = Uint8Array.from({ length: 10_000 }, (_, i) => (i * 7) % 256);
const SHA256 = createHash("sha256").update(CONTENT).digest("hex");

/** @param {string} code */
const failure = (code) => Object.assign(new Error(`${code} happened`), { code });

/** A server that keeps what comes, as the protocol says. `troubles` are raised by the next calls, in turn; null is none. */
class Server {
  constructor() {
    /** @type {number[]} */
    this.bytes = [];
    /** @type {{name: string, bytes: number, sha256: string} | null} */
    this.announced = null;
    /** @type {(Error | null | "after")[]} */
    this.troubles = [];
    /** @type {string[]} */
    this.calls = [];
  }

  /** @param {string} path @param {any} body @param {AbortSignal} [signal] */
  call = async (path, body, signal) => {
    signal?.throwIfAborted();
    this.calls.push(path);
    const trouble = this.troubles.shift() ?? null;
    if (trouble instanceof Error) throw trouble;
    if (path.endsWith("/discard")) this.bytes = [];
    else if (path === "/uploads") this.announced = body;
    else {
      const offset = Number(new URL(path, "http://x").searchParams.get("offset"));
      if (offset === this.bytes.length) this.bytes.push(...new Uint8Array(await body.arrayBuffer()));
    }
    // The piece has arrived, its answer is lost.
    if (trouble === "after") throw failure("offline");
    const received = this.bytes.length;
    return { id: "u1", name: "a", bytes: CONTENT.length, received, whole: received === CONTENT.length, by: "Emma", pack: null };
  };
}

/** @param {Server} server @param {(ms: number) => Promise<void>} [pause] */
function sending(server, pause = async () => {}) {
  const blob = new Blob([CONTENT]);
  const file = { name: "en_lt.argosmodel", size: CONTENT.length, slice: blob.slice.bind(blob) };
  /** @type {string[]} */
  const states = [];
  const made = new Sending(file, { call: server.call, pause, chunk: 4_096 }, () => {
    if (states.at(-1) !== made.state) states.push(made.state);
  });
  return { made, states };
}

/** @param {Server} server */
const arrived = (server) => Buffer.from(server.bytes).equals(Buffer.from(CONTENT));

test("a file arrives in pieces, announced with its checksum", async () => {
  const server = new Server();
  const { made, states } = sending(server);
  await made.run();
  assert.deepEqual(server.announced, { name: "en_lt.argosmodel", bytes: 10_000, sha256: SHA256 });
  assert.deepEqual(server.calls, ["/uploads", "/uploads/u1?offset=0", "/uploads/u1?offset=4096", "/uploads/u1?offset=8192"]);
  assert.ok(arrived(server));
  assert.deepEqual(states, ["hashing", "sending", "done"]);
  assert.equal(made.done, 10_000);
});

test("what has arrived before is not sent again", async () => {
  const server = new Server();
  server.bytes = [...CONTENT.subarray(0, 8_192)];
  const { made } = sending(server);
  await made.run();
  assert.deepEqual(server.calls, ["/uploads", "/uploads/u1?offset=8192"]);
  assert.ok(arrived(server));
});

test("a lost connection is taken up again, with growing pauses", async () => {
  const server = new Server();
  server.troubles = [null, null, failure("offline"), failure("offline"), failure("busy")];
  /** @type {number[]} */
  const pauses = [];
  const { made, states } = sending(server, async (ms) => void pauses.push(ms));
  await made.run();
  assert.ok(arrived(server));
  assert.deepEqual(pauses, [500, 1_000, 2_000]);
  assert.deepEqual(states, ["hashing", "sending", "offline", "sending", "done"]);
});

test("a lost answer does not send a piece twice", async () => {
  const server = new Server();
  server.troubles = [null, "after"];
  const { made } = sending(server);
  await made.run();
  assert.ok(arrived(server));
  assert.deepEqual(server.calls, [
    "/uploads", "/uploads/u1?offset=0", "/uploads", "/uploads/u1?offset=4096", "/uploads/u1?offset=8192",
  ]);
});

test("no pause is longer than half a minute", async () => {
  const server = new Server();
  server.troubles = Array.from({ length: 12 }, () => failure("offline"));
  /** @type {number[]} */
  const pauses = [];
  await sending(server, async (ms) => void pauses.push(ms)).made.run();
  assert.equal(Math.max(...pauses), 30_000);
  assert.ok(arrived(server));
});

test("what does not pass by itself is told", async () => {
  const server = new Server();
  server.troubles = [failure("pack_no_room")];
  const { made } = sending(server);
  await made.run();
  assert.equal(made.state, "failed");
  assert.equal(made.message, "pack_no_room happened");
  assert.deepEqual(server.calls, ["/uploads"]);
});

test("cancelling stops it and discards what has arrived", async () => {
  const server = new Server();
  const { made } = sending(server);
  const call = server.call;
  made.ways.call = async (path, body, signal) => {
    const answer = await call(path, body, signal);
    if (path.endsWith("offset=4096")) await made.cancel();
    return answer;
  };
  await made.run();
  assert.equal(made.state, "cancelled");
  assert.deepEqual(server.calls.at(-1), "/uploads/u1/discard");
  assert.equal(server.bytes.length, 0);
});

test("cancelling while it waits for a connection", async () => {
  const server = new Server();
  server.troubles = [null, failure("offline")];
  const { made } = sending(server, () => made.cancel());
  await made.run();
  assert.equal(made.state, "cancelled");
});
