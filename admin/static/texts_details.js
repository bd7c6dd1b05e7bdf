// What goes with a text besides its wordings: the shortcut of a canned response, what a question asks for.

import { t } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";

/**
 * @typedef {import("./texts_types").Text} Text
 * @typedef {import("./texts_types").Edit} Edit
 */

export const shortcutHelp = () => t("What agents type after the slash: small letters, digits and hyphens.");

/**
 * @param {Text["kind"]} kind @param {number} longest shortcut @param {(more: Partial<Edit>) => void} changed
 * @returns {(text: Text, edit: Edit | undefined) => void} shows what there is, and leaves alone what is there already
 */
export function drawDetails(kind, longest, changed) {
  const place = byId("details");
  place.hidden = kind !== "canned" && kind !== "question";
  place.replaceChildren();
  /** @type {(text: Text, edit: Edit | undefined) => void} */
  let show = () => {};
  if (kind === "canned") {
    const field = el("input", {
      id: "shortcut", type: "text", dir: "ltr", maxlength: longest, autocomplete: "off", spellcheck: "false", autocapitalize: "off",
      "aria-describedby": "shortcut-help details-error", oninput: () => changed({ shortcut: field.value }),
    });
    show = (text, edit) => {
      const shortcut = edit?.shortcut ?? text.shortcut ?? "";
      // Writing what is there already would move the cursor.
      if (field.value !== shortcut) field.value = shortcut;
    };
    place.append(el("label", { for: "shortcut" }, t("Shortcut")), field, el("p", { class: "help", id: "shortcut-help" }, shortcutHelp()));
  } else if (kind === "question") {
    const answer = el("select", { id: "answer", onchange: () => changed({ answer: answer.value === "email" ? "email" : "text" }) },
      el("option", { value: "text" }, t("Any line of text")), el("option", { value: "email" }, t("E-mail address")));
    const required = el("input", { type: "checkbox", id: "required", onchange: () => changed({ required: required.checked }) });
    show = (text, edit) => {
      answer.value = edit?.answer ?? text.answer;
      required.checked = edit?.required ?? text.required;
    };
    place.append(el("label", { for: "answer" }, t("What it asks for")), answer,
      el("label", { class: "text-check" }, required, " ", t("It has to be answered")));
  }
  place.append(el("p", { class: "error", id: "details-error", role: "alert" }));
  return show;
}
