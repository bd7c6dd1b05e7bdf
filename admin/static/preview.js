// What the visitor would read of what is being written, without its looks: asked for while the preview is open, always of the text
// as it is now.

import { lengthOf } from "../../widget/lib/text.js";
import { approvedFor, heldIn } from "./canned.js";
import { sameLanguage } from "./reading.js";
import { RequestError } from "./requests.js";

/**
 * @typedef {import("./inbox.js").Inbox} Inbox
 * @typedef {import("./types").PreviewAnswer} PreviewAnswer
 * @typedef {import("./types").Wording} Wording
 *
 * @typedef {"empty" | "long" | "working" | "ready" | "failed" | "problem"} Standing
 *   failed: the translator said why; problem: there was no answer
 */

/** The text has to rest so long before it is translated anew. */
const REST = 350;

export class Preview {
  /** @param {Inbox} inbox */
  constructor(inbox) {
    this.inbox = inbox;
    this.open = false;
    /** @type {PreviewAnswer | null} the newest there is, of this text or of one before it */
    this.answer = null;
    this.answered = "";
    this.asked = "";
    this.wanted = "";
    /** Why there was no answer, in the agent's language. */
    this.problem = "";
    /** The message with an outdated wording that the agent was asked about. */
    this.questioned = "";
  }

  toggle() {
    this.open = !this.open;
    this.#forget();
    if (this.open) this.#ask(this.#key);
    this.inbox.touch("composer");
  }

  close() {
    if (this.open) this.toggle();
  }

  /** Something may have changed: the text, the wording, the conversation, its language, the connection. */
  check() {
    const key = this.#key;
    if (!this.open || key === this.wanted) return;
    this.wanted = key;
    // Of another conversation nothing may be left to be seen.
    if (this.answer?.conversation !== this.inbox.current) this.answer = null;
    this.inbox.surroundings.later(() => {
      if (this.open && key === this.wanted && key === this.#key) this.#ask(key);
    }, REST);
  }

  /** @returns {string | null} the visitor's language, if it is another one than the agent's */
  get language() {
    const { thread, summary, me } = this.inbox;
    const language = (thread?.visitor ?? summary?.visitor)?.language;
    return language && !sameLanguage(language, me.language) ? language : null;
  }

  get text() {
    return this.inbox.current ? this.inbox.drafts.get(this.inbox.current).trim() : "";
  }

  /** The agent's own translation of what is being written; null: the machine's is taken. */
  get wording() {
    const { current, drafts } = this.inbox;
    const wording = current ? drafts.wording(current) : null;
    return wording && this.language && this.text && sameLanguage(wording.language, this.language) ? wording : null;
  }

  /** The wording that people have approved for a canned response, as long as the message is that and nothing else. @returns {Wording | null} */
  get approved() {
    const { current, drafts } = this.inbox;
    const { language } = this;
    const canned = current ? drafts.canned(current) : null;
    if (!canned?.theirs || !language || !sameLanguage(canned.theirs.language, language)) return null;
    const text = approvedFor(canned, this.text);
    return text === null ? null : { language, text };
  }

  /** What need not be translated: the agent's own translation, else the approved one. @returns {Wording | null} */
  get ready() {
    return this.wording ?? this.approved;
  }

  /** The language of a canned response that is not in the agent's; "" where it is, and once it is another text. */
  get foreign() {
    const { current, drafts, me } = this.inbox;
    const canned = current ? drafts.canned(current) : null;
    if (!canned || this.approved || sameLanguage(canned.own.language, me.language)) return "";
    return heldIn(canned.own.text, this.text) ? canned.own.language : "";
  }

  /** Whether the message was changed after its wording was written. */
  get outdated() {
    return this.wording !== null && this.wording.of !== this.text;
  }

  /** @param {string | null} text null: the machine's again */
  reword(text) {
    const { current, drafts } = this.inbox;
    if (!current || !this.language) return;
    drafts.setWording(current, text === null ? null : { language: this.language, text, of: this.text });
    this.inbox.touch("composer");
  }

  /** What goes along with the message; null where nothing does. @returns {Wording | null} */
  get toSend() {
    const { ready } = this;
    return ready && { language: ready.language, text: ready.text.trim() };
  }

  /**
   * Whether the message may go with its wording. One that was written for another message goes only when it is sent a second
   * time, with the preview open.
   */
  mayGo() {
    if (!this.fault && (!this.outdated || this.questioned === this.#key)) return true;
    this.questioned = this.#key;
    if (!this.open) this.toggle();
    this.inbox.touch("composer");
    return false;
  }

  /** @returns {"" | "empty" | "long"} what keeps the wording from being sent */
  get fault() {
    if (!this.wording) return "";
    if (!this.wording.text.trim()) return "empty";
    return lengthOf(this.wording.text) > this.inbox.limits.text ? "long" : "";
  }

  /** @returns {Standing} */
  get standing() {
    if (!this.text) return "empty";
    if (lengthOf(this.text) > this.inbox.limits.text) return "long";
    if (this.fault) return "ready";
    if (this.problem) return "problem";
    if (this.asked !== "" || this.answered !== this.#key) return "working";
    return this.answer?.translation === null ? "failed" : "ready";
  }

  /** Whether what is shown is of an earlier text. */
  get stale() {
    return this.answer !== null && this.answered !== this.#key;
  }

  get #key() {
    const { current, connected } = this.inbox;
    return this.text && this.language ? JSON.stringify([current, this.language, this.text, this.ready?.text ?? null, connected]) : "";
  }

  #forget() {
    this.answer = null;
    this.answered = this.asked = this.wanted = this.problem = "";
  }

  /** @param {string} key */
  async #ask(key) {
    this.wanted = key;
    this.problem = "";
    const { text, ready, fault, inbox } = this;
    const { current } = inbox;
    if (!key || !current || fault || lengthOf(text) > inbox.limits.text) {
      this.asked = "";
      inbox.touch("composer");
      return;
    }
    this.asked = key;
    inbox.touch("composer");
    try {
      const answer = await inbox.ask("preview", current, { text, ...(ready && { translation: ready.text }) });
      if (this.asked !== key) return;
      this.answer = answer;
      this.answered = key;
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (this.asked !== key) return;
      this.problem = error.code === "offline" ? "offline" : error.message;
    }
    this.asked = "";
    inbox.touch("composer");
  }
}
