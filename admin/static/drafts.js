// What was begun in a conversation's composer, kept until it is sent.

const PREFIX = "dragoman.draft.";

export class Drafts {
  /** @param {import("./storage.js").Remembers} storage */
  constructor(storage) {
    this.storage = storage;
  }

  /** @param {string} conversation */
  get(conversation) {
    return this.storage.getItem(PREFIX + conversation) ?? "";
  }

  /** @param {string} conversation @param {string} text */
  set(conversation, text) {
    if (text) this.storage.setItem(PREFIX + conversation, text);
    else this.storage.removeItem(PREFIX + conversation);
  }
}
