// A place under a message to write its translation by hand.

import { format, t, tn } from "../../widget/lib/i18n.js";
import { lengthOf } from "../../widget/lib/text.js";
import { el, setText } from "./dom.js";
import { sends } from "./shortcuts.js";

let made = 0;

export class WordingEditor {
  /**
   * @param {object} options
   * @param {string} options.language of the translation
   * @param {string} options.text what to begin with
   * @param {string} options.label
   * @param {number} options.limit
   * @param {(text: string) => void} options.typed
   * @param {(text: string) => Promise<string>} options.save gives what went wrong, or ""
   * @param {() => void} options.cancel
   */
  constructor({ language, text, label, limit, typed, save, cancel }) {
    const id = `wording-${(made += 1)}`;
    this.limit = limit;
    this.save = save;
    this.field = el("textarea", { id, rows: 1, lang: language, dir: "auto", "aria-describedby": `${id}-problem`, enterkeyhint: "done" });
    this.field.value = text;
    this.problem = el("p", { class: "error", id: `${id}-problem`, role: "alert" });
    this.button = el("button", { type: "submit", class: "button button-small button-primary" }, t("Save the translation"));
    this.element = el("form", {
      class: "wording-editor",
      onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        this.#submit();
      },
    },
      el("label", { for: id }, label),
      this.field, this.problem,
      el("p", { class: "wording-buttons" }, this.button,
        el("button", { type: "button", class: "button button-small", onclick: cancel }, t("Cancel"))));
    this.problem.hidden = true;
    this.field.addEventListener("input", () => {
      typed(this.field.value);
      this.#complain("");
      this.#grow();
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) {
        event.preventDefault();
        cancel();
      } else if (sends(event)) {
        event.preventDefault();
        this.#submit();
      }
    });
  }

  focus() {
    this.#grow();
    this.field.focus();
    this.field.setSelectionRange(this.field.value.length, this.field.value.length);
  }

  async #submit() {
    const text = this.field.value.trim();
    const over = lengthOf(text) - this.limit;
    if (!text) return this.#complain(t("The translation is empty. Write it, or cancel."));
    if (over > 0) {
      return this.#complain(tn("{n} character too many. Shorten the translation.", "{n} characters too many. Shorten the translation.", over));
    }
    if (this.button.ariaDisabled === "true") return;
    this.button.ariaDisabled = "true";
    const problem = await this.save(text);
    this.button.ariaDisabled = "false";
    this.#complain(problem);
  }

  /** @param {string} problem */
  #complain(problem) {
    setText(this.problem, problem);
    this.problem.hidden = !problem;
    this.field.setAttribute("aria-invalid", String(problem !== ""));
    if (problem) this.field.focus();
  }

  /** Browsers that know `field-sizing` need no help. */
  #grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.field.style.blockSize = "auto";
    this.field.style.blockSize = `${this.field.scrollHeight}px`;
  }
}

/** @param {boolean} own whether the visitor is who reads it @param {string} language */
export function editorLabel(own, language) {
  const name = format().language(language);
  return own ? t("What the visitor shall read, in {language}", { language: name }) : t("A better translation into {language}", { language: name });
}
