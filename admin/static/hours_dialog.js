// A small window over the editor with a form in it.

import { t } from "../../widget/lib/i18n.js";
import { el } from "./dom.js";

/**
 * @param {{title: string, body: (Node | string | null)[], done: string, more?: (Node | null)[], onDone: () => boolean | void}} options
 *   `onDone` gives false to stay open
 * @returns {{element: HTMLDialogElement, close: () => void}}
 */
export function openDialog({ title, body, done, more = [], onDone }) {
  const back = document.activeElement;
  const dialog = el("dialog", { class: "hours-dialog", "aria-label": title, onclose: () => {
    dialog.remove();
    if (back instanceof HTMLElement && back.isConnected) back.focus();
  } });
  const close = () => dialog.close();
  dialog.append(el("form", { novalidate: true, onsubmit: (/** @type {Event} */ event) => {
    event.preventDefault();
    if (onDone() !== false) close();
  } },
    el("h2", {}, title), ...body.filter((one) => one !== null),
    el("div", { class: "hours-dialog-foot" },
      el("button", { type: "submit", class: "button button-primary" }, done),
      el("button", { type: "button", class: "button", onclick: close }, t("Cancel")),
      ...more)));
  document.body.append(dialog);
  dialog.showModal();
  return { element: dialog, close };
}
