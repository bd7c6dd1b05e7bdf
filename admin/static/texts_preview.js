// What a text looks like to who reads it: the chat in a frame, told what stands in it.

import { t } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";
import { fill, readIn, valueIn } from "./texts_model.js";

/**
 * @typedef {import("./texts_types").Text} Text
 * @typedef {import("./texts_types").Edit} Edit
 * @typedef {import("./texts_types").Overview} Overview
 * @typedef {import("./texts_types").Shown} Shown
 */

export class Preview {
  /** @param {Record<string, string>} values of placeholders @param {string} locale to begin with */
  constructor(values, locale) {
    this.values = values;
    this.locale = locale;
    this.number = 0;
    this.isReady = false;
    this.loaded = "";
    /** @type {{text: Text, edit: Edit | undefined, overview: Overview} | null} */
    this.shown = null;
    this.frame = el("iframe", { id: "panel", class: "text-panel", title: t("Preview"), tabindex: "-1" });
    byId("preview-host").append(this.frame);
    this.language = /** @type {HTMLSelectElement} */ (byId("preview-language"));
    this.language.addEventListener("change", () => this.in(this.language.value));
    for (const radio of document.querySelectorAll("input[name=preview-light]")) radio.addEventListener("change", () => this.#fill());
    addEventListener("message", ({ data, origin, source }) => {
      if (origin !== location.origin || source !== this.frame.contentWindow || data?.type !== "panel") return;
      this.isReady = true;
      this.#fill();
    });
  }

  /** @param {string} locale of the visitor */
  in(locale) {
    this.locale = locale;
    this.#draw();
  }

  /** @param {Text} text @param {Edit | undefined} edit @param {Overview} overview */
  show(text, edit, overview) {
    this.shown = { text, edit, overview };
    this.language.replaceChildren(...overview.locales.map(({ tag, name }) => el("option", { value: tag }, name)));
    this.#draw();
  }

  #draw() {
    this.language.value = this.locale;
    if (this.loaded !== this.locale) {
      this.loaded = this.locale;
      this.isReady = false;
      this.frame.lang = this.locale;
      this.frame.src = `/console/texts/panel?lang=${encodeURIComponent(this.locale)}`;
    } else this.#fill();
  }

  #fill() {
    if (!this.isReady || !this.shown) return;
    const { text, edit, overview } = this.shown;
    const [lang, said] = this.#read(text, edit);
    const dir = this.#direction(lang);
    const dark = document.querySelector("input[name=preview-light]:checked");
    /** @type {Shown} */
    const shown = {
      kind: text.kind, text: fill(said, this.values, dir), lang, dir, agent: this.values.agent ?? "",
      required: edit?.required ?? text.required, answer: edit?.answer ?? text.answer, number: (this.number += 1),
      dark: dark instanceof HTMLInputElement && dark.value === "dark",
      questions: overview.texts.filter(({ kind }) => kind === "question").map((one) => {
        if (one.id === text.id) return null;
        const [own, question] = this.#read(one, undefined);
        return { text: question, lang: own, dir: this.#direction(own), required: one.required, answer: one.answer };
      }),
    };
    if (text.kind === "question" && !shown.questions.includes(null)) shown.questions.push(null);
    this.frame.contentWindow?.postMessage({ type: "text", shown }, location.origin);
  }

  /** What a reader gets, once what is in the fields is saved. @param {Text} text @param {Edit | undefined} edit @returns {[string, string]} */
  #read(text, edit) {
    const own = valueIn(text, edit, this.locale);
    const read = own ? this.locale : readIn(text, this.locale, this.shown?.overview.nearest ?? {});
    if (read === null) return [this.locale, ""];
    return [read, valueIn(text, edit, read)];
  }

  /** @param {string} tag */
  #direction(tag) {
    return this.shown?.overview.locales.find((locale) => locale.tag === tag)?.direction ?? "ltr";
  }
}
