// One message: the text in the reader's language, a quiet line about the other text, and how far it got.

import { showText } from "../../widget/lib/text.js";
import { format, t } from "../../widget/lib/i18n.js";
import { el, icon, setText } from "./dom.js";
import { mayStillCome, readingOf, sameLanguage } from "./reading.js";
import { reasonText } from "./wording.js";

/**
 * @typedef {import("../../widget/lib/protocol").MessageEvent} Message
 * @typedef {import("./reading.js").Reading} Reading
 * @typedef {import("./thread.js").Thread} Thread
 *
 * @typedef {object} Surroundings
 * @property {import("./formats.js").Formats} formats
 * @property {import("./types").Me} me
 * @property {string} visitorName
 * @property {string} visitorLanguage
 * @property {boolean} withoutRoute whether it is said above the messages that none of them can be translated
 * @property {(seq: number, doubted: boolean) => void} swap
 * @property {(seq: number, language: string) => void} translate
 */

/** @typedef {"sending" | "sent" | "delivered" | "seen"} Progress */

export class MessageView {
  constructor() {
    this.author = el("p", { class: "message-author" });
    this.text = el("p", { class: "message-text" });
    this.underLabel = el("span", { class: "visually-hidden" });
    this.underText = el("p");
    this.under = el("div", { class: "message-under" }, this.underLabel, this.underText);
    this.bubble = el("div", { class: "bubble" }, this.text);
    this.note = el("div", { class: "message-note" });
    this.ticks = el("span", { class: "ticks" });
    this.element = el("li", { class: "message" }, this.author, this.bubble, this.note);
    /** What is on show, so that the same is not put there again. */
    this.shown = "";
    this.explained = false;
  }

  /**
   * @param {Message} message @param {{first: boolean, last: boolean}} place in its author's row of messages
   * @param {Thread} thread @param {Surroundings} around
   */
  update(message, place, thread, around) {
    const mine = message.author.kind === "agent";
    const reader = mine && sameLanguage(message.language, around.me.language) ? around.visitorLanguage : around.me.language;
    const reading = readingOf(message, reader);
    const original = thread.showsOriginal(message.seq, reading.kind === "doubted");
    const progress = mine ? progressOf(message.seq, thread.receipts) : null;
    const retrying = thread.retrying.has(message.seq);
    const key = JSON.stringify([message, place, original, progress, retrying, this.explained, around.visitorName, around.withoutRoute, reader]);
    if (key === this.shown) return;
    this.shown = key;
    const focused = this.note.contains(document.activeElement);

    this.element.className = `message ${mine ? "from-agent" : "from-visitor"}${place.first ? " first" : ""}${place.last ? " last" : ""}`;
    this.#name(message, mine, around);
    this.note.replaceChildren();
    this.under.remove();
    this.bubble.classList.toggle("pending", reading.kind === "pending");
    if (mine && reader === around.visitorLanguage) this.#own(message, reading, retrying, around);
    else this.#theirs(message, reading, original, retrying, around);
    if (progress) this.note.append(this.#ticked(progress));
    this.note.hidden = !this.note.childNodes.length;
    // The pressed button is gone: its neighbour gets the keyboard.
    if (focused) this.note.querySelector("button")?.focus({ preventScroll: true });
  }

  /** A message on its way. @param {import("./types").Outgoing} outgoing @param {boolean} connected @param {Surroundings} around */
  updateOutgoing(outgoing, connected, around) {
    const key = `outgoing ${outgoing.client_id} ${connected}`;
    if (key === this.shown) return;
    this.shown = key;
    this.element.className = "message from-agent first last outgoing";
    setText(this.author, around.me.name);
    this.author.className = "message-author visually-hidden";
    showText(this.text, outgoing.text, around.me.language);
    this.note.replaceChildren(this.#ticked("sending", connected ? t("Sending…") : t("Will be sent when the connection is back")));
    this.note.hidden = false;
  }

  /** @param {Message} message @param {boolean} mine @param {Surroundings} around */
  #name(message, mine, around) {
    const name = mine ? message.author.name ?? "" : around.visitorName;
    const time = el("time", { datetime: message.at, title: around.formats.full(message.at) }, around.formats.time(message.at));
    this.author.className = "message-author";
    this.author.replaceChildren(el("bdi", { class: "message-name" }, name), " ", time);
  }

  /**
   * What somebody else wrote: the translation first, or the original where there is none or it was asked for.
   * @param {Message} message @param {Reading} reading @param {boolean} original @param {boolean} retrying @param {Surroundings} around
   */
  #theirs(message, reading, original, retrying, around) {
    const { kind, translation } = reading;
    const translated = (kind === "translated" || kind === "doubted") && !original;
    if (translated && translation?.text) showText(this.text, translation.text, reading.language);
    else showText(this.text, message.text, message.language);
    if (kind === "plain") return;

    const language = format().language(message.language);
    if (kind === "pending") {
      this.note.append(el("span", {}, t("Being translated from {language}…", { language })));
    } else if (kind === "translated") {
      this.note.append(
        el("span", {}, original ? t("Original in {language}", { language }) : t("Translated from {language}", { language })),
        this.#button(original ? t("Show translation") : t("Show original"), () => around.swap(message.seq, false)),
      );
    } else if (kind === "doubted") {
      this.note.append(
        el("span", { class: "warn" }, translated ? t("Doubtful translation from {language}", { language }) : t("Translation doubtful, showing the original")),
        this.#button(translated ? t("Show original") : t("Show translation"), () => around.swap(message.seq, true)),
      );
      this.#explain(message, reading);
    } else {
      this.#untranslated(message, reading, t("Not translated, showing the original"), retrying, around);
    }
  }

  /** What an agent wrote, with what the visitor reads under it. @param {Message} message @param {Reading} reading @param {boolean} retrying @param {Surroundings} around */
  #own(message, reading, retrying, around) {
    showText(this.text, message.text, message.language);
    const { kind, translation } = reading;
    const language = format().language(reading.language);
    if (translation?.text && kind === "translated") {
      setText(this.underLabel, t("The visitor reads in {language}:", { language }));
      showText(this.underText, translation.text, reading.language);
      this.bubble.append(this.under);
    }
    if (kind === "pending") this.note.append(el("span", {}, t("Being translated to {language}…", { language })));
    // A visitor is spared a translation that is likely noise.
    if (kind === "doubted") {
      this.note.append(el("span", { class: "warn" }, t("The visitor reads your original")));
      this.#explain(message, reading);
    }
    if (kind === "failed") this.#untranslated(message, reading, t("The visitor reads your original"), retrying, around);
  }

  /**
   * Why there is no translation, and another try where it can help.
   * @param {Message} message @param {Reading} reading @param {string} words @param {boolean} retrying @param {Surroundings} around
   */
  #untranslated(message, reading, words, retrying, around) {
    // Where the notice above the messages tells why, each of them says it quietly.
    const told = !mayStillCome(reading) && around.withoutRoute;
    const shown = told ? t("Not translated") : words;
    this.note.append(el("span", { class: told ? "" : "warn" }, retrying ? t("Trying again…") : shown));
    // Also where nothing translates the language yet: a language pack may have come meanwhile.
    if (!retrying) this.note.append(this.#button(t("Try again"), () => around.translate(message.seq, reading.language)));
    if (!told) this.#explain(message, reading);
  }

  /** @param {Message} message @param {Reading} reading */
  #explain(message, reading) {
    const button = this.#button(t("Why?"), () => {
      this.explained = !this.explained;
      this.shown = "";
      why.hidden = !this.explained;
      button.setAttribute("aria-expanded", String(this.explained));
    });
    button.setAttribute("aria-expanded", String(this.explained));
    const why = el("span", { class: "why", hidden: !this.explained },
      reading.translation ? reasonText(reading.translation, message.language, reading.language) : "");
    this.note.append(button, why);
  }

  /** @param {string} text @param {() => void} run */
  #button(text, run) {
    return el("button", { type: "button", class: "link", onclick: run }, text);
  }

  /** @param {Progress} progress @param {string} [text] */
  #ticked(progress, text) {
    const words = text ?? { sending: "", sent: t("Sent"), delivered: t("Delivered"), seen: t("Seen") }[progress];
    const picture = icon(progress === "sending" ? "clock" : progress === "sent" ? "check" : "checks");
    this.ticks.className = `ticks ${progress}`;
    this.ticks.title = words;
    this.ticks.replaceChildren(picture, el("span", { class: progress === "sending" ? "" : "visually-hidden" }, words));
    return this.ticks;
  }
}

/** @param {number} seq @param {import("./types").Receipts} receipts @returns {Progress} */
function progressOf(seq, receipts) {
  if (seq <= receipts.seen) return "seen";
  return seq <= receipts.delivered ? "delivered" : "sent";
}
