// Short words at the edge about what has just been done, with a way back.

import { t } from "../../widget/lib/i18n.js";
import { byId, el, icon } from "./dom.js";

/**
 * @typedef {object} Action
 * @property {string} label
 * @property {() => unknown} run
 * @property {boolean} [undoes] what was done, so that Z does it too
 * @property {() => boolean} [useful] whether it can still be done; when not, the toast goes
 */

const SHOWN = 8_000;

export class Toasts {
  constructor() {
    this.place = byId("toasts");
    /** @type {any} */
    this.timer = null;
    /** @type {Action | null} */
    this.action = null;
    // Never over the place where one writes: what is below is as high as it is.
    const foot = byId("foot");
    new ResizeObserver(() => this.place.style.setProperty("--foot", `${foot.offsetHeight}px`)).observe(foot);
  }

  /** @param {string} text @param {Action} [action] */
  show(text, action) {
    this.action = action ?? null;
    // What it undoes may be known already, or be about to be: from here on the test remembers.
    action?.useful?.();
    const toast = el("div", { class: "toast" },
      el("span", {}, text),
      action ? el("button", {
        type: "button", class: "link", onclick: () => this.#act(), "aria-keyshortcuts": action.undoes ? "Z" : null,
      }, action.label) : null,
      el("button", { type: "button", class: "icon-button", "aria-label": t("Dismiss"), onclick: () => this.hide() }, icon("cross")));
    this.place.replaceChildren(toast);
    const wait = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.hide(), SHOWN);
    };
    // Nobody has to hurry to reach a button.
    for (const type of ["pointerenter", "focusin"]) toast.addEventListener(type, () => clearTimeout(this.timer));
    for (const type of ["pointerleave", "focusout"]) toast.addEventListener(type, wait);
    wait();
  }

  #act() {
    const { action } = this;
    this.hide();
    action?.run();
  }

  /** Whether what was done last can be undone. */
  get undoable() {
    return Boolean(this.action?.undoes);
  }

  undo() {
    if (this.undoable) this.#act();
  }

  /** Things have changed: what can no longer be undone is no longer offered. */
  check() {
    if (this.action?.useful && !this.action.useful()) this.hide();
  }

  hide() {
    clearTimeout(this.timer);
    this.action = null;
    this.place.replaceChildren();
  }
}
