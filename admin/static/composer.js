// Where the agent writes. What was typed is never lost: not by an error, a lost connection or a reload.

import { format, t, tn } from "../../widget/lib/i18n.js";
import { lengthOf } from "../../widget/lib/text.js";
import { byId, setText } from "./dom.js";
import { PreviewView } from "./preview_view.js";
import { sameLanguage } from "./reading.js";
import { sends } from "./shortcuts.js";

/** @typedef {import("./inbox.js").Inbox} Inbox */

/** The count of characters appears when this many or fewer are left. */
const FEW_LEFT = 500;

export class Composer {
  /** @param {Inbox} inbox @param {import("./preview.js").Preview} preview @param {() => void} sent */
  constructor(inbox, preview, sent) {
    this.inbox = inbox;
    this.preview = preview;
    this.view = new PreviewView(preview, () => this.submit());
    this.sent = sent;
    this.form = /** @type {HTMLFormElement} */ (byId("composer"));
    this.field = /** @type {HTMLTextAreaElement} */ (byId("reply"));
    this.problem = byId("composer-error");
    /** @type {string | null} */
    this.conversation = null;
    /** A refusal of this page, which stays until the text changes. */
    this.tooLong = "";

    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener("keydown", (event) => {
      if (!sends(event)) return;
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener("input", () => this.#typed());
  }

  render() {
    const { thread, summary, me } = this.inbox;
    if (!thread) {
      this.conversation = null;
      return;
    }
    const closed = summary?.state === "closed";
    this.form.hidden = closed;
    byId("closed-bar").hidden = !closed;

    const draft = this.inbox.drafts.get(thread.id);
    // Another conversation, or a message that came back refused.
    if (this.conversation !== thread.id || this.field.value !== draft) {
      this.conversation = thread.id;
      this.field.value = draft;
      this.tooLong = "";
      this.#grow();
    }
    const language = (thread.visitor ?? summary?.visitor)?.language;
    const foreign = language && !sameLanguage(language, me.language);
    setText(byId("composer-hint"), foreign ? this.#hint(language) : "");
    this.#problems();
    this.preview.check();
    this.view.render();
  }

  /** What becomes of the answer. @param {string} tag the visitor's language */
  #hint(tag) {
    if (this.preview.wording && !this.preview.open) return t("Your own translation goes along.");
    const language = format().language(tag);
    return this.inbox.translates(tag)
      ? t("Write in your language. The visitor reads {language}.", { language })
      : t("Not translated into {language}: the visitor reads what you write.", { language });
  }

  focus() {
    this.field.focus();
  }

  submit() {
    const text = this.field.value.trim();
    if (!text || !this.conversation) return;
    const over = lengthOf(text) - this.inbox.limits.text;
    if (over > 0) {
      this.tooLong = tn(
        "{n} character too many. Shorten the message and send it again.",
        "{n} characters too many. Shorten the message and send it again.",
        over,
      );
      this.#problems();
      return;
    }
    if (!this.preview.mayGo()) {
      this.view.explain();
      return;
    }
    const translation = this.preview.toSend;
    this.field.value = "";
    this.inbox.send(text, translation);
    this.#grow();
    this.#count();
    this.sent();
  }

  #typed() {
    if (!this.conversation) return;
    this.tooLong = "";
    this.inbox.draft(this.field.value);
    this.#grow();
    this.#problems();
    this.inbox.touch("composer");
  }

  #problems() {
    const refused = this.tooLong || (this.conversation ? this.inbox.refusals.get(this.conversation) ?? "" : "");
    setText(this.problem, refused);
    this.problem.hidden = !refused;
    this.field.setAttribute("aria-invalid", String(Boolean(refused)));
    this.#count();
  }

  #count() {
    // An empty field shows its hint in the page's direction; a text finds its own.
    this.field.dir = this.field.value ? "auto" : document.documentElement.dir;
    const left = this.inbox.limits.text - lengthOf(this.field.value);
    const count = byId("composer-count");
    count.hidden = left > FEW_LEFT;
    if (left <= FEW_LEFT) setText(count, format().number(left));
    count.classList.toggle("over", left < 0);
  }

  /** Browsers that know `field-sizing` need no help. */
  #grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.field.style.blockSize = "auto";
    this.field.style.blockSize = `${this.field.scrollHeight}px`;
  }
}
