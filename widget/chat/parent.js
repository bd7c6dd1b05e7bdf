// The page around the frame, reached through its loader. The site's origin is in the frame's address;
// the browser delivers to nobody else, and nobody else is listened to.

/** @import {Listener} from "./types" */

/** @param {Listener} listener */
export function createParent(listener) {
  const site = location.hash.slice(1);
  const embedded = window.parent !== window && /^https?:\/\//.test(site);

  /** @param {object} message */
  const tell = (message) => embedded && window.parent.postMessage({ dragoman: 1, ...message }, site);

  addEventListener("message", ({ data, origin, source }) => {
    if (origin !== site || source !== window.parent || data?.dragoman !== 1) return;
    /** @type {any} */ (listener)[data.type]?.(data);
  });

  return {
    embedded,
    /** Everything is listening: the loader may begin. A page opened by itself begins at once. */
    ready() {
      if (embedded) tell({ type: "ready" });
      else listener.start({ page: document.referrer, open: true });
    },
    close: () => tell({ type: "close" }),
    /** @param {number} n */
    unread: (n) => tell({ type: "unread", n }),
    /** @param {string} language @param {string} title of the chat in it @param {boolean} chosen by the visitor */
    language: (language, title, chosen) => tell({ type: "language", language, title, chosen }),
  };
}
