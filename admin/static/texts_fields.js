// One field per language: what is written there, how it stands, and what readers get while it is empty.

import { t } from "../../widget/lib/i18n.js";
import { el, setChildren } from "./dom.js";
import { flagSentences } from "./explanations.js";
import { notesOf, statusName } from "./texts_labels.js";
import { fill, insertAt, readIn, statusOf, unknownIn, valueIn } from "./texts_model.js";

/**
 * @typedef {import("./texts_types").Text} Text
 * @typedef {import("./texts_types").Edit} Edit
 * @typedef {import("./texts_types").Locale} Locale
 * @typedef {import("./texts_types").Purpose} Purpose
 */

/**
 * @typedef {object} Options
 * @property {(tag: string) => Locale} localeOf
 * @property {() => Record<string, string[]>} nearest
 * @property {(tag: string) => boolean} canDraft
 * @property {(tag: string, said: string) => void} changed
 * @property {(tag: string) => void} focused
 * @property {(tag: string) => void} draft
 * @property {(tag: string, said: string) => void} approve
 * @property {(tag: string) => void} discard
 * @property {Record<string, string>} values what placeholders become in an example
 */

export class Field {
  /** @param {Text} text @param {Locale} locale @param {Purpose} purpose @param {Options} options */
  constructor(text, locale, purpose, options) {
    this.text = text;
    this.locale = locale;
    this.purpose = purpose;
    this.options = options;
    const id = `said-${locale.tag}`;
    this.state = el("span", { class: "text-state" });
    this.note = el("div", { class: "text-note", id: `${id}-note` });
    this.error = el("p", { class: "error", id: `${id}-error`, role: "alert" });
    const settings = {
      id, lang: locale.tag, dir: locale.direction, maxlength: purpose.limit, autocomplete: "off", "aria-describedby": `${id}-note ${id}-error`,
      oninput: () => this.#typed(), onfocus: () => options.focused(locale.tag),
    };
    /** @type {HTMLInputElement | HTMLTextAreaElement} */
    this.input = purpose.lines ? el("textarea", { ...settings, rows: 2 }) : el("input", { ...settings, type: "text" });
    const same = locale.native.toLowerCase() === locale.name.toLowerCase();
    this.row = el("div", { class: "text-row", dataset: { locale: locale.tag } },
      el("div", { class: "text-row-head" },
        el("label", { for: id }, el("bdi", { lang: locale.tag }, locale.native), same ? null : el("span", { class: "help" }, ` ${locale.name}`)),
        this.state),
      this.input, this.note, this.error);
  }

  /** @param {Text} text @param {Edit | undefined} edit */
  update(text, edit) {
    this.text = text;
    const { tag } = this.locale;
    const value = valueIn(text, edit, tag);
    if (this.input.value !== value) this.input.value = value;
    const isChanged = edit !== undefined && tag in edit.wordings;
    const status = statusOf(text, tag);
    this.state.textContent = isChanged ? t("Not saved yet") : status === "fallback" || status === "empty" ? "" : statusName(status);
    this.state.className = `text-state is-${isChanged ? "changed" : status}`;
    setChildren(this.note, isChanged ? [] : this.#said());
    this.#check();
  }

  /** What is wrong with it, as the server said; empty: nothing. @param {string} message */
  complain(message) {
    this.error.textContent = message;
    if (message) this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
  }

  /** @param {string} name of a placeholder */
  insert(name) {
    const { value } = this.input;
    const { said, at } = insertAt(value, this.input.selectionStart ?? value.length, this.input.selectionEnd ?? value.length, `{${name}}`);
    this.input.value = said;
    this.input.focus();
    this.input.setSelectionRange(at, at);
    this.#typed();
  }

  #typed() {
    this.#check();
    this.options.changed(this.locale.tag, this.input.value);
  }

  #check() {
    const [unknown] = unknownIn(this.input.value, this.purpose.placeholders);
    const allowed = this.purpose.placeholders.map((name) => `{${name}}`).join(", ") || "–";
    this.complain(unknown ? t("{name} is no placeholder here, so readers would see it as it is. Possible are: {allowed}.", { name: unknown, allowed }) : "");
  }

  /** @returns {Node[]} */
  #said() {
    const { tag } = this.locale;
    const { options, text } = this;
    const wording = text.wordings[tag];
    const read = readIn(text, tag, options.nearest());
    const language = read === null ? "" : options.localeOf(read).name;
    if (!wording) {
      const direction = options.localeOf(read ?? tag).direction;
      const said = read === null ? "" : text.wordings[read]?.text ?? "";
      const nobody = text.kind === "greeting" ? t("Empty: the chat says hello in its own words.") : t("Empty: nobody reads anything here.");
      return [
        read === null ? el("p", {}, nobody)
          : el("p", {}, t("Empty: readers get the {language} text.", { language }), " ", el("bdi", { lang: read, dir: direction, class: "text-instead" }, fill(said, options.values, direction))),
        ...(read !== null && options.canDraft(tag) ? [this.#button(t("Draft with the translator"), () => options.draft(tag))] : []),
      ];
    }
    const notes = notesOf(wording, read, (one) => options.localeOf(one).name).map((note) => el("p", {}, note));
    if (wording.draft) {
      return [
        ...notes,
        ...(wording.doubtful ? [el("p", { class: "text-doubt" }, el("strong", {}, t("Doubtful")), " ", flagSentences(wording.flags)[0] ?? "")] : []),
        this.#button(t("Approve"), () => options.approve(tag, this.input.value), "button-primary"),
        this.#button(t("Discard"), () => options.discard(tag)),
      ];
    }
    if (!wording.outdated) return [];
    return [...notes, this.#button(t("It is still right"), () => options.approve(tag, wording.text))];
  }

  /** @param {string} label @param {() => void} go @param {string} [style] */
  #button(label, go, style = "") {
    // Each says of which language it is.
    return el("button", { type: "button", class: `button button-small ${style}`, "aria-label": `${label}: ${this.locale.name}`, onclick: go }, label);
  }
}
