// The box where a text is tried: as conversations translate it, with its terms marked, and without the glossary.

import { t } from "../../widget/lib/i18n.js";
import { byId, el, icon } from "./dom.js";
import { call, messageOf, options, own } from "./admin_page.js";

/**
 * @typedef {import("./glossary_types").Trial} Trial
 * @typedef {import("./glossary_types").Piece} Piece
 * @typedef {import("./glossary_types").Language} Language
 */

const PAUSE = 400;

export class TrialBox {
  /** @param {readonly Language[]} languages @param {string} language the reader's */
  constructor(languages, language) {
    this.text = /** @type {HTMLTextAreaElement} */ (byId("try-text"));
    this.source = /** @type {HTMLSelectElement} */ (byId("try-source"));
    this.target = /** @type {HTMLSelectElement} */ (byId("try-target"));
    this.result = byId("try-result");
    /** @type {AbortController | null} */
    this.asking = null;
    /** @type {any} */
    this.timer = null;
    const tags = languages.map((one) => one.tag);
    const base = language.split("-")[0];
    const mine = tags.find((tag) => tag === language) ?? tags.find((tag) => tag.split("-")[0] === base) ?? tags[0];
    const asked = new URLSearchParams(location.search);
    this.source.append(...options(tags, asked.get("from") ?? mine));
    this.target.append(...options(tags, asked.get("to") ?? tags.find((tag) => tag !== mine)));
    this.text.value = asked.get("text") ?? "";
    byId("try-swap").append(icon("swap"));
    byId("try-swap").addEventListener("click", () => this.#swap());
    byId("try").addEventListener("submit", (event) => event.preventDefault());
    this.text.addEventListener("input", () => this.#later());
    for (const select of [this.source, this.target]) select.addEventListener("change", () => this.run());
    this.run();
  }

  #swap() {
    [this.source.value, this.target.value] = [this.target.value, this.source.value];
    this.run();
  }

  #later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.run(), PAUSE);
  }

  /** Tries again what stands there; after a change of the glossary too. */
  async run() {
    clearTimeout(this.timer);
    this.asking?.abort();
    const text = this.text.value.trim();
    this.text.lang = this.source.value;
    if (!text) return this.#show(el("p", { class: "help" }, t("Type a sentence with one of your terms to see what becomes of it.")));
    const asking = (this.asking = new AbortController());
    this.result.setAttribute("aria-busy", "true");
    try {
      const body = { text, source: this.source.value, target: this.target.value };
      this.#show(this.#told(await call("/api/glossary/try", body, asking.signal)));
    } catch (error) {
      if (!asking.signal.aborted) this.#show(el("p", { class: "error" }, messageOf(error)));
    } finally {
      if (this.asking === asking) this.result.removeAttribute("aria-busy");
    }
  }

  /** @param {Node} content */
  #show(content) {
    this.result.replaceChildren(content);
  }

  /** @param {Trial} trial @returns {Node} */
  #told(trial) {
    if (trial.failed) return el("p", { class: "error" }, trial.message ?? "");
    const found = trial.source.some((piece) => piece.term);
    const note = trial.flags.includes("memory") ? t("A wording from the corrections was used. The glossary does not change those.")
      : trial.flags.includes("unchanged") ? t("There is nothing to translate here.")
      : found ? "" : t("No term of the glossary is in this text.");
    return el("dl", { class: "try-lines" },
      ...(found ? [el("dt", {}, t("Found")), el("dd", {}, pieces(trial.source, this.source.value))] : []),
      el("dt", {}, found ? t("With the glossary") : t("Translation")),
      el("dd", { class: "try-main" }, pieces(trial.translation, this.target.value)),
      ...(trial.without === null ? [] : [el("dt", {}, t("Without it")), el("dd", {}, own(trial.without, this.target.value))]),
      ...(note ? [el("dd", { class: "help" }, note)] : []));
  }
}

/** @param {readonly Piece[]} parts @param {string} tag */
const pieces = (parts, tag) =>
  el("bdi", { lang: tag }, ...parts.map((piece) => (piece.term ? el("mark", {}, piece.text) : document.createTextNode(piece.text))));
