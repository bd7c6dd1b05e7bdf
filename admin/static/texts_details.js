// What goes with a text besides its wordings: the shortcut of a canned response, what a question asks for.

import { t } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";

/**
 * @typedef {import("./texts_types").Text} Text
 * @typedef {import("./texts_types").Edit} Edit
 */

export const shortcutHelp = () => t("What agents type after the slash: small letters, digits and hyphens.");

/** @param {Text} text @param {Edit | undefined} edit @param {number} longest shortcut @param {(more: Partial<Edit>) => void} changed */
export function drawDetails(text, edit, longest, changed) {
  const place = byId("details");
  place.hidden = text.kind !== "canned" && text.kind !== "question";
  place.replaceChildren();
  if (text.kind === "canned") {
    const field = el("input", {
      id: "shortcut", type: "text", dir: "ltr", maxlength: longest, autocomplete: "off", spellcheck: "false", autocapitalize: "off",
      "aria-describedby": "shortcut-help details-error", oninput: () => changed({ shortcut: field.value }),
    });
    field.value = edit?.shortcut ?? text.shortcut ?? "";
    place.append(el("label", { for: "shortcut" }, t("Shortcut")), field, el("p", { class: "help", id: "shortcut-help" }, shortcutHelp()));
  } else if (text.kind === "question") {
    const answer = el("select", { id: "answer", onchange: () => changed({ answer: answer.value === "email" ? "email" : "text" }) },
      el("option", { value: "text" }, t("Any line of text")), el("option", { value: "email" }, t("E-mail address")));
    answer.value = edit?.answer ?? text.answer;
    const required = el("input", { type: "checkbox", id: "required", onchange: () => changed({ required: required.checked }) });
    required.checked = edit?.required ?? text.required;
    place.append(el("label", { for: "answer" }, t("What it asks for")), answer,
      el("label", { class: "text-check" }, required, " ", t("It has to be answered")));
  }
  place.append(el("p", { class: "error", id: "details-error", role: "alert" }));
}
