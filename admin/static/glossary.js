// The page of the glossary: its terms in a table, the box to try them, files in and out.

import { t } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";
import { begin, call, languageName, learn, own, trouble } from "./admin_page.js";
import { Editor } from "./glossary_editor.js";
import { Import } from "./file_import.js";
import { List } from "./glossary_list.js";
import { TrialBox } from "./glossary_trial.js";
import { done } from "./undo_line.js";

/**
 * @typedef {import("./glossary_types").Entry} Entry
 * @typedef {import("./glossary_types").Terms} Terms
 * @typedef {import("./glossary_types").Language} Language
 */

class Page {
  /** @param {any} config */
  constructor(config) {
    learn(config.languages);
    const tags = config.languages.map((/** @type {Language} */ language) => language.tag);
    /** @type {List<Terms>} */
    this.list = new List("/api/glossary", config.page, (terms) => this.show(terms));
    this.trial = new TrialBox(config.languages, config.language);
    this.editor = new Editor(tags, config.usual, (entry, before) => this.saved(entry, before));
    new Import({
      address: "/api/glossary", modes: true, row: described, taken: () => this.changed(),
      explanation: t("One term in each line. The first line names the columns: “keep” for words that stay as they are, “note”, and a language tag for each language, such as en or pt-BR. Several wordings in a cell are separated by |. What will change is shown first."),
    });
    for (const id of ["add", "add-first"]) byId(id).addEventListener("click", () => this.editor.open(null));
    this.list.refresh();
  }

  /** @param {Terms} terms */
  show(terms) {
    byId("try-section").hidden = terms.total === 0;
    const table = byId("table");
    const columns = terms.languages.length ? terms.languages : [];
    table.querySelector("thead")?.replaceChildren(el("tr", {},
      ...columns.map((tag) => this.#head(tag, languageName(tag))),
      ...(columns.length ? [] : [el("th", { scope: "col" }, t("Kept as it is"))]),
      this.#head("note", t("Note")),
      el("th", { scope: "col" }, el("span", { class: "visually-hidden" }, t("Actions")))));
    table.querySelector("tbody")?.replaceChildren(...terms.entries.map((entry) => this.#row(entry, columns)));
  }

  /** @param {string} name @param {string} label */
  #head(name, label) {
    const { sort, descending } = this.list.filters;
    const order = sort !== name ? null : descending ? "descending" : "ascending";
    return el("th", { scope: "col", "aria-sort": order },
      el("button", { type: "button", class: "sort", onclick: async () => {
        await this.list.look({ sort: name, descending: order === "ascending" ? "1" : "" });
        const again = [...document.querySelectorAll(".sort")].find((button) => button.textContent === label);
        if (again instanceof HTMLElement) again.focus();
      } }, label));
  }

  /** @param {Entry} entry @param {readonly string[]} columns */
  #row(entry, columns) {
    const name = entry.keep ?? Object.values(entry.wordings)[0]?.[0] ?? "";
    const cells = entry.keep !== null
      ? [el("td", { colspan: Math.max(columns.length, 1) }, el("bdi", { class: "wording-main" }, entry.keep), " ", el("span", { class: "badge-kept" }, t("Kept as it is")))]
      : columns.map((tag) => el("td", {}, forms(entry.wordings[tag] ?? [], tag)));
    return el("tr", {}, ...cells,
      el("td", { class: "note" }, el("bdi", {}, entry.note ?? "")),
      el("td", { class: "row-action" },
        el("button", { type: "button", class: "button button-small", "aria-label": t("Change {name}", { name }), onclick: () => this.editor.open(entry) }, t("Change")), " ",
        el("button", { type: "button", class: "button button-small", "aria-label": t("Remove {name}", { name }), onclick: () => this.remove(entry, name) }, t("Remove"))));
  }

  /** @param {Entry} entry @param {string} name */
  async remove(entry, name) {
    if (!(await this.#did(() => call("/api/glossary/remove", { id: entry.id })))) return;
    byId("terms-title").focus();
    done(t("“{name}” was removed.", { name }), () => this.#did(() => call("/api/glossary/save", { ...entry, id: null })));
  }

  /** @param {Entry} entry @param {Entry | null} before */
  saved(entry, before) {
    const name = entry.keep ?? Object.values(entry.wordings)[0]?.[0] ?? "";
    const undo = before ? () => call("/api/glossary/save", before) : () => call("/api/glossary/remove", { id: entry.id });
    done(before ? t("“{name}” was changed.", { name }) : t("“{name}” was added.", { name }), () => this.#did(undo));
    this.changed();
  }

  changed() {
    this.list.refresh();
    this.trial.run();
  }

  /** @param {() => Promise<any>} act @returns {Promise<boolean>} */
  async #did(act) {
    try {
      await act();
      trouble(null);
    } catch (error) {
      trouble(error);
      return false;
    }
    this.changed();
    return true;
  }
}

/** The first wording, and the others quietly behind it. @param {readonly string[]} wordings @param {string} tag */
function forms(wordings, tag) {
  const [first, ...others] = wordings;
  return el("span", { class: "forms" }, first ? own(first, tag, "wording-main") : el("span", { class: "help" }, "–"),
    others.length ? own(others.join(" · "), tag, "help") : null);
}

/** A term on one line. @param {Entry} entry @returns {Node} */
function described(entry) {
  const note = entry.note ? [" · ", el("bdi", { class: "note" }, entry.note)] : [];
  if (entry.keep !== null) return el("span", {}, el("bdi", {}, entry.keep), " ", el("span", { class: "badge-kept" }, t("Kept as it is")), ...note);
  return el("span", {}, ...Object.entries(entry.wordings).flatMap(([tag, wordings], index) =>
    [index ? " · " : "", el("span", { class: "help" }, `${tag} `), own(wordings.join(" | "), tag)]), ...note);
}

begin().then((config) => new Page(config));
