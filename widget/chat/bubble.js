// One message: its text in the reader's language or as written, and under it the quiet lines about it.

import { makeFace } from "../lib/face.js";
import { format, t, tc } from "../lib/i18n.js";
import { showText } from "../lib/text.js";
import { make } from "./dom.js";

/**
 * @typedef {import("./rows.js").MessageRow} MessageRow
 * @typedef {object} Context
 * @property {string} language the reader's
 * @property {(name: string) => string} avatarOf
 * @property {(seq: number) => boolean} asWritten whether the reader asked for the original
 * @property {(seq: number) => void} swap
 * @property {(id: string) => void} retry
 * @property {(id: string) => void} remove
 */

/** @param {HTMLLIElement} item filled anew @param {MessageRow} row @param {Context} context */
export function drawMessage(item, row, context) {
  item.className = `message ${row.mine ? "mine" : "theirs"}${row.first ? " first" : ""}${row.last ? " last" : ""}`;
  item.classList.toggle("failed", row.fate === "failed");
  // The element of the text stays, so that a selection and a place in it survive.
  const text = item.querySelector("p") ?? make("p");
  const original = context.asWritten(row.seq);
  const { translation } = row;
  const translated = translation?.status === "done" && translation.text !== null && !original;
  showText(text, translated ? translation.text ?? "" : row.text, translated ? context.language : row.language);

  const bubble = make("div", { className: "bubble" }, text);
  bubble.classList.toggle("pending", translation?.status === "pending");
  const parts = [];
  if (!row.mine && row.first) parts.push(make("span", { className: "author", dir: "auto", textContent: row.author }));
  parts.push(bubble, ...notes(row, context, translated));
  item.replaceChildren(...parts);
  if (!row.mine && row.last) item.append(makeFace({ name: row.author, avatar: context.avatarOf(row.author) }));
}

/** @param {MessageRow} row @param {Context} context @param {boolean} translated */
function notes(row, context, translated) {
  const line = make("div", { className: "note" });
  const language = format().language(row.language);
  if (row.translation?.status === "pending") {
    line.append(t("Translating…"));
  } else if (row.translation?.status === "failed") {
    line.append(t("Not translated: this is the original"));
  } else if (row.translation) {
    const label = translated ? t("Show original") : t("Show translation");
    const swap = make("button", { type: "button", className: "quiet", textContent: label, onclick: () => context.swap(row.seq) });
    swap.setAttribute("aria-keyshortcuts", "O");
    swap.title = t("Press O for all messages");
    line.append(make("span", {}, translated ? t("Translated from {language}", { language }) : t("Written in {language}", { language })), swap);
  }
  if (row.last || row.fate) {
    const time = make("time", { textContent: format().time(row.at), dateTime: new Date(row.at).toISOString(), title: format().full(row.at) });
    const words = row.fate && fateWords(row.fate);
    const last = make("div", { className: "note when" }, time);
    if (words) last.append(make("span", { className: `fate ${row.fate}`, textContent: words }));
    if (row.fate === "failed") last.append(...failure(row, context));
    return line.hasChildNodes() ? [line, last] : [last];
  }
  return line.hasChildNodes() ? [line] : [];
}

/** @param {import("./rows.js").Fate} fate */
function fateWords(fate) {
  switch (fate) {
    case "sending":
      return t("Sending…");
    case "sent":
      return tc("message", "Sent");
    case "delivered":
      return tc("message", "Delivered");
    case "seen":
      return tc("message", "Seen");
    case "failed":
      return t("Not sent.");
  }
}

/** @param {MessageRow} row @param {Context} context */
function failure(row, context) {
  /** @param {string} textContent @param {() => void} onclick */
  const action = (textContent, onclick) => make("button", { type: "button", className: "quiet", textContent, onclick });
  return [
    action(t("Try again"), () => context.retry(row.id)),
    action(tc("message", "Delete"), () => context.remove(row.id)),
    make("span", { className: "problem", dir: "auto", textContent: row.problem }),
  ];
}
