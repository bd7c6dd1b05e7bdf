// What stands in the list: days, notices and messages with their place in a group. Pure; the list only draws it.

import { translationFor } from "../lib/events.js";

/** @import {Row, Source} from "./types" */

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
