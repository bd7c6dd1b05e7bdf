// A line at the foot of a page about what was just done, with the way back.

import { t } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";

const SHOWN = 10_000;

/** @type {any} */
let timer = null;

/** @param {string} text @param {(() => unknown) | null} [undo] */
export function done(text, undo = null) {
  const place = byId("undo");
  const line = el("div", { class: "undo-line" }, el("span", {}, text),
    undo ? el("button", { type: "button", class: "link", onclick: () => (hide(), undo()) }, t("Undo")) : null);
  place.replaceChildren(line);
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(hide, SHOWN);
  };
  // Nobody has to hurry to reach a button.
  for (const type of ["pointerenter", "focusin"]) line.addEventListener(type, () => clearTimeout(timer));
  for (const type of ["pointerleave", "focusout"]) line.addEventListener(type, wait);
  wait();
}

function hide() {
  clearTimeout(timer);
  byId("undo").replaceChildren();
}
