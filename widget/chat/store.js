// What this browser remembers of the visitor. Where storage is forbidden the page still works, without memory.

const PREFIX = "dragoman.";

/** @param {() => Storage} open may throw */
export function createStore(open) {
  /** @type {Pick<Storage, "getItem" | "setItem" | "removeItem"> & {keys(): string[]}} */
  let storage;
  try {
    const real = open();
    real.setItem(`${PREFIX}probe`, "");
    real.removeItem(`${PREFIX}probe`);
    storage = {
      getItem: (key) => real.getItem(key),
      setItem: (key, value) => real.setItem(key, value),
      removeItem: (key) => real.removeItem(key),
      keys: () => Object.keys(real),
    };
  } catch {
    const values = new Map();
    storage = {
      getItem: (key) => values.get(key) ?? null,
      setItem: (key, value) => values.set(key, value),
      removeItem: (key) => values.delete(key),
      keys: () => [...values.keys()],
    };
  }

  return {
    /** @param {string} key @returns {any} null when it is not there or damaged */
    get(key) {
      try {
        return JSON.parse(storage.getItem(PREFIX + key) ?? "null");
      } catch {
        return null;
      }
    },
    /** @param {string} key @param {unknown} value null forgets it */
    set(key, value) {
      try {
        if (value === null || value === "") storage.removeItem(PREFIX + key);
        else storage.setItem(PREFIX + key, JSON.stringify(value));
      } catch {
        // The storage is full: what matters is still in memory.
      }
    },
    /** @param {string} start @returns {any[]} the values whose keys start so */
    all(start) {
      return storage.keys().filter((key) => key.startsWith(PREFIX + start)).map((key) => this.get(key.slice(PREFIX.length))).filter(Boolean);
    },
  };
}
