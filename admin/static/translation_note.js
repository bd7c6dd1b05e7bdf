// The quiet line under a message about its translation, with what can be done about it, and on request all there is to know.

import { format, t } from "../../widget/lib/i18n.js";
import { el } from "./dom.js";
import { facts, sentences } from "./explanations.js";
import { calledWrong, mayStillCome } from "./reading.js";

/**
 * @typedef {import("../../widget/lib/protocol").MessageEvent} Message
 * @typedef {import("../../widget/lib/protocol").Translation} Translation
 * @typedef {import("./reading.js").Reading} Reading
 * @typedef {import("./message_view.js").Surroundings} Surroundings
 * @typedef {import("./types").Hop} Hop
 *
 * @typedef {object} Case a message as it is shown now
 * @property {Message} message
 * @property {Reading} reading
 * @property {boolean} own an answer to the visitor, who reads the translation
 * @property {boolean} original whether the original is shown of what somebody else wrote
 * @property {boolean} retrying
 */

let made = 0;

export class TranslationNote {
  /** @param {() => void} changed what is shown is another */
  constructor(changed) {
    this.changed = changed;
    this.explained = false;
    /** @type {readonly Hop[]} */
    this.hops = [];
    /** Of which translation those are. */
    this.hopsOf = "";
    this.id = `about-${(made += 1)}`;
  }

  /** @param {Case} shown @param {Surroundings} around @returns {(Node | null)[]} */
  render(shown, around) {
    const { reading, own } = shown;
    if (reading.kind === "plain") return [];
    if (reading.kind === "pending") return [this.#words(pendingWords(shown))];
    if (reading.kind === "failed") return this.#failed(shown, around);
    if (reading.kind === "doubted") return this.#doubted(shown, around);
    return own ? this.#answer(shown, around) : this.#translated(shown, around);
  }

  /** @param {Case} shown @param {Surroundings} around */
  #translated(shown, around) {
    const { message, original, reading } = shown;
    const language = format().language(message.language);
    const by = reading.translation?.by;
    const words = original ? t("Original in {language}", { language })
      : by ? writtenBy(by, around.me.id) : t("Translated from {language}", { language });
    return [this.#words(words), this.#swap(shown, around), ...this.#why(shown, around, t("Details"))];
  }

  /** @param {Case} shown @param {Surroundings} around */
  #answer(shown, around) {
    const by = shown.reading.translation?.by;
    return [by ? this.#words(writtenBy(by, around.me.id)) : null, ...this.#why(shown, around, t("Translation details"))];
  }

  /** @param {Case} shown @param {Surroundings} around */
  #doubted(shown, around) {
    const { message, reading, own, original, retrying } = shown;
    const { translation } = reading;
    const language = format().language(message.language);
    const wrong = calledWrong(translation);
    const by = translation?.by;
    const words = retrying ? t("Trying again…")
      : !own && !original ? t("Doubtful translation from {language}", { language })
      : wrong && by ? (by.id === around.me.id ? t("Marked as wrong by you") : t("Marked as wrong by {name}", { name: by.name }))
      : own ? t("The visitor reads your original")
      : t("Translation doubtful, showing the original");
    return [
      this.#words(words, !retrying),
      own ? null : this.#swap(shown, around, true),
      wrong ? this.#button(t("Undo"), () => around.restore(message.seq, reading.language))
        : retrying ? null : this.#button(t("Try again"), () => around.translate(message.seq, reading.language)),
      wrong ? this.#button(t("Write a better one"), () => around.reword(message.seq)) : null,
      ...this.#why(shown, around, t("Why?")),
    ];
  }

  /** Why there is no translation, and another try where it can help. @param {Case} shown @param {Surroundings} around */
  #failed(shown, around) {
    const { message, reading, own, retrying } = shown;
    // Where the notice above the messages tells why, each of them says it quietly.
    const told = !own && !mayStillCome(reading) && around.withoutRoute;
    const words = told ? t("Not translated") : own ? t("The visitor reads your original") : t("Not translated, showing the original");
    return [
      this.#words(retrying ? t("Trying again…") : words, !told),
      // Also where nothing translates the language yet: a language pack may have come meanwhile.
      retrying ? null : this.#button(t("Try again"), () => around.translate(message.seq, reading.language)),
      ...(told ? [] : this.#why(shown, around, t("Why?"))),
    ];
  }

  /** @param {Case} shown @param {Surroundings} around @param {boolean} [doubted] */
  #swap({ message, original }, around, doubted = false) {
    return this.#button(original ? t("Show translation") : t("Show original"), () => around.swap(message.seq, doubted));
  }

  /** @param {Case} shown @param {Surroundings} around @param {string} label */
  #why(shown, around, label) {
    const { translation } = shown.reading;
    if (!translation) return [];
    const button = this.#button(label, () => {
      this.explained = !this.explained;
      this.changed();
    });
    button.setAttribute("aria-expanded", String(this.explained));
    if (!this.explained) return [button];
    button.setAttribute("aria-controls", this.id);
    return [button, this.#about(shown, translation, around)];
  }

  /** @param {Case} shown @param {Translation} translation @param {Surroundings} around */
  #about(shown, translation, around) {
    const { message, reading, own } = shown;
    this.#learn(message.seq, reading.language, translation, around);
    const said = sentences(translation, message.language, reading.language, around.me.id);
    const known = facts(translation, this.hops);
    return el("div", { class: "about", id: this.id },
      el("ul", {}, ...said.map((sentence) => el("li", {}, sentence))),
      known.length ? el("dl", { class: "about-facts" }, ...known.flatMap(([name, value]) => [
        el("dt", {}, name), el("dd", {}, el("bdi", {}, value)),
      ])) : null,
      el("p", { class: "about-actions" }, ...this.#actions(shown, translation, around), own || around.me.role !== "admin" ? null
        : el("a", { class: "link", href: "/console/glossary", target: "_blank", rel: "noopener" }, t("Open the glossary"))));
  }

  /** @param {Case} shown @param {Translation} translation @param {Surroundings} around */
  #actions({ message, reading, own }, translation, around) {
    const { seq } = message;
    const { language } = reading;
    /** @param {string} text @param {() => void} run */
    const action = (text, run) => el("button", { type: "button", class: "button button-small", onclick: run }, text);
    const wrong = calledWrong(translation);
    const found = [];
    if (!own && translation.text !== null && !wrong) found.push(action(t("This translation is wrong"), () => around.reject(seq, language)));
    const write = translation.text === null ? t("Write the translation") : t("Edit the translation");
    found.push(action(write, () => around.reword(seq)));
    if (translation.by && !wrong) {
      found.push(action(translation.machine ? t("Use the translator’s again") : t("Let the translator do it"), () => around.restore(seq, language)));
    }
    return found;
  }

  /** Asks once for the models behind a translation. @param {number} seq @param {string} language @param {Translation} translation @param {Surroundings} around */
  async #learn(seq, language, translation, around) {
    const key = `${language} ${translation.model} ${translation.by?.id}`;
    if (this.hopsOf === key || !translation.model) return;
    this.hopsOf = key;
    this.hops = [];
    this.hops = await around.why(seq, language);
    if (this.hops.length) this.changed();
  }

  /** @param {string} text @param {boolean} [warns] */
  #words(text, warns = false) {
    return el("span", { class: warns ? "warn" : null }, text);
  }

  /** @param {string} text @param {() => void} run */
  #button(text, run) {
    return el("button", { type: "button", class: "link", onclick: run }, text);
  }
}

/** @param {Case} shown */
function pendingWords({ message, reading, own }) {
  return own
    ? t("Being translated to {language}…", { language: format().language(reading.language) })
    : t("Being translated from {language}…", { language: format().language(message.language) });
}

/** @param {{id: string, name: string}} by @param {string} me */
const writtenBy = (by, me) => (by.id === me ? t("Translated by you") : t("Translated by {name}", { name: by.name }));
