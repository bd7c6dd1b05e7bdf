// The command palette: conversations, actions and pages by a few letters.

import { t } from "../../widget/lib/i18n.js";
import { byId, el, setText } from "./dom.js";
import { best } from "./match.js";

/**
 * @typedef {object} Entry
 * @property {string} label
 * @property {string} [detail] quiet, beside the label
 * @property {string} [keys] the shortcut, shown at the end
 * @property {string} search what the query is matched against
 * @property {string} group heading
 * @property {() => void} run
 */

const SHOWN = 50;

export class Palette {
  /** @param {() => Entry[]} entries all there are now, in the order in which they are shown without a query */
  constructor(entries) {
    this.entries = entries;
    this.dialog = /** @type {HTMLDialogElement} */ (byId("palette"));
    this.field = /** @type {HTMLInputElement} */ (byId("palette-query"));
    this.list = byId("palette-list");
    /** @type {Entry[]} */
    this.found = [];
    this.chosen = 0;
    /** @type {Entry[]} */
    this.all = [];
    this.field.addEventListener("input", () => this.#search());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
  }

  toggle() {
    if (this.dialog.open) {
      this.dialog.close();
      return;
    }
    this.all = this.entries();
    this.field.value = "";
    this.#search();
    this.dialog.showModal();
    this.field.focus();
  }

  #search() {
    const query = this.field.value.trim();
    this.found = (query ? best(query, this.all, (entry) => entry.search) : this.all).slice(0, SHOWN);
    this.chosen = 0;
    const groups = [...new Set(this.found.map((entry) => entry.group))];
    // Entries of a group stand together, the group with the best answer first.
    this.found = groups.flatMap((group) => this.found.filter((entry) => entry.group === group));
    this.list.replaceChildren(...groups.map((group, number) =>
      el("div", { role: "group", "aria-labelledby": `palette-group-${number}` },
        el("div", { class: "palette-group", id: `palette-group-${number}`, role: "presentation" }, group),
        ...this.found.flatMap((entry, index) => (entry.group === group ? [this.#option(entry, index)] : [])))));
    byId("palette-none").hidden = this.found.length > 0;
    this.list.hidden = !this.found.length;
    setText(byId("palette-status"), this.found.length ? "" : t("Nothing found"));
    this.#choose(0);
  }

  /** @param {Entry} entry @param {number} index */
  #option(entry, index) {
    return el("div", {
      role: "option", id: `palette-option-${index}`, class: "palette-option", "aria-selected": "false",
      onclick: () => this.#run(entry), onpointermove: () => this.#choose(index),
    },
      el("bdi", { class: "palette-label" }, entry.label),
      el("bdi", { class: "palette-detail" }, entry.detail ?? ""),
      entry.keys ? el("kbd", {}, entry.keys) : null);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    const last = this.found.length - 1;
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowDown: () => this.#choose(this.chosen >= last ? 0 : this.chosen + 1),
      ArrowUp: () => this.#choose(this.chosen <= 0 ? last : this.chosen - 1),
      Enter: () => this.found[this.chosen] && this.#run(this.found[this.chosen]),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  }

  /** @param {number} index */
  #choose(index) {
    byId("palette").querySelector('[aria-selected="true"]')?.setAttribute("aria-selected", "false");
    this.chosen = index;
    const option = document.getElementById(`palette-option-${index}`);
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  /** @param {Entry} entry */
  #run(entry) {
    this.dialog.close();
    entry.run();
  }
}
