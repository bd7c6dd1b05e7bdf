// What this browser remembers of the visitor, and the visitor's credential: begun when it is first needed, renewed
// when the server no longer knows it.

/** @import {Session, SessionOptions} from "./types" */

const PREFIX = "dragoman.";

/** Where storage is forbidden the page still works, without memory. @param {() => Storage} open may throw */
export function createStore(open) {
  /** @type {Record<string, string>} */
  let storage;
  try {
    storage = open();
    storage[`${PREFIX}probe`] = "";
    delete storage[`${PREFIX}probe`];
  } catch {
    storage = {};
  }

  return {
    /** @param {string} key @returns {any} null when it is not there or damaged */
    get(key) {
      try {
        return JSON.parse(storage[PREFIX + key] ?? "null");
      } catch {
        return null;
      }
    },
    /** @param {string} key @param {unknown} value null or empty: forgets it */
    set(key, value) {
      try {
        if (value === null || value === "") delete storage[PREFIX + key];
        else storage[PREFIX + key] = JSON.stringify(value);
      } catch {
        // The storage is full: what matters is still in memory.
      }
    },
    /** @param {string} start @returns {any[]} the values whose keys start so */
    all(start) {
      const keys = Object.keys(storage).filter((key) => key.startsWith(PREFIX + start));
      return keys.map((key) => this.get(key.slice(PREFIX.length))).filter(Boolean);
    },
  };
}

/** @param {SessionOptions} options */
export function createSession({ url, store, about, onProblem }) {
  /** @type {Promise<Session> | null} */
  let beginning = null;

  /** @returns {Promise<Session>} */
  async function begin() {
    for (let failures = 0; ; failures += 1) {
      let wait = Math.min(30, 2 ** failures) * (0.5 + Math.random() / 2);
      try {
        const answer = await fetch(url, {
          method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify(about()),
        });
        const body = await answer.json();
        if (answer.ok) {
          onProblem("");
          const session = { token: body.token, conversation: body.conversation, talked: false };
          store.set("session", session);
          return session;
        }
        onProblem(body.message ?? "");
        wait = Math.max(wait, body.retry_after ?? 0);
      } catch {
        // No network, or no server: trying again is all there is to do, and the status line says so.
      }
      await new Promise((resolve) => {
        setTimeout(resolve, wait * 1000);
        addEventListener("online", resolve, { once: true });
      });
    }
  }

  return {
    /** @returns {Session | null} another tab may have begun it */
    known: () => store.get("session"),

    /** @returns {Promise<Session>} */
    need() {
      const known = this.known();
      if (known) return Promise.resolve(known);
      beginning ??= begin().finally(() => {
        beginning = null;
      });
      return beginning;
    },

    /** The server refused this token. Another tab may already have a new one. @param {string} token */
    drop(token) {
      if (this.known()?.token === token) store.set("session", null);
    },

    /** There are messages to listen for. */
    talked() {
      const known = this.known();
      if (known && !known.talked) store.set("session", { ...known, talked: true });
    },
  };
}
