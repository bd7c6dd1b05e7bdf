// What was begun in a conversation, kept until it is sent: the answer, the canned response it was made of, the agent's own translation
// of it, and other wordings for what was sent before.

/**
 * @typedef {import("./types").Wording & {of: string}} WordingDraft `of`: the text it was made for
 * @typedef {Pick<import("./types").Canned, "own" | "theirs">} CannedDraft
 */

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

  /** The agent's own translation of what is being written. @param {string} conversation @returns {WordingDraft | null} */
  wording(conversation) {
    try {
      const kept = JSON.parse(this.get(`${conversation} wording`));
      return ["language", "text", "of"].every((member) => typeof kept?.[member] === "string") ? kept : null;
    } catch {
      return null;
    }
  }

  /** @param {string} conversation @param {WordingDraft | null} wording */
  setWording(conversation, wording) {
    this.set(`${conversation} wording`, wording ? JSON.stringify(wording) : "");
  }

  /** The canned response that was inserted. @param {string} conversation @returns {CannedDraft | null} */
  canned(conversation) {
    try {
      const kept = JSON.parse(this.get(`${conversation} canned`));
      return isWording(kept?.own) && (kept.theirs === null || isWording(kept.theirs)) ? kept : null;
    } catch {
      return null;
    }
  }

  /** @param {string} conversation @param {CannedDraft | null} canned */
  setCanned(conversation, canned) {
    this.set(`${conversation} canned`, canned ? JSON.stringify(canned) : "");
  }
}

/** @param {any} kept */
const isWording = (kept) => ["language", "direction", "text"].every((member) => typeof kept?.[member] === "string");
