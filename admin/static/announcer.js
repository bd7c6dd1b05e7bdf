// Says a visitor's new message to a screen reader: in the reader's language, so once its translation is there.

import { t } from "../../widget/lib/i18n.js";
import { byId, setText } from "./dom.js";
import { readingOf } from "./reading.js";
import { visitorName } from "./wording.js";

/**
 * @typedef {import("../../widget/lib/protocol").ConversationEvent} ConversationEvent
 * @typedef {import("./thread.js").Thread} Thread
 */

export class Announcer {
  constructor() {
    /** @type {Set<string>} messages that wait for their translation */
    this.waiting = new Set();
  }

  /** @param {Thread} thread the one on show @param {ConversationEvent} event @param {string} language the reader's */
  hear(thread, event, language) {
    const seq = event.kind === "translation" ? event.message : event.seq;
    const key = `${thread.id} ${seq}`;
    if (event.kind === "translation" ? !this.waiting.delete(key) : event.kind !== "message") return;
    const message = thread.log.items.find((item) => item.seq === seq);
    if (message?.kind !== "message" || message.author.kind !== "visitor" || !thread.visitor) return;
    const reading = readingOf(message, language);
    if (reading.kind === "pending") {
      this.waiting.add(key);
      return;
    }
    const text = reading.kind === "translated" ? reading.translation?.text ?? message.text : message.text;
    this.say(t("{name} writes: {text}", { name: visitorName(thread.visitor), text }));
  }

  /** @param {string} text */
  say(text) {
    setText(byId("announcer"), text);
  }
}
