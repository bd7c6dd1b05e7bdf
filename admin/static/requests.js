// Frames that are answered: each carries a `ref`, and its answer or error settles a promise.

/**
 * @typedef {import("../../widget/lib/protocol").Frame} Frame
 * @typedef {import("../../widget/lib/protocol").ErrorFrame} ErrorFrame
 */

/** What a request fails with. `code` is `offline` when the connection was not there, or went before the answer. */
export class RequestError extends Error {
  /** @param {string} code @param {string} message in the reader's language; empty with `offline` */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

export class Requests {
  /** @param {(frame: Frame) => boolean} send false when it could not be sent */
  constructor(send) {
    this.send = send;
    this.count = 0;
    /** @type {Map<string, {resolve: (frame: Frame) => void, reject: (error: RequestError) => void}>} */
    this.open = new Map();
  }

  /** @param {Frame} frame @returns {Promise<any>} the answering frame */
  ask(frame) {
    return new Promise((resolve, reject) => {
      const ref = `r${(this.count += 1)}`;
      this.open.set(ref, { resolve, reject });
      if (!this.send({ ...frame, ref })) this.#take(ref)?.reject(new RequestError("offline", ""));
    });
  }

  /** @param {Frame} frame @returns {boolean} whether it was the answer to a request */
  settle(frame) {
    const request = typeof frame.ref === "string" ? this.#take(frame.ref) : null;
    if (!request) return false;
    if (frame.type === "error") request.reject(new RequestError(frame.code, frame.message));
    else request.resolve(frame);
    return true;
  }

  /** The connection is gone: no answer will come. */
  abandon() {
    const lost = [...this.open.values()];
    this.open.clear();
    for (const request of lost) request.reject(new RequestError("offline", ""));
  }

  /** @param {string} ref */
  #take(ref) {
    const request = this.open.get(ref) ?? null;
    this.open.delete(ref);
    return request;
  }
}
