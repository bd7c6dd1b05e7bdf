// Undo and redo over whole values, which nobody changes in place.

const MOST = 200;

/** @template T */
export class History {
  /** @param {T} value */
  constructor(value) {
    /** @type {T[]} */
    this.past = [];
    /** @type {T[]} */
    this.future = [];
    this.now = value;
    /** @type {string | null} */
    this.key = null;
  }

  /**
   * Changes that come one after another with the same key are undone at once.
   * @param {T} value @param {string | null} [key] @returns {boolean} whether it is another value
   */
  push(value, key = null) {
    if (JSON.stringify(value) === JSON.stringify(this.now)) return false;
    if (key === null || key !== this.key) this.past.push(this.now);
    if (this.past.length > MOST) this.past.shift();
    this.future = [];
    this.key = key;
    this.now = value;
    return true;
  }

  /** Whatever comes next is a step of its own. */
  settle() {
    this.key = null;
  }

  /** @returns {boolean} whether there was something to undo */
  undo() {
    return this.#step(this.past, this.future);
  }

  redo() {
    return this.#step(this.future, this.past);
  }

  /** @param {T[]} from @param {T[]} to */
  #step(from, to) {
    const value = from.pop();
    if (value === undefined) return false;
    to.push(this.now);
    this.now = value;
    this.key = null;
    return true;
  }
}
