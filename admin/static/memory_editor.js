// The form for one correction, in a dialog.

import { t } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";
import { call, CallError, messageOf, options } from "./admin_page.js";

/** @typedef {import("./glossary_types").Judgement} Judgement */

export class JudgementEditor {
  /** @param {readonly string[]} tags languages to choose from @param {() => unknown} saved */
  constructor(tags, saved) {
    this.tags = tags;
    this.saved = saved;
    this.dialog = /** @type {HTMLDialogElement} */ (byId("editor"));
  }

  /** @param {Judgement | null} judgement null: a new one */
  open(judgement) {
    const rejected = judgement?.verdict === "rejected";
    const known = [...new Set([...this.tags, judgement?.source, judgement?.target])].filter((tag) => tag !== undefined);
    const source = el("select", { id: "editor-source" }, ...options(known, judgement?.source ?? known[0]));
    const target = el("select", { id: "editor-target" }, ...options(known, judgement?.target ?? known[1]));
    const text = el("textarea", { id: "editor-text", rows: 2, maxlength: 5000, dir: "auto" }, judgement?.text ?? "");
    const translation = el("textarea", { id: "editor-translation", rows: 2, maxlength: 10000, dir: "auto" }, judgement?.translation ?? "");
    const fields = { source, target, text, translation };
    const spoken = () => {
      text.lang = source.value;
      translation.lang = target.value;
    };
    for (const select of [source, target]) select.addEventListener("change", spoken);
    spoken();
    const form = el("form", { class: "editor-form", novalidate: true, onsubmit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      complain(form, fields, null, "");
      try {
        await call("/api/memory/save", {
          id: judgement?.id ?? null, verdict: judgement?.verdict ?? "approved",
          source: source.value, target: target.value, text: text.value, translation: translation.value,
        });
        this.dialog.close();
        this.saved();
      } catch (error) {
        complain(form, fields, error instanceof CallError ? error.field : null, messageOf(error));
      }
    } },
      el("h2", { id: "editor-title" }, judgement ? (rejected ? t("Change what is wrong") : t("Change the translation")) : t("Add a translation")),
      el("div", { class: "pair-fields" }, field(t("From"), "source", source), field(t("Into"), "target", target)),
      field(t("Text"), "text", text),
      field(rejected ? t("Wrong translation") : t("Translation"), "translation", translation),
      el("p", { class: "help" }, t("Addresses, links and long numbers become slots such as {slot}, which each message fills with its own.", { slot: "{email}" })),
      el("p", { class: "error", id: "editor-error", role: "alert" }),
      el("div", { class: "actions" },
        el("button", { class: "button button-primary", type: "submit" }, t("Save")),
        el("button", { class: "button", type: "button", onclick: () => this.dialog.close() }, t("Cancel"))));
    this.dialog.replaceChildren(form);
    this.dialog.showModal();
    text.focus();
  }
}

/** @param {string} label @param {string} name @param {HTMLElement} input */
function field(label, name, input) {
  input.setAttribute("aria-describedby", `editor-${name}-error`);
  return el("div", { class: "field" }, el("label", { for: `editor-${name}` }, label), input, el("p", { class: "error", id: `editor-${name}-error`, role: "alert" }));
}

/** @param {HTMLFormElement} form @param {Record<string, HTMLElement>} fields @param {string | null} name @param {string} message */
function complain(form, fields, name, message) {
  for (const place of form.querySelectorAll(".error")) place.textContent = "";
  for (const input of Object.values(fields)) input.removeAttribute("aria-invalid");
  if (!message) return;
  const place = form.querySelector(name ? `#editor-${name}-error` : "#editor-error") ?? form.querySelector("#editor-error");
  if (place) place.textContent = message;
  const input = name ? fields[name] : null;
  input?.setAttribute("aria-invalid", "true");
  input?.focus();
}
