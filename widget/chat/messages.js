// What stands in the list: `rowsOf` says it, purely: days, notices, messages with their place in a group. The rest draws it,
// one element a row: a message in the reader's language or as written, and under it the quiet line about it.

import { byId, make, makeFace, say } from "../lib/dom.js";
import { translationFor } from "../lib/events.js";
import { format, reader, t, tc } from "../lib/i18n.js";
import { showText } from "../lib/text.js";

/** @import {Context, Fate, ListOptions, MessageRow, Row, Source} from "./types" */

const GROUP = 5 * 60_000;

/** @param {Source} source @returns {Row[]} */
export function rowsOf({ items, outbox, language, receipts, dayOf }) {
  /** @type {Row[]} */
  const rows = [];
  const stored = new Set();
  let agent = "";
  for (const item of items) {
    const at = Date.parse(item.at);
    if (item.kind === "message") {
      const mine = item.author.kind === "visitor";
      if (mine) stored.add(item.client_id);
      rows.push({
        kind: "message", key: mine ? `m${item.client_id}` : `s${item.seq}`, mine, seq: item.seq, id: mine ? item.client_id ?? "" : "",
        author: item.author.name ?? "", text: item.text, language: item.language, at, first: true, last: true, problem: "",
        translation: mine ? null : translationFor(item, language),
        fate: !mine ? null : item.seq <= receipts.seen ? "seen" : item.seq <= receipts.delivered ? "delivered" : "sent",
      });
    } else if (item.kind === "assigned") {
      if (item.agent) rows.push({ kind: "notice", key: `s${item.seq}`, notice: "joined", name: item.agent.name });
      else if (agent) rows.push({ kind: "notice", key: `s${item.seq}`, notice: "left", name: agent });
      agent = item.agent?.name ?? "";
    } else if (item.kind === "state" && item.state === "closed") {
      rows.push({ kind: "notice", key: `s${item.seq}`, notice: "closed", name: "" });
    }
  }
  for (const entry of outbox) {
    if (stored.has(entry.client_id)) continue;
    rows.push({
      kind: "message", key: `m${entry.client_id}`, mine: true, seq: 0, id: entry.client_id, author: "", text: entry.text, language: entry.language,
      translation: null, at: entry.at, first: true, last: true, fate: entry.state, problem: entry.problem ?? "",
    });
  }
  return withFates(withGroups(withDays(rows, dayOf)));
}

/** @param {Row[]} rows @param {(at: number) => number} dayOf @returns {Row[]} */
function withDays(rows, dayOf) {
  /** @type {Row[]} */
  const out = [];
  let day = NaN;
  for (const row of rows) {
    if (row.kind === "message" && dayOf(row.at) !== day) {
      day = dayOf(row.at);
      // A notice just before the first message of a day belongs to it.
      const before = out.at(-1)?.kind === "notice" ? out.length - 1 : out.length;
      out.splice(before, 0, { kind: "day", key: `d${day}-${row.key}`, at: row.at });
    }
    out.push(row);
  }
  return out;
}

/** @param {Row[]} rows */
function withGroups(rows) {
  for (let at = 1; at < rows.length; at += 1) {
    const [one, two] = [rows[at - 1], rows[at]];
    if (one.kind !== "message" || two.kind !== "message") continue;
    if (one.mine === two.mine && one.author === two.author && two.at - one.at < GROUP && one.fate !== "failed") {
      one.last = false;
      two.first = false;
    }
  }
  return rows;
}

/** Only the last of one's own messages says how it fared; failed ones always do. @param {Row[]} rows */
function withFates(rows) {
  let shown = false;
  for (const row of [...rows].reverse()) {
    if (row.kind !== "message" || !row.mine || row.fate === "failed") continue;
    if (shown) row.fate = null;
    shown = true;
  }
  return rows;
}

export const closedWords = () => t("This conversation was closed. Write again whenever you like.");

/** @param {ListOptions} options */
export function createList(options) {
  const list = byId("list");
  /** @type {Map<string, {element: HTMLLIElement, drawn: string}>} */
  let known = new Map();
  /** @type {Set<number>} */
  const swapped = new Set();
  let allAsWritten = false;

  /** @type {Context} */
  const context = {
    get language() {
      return options.language;
    },
    avatarOf: options.avatarOf,
    retry: options.retry,
    remove: options.remove,
    asWritten: (seq) => swapped.has(seq) !== allAsWritten,
    swap(seq) {
      if (!swapped.delete(seq)) swapped.add(seq);
      options.redraw();
      const element = known.get(`s${seq}`)?.element;
      element?.querySelector("button")?.focus();
    },
  };

  /** @param {HTMLLIElement} element @param {Row} row */
  function draw(element, row) {
    if (row.kind === "message") {
      drawMessage(element, row, context);
    } else if (row.kind === "day") {
      element.className = "day";
      const days = format().daysFromNow(row.at, options.now());
      say(element, days === 0 ? t("Today") : days === -1 ? t("Yesterday") : format().day(row.at, options.now()));
    } else {
      element.className = "notice";
      const { name } = row;
      if (row.notice === "joined") say(element, t("{name} is answering you", { name }));
      else if (row.notice === "left") say(element, t("{name} left. Somebody else will answer you.", { name }));
      else say(element, closedWords());
    }
  }

  return {
    /** @param {readonly Row[]} rows */
    draw(rows) {
      const now = new Map();
      const manner = `${reader().locale} ${format().locale} ${options.language}`;
      let place = list.firstElementChild;
      for (const row of rows) {
        const written = row.kind === "message" && context.asWritten(row.seq);
        const drawn = JSON.stringify([manner, row, written, row.kind === "message" && !row.mine && context.avatarOf(row.author)]);
        const old = known.get(row.key);
        const element = old?.element ?? make("li");
        if (old?.drawn !== drawn) draw(element, row);
        now.set(row.key, { element, drawn });
        if (element === place) place = place.nextElementSibling;
        else list.insertBefore(element, place);
      }
      for (const [key, { element }] of known) if (!now.has(key)) element.remove();
      known = now;
    },

    /** Every message as written, or every one translated again. */
    swapAll() {
      allAsWritten = !allAsWritten;
      swapped.clear();
      options.redraw();
    },
  };
}

/** @param {HTMLLIElement} item filled anew @param {MessageRow} row @param {Context} context */
function drawMessage(item, row, context) {
  item.className = `message ${row.mine ? "mine" : "theirs"}${row.first ? " first" : ""}${row.last ? " last" : ""}`;
  item.classList.toggle("failed", row.fate === "failed");
  const { translation } = row;
  const translated = !!translation?.text && !context.asWritten(row.seq);
  const text = make("p");
  showText(text, translated ? translation.text ?? "" : row.text, translated ? context.language : row.language);

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
  const { by } = translation;
  // Written by a person, not by a machine.
  const how = by ? t("Translated by {name}", { name: by.name }) : t("Translated from {language}", name);
  const swap = quiet(translated ? t("Show original") : t("Show translation"), () => context.swap(seq));
  swap.setAttribute("aria-keyshortcuts", "O");
  swap.title = t("Press O for all messages");
  return [make("span", {}, translated ? how : t("Written in {language}", name)), swap];
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
    make("span", { className: "failed problem", textContent: problem }),
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
