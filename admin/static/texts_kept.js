// What the page of texts has in hand: the texts as the server told them, and what is changed in them and not saved yet.

import { since, tidy, typedUpon, upon } from "./texts_model.js";

/**
 * @typedef {import("./texts_types").Overview} Overview
 * @typedef {import("./texts_types").Text} Text
 * @typedef {import("./texts_types").Edit} Edit
 */

export class Kept {
  /** @param {Overview} overview */
  constructor(overview) {
    this.overview = overview;
    /** What is not saved yet, by text. @type {Map<string, Edit>} */
    this.edits = new Map();
    /** What is on its way to the server, by text. @type {Map<string, Edit>} */
    this.sent = new Map();
    /** What a text is called since it was saved as a new one. @type {Map<string, string>} */
    this.renamed = new Map();
  }

  /** All is told anew; what is not saved yet stays. @param {Overview} overview */
  renew(overview) {
    this.overview = overview;
    for (const [id, edit] of [...this.edits]) this.keep(id, edit);
  }

  /** @param {string} id also one from before the text was saved @returns {Text | undefined} */
  of(id) {
    const found = this.overview.texts.find((text) => text.id === id);
    const later = this.renamed.get(id);
    return found ?? (later ? this.of(later) : undefined);
  }

  /** @param {string} id @param {Edit} more */
  change(id, more) {
    this.keep(id, upon(this.edits.get(id) ?? { wordings: {} }, more));
  }

  /** @param {string} id @param {Edit | undefined} edit all that is changed in a text */
  keep(id, edit) {
    const text = this.of(id);
    const left = text && edit && tidy(text, edit, this.sent.get(id));
    if (left) this.edits.set(id, typedUpon(text, left));
    else this.edits.delete(id);
  }

  /**
   * What the server says a text is now.
   * @param {Text} text @param {string} [was] its id before
   * @param {Text} [saved] what was saved over: one version later all that has changed is ours
   */
  take(text, was = text.id, saved) {
    const { texts } = this.overview;
    const at = texts.findIndex(({ id }) => id === was);
    if (at < 0) texts.push(text);
    else texts[at] = text;
    if (saved && text.version <= saved.version + 1) {
      for (const other of this.#beside(text)) if (other.version === saved.version) other.version = text.version;
    }
    const edit = this.edits.get(was);
    this.edits.delete(was);
    if (text.id !== was) this.renamed.set(was, text.id);
    this.keep(text.id, edit);
  }

  /** Whether more of a region was changed than is known here, so that it should be asked for. @param {Text} text @returns {boolean} */
  isBehind(text) {
    return this.#beside(text).some(({ version }) => version !== text.version);
  }

  /** The other text of its region: both have the region's version. @param {Text} text */
  #beside({ id, region }) {
    return this.overview.texts.filter((other) => region !== null && other.region === region && other.id !== id);
  }

  /**
   * The server has what was sent. What was typed meanwhile is still to be saved.
   * @param {Text} text @param {string} was @param {Edit} sent
   * @param {Text} [saved] what it took the place of, where the server has looked whether it still is that
   */
  settle(text, was, sent, saved) {
    const edit = this.edits.get(was);
    this.sent.delete(was);
    if (edit) this.edits.set(was, since(edit, sent));
    this.take(text, was, saved);
  }

  /** The server has not taken what was sent. @param {string} id */
  unsettle(id) {
    this.sent.delete(id);
    this.keep(id, this.edits.get(id));
  }

  /** Lets go of a text, or of what it says. @param {Text} text @param {Text} [instead] @returns {number} the place it had */
  drop(text, instead) {
    const { texts } = this.overview;
    const at = texts.findIndex(({ id }) => id === text.id);
    texts.splice(at, 1, ...(instead ? [instead] : []));
    this.edits.delete(text.id);
    return at;
  }
}
