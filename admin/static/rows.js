// What a conversation shows from top to bottom: its items, days between them, and what is still on its way.

import { sameLanguage } from "./reading.js";
import { RoutingLines } from "./routing_lines.js";

/**
 * @typedef {import("../../widget/lib/protocol").Item} Item
 * @typedef {import("../../widget/lib/protocol").MessageEvent} Message
 * @typedef {import("./types").Outgoing} Outgoing
 *
 * @typedef {{key: string, kind: "day", at: string}} DayRow
 * @typedef {{key: string, kind: "new"}} NewRow
 * @typedef {{key: string, kind: "message", message: Message, first: boolean, last: boolean}} MessageRow
 *   first/last: of the messages that one author wrote in a row
 * @typedef {{key: string, kind: "line", item: Exclude<Item, Message>}} LineRow
 * @typedef {{key: string, kind: "outgoing", outgoing: Outgoing}} OutgoingRow
 * @typedef {DayRow | NewRow | MessageRow | LineRow | OutgoingRow} Row
 */

/** A pause after which the author's name is shown again. */
const PAUSE = 5 * 60_000;

/**
 * @param {readonly Item[]} items oldest first
 * @param {readonly Outgoing[]} outgoing of this conversation
 * @param {object} options
 * @param {(at: string) => string} options.dayOf names the reader's calendar day of an instant
 * @param {number} options.unreadAfter the visitor's messages after this seq are new; 0 marks none
 * @param {string} options.me the agent's id
 * @returns {Row[]}
 */
export function rowsOf(items, outgoing, { dayOf, unreadAfter, me }) {
  /** @type {Row[]} */
  const rows = [];
  const arrived = new Set();
  let day = "";
  let marked = unreadAfter === 0;
  /** @type {MessageRow | null} */
  let previous = null;

  for (const item of withoutEchoes(items)) {
    const today = dayOf(item.at);
    if (today !== day) {
      day = today;
      rows.push({ key: `day-${today}`, kind: "day", at: item.at });
      previous = null;
    }
    if (item.kind !== "message") {
      rows.push({ key: `line-${item.seq}`, kind: "line", item });
      previous = null;
      continue;
    }
    if (!marked && item.seq > unreadAfter && item.author.kind === "visitor") {
      marked = true;
      // Where everything is new, nothing has to be told apart.
      if (rows.some((row) => row.kind === "message")) {
        rows.push({ key: "new", kind: "new" });
        previous = null;
      }
    }
    if (item.author.id === me && item.client_id) arrived.add(item.client_id);
    /** @type {boolean} */
    const follows = previous !== null && continues(previous.message, item);
    if (follows && previous) previous.last = false;
    // An own message keeps the key of its outgoing row, so that it stays in place when it arrives.
    const key = item.author.id === me && item.client_id ? `own-${item.client_id}` : `message-${item.seq}`;
    previous = { key, kind: "message", message: item, first: !follows, last: true };
    rows.push(previous);
  }
  for (const waiting of outgoing) {
    if (!arrived.has(waiting.client_id)) rows.push({ key: `own-${waiting.client_id}`, kind: "outgoing", outgoing: waiting });
  }
  return rows;
}

/**
 * Leaves out lines that say nothing new: queued at the start, assigned with its state, given back by nobody, a
 * language chosen that was the language already, what routing does while all goes well.
 * @param {readonly Item[]} items
 */
function withoutEchoes(items) {
  let language = "";
  let closed = false;
  let returned = false;
  /** @type {string | null | undefined} undefined: not known, since older events are not loaded */
  let agent = items[0]?.seq === 1 ? null : undefined;
  const routing = new RoutingLines();
  return items.filter((item) => {
    const shown = routing.shows(item);
    if (item.kind === "message") {
      if (item.author.kind === "visitor") language = item.language;
      returned = false;
      return true;
    }
    if (item.kind === "language") {
      const changed = !sameLanguage(item.language, language);
      language = item.language;
      return changed;
    }
    if (item.kind === "state") {
      const reopened = closed && item.state !== "closed";
      closed = item.state === "closed";
      returned = reopened && item.by?.kind !== "agent";
      return closed || reopened;
    }
    if (item.kind !== "assigned") return shown;
    const before = agent;
    agent = item.agent?.id ?? null;
    return shown && agent !== before && !((closed || returned) && agent === null);
  });
}

/** @param {Message} before @param {Message} after */
function continues(before, after) {
  const pause = Date.parse(after.at) - Date.parse(before.at);
  return before.author.kind === after.author.kind && before.author.id === after.author.id && pause < PAUSE;
}
