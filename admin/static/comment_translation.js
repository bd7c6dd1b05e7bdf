// A visitor's comment, in the agent's language and back again at a press.

import { t } from "../../widget/lib/i18n.js";
import { showText } from "../../widget/lib/text.js";
import { call, messageOf } from "./calls.js";
import { setText } from "./dom.js";
import { reasonSentence } from "./explanations.js";

/**
 * Makes a button translate a comment.
 * @param {HTMLButtonElement} button @param {HTMLElement} place where the comment stands
 * @param {{text: string, language: string}} comment @param {string} reader the agent's language
 * @param {HTMLElement} problem where it is said why there is no translation
 */
export function translatesComment(button, place, comment, reader, problem) {
  /** @type {string | null} once it is there, it is not asked for again */
  let translated = null;
  let shown = false;

  const render = () => {
    if (shown && translated !== null) showText(place, translated, reader);
    else showText(place, comment.text, comment.language);
    setText(button, shown ? t("Show original") : t("Translate"));
  };
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-busy") === "true") return;
    setText(problem, "");
    if (translated === null) {
      button.setAttribute("aria-busy", "true");
      setText(button, t("Translating…"));
      try {
        const answer = await call("/api/agent/translation", comment);
        translated = answer.text;
        if (translated === null) setText(problem, reasonSentence(answer.reason, comment.language, reader));
      } catch (error) {
        setText(problem, messageOf(error));
      }
      button.removeAttribute("aria-busy");
    }
    shown = translated !== null && !shown;
    render();
  });
}
