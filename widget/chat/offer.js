// "You seem to write in …": one press switches, one dismisses for good. It never switches by itself.

import { baseOf } from "../lib/events.js";
import { byId, say } from "../lib/dom.js";

/** @param {{store: import("./types").Store, current: () => string, onAccept: (tag: string) => void}} options */
export function createOffer({ store, current, onAccept }) {
  const box = byId("offer");
  const [text, accept, decline] = box.children;
  /** @type {import("../lib/protocol").Suggestion | null} */
  let shown = null;

  /** What was said no to, in this conversation. */
  const key = () => `declined.${store.get("session")?.conversation}.${shown?.language}`;

  accept.addEventListener("click", () => {
    if (shown) onAccept(shown.language);
    close();
  });
  decline.addEventListener("click", () => {
    store.set(key(), true);
    close();
  });

  function close() {
    box.hidden = true;
    // The button that had the focus is gone; whoever pressed it was writing.
    byId("text").focus();
  }

  /** @param {import("../lib/protocol").Suggestion | null} suggestion */
  return function draw(suggestion) {
    shown = suggestion;
    const hidden = !suggestion || baseOf(suggestion.language) === baseOf(current()) || store.get(key());
    if (suggestion && !hidden) {
      box.lang = suggestion.locale;
      box.dir = suggestion.direction;
      say(text, suggestion.text);
      say(accept, suggestion.accept);
      say(decline, suggestion.decline);
    }
    box.hidden = hidden;
  };
}
