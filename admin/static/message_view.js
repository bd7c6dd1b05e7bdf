// One message: the text in the reader's language, a quiet line about the other text, and how far it got.

import { showText } from "../../widget/lib/text.js";
import { format, t } from "../../widget/lib/i18n.js";
import { el, icon, setText } from "./dom.js";
import { readingOf, sameLanguage } from "./reading.js";
import { TranslationNote } from "./translation_note.js";
import { editorLabel, WordingEditor } from "./wording_editor.js";

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
 * @property {number} limit characters of a translation written by hand
 * @property {(seq: number, doubted: boolean) => void} swap
 * @property {(seq: number, language: string) => void} translate
 * @property {(seq: number, language: string) => void} reject
 * @property {(seq: number, language: string) => void} restore
 * @property {(seq: number) => void} reword opens or closes the place to write its translation
 * @property {(seq: number) => string} begun what was begun there
 * @property {(seq: number, text: string) => void} begin
 * @property {(seq: number, language: string, text: string) => Promise<string>} correct gives what went wrong, or ""
 * @property {(seq: number, language: string) => Promise<readonly import("./types").Hop[]>} why
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
    /** Draws what is on show once more. */
    this.again = () => {};
    this.about = new TranslationNote(() => {
      this.shown = "";
      this.again();
    });
    /** @type {WordingEditor | null} */
    this.editor = null;
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
    const rewording = thread.rewording.has(message.seq);
    const key = JSON.stringify([message, place, original, progress, retrying, rewording, around.visitorName, around.withoutRoute, reader, around.me]);
    if (key === this.shown) return;
    this.shown = key;
    this.again = () => this.update(message, place, thread, around);
    const focused = [...this.note.querySelectorAll("a, button")].indexOf(/** @type {Element} */ (document.activeElement));

    this.element.className = `message ${mine ? "from-agent" : "from-visitor"}${place.first ? " first" : ""}${place.last ? " last" : ""}`;
    this.element.dataset.seq = String(message.seq);
    this.#name(message, mine, around);
    this.under.remove();
    this.bubble.classList.toggle("pending", reading.kind === "pending");
    const own = mine && reader === around.visitorLanguage;
    const text = reading.kind === "translated" ? reading.translation?.text : null;
    if (own) this.#own(message.text, message.language, text ? { language: reading.language, text } : null);
    else this.#theirs(message, reading, original);
    const parts = this.about.render({ message, reading, own, original, retrying }, around);
    const ticks = progress ? this.#ticked(progress) : null;
    // The ticks stand in the line, what was asked for below it.
    const below = parts.at(-1) instanceof HTMLDivElement ? parts.pop() ?? null : null;
    this.note.replaceChildren(...[...parts, ticks, below].filter((part) => part !== null));
    this.note.hidden = !this.note.childNodes.length;
    // The pressed button is gone: the one in its place gets the keyboard.
    if (focused >= 0) this.#focus(focused);
    this.#reword(message, reading, own, thread, around);
  }

  /** @param {number} place among the note's buttons */
  #focus(place) {
    const buttons = /** @type {NodeListOf<HTMLElement>} */ (this.note.querySelectorAll("a, button"));
    buttons[Math.min(place, buttons.length - 1)]?.focus({ preventScroll: true });
  }

  /** A message on its way. @param {import("./types").Outgoing} outgoing @param {boolean} connected @param {Surroundings} around */
  updateOutgoing(outgoing, connected, around) {
    const key = `outgoing ${outgoing.client_id} ${connected}`;
    if (key === this.shown) return;
    this.shown = key;
    this.element.className = "message from-agent first last outgoing";
    setText(this.author, around.me.name);
    this.author.className = "message-author visually-hidden";
    this.#own(outgoing.text, around.me.language, outgoing.translation ?? null);
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
   * @param {Message} message @param {Reading} reading @param {boolean} original
   */
  #theirs(message, { kind, translation, language }, original) {
    const translated = (kind === "translated" || kind === "doubted") && !original;
    if (translated && translation?.text) showText(this.text, translation.text, language);
    else showText(this.text, message.text, message.language);
  }

  /** What an agent wrote, with what the visitor reads under it. @param {string} text @param {string} language @param {import("./types").Wording | null} wording */
  #own(text, language, wording) {
    showText(this.text, text, language);
    // A visitor is spared a translation that is likely noise.
    if (!wording) return;
    setText(this.underLabel, t("The visitor reads in {language}:", { language: format().language(wording.language) }));
    showText(this.underText, wording.text, wording.language);
    this.bubble.append(this.under);
  }

  /** Opens, keeps or closes the place where the translation is written. @param {Message} message @param {Reading} reading @param {boolean} own @param {Thread} thread @param {Surroundings} around */
  #reword({ seq }, { language, translation }, own, thread, around) {
    if (!thread.rewording.has(seq)) {
      if (!this.editor) return;
      const within = this.editor.element.contains(document.activeElement);
      this.editor.element.remove();
      this.editor = null;
      if (within) this.note.querySelector("button")?.focus({ preventScroll: true });
      return;
    }
    if (this.editor) return;
    this.editor = new WordingEditor({
      language, limit: around.limit, label: editorLabel(own, language),
      text: around.begun(seq) || translation?.text || "",
      typed: (text) => around.begin(seq, text),
      save: (text) => around.correct(seq, language, text),
      cancel: () => around.reword(seq),
    });
    this.element.append(this.editor.element);
    this.editor.focus();
    this.editor.element.scrollIntoView({ block: "nearest" });
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
