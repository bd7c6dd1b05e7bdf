// Keeps the reader's place while messages come, change and are put in front.

import { byId, say } from "../lib/dom.js";

const NEAR = 60;

/** @param {{onTop: () => void, onEnd: () => void}} options near the oldest; at the newest */
export function createScroll({ onTop, onEnd }) {
  const scroller = byId("scroller");
  const content = byId("list");
  const pill = byId("pill");
  let atEnd = true;
  let below = () => "";

  /** Before anything was written one reads from the top. */
  function toEnd() {
    if (content.firstChild) scroller.scrollTop = scroller.scrollHeight;
  }

  function look() {
    const before = atEnd;
    atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR;
    if (atEnd) {
      pill.hidden = true;
      if (!before) onEnd();
    }
    if (scroller.scrollTop < 300) onTop();
  }

  scroller.addEventListener("scroll", look, { passive: true });
  pill.addEventListener("click", () => {
    toEnd();
    pill.hidden = true;
    byId("scroller").focus({ preventScroll: true });
  });
  // The keyboard of a phone, a growing field, a picture of a font: whoever was at the end stays there.
  const sizes = new ResizeObserver(() => atEnd && toEnd());
  sizes.observe(scroller);
  sizes.observe(content);

  return {
    get atEnd() {
      return atEnd;
    },
    toEnd() {
      atEnd = true;
      pill.hidden = true;
      toEnd();
    },
    /** Something new is below what is being read. @param {() => string} words */
    announceBelow(words) {
      below = words;
      pill.hidden = false;
      say(pill, words());
    },
    /** Every word anew. */
    label: () => say(pill, below()),
    /** Changes the list without moving what is being read. @param {() => void} change */
    keep(change) {
      const top = scroller.getBoundingClientRect().top;
      const held = atEnd ? null : [...content.querySelectorAll(".message")].find((child) => child.getBoundingClientRect().bottom > top);
      const before = held?.getBoundingClientRect().top ?? 0;
      change();
      if (atEnd) toEnd();
      else if (held?.isConnected) scroller.scrollTop += held.getBoundingClientRect().top - before;
    },
  };
}
