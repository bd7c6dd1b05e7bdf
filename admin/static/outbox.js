// Messages that were typed and are not acknowledged: kept over a reload, sent again after a lost connection.
// Sending twice is harmless, since the server stores a client_id once.

/** @typedef {import("./types").Outgoing} Outgoing */

export class Outbox {
  /**
   * @param {import("./storage.js").Remembers} storage
   * @param {string} key its own for each agent
   */
  constructor(storage, key) {
    this.storage = storage;
    this.key = key;
    /** @type {Outgoing[]} oldest first */
    this.entries = read(storage, key);
  }

  /** @param {Outgoing} entry */
  add(entry) {
    this.entries = [...this.entries, entry];
    this.#save();
  }

  /** @param {string} clientId @returns {Outgoing | null} what was taken out */
  remove(clientId) {
    const found = this.entries.find((entry) => entry.client_id === clientId) ?? null;
    if (found) {
      this.entries = this.entries.filter((entry) => entry !== found);
      this.#save();
    }
    return found;
  }

  /** @param {string} conversation @returns {Outgoing[]} */
  of(conversation) {
    return this.entries.filter((entry) => entry.conversation === conversation);
  }

  #save() {
    if (this.entries.length) this.storage.setItem(this.key, JSON.stringify(this.entries));
    else this.storage.removeItem(this.key);
  }
}

/** @param {import("./storage.js").Remembers} storage @param {string} key @returns {Outgoing[]} */
function read(storage, key) {
  try {
    const found = JSON.parse(storage.getItem(key) ?? "[]");
    return Array.isArray(found) ? found.filter(isOutgoing) : [];
  } catch {
    return [];
  }
}

/** @param {any} entry */
const isOutgoing = (entry) =>
  ["client_id", "conversation", "text", "at"].every((member) => typeof entry?.[member] === "string");
