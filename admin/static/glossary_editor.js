// The form for one term, in a dialog.

import { t } from "../../widget/lib/i18n.js";
import { byId, el, icon } from "./dom.js";
import { call, CallError, languageName, messageOf, options } from "./admin_page.js";

/** @typedef {import("./glossary_types").Entry} Entry */

const SHOWN = 6;

export class Editor {
  /**
   * @param {readonly string[]} tags languages to choose from @param {readonly string[]} usual those a new term starts with
   * @param {(entry: Entry, before: Entry | null) => unknown} saved
   */
  constructor(tags, usual, saved) {
    this.tags = [...usual, ...tags.filter((tag) => !usual.includes(tag))];
    this.usual = usual.slice(0, SHOWN);
    this.saved = saved;
    this.dialog = /** @type {HTMLDialogElement} */ (byId("editor"));
    /** @type {Entry | null} */
    this.entry = null;
  }

  /** @param {Entry | null} entry null: a new one */
  open(entry) {
    this.entry = entry;
    const known = Object.keys(entry?.wordings ?? {});
    const first = known.length ? known : this.usual;
    this.rows = el("div", { class: "wordings" });
    this.keep = el("input", { type: "text", id: "editor-keep", maxlength: 200, value: entry?.keep ?? "", dir: "auto", autocomplete: "off", "aria-describedby": "editor-keep-error" });
    this.note = el("input", { type: "text", id: "editor-note", maxlength: 500, value: entry?.note ?? "", dir: "auto", autocomplete: "off", "aria-describedby": "editor-note-help editor-note-error" });
    this.fixed = el("div", { class: "field" },
      this.rows,
      el("div", {}, (this.more = el("button", { type: "button", class: "button button-small", onclick: () => this.#another() }, t("Add a language")))),
      el("p", { class: "help" }, t("The first wording is what translations say. List other forms that people write behind it, with | between them: refund | money back")),
      el("p", { class: "error", id: "editor-wordings-error", role: "alert" }));
    this.kept = el("div", { class: "field" },
      el("label", { for: "editor-keep" }, t("Words to keep")), this.keep,
      el("p", { class: "error", id: "editor-keep-error", role: "alert" }));
    this.form = el("form", { class: "editor-form", novalidate: true, onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), this.#save()) },
      el("h2", { id: "editor-title" }, entry ? t("Change the term") : t("Add a term")),
      this.#kinds(entry?.keep != null),
      this.fixed, this.kept,
      el("div", { class: "field" }, el("label", { for: "editor-note" }, t("Note")), this.note,
        el("p", { class: "help", id: "editor-note-help" }, t("For your team only, such as what it is or why it is said so.")),
        el("p", { class: "error", id: "editor-note-error", role: "alert" })),
      el("p", { class: "error", id: "editor-error", role: "alert" }),
      el("div", { class: "actions" },
        el("button", { class: "button button-primary", type: "submit" }, t("Save")),
        el("button", { class: "button", type: "button", onclick: () => this.dialog.close() }, t("Cancel"))));
    for (const tag of first) this.#row(tag, entry?.wordings[tag] ?? []);
    this.dialog.replaceChildren(this.form);
    this.#switch(entry?.keep != null);
    this.dialog.showModal();
    const start = entry?.keep != null ? this.keep : this.rows.querySelector("input");
    start?.focus();
  }

  /** @param {boolean} keep */
  #kinds(keep) {
    /** @param {boolean} value @param {string} label @param {string} help */
    const kind = (value, label, help) => el("label", { class: "mode" },
      el("input", { type: "radio", name: "kind", checked: keep === value, onchange: () => this.#switch(value) }),
      el("span", {}, label, el("span", { class: "help" }, help)));
    return el("fieldset", { class: "modes" },
      el("legend", { class: "visually-hidden" }, t("What translations do with it")),
      kind(false, t("Always the same words"), t("A term of your trade, said in one way in each language.")),
      kind(true, t("Kept as it is"), t("A name that no language changes.")));
  }

  /** @param {boolean} keep */
  #switch(keep) {
    this.isKept = keep;
    if (this.fixed) this.fixed.hidden = keep;
    if (this.kept) this.kept.hidden = !keep;
  }

  /** @param {string} tag @param {readonly string[]} wordings */
  #row(tag, wordings) {
    const input = el("input", { type: "text", value: wordings.join(" | "), lang: tag, dir: "auto", autocomplete: "off", spellcheck: "true" });
    const error = el("p", { class: "error", role: "alert" });
    const select = el("select", { "aria-label": t("Language") }, ...options(this.tags.includes(tag) ? this.tags : [...this.tags, tag], tag));
    const label = () => {
      input.setAttribute("aria-label", t("Wording in {language}", { language: languageName(select.value) }));
      input.lang = select.value;
    };
    select.addEventListener("change", label);
    label();
    const row = el("div", { class: "wording" }, select, input,
      el("button", { type: "button", class: "icon-button", "aria-label": t("Without this language"), onclick: () => (row.remove(), this.#offer()) }, icon("cross")), error);
    this.rows?.append(row);
    this.#offer();
    return input;
  }

  #used() {
    return [...(this.rows?.querySelectorAll("select") ?? [])].map((select) => select.value);
  }

  #offer() {
    if (this.more) this.more.hidden = this.#used().length >= this.tags.length;
  }

  #another() {
    const used = new Set(this.#used());
    const next = this.tags.find((tag) => !used.has(tag));
    if (next) this.#row(next, []).focus();
  }

  /** @returns {object} */
  #value() {
    if (this.isKept) return { id: this.entry?.id ?? null, keep: this.keep?.value ?? "", wordings: {}, note: this.note?.value ?? "" };
    /** @type {Record<string, string[]>} */
    const wordings = {};
    for (const row of this.rows?.children ?? []) {
      const tag = /** @type {HTMLSelectElement} */ (row.querySelector("select")).value;
      const typed = /** @type {HTMLInputElement} */ (row.querySelector("input")).value;
      wordings[tag] = [...(wordings[tag] ?? []), ...typed.split("|").map((one) => one.trim()).filter(Boolean)];
    }
    return { id: this.entry?.id ?? null, keep: null, wordings, note: this.note?.value ?? "" };
  }

  async #save() {
    this.#complain(null, "");
    try {
      const told = await call("/api/glossary/save", { ...this.#value(), was: this.entry });
      this.dialog.close();
      this.saved(told.entry, told.before);
    } catch (error) {
      this.#complain(error instanceof CallError ? error.field : null, messageOf(error));
      if (error instanceof CallError && error.code === "changed_meanwhile") this.#compare(error.told.entry);
    }
  }

  /** Shows what somebody else has made of it, beside what is typed here; saving again decides. @param {Entry | null} now */
  #compare(now) {
    this.entry = now;
    if (!now) return;
    const lines = now.keep === null
      ? Object.entries(now.wordings).map(([tag, forms]) => [languageName(tag), forms.join(" | "), tag])
      : [[t("Words to keep"), now.keep, ""]];
    if (now.note) lines.push([t("Note"), now.note, ""]);
    this.form?.querySelector("#editor-error")?.append(
      el("dl", { class: "as-it-is" },
        ...lines.flatMap(([name, text, lang]) => [el("dt", {}, name), el("dd", { dir: "auto", ...(lang ? { lang } : {}) }, text)])));
  }

  /** Says what is wrong beside the field. @param {string | null} field @param {string} message */
  #complain(field, message) {
    for (const place of this.form?.querySelectorAll(".error") ?? []) place.textContent = "";
    for (const input of this.form?.querySelectorAll("[aria-invalid]") ?? []) input.removeAttribute("aria-invalid");
    if (!message) return;
    const row = [...(this.rows?.children ?? [])].find((one) => one.querySelector("select")?.value === field);
    const named = { keep: this.keep, note: this.note }[field ?? ""] ?? null;
    const input = row?.querySelector("input") ?? named ?? null;
    const place = row?.querySelector(".error") ?? (field ? this.form?.querySelector(`#editor-${field}-error`) : null) ?? this.form?.querySelector("#editor-error");
    if (place) place.textContent = message;
    input?.setAttribute("aria-invalid", "true");
    input?.focus();
  }
}
