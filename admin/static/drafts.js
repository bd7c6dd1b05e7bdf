// What was begun in a conversation's composer, kept until it is sent.

const PREFIX = "dragoman.draft.";

export class Drafts {
  /** @param {Pick<Storage, "getItem" | "setItem" | "removeItem">} storage */
  constructor(storage) {
    this.storage = storage;
    /** @type {Map<string, string>} also holds them where storage is full or forbidden */
    this.held = new Map();
  }

  /** @param {string} conversation */
  get(conversation) {
    const held = this.held.get(conversation);
    if (held !== undefined) return held;
    try {
      return this.storage.getItem(PREFIX + conversation) ?? "";
    } catch {
      return "";
    }
  }

  /** @param {string} conversation @param {string} text */
  set(conversation, text) {
    this.held.set(conversation, text);
    try {
      if (text) this.storage.setItem(PREFIX + conversation, text);
      else this.storage.removeItem(PREFIX + conversation);
    } catch {
      // `held` has it.
    }
  }
}
