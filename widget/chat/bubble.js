// One message: its text in the reader's language or as written, and under it the quiet lines about it.

import { format, t, tc } from "../lib/i18n.js";
import { showText } from "../lib/text.js";
import { make, makeFace } from "../lib/dom.js";

/** @import {Context, Fate, MessageRow} from "./types" */

/** @param {HTMLLIElement} item filled anew @param {MessageRow} row @param {Context} context */
export function drawMessage(item, row, context) {
  item.className = `message ${row.mine ? "mine" : "theirs"}${row.first ? " first" : ""}${row.last ? " last" : ""}`;
  item.classList.toggle("failed", row.fate === "failed");
  const { translation } = row;
  const translated = translation?.status === "done" && translation.text !== null && !context.asWritten(row.seq);
  const text = make("p");
  showText(text, (translated && translation.text) || row.text, translated ? context.language : row.language);

  const bubble = make("div", { className: "bubble" }, text);
  bubble.classList.toggle("pending", translation?.status === "pending");
  if (!row.mine && row.last) bubble.append(makeFace({ name: row.author, avatar: context.avatarOf(row.author) }));
  item.replaceChildren(bubble);
  if (!row.mine && row.first) item.prepend(make("span", { className: "author", dir: "auto", textContent: row.author }));
  const parts = [...aboutTranslation(row, context, translated), ...aboutSending(row, context)];
  if (parts.length) item.append(make("div", { className: "note" }, ...parts));
}

/** @param {MessageRow} row @param {Context} context @param {boolean} translated */
function aboutTranslation({ translation, language, seq }, context, translated) {
  if (!translation) return [];
  if (translation.status === "pending") return [t("Translating…")];
  if (translation.status === "failed") return [t("Not translated: this is the original")];
  const name = { language: format().language(language) };
  const swap = quiet(translated ? t("Show original") : t("Show translation"), () => context.swap(seq));
  swap.setAttribute("aria-keyshortcuts", "O");
  swap.title = t("Press O for all messages");
  return [make("span", {}, translated ? t("Translated from {language}", name) : t("Written in {language}", name)), swap];
}

/** @param {MessageRow} row @param {Context} context */
function aboutSending({ fate, last, at, id, problem }, context) {
  if (!last && !fate) return [];
  const time = make("time", { textContent: format().time(at), dateTime: new Date(at).toISOString(), title: format().full(at) });
  if (!fate) return [time];
  const words = make("span", { className: fate, textContent: fateWords(fate) });
  if (fate !== "failed") return [time, words];
  return [
    words,
    quiet(t("Try again"), () => context.retry(id)),
    quiet(tc("message", "Delete"), () => context.remove(id)),
    make("span", { className: "failed problem", dir: "auto", textContent: problem }),
  ];
}

/** @param {string} textContent @param {() => void} onclick */
const quiet = (textContent, onclick) => make("button", { type: "button", className: "quiet", textContent, onclick });

/** @param {Fate} fate */
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
