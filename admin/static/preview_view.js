// Below the composer: what the visitor will read, what that says translated back, and what there is to doubt about it.

import { format, t, tn } from "../../widget/lib/i18n.js";
import { lengthOf, showText } from "../../widget/lib/text.js";
import { byId, el, icon, setText } from "./dom.js";
import { flagSentences, pathWords, reasonSentence } from "./explanations.js";
import { sends } from "./shortcuts.js";

/** @typedef {import("./preview.js").Preview} Preview */

export class PreviewView {
  /** @param {Preview} preview @param {() => void} submit */
  constructor(preview, submit) {
    this.preview = preview;
    this.panel = byId("preview");
    this.toggle = byId("preview-toggle");
    this.field = /** @type {HTMLTextAreaElement} */ (byId("wording"));
    this.status = byId("preview-status");
    this.warnings = byId("preview-warnings");
    this.problem = byId("wording-error");
    this.back = byId("preview-back");
    this.toggle.addEventListener("click", () => preview.toggle());
    byId("preview-close").addEventListener("click", () => this.close());
    byId("preview-machine").addEventListener("click", () => {
      preview.reword(null);
      this.field.focus();
    });
    byId("preview-keep").addEventListener("click", () => {
      preview.reword(preview.answer?.translation ?? null);
      this.field.focus();
    });
    this.field.addEventListener("input", () => preview.reword(this.field.value));
    this.field.addEventListener("keydown", (event) => {
      if (!sends(event)) return;
      event.preventDefault();
      submit();
    });
  }

  /** Gives the keyboard back to where one writes. */
  close() {
    const within = this.panel.contains(document.activeElement);
    this.preview.close();
    if (within) byId("reply").focus();
  }

  /** Why the message did not go yet. */
  explain() {
    if (this.preview.fault) this.field.focus();
  }

  render() {
    const { preview } = this;
    const { language, open } = preview;
    this.toggle.hidden = !language;
    this.panel.hidden = !open || !language;
    this.toggle.setAttribute("aria-expanded", String(!this.panel.hidden));
    if (this.panel.hidden || !language) return;
    const { standing, answer, wording, approved, ready, stale, fault, outdated } = preview;

    const shown = ready?.text ?? answer?.translation ?? "";
    const editable = standing !== "empty" && (ready !== null || answer?.translation != null);
    const nothing = standing === "ready" && answer?.engine === "none" && !ready;
    byId("preview-theirs").hidden = !editable || nothing;
    setText(byId("wording-label"), approved && !wording
      ? t("The visitor reads in {language}, in the approved wording", { language: format().language(language) })
      : t("The visitor reads in {language}", { language: format().language(language) }));
    if (this.field.value !== shown) this.field.value = shown;
    this.field.lang = language;
    this.field.dir = "auto";
    this.field.setAttribute("aria-invalid", String(fault !== ""));
    this.#grow();
    setText(this.problem, this.#fault(fault, wording?.text ?? ""));
    this.problem.hidden = !fault;
    byId("preview-own").hidden = !wording;
    byId("preview-edit").hidden = wording !== null;
    byId("preview-keep").hidden = Boolean(ready) || standing !== "ready" || !answer?.doubtful;

    this.panel.classList.toggle("pending", standing === "working");
    this.panel.classList.toggle("stale", standing === "working" && stale && !ready);
    this.panel.setAttribute("aria-busy", String(standing === "working"));
    const current = standing === "ready" && !fault;
    // While another is made, the one before stays to be seen, greyed.
    this.#back((current || (standing === "working" && stale)) && !nothing);
    this.#say(standing, nothing, language);
    this.#warn(current && !ready ? answer : null, outdated);
    const path = standing === "ready" && !ready && answer ? answer.path : [];
    setText(byId("preview-path"), path.length ? pathWords(path) : "");
  }

  /** @param {boolean} visible */
  #back(visible) {
    const { answer } = this.preview;
    const { me } = this.preview.inbox;
    const told = answer?.back != null || answer?.back_reason != null;
    this.back.hidden = !visible || !told;
    if (this.back.hidden || !answer) return;
    if (answer.back !== null) showText(byId("preview-back-text"), answer.back, me.language);
    else {
      const place = byId("preview-back-text");
      place.removeAttribute("lang");
      place.dir = "";
      setText(place, t("It can’t be translated back. {reason}", { reason: reasonSentence(answer.back_reason, answer.language ?? "", me.language) }));
    }
  }

  /** @param {import("./preview.js").Standing} standing @param {boolean} nothing @param {string} language */
  #say(standing, nothing, language) {
    const { answer, problem, ready, inbox } = this.preview;
    let words = "";
    if (standing === "empty") words = t("Write something, and see here what the visitor will read.");
    else if (standing === "long") words = t("Shorten the message to see its translation.");
    else if (standing === "working" && !ready) words = t("Translating…");
    else if (standing === "working") words = t("Translating back…");
    else if (standing === "problem") words = problem === "offline" ? t("No connection at the moment. The preview comes back with it.") : problem;
    else if (nothing) words = t("There is nothing to translate: the visitor reads what you wrote.");
    else if (standing === "failed") {
      words = `${t("The visitor will read your original.")} ${reasonSentence(answer?.reason ?? null, inbox.me.language, language)}`;
    }
    // What is ready can be read; a screen reader is told that it is.
    const quiet = words === "";
    this.status.classList.toggle("visually-hidden", quiet);
    this.status.classList.toggle("warn", standing === "failed" || standing === "problem");
    setText(this.status, quiet ? t("The preview is up to date.") : words);
  }

  /** @param {import("./types").PreviewAnswer | null} answer the machine's, of the text as it is @param {boolean} outdated */
  #warn(answer, outdated) {
    const doubtful = answer?.doubtful ?? false;
    const sentences = flagSentences((answer?.flags ?? []).filter((flag) => flag !== "unchanged"));
    /** @type {[string, boolean][]} a sentence, and whether it is a warning */
    const lines = sentences.map((sentence) => [sentence, doubtful]);
    if (doubtful) lines.unshift([t("This translation looks doubtful. Sent as it is, the visitor reads your original instead."), true]);
    if (outdated) lines.unshift([t("Your message has changed since you wrote this translation. Check it, then send again."), true]);
    const key = JSON.stringify(lines);
    if (this.warnings.dataset.shown === key) return;
    this.warnings.dataset.shown = key;
    this.warnings.hidden = !lines.length;
    this.warnings.replaceChildren(...lines.map(([sentence, warns]) =>
      el("li", { class: warns ? "warn" : "" }, warns ? icon("alert") : null, el("span", {}, sentence))));
  }

  /** @param {string} fault @param {string} text */
  #fault(fault, text) {
    if (fault === "empty") return t("The translation is empty. Write one, or take the translator’s.");
    if (!fault) return "";
    const over = lengthOf(text) - this.preview.inbox.limits.text;
    return tn("{n} character too many. Shorten the translation.", "{n} characters too many. Shorten the translation.", over);
  }

  /** Browsers that know `field-sizing` need no help. */
  #grow() {
    if (CSS.supports("field-sizing", "content")) return;
    this.field.style.blockSize = "auto";
    this.field.style.blockSize = `${this.field.scrollHeight}px`;
  }
}
