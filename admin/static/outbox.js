// Messages that were typed and are not acknowledged: kept over a reload, sent again after a lost connection.
// Sending twice is harmless, since the server stores a client_id once.

/** @typedef {import("./types").Outgoing} Outgoing */

export class Outbox {
  /**
   * @param {import("./storage.js").Remembers} storage
   * @param {string} agent its id: each agent of this browser has an outbox of their own
   */
  constructor(storage, agent) {
    this.storage = storage;
    this.prefix = `dragoman.outbox.${agent}.`;
    const keys = storage.keys().filter((key) => key.startsWith(this.prefix));
    /** @type {Outgoing[]} oldest first */
    this.entries = keys
      .flatMap((key) => parsed(storage.getItem(key)))
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  }

  // An entry has a key of its own, so that tabs don't overwrite each other's.

  /** @param {Outgoing} entry */
  add(entry) {
    this.entries = [...this.entries, entry];
    this.storage.setItem(this.prefix + entry.client_id, JSON.stringify(entry));
  }

  /** @param {string} clientId @returns {Outgoing | null} what was taken out */
  remove(clientId) {
    const found = this.entries.find((entry) => entry.client_id === clientId) ?? null;
    this.entries = this.entries.filter((entry) => entry !== found);
    if (found) this.storage.removeItem(this.prefix + clientId);
    return found;
  }

  /** @param {string} conversation @returns {Outgoing[]} */
  of(conversation) {
    return this.entries.filter((entry) => entry.conversation === conversation);
  }
}

/** @param {string | null} text @returns {Outgoing[]} none or one */
function parsed(text) {
  try {
    const entry = JSON.parse(text ?? "");
    return ["client_id", "conversation", "text", "at"].every((member) => typeof entry?.[member] === "string") ? [entry] : [];
  } catch {
    return [];
  }
}
