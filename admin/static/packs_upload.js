// Sending a file in pieces, over as many lost connections as it takes. Nothing here touches the page.

import { Sha256 } from "./sha256.js";

/**
 * @typedef {import("./packs_types").Upload} Upload
 * @typedef {"hashing" | "sending" | "offline" | "done" | "failed" | "cancelled"} State
 *
 * @typedef {object} Source a file
 * @property {string} name
 * @property {number} size
 * @property {(start: number, end: number) => Blob} slice
 *
 * @typedef {object} Ways
 * @property {(path: string, body: object | Blob, signal?: AbortSignal) => Promise<any>} call raises errors with a `code`
 * @property {(ms: number) => Promise<void>} pause
 * @property {number} chunk bytes of a piece
 */

const READ = 1024 * 1024;
const LONGEST_PAUSE = 30_000;
/** What passes by itself; anything else is for people to decide. */
const PASSES = new Set(["offline", "busy", "internal", "too_fast"]);

export class Sending {
  /** @param {Source} file @param {Ways} ways @param {() => void} changed */
  constructor(file, ways, changed) {
    this.file = file;
    this.ways = ways;
    this.changed = changed;
    /** @type {State} */
    this.state = "hashing";
    /** Bytes that were read, while hashing; else those that have arrived. */
    this.done = 0;
    /** @type {Upload | null} */
    this.upload = null;
    this.message = "";
    this.aborter = new AbortController();
  }

  get ended() {
    return this.state === "done" || this.state === "failed" || this.state === "cancelled";
  }

  /** Sends it to its end. Never throws. */
  async run() {
    try {
      const sha256 = await this.#hash();
      this.state = "sending";
      await this.#send(sha256);
      this.state = "done";
    } catch (error) {
      if (this.aborter.signal.aborted) this.state = "cancelled";
      else {
        this.state = "failed";
        this.message = error instanceof Error ? error.message : String(error);
      }
    }
    this.changed();
  }

  /** What has arrived is discarded. */
  async cancel() {
    this.aborter.abort();
    if (this.upload) {
      try {
        await this.ways.call(`/uploads/${this.upload.id}/discard`, {});
      } catch {
        // It goes by itself within a day.
      }
    }
  }

  async #hash() {
    const hash = new Sha256();
    for (let at = 0; at < this.file.size; at += READ) {
      hash.update(new Uint8Array(await this.file.slice(at, Math.min(at + READ, this.file.size)).arrayBuffer()));
      this.#check();
      this.done = Math.min(at + READ, this.file.size);
      this.changed();
    }
    this.done = 0;
    return hash.hex();
  }

  /** @param {string} sha256 */
  async #send(sha256) {
    const begin = { name: this.file.name, bytes: this.file.size, sha256 };
    let failures = 0;
    for (;;) {
      this.#check();
      try {
        if (!this.upload) this.#arrived(await this.ways.call("/uploads", begin, this.aborter.signal));
        else {
          const { id, received } = this.upload;
          const piece = this.file.slice(received, Math.min(received + this.ways.chunk, this.file.size));
          this.#arrived(await this.ways.call(`/uploads/${id}?offset=${received}`, piece, this.aborter.signal));
        }
        failures = 0;
        if (this.upload?.whole) return;
      } catch (error) {
        const code = error && typeof error === "object" && "code" in error ? String(error.code) : "";
        if (this.aborter.signal.aborted || !PASSES.has(code)) throw error;
        this.state = "offline";
        this.changed();
        await this.ways.pause(Math.min(LONGEST_PAUSE, 500 * 2 ** failures));
        failures += 1;
        // What has arrived is asked for again: an answer may have been lost on its way.
        this.upload = null;
      }
    }
  }

  /** @param {Upload} upload */
  #arrived(upload) {
    this.upload = upload;
    this.done = upload.received;
    this.state = "sending";
    this.changed();
  }

  #check() {
    this.aborter.signal.throwIfAborted();
  }
}
