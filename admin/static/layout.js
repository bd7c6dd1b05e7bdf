// Three columns, two or one: which of them a narrow screen shows. The address says which conversation is open.

import { byId } from "./dom.js";

const PREFIX = "#/c/";
const ONE = matchMedia("(max-width: 719px)");
const TWO = matchMedia("(max-width: 1099px)");

/** @param {string} hash @returns {string | null} the conversation's id */
function conversationOf(hash) {
  return hash.startsWith(PREFIX) ? decodeURIComponent(hash.slice(PREFIX.length)) || null : null;
}

export class Layout {
  /** @param {(id: string | null) => void} opened the address names another conversation */
  constructor(opened) {
    this.app = byId("app");
    this.visitor = byId("visitor");
    this.toggle = byId("visitor-toggle");
    this.asked = false;
    this.follow = () => {
      const id = conversationOf(location.hash);
      this.app.dataset.view = id ? "thread" : "list";
      this.#showVisitor(false);
      opened(id);
    };
    addEventListener("hashchange", this.follow);
    this.toggle.addEventListener("click", () => this.toggleVisitor());
    byId("visitor-close").addEventListener("click", () => this.#showVisitor(false, true));
    TWO.addEventListener("change", () => this.#showVisitor(false));
    this.#showVisitor(false);
  }

  /** @param {string | null} id */
  go(id) {
    const hash = id ? PREFIX + encodeURIComponent(id) : "";
    if (location.hash === hash) this.follow();
    else if (id) location.hash = hash;
    else {
      history.pushState(null, "", location.pathname + location.search);
      this.follow();
    }
  }

  /** Whether only one column is seen at a time. */
  get narrow() {
    return ONE.matches;
  }

  toggleVisitor() {
    this.#showVisitor(!this.asked);
  }

  /** One step back, if there is one. @returns {boolean} */
  back() {
    if (this.asked) {
      this.#showVisitor(false, true);
      return true;
    }
    if (!conversationOf(location.hash)) return false;
    this.go(null);
    return true;
  }

  /** On a wide screen the visitor is always there. @param {boolean} asked @param {boolean} [giveFocusBack] */
  #showVisitor(asked, giveFocusBack = false) {
    this.asked = asked && TWO.matches;
    this.visitor.classList.toggle("is-open", this.asked);
    this.toggle.setAttribute("aria-expanded", String(this.asked));
    if (this.asked) byId("visitor-close").focus();
    else if (giveFocusBack) this.toggle.focus();
  }
}
