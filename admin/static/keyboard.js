// Carries out shortcuts, and lists them.

import { t } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";
import { commandFor, takesText } from "./shortcuts.js";

/** @typedef {import("./shortcuts.js").Command} Command */

/** How keys are written on this machine. */
const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);
const PALETTE_KEYS = MAC ? "⌘ K" : "Ctrl K";
export const PREVIEW_KEYS = MAC ? "⌘ ⇧ Enter" : "Ctrl Shift Enter";

/** @param {Partial<Record<Command, () => unknown>>} commands */
export function listenToKeys(commands) {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    const command = commandFor(event, takesText(event.target) ? "field" : "page");
    if (!command || !commands[command]) return;
    const dialog = document.querySelector("dialog[open]");
    // An open dialog has the keyboard; Escape closes it by itself.
    if (dialog && !(command === "palette" && dialog.id === "palette")) return;
    event.preventDefault();
    commands[command]();
  });
}

export class Help {
  constructor() {
    this.dialog = /** @type {HTMLDialogElement} */ (byId("help"));
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
  }

  show() {
    byId("help-list").replaceChildren(...shortcuts().map(([keys, text]) =>
      el("div", {}, el("dt", {}, ...keys.split(", ").map((key) => el("kbd", {}, key))), el("dd", {}, text))));
    this.dialog.showModal();
  }
}

/** @returns {[string, string][]} */
function shortcuts() {
  return [
    ["J, K", t("Next and previous conversation")],
    ["Enter", t("Open the conversation")],
    ["R", t("Write an answer")],
    ["C", t("Insert a canned response")],
    [PREVIEW_KEYS, t("See what the visitor will read")],
    ["A", t("Accept an offer, or take this conversation")],
    ["D", t("Decline an offer")],
    ["T", t("Hand this conversation on")],
    ["S", t("Your availability")],
    ["E", t("Close this conversation")],
    ["O", t("Originals or translations")],
    ["W", t("Mark a translation as wrong")],
    ["G", t("The glossary (admins)")],
    ["Z", t("Undo what was done last")],
    ["I", t("About the visitor")],
    ["1, 2, 3, 4", t("Go to Mine, Waiting, Others’ or Closed")],
    ["/", t("Filter conversations")],
    [PALETTE_KEYS, t("Search and commands")],
    ["Esc", t("Leave the field, then the conversation")],
    ["?", t("Show these shortcuts")],
  ];
}
