// What this browser remembers. Where it may not (or is full), the page remembers as long as it lives.

/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem"> & {keys: () => string[]}} Remembers */

/** @param {() => Storage} storage asked for each time: even reading `localStorage` can be forbidden @returns {Remembers} */
export function memory(storage) {
  /** @type {Map<string, string | null>} what the browser's storage would not take */
  const held = new Map();
  return {
    getItem(key) {
      const kept = held.get(key);
      if (kept !== undefined) return kept;
      try {
        return storage().getItem(key);
      } catch {
        return null;
      }
    },
    setItem(key, value) {
      try {
        storage().setItem(key, value);
        held.delete(key);
      } catch {
        held.set(key, value);
      }
    },
    removeItem(key) {
      try {
        storage().removeItem(key);
        held.delete(key);
      } catch {
        held.set(key, null);
      }
    },
    keys() {
      try {
        return Object.keys(storage());
      } catch {
        return [];
      }
    },
  };
}
