// Messages on their way: kept until the server says they are on disk, sent one after the other, so in order.

/** @import {Entry, OutboxOptions, Refusal} from "./types" */

const NO_ANSWER = 20_000;

/** @param {OutboxOptions} options */
export function createOutbox({ store, transmit, onChange, onWait, later = (run, ms) => setTimeout(run, ms), cancel = (timer) => clearTimeout(timer) }) {
  /** @type {Entry[]} */
  let entries = store.all("out.").sort((a, b) => a.at - b.at);
  /** @type {string | null} */
  let flying = null;
  let waiting = false;
  /** @type {any} */
  let timer = null;

  /** @param {Entry} entry */
  const keep = (entry) => store.set(`out.${entry.client_id}`, entry);
  /** @param {string} id */
  const forget = (id) => store.set(`out.${id}`, null);
  /** @param {string | null} id */
  const find = (id) => entries.find((entry) => entry.client_id === id);

  function flush() {
    if (flying || waiting) return;
    const next = entries.find((entry) => entry.state === "sending");
    if (!next || !transmit(next)) return;
    flying = next.client_id;
    cancel(timer);
    timer = later(() => land(), NO_ANSWER);
  }

  /** The attempt is over, one way or another; goes on with what waits. */
  function land() {
    cancel(timer);
    flying = null;
    flush();
  }

  /** @param {Entry} entry @param {Partial<Entry>} change */
  function change(entry, change) {
    entries = entries.map((other) => (other === entry ? { ...entry, ...change } : other));
    onChange();
  }

  return {
    get entries() {
      return entries;
    },

    /** @param {string} text @param {string} language */
    add(text, language) {
      const bytes = crypto.getRandomValues(new Uint8Array(12));
      const client_id = `v-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
      /** @type {Entry} */
      const entry = { client_id, text, language, at: Date.now(), state: "sending" };
      entries = [...entries, entry];
      keep(entry);
      onChange();
      flush();
    },

    /** The server has it on disk. @param {string} id */
    acknowledged(id) {
      const entry = find(id);
      forget(id);
      if (entry) change(entry, { state: "sent", problem: undefined });
      if (flying === id) land();
    },

    /** Its event has come: it is part of the conversation now. @param {readonly string[]} ids */
    arrived(ids) {
      const gone = entries.filter((entry) => ids.includes(entry.client_id));
      if (!gone.length) return;
      entries = entries.filter((entry) => !gone.includes(entry));
      for (const { client_id } of gone) forget(client_id);
      onChange();
      if (flying && ids.includes(flying)) land();
    },

    /**
     * The server refused it: for now, then it is sent again in time, or for good.
     * @param {Refusal} error with a `client_id` @returns {Entry | null} what failed for good
     */
    refused({ client_id, message, retry_after, code }) {
      const entry = find(client_id);
      if (!entry || entry.state === "sent") return null;
      if (retry_after !== null && (code === "too_fast" || code === "busy")) {
        cancel(timer);
        flying = null;
        waiting = true;
        onWait(message);
        timer = later(() => {
          waiting = false;
          onWait("");
          flush();
        }, retry_after * 1000);
        return null;
      }
      const failed = { ...entry, state: /** @type {const} */ ("failed"), problem: message };
      keep(failed);
      change(entry, failed);
      if (flying === client_id) land();
      return failed;
    },

    /** @param {string} id */
    retry(id) {
      const entry = find(id);
      if (!entry) return;
      change(entry, { state: "sending", problem: undefined });
      land();
    },

    /** @param {string} id */
    remove(id) {
      entries = entries.filter((entry) => entry.client_id !== id);
      forget(id);
      onChange();
    },

    /** A connection is there: what was on its way when the last one broke is sent again. */
    connected() {
      if (!waiting) land();
    },
  };
}
