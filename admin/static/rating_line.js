// What a visitor said when it was over, among the messages of the console.

import { t } from "../../widget/lib/i18n.js";
import { showText } from "../../widget/lib/text.js";
import { translatesComment } from "./comment_translation.js";
import { el } from "./dom.js";
import { sameLanguage } from "./reading.js";

/** @typedef {import("../../widget/lib/protocol").RatedEvent} RatedEvent */

const MARKS = [1, 2, 3, 4, 5];

/** The score as a picture; what it means is said beside it. @param {number} score */
export function marks(score) {
  return el("span", { class: `marks marks-${score}`, "aria-hidden": "true" },
    ...MARKS.map((mark) => el("i", { class: mark <= score ? "full" : null })));
}

/** The comment with a way to read it. @param {RatedEvent} event @param {string} reader the agent's language @returns {HTMLElement | null} */
export function ratingComment({ comment, language }, reader) {
  if (!comment) return null;
  const place = el("p", { class: "rating-text" });
  showText(place, comment, language);
  if (sameLanguage(language, reader)) return el("div", { class: "line-note rating-note" }, place);
  const button = /** @type {HTMLButtonElement} */ (el("button", { type: "button", class: "link" }));
  const problem = el("span", { class: "error", role: "status" });
  button.textContent = t("Translate");
  translatesComment(button, place, { text: comment, language }, reader, problem);
  return el("div", { class: "line-note rating-note" }, place, el("p", { class: "rating-under" }, button, " ", problem));
}
