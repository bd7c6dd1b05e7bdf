// The visitor's credential: begun when it is first needed, remembered, renewed when the server no longer knows it.

/** @import {Session, SessionOptions} from "./types" */

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
