// What was begun in a conversation's composer, kept until it is sent.

const PREFIX = "dragoman.draft.";

export class Drafts {
  /** @param {import("./storage.js").Remembers} storage */
  constructor(storage) {
    this.storage = storage;
    /** @type {Map<string, string>} what this page last knew: another tab writes its own drafts, and must not change ours */
    this.known = new Map();
  }

  /** @param {string} conversation */
  get(conversation) {
    const known = this.known.get(conversation);
    if (known !== undefined) return known;
    const kept = this.storage.getItem(PREFIX + conversation) ?? "";
    this.known.set(conversation, kept);
    return kept;
  }

  /** @param {string} conversation @param {string} text */
  set(conversation, text) {
    this.known.set(conversation, text);
    if (text) this.storage.setItem(PREFIX + conversation, text);
    else this.storage.removeItem(PREFIX + conversation);
  }
}
