// The menu in the head: what the agent is for the others, by pointer and by keyboard.

import { AVAILABILITIES } from "./desk.js";
import { byId, el, setText } from "./dom.js";
import { availabilityEffect, availabilityName } from "./routing_wording.js";

/** @typedef {import("./types").Availability} Availability */

export class AvailabilityMenu {
  /** @param {import("./inbox.js").Inbox} inbox @param {(state: Availability) => void} choose */
  constructor(inbox, choose) {
    this.inbox = inbox;
    this.choose = choose;
    this.button = byId("availability");
    this.menu = byId("availability-menu");
    this.items = AVAILABILITIES.map((state) => el("button", {
      type: "button", role: "menuitemradio", class: "availability-item", tabindex: -1, "aria-checked": "false", dataset: { state },
      onclick: () => this.#run(state),
    },
      el("span", { class: "presence", dataset: { state } }),
      el("span", { class: "availability-words" },
        el("span", {}, availabilityName(state)), el("span", { class: "availability-effect" }, availabilityEffect(state)))));
    this.menu.append(...this.items);
    this.button.addEventListener("click", () => this.toggle());
    this.menu.addEventListener("keydown", (event) => this.#key(event));
    addEventListener("pointerdown", (event) => {
      if (this.open && event.target instanceof Node && !this.menu.contains(event.target) && !this.button.contains(event.target)) this.#close(false);
    });
    this.menu.addEventListener("focusout", (event) => {
      if (this.open && event.relatedTarget instanceof Node && !this.menu.contains(event.relatedTarget) && event.relatedTarget !== this.button) this.#close(false);
    });
  }

  get open() {
    return !this.menu.hidden;
  }

  render() {
    const { desk } = this.inbox;
    const seen = desk.seen;
    this.button.hidden = seen === null;
    if (seen === null) return;
    byId("availability-mark").dataset.state = seen;
    setText(byId("availability-name"), availabilityName(seen));
    for (const item of this.items) item.setAttribute("aria-checked", String(item.dataset.state === seen));
  }

  toggle() {
    if (this.open) return this.#close(true);
    if (this.button.hidden) return;
    this.menu.hidden = false;
    this.button.setAttribute("aria-expanded", "true");
    (this.items.find((item) => item.getAttribute("aria-checked") === "true") ?? this.items[0]).focus();
  }

  /** @param {boolean} back whether the button gets the keyboard */
  #close(back) {
    this.menu.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    if (back) this.button.focus();
  }

  /** @param {Availability} state */
  #run(state) {
    this.#close(true);
    this.choose(state);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const at = this.items.findIndex((item) => item === document.activeElement);
    const last = this.items.length - 1;
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowDown: () => this.items[at >= last ? 0 : at + 1].focus(),
      ArrowUp: () => this.items[at <= 0 ? last : at - 1].focus(),
      Home: () => this.items[0].focus(),
      End: () => this.items[last].focus(),
      Escape: () => this.#close(true),
    };
    // Shortcuts of the page are off in a menu; Enter and Space press what is focused.
    if (event.key !== "Tab") event.stopPropagation();
    if (event.key === "Tab") this.#close(false);
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  }
}
