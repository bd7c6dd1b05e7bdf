// Where the agent writes. What was typed is never lost: not by an error, a lost connection or a reload.

import { format, t, tn } from "../../widget/lib/i18n.js";
import { lengthOf } from "../../widget/lib/text.js";
import { leftIn } from "./canned.js";
import { CannedList } from "./canned_list.js";
import { byId, setText } from "./dom.js";
import { PreviewView } from "./preview_view.js";
import { sameLanguage } from "./reading.js";
import { sends } from "./shortcuts.js";

/** @typedef {import("./inbox.js").Inbox} Inbox */

/** The count of characters appears when this many or fewer are left. */
const FEW_LEFT = 500;

export class Composer {
  /** @param {Inbox} inbox @param {import("./preview.js").Preview} preview @param {string} workspace its name @param {() => void} sent */
  constructor(inbox, preview, workspace, sent) {
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
    this.refusal = "";
    /** The message with an open placeholder that the agent was asked about. */
    this.questioned = "";
    // First, so that its keys are not taken for those that send.
    this.canned = new CannedList(inbox, workspace, this.field);

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
      this.refusal = "";
      this.#grow();
    }
    const language = (thread.visitor ?? summary?.visitor)?.language;
    const foreign = language && !sameLanguage(language, me.language);
    setText(byId("composer-hint"), this.#hint(foreign ? language : null));
    this.#problems();
    this.preview.check();
    this.view.render();
  }

  /** What becomes of the answer. @param {string | null} tag the visitor's language, where it is another than the agent's */
  #hint(tag) {
    const { preview } = this;
    if (preview.foreign) return t("This wording is in {language}. Put it into your language before you send it.", { language: format().language(preview.foreign) });
    if (!tag) return "";
    const language = format().language(tag);
    if (preview.wording && !preview.open) return t("Your own translation goes along.");
    if (preview.approved && !preview.wording) return t("Goes out in the approved wording in {language}.", { language });
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
      this.refusal = tn(
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
    const open = leftIn(text) || leftIn(translation?.text ?? "");
    if (open && this.questioned !== text) {
      this.questioned = text;
      this.refusal = t("{placeholder} still stands in the message. Put in what belongs there, or send it as it is.", { placeholder: open });
      this.#problems();
      const at = this.field.value.indexOf(open);
      if (at >= 0) this.field.setSelectionRange(at, at + open.length);
      this.field.focus();
      return;
    }
    this.questioned = "";
    this.field.value = "";
    this.inbox.send(text, translation);
    this.#grow();
    this.#count();
    this.sent();
  }

  #typed() {
    if (!this.conversation) return;
    this.refusal = "";
    this.inbox.draft(this.field.value);
    this.#grow();
    this.#problems();
    this.inbox.touch("composer");
  }

  #problems() {
    const refused = this.refusal || (this.conversation ? this.inbox.refusals.get(this.conversation) ?? "" : "");
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
