// One conversation as this page knows it: its events, who the visitor is, what was seen, and what is on its way.

import { addEarlier, apply, emptyLog, startFrom } from "../../widget/lib/events.js";

/**
 * @typedef {import("../../widget/lib/protocol").ConversationEvent} ConversationEvent
 * @typedef {import("../../widget/lib/protocol").MessageEvent} Message
 * @typedef {import("./types").Opened} Opened
 * @typedef {import("./types").Outgoing} Outgoing
 * @typedef {import("./types").Receipts} Receipts
 */

export class Thread {
  /** @param {string} id */
  constructor(id) {
    this.id = id;
    this.log = emptyLog();
    /** @type {import("./types").VisitorDetails | null} null until `opened` */
    this.visitor = null;
    /** Whether this connection is subscribed to its events. */
    this.subscribed = false;
    this.loaded = false;
    /** Why it could not be loaded; null while all is well. @type {string | null} */
    this.problem = null;
    this.loadingEarlier = false;
    /** The language the visitor seems to write instead of the one chosen. @type {string | null} */
    this.writes = null;
    /** @type {Receipts} what the visitor has been delivered and has seen */
    this.receipts = { delivered: 0, seen: 0 };
    /** The highest seq said to be seen on this connection. */
    this.seenSaid = 0;
    /** Visitor's messages after this seq are marked as new; 0: none. */
    this.unreadAfter = 0;
    /** @type {Outgoing[]} acknowledged, but not back as events yet */
    this.acknowledged = [];
    /** Whether originals are shown in place of translations. */
    this.originals = false;
    /** @type {Map<number, boolean>} messages where that was chosen one by one */
    this.swapped = new Map();
    /** @type {Set<number>} messages whose translation is being tried again, until there is word of it */
    this.retrying = new Set();
    /** @type {Set<number>} messages whose translation is being written by hand */
    this.rewording = new Set();
    this.typing = false;
    this.typingUntil = 0;
    /** Whether this agent wanted it, and another was quicker. */
    this.beaten = false;
  }

  /** @param {Opened} opened */
  open(opened) {
    this.visitor = opened.visitor;
    this.writes = opened.suggestion;
    this.subscribed = true;
    this.loaded = true;
    this.problem = null;
    this.retrying.clear();
    this.log = opened.reset ? startFrom(opened.events, opened.earlier) : apply(this.log, opened.events);
    this.#settle();
  }

  /** @param {ConversationEvent} event @returns {boolean} whether it was new */
  add(event) {
    const before = this.log;
    this.log = apply(this.log, [event]);
    if (event.kind === "translation") this.retrying.delete(event.message);
    this.#settle();
    return this.log !== before;
  }

  /** @param {readonly ConversationEvent[]} events @param {boolean} earlier */
  addEarlier(events, earlier) {
    this.log = addEarlier(this.log, events, earlier);
  }

  /** Receipts only grow, whatever order they arrive in. @param {Receipts} receipts */
  receive(receipts) {
    this.receipts = {
      delivered: Math.max(this.receipts.delivered, receipts.delivered),
      seen: Math.max(this.receipts.seen, receipts.seen),
    };
  }

  /** @returns {number} the seq of the visitor's last message, 0 without one */
  get lastFromVisitor() {
    const last = this.log.items.findLast((item) => item.kind === "message" && item.author.kind === "visitor");
    return last?.seq ?? 0;
  }

  /** Marks the last `count` messages of the visitor as new. @param {number} count */
  markUnread(count) {
    const theirs = this.log.items.filter((item) => item.kind === "message" && item.author.kind === "visitor");
    const first = count > 0 ? theirs.at(-count) ?? theirs[0] : undefined;
    this.unreadAfter = first ? first.seq - 1 || -1 : 0;
  }

  /** @param {number} seq @param {boolean} [doubted] a doubtful translation is shown only when its own message is asked for it */
  showsOriginal(seq, doubted = false) {
    return this.swapped.get(seq) ?? (doubted || this.originals);
  }

  swapAll() {
    this.originals = !this.originals;
    this.swapped.clear();
  }

  /** @param {number} seq @param {boolean} [doubted] */
  swapOne(seq, doubted = false) {
    this.swapped.set(seq, !this.showsOriginal(seq, doubted));
  }

  #settle() {
    if (!this.acknowledged.length) return;
    const here = new Set(this.log.items.map((item) => (item.kind === "message" ? item.client_id : null)));
    this.acknowledged = this.acknowledged.filter((outgoing) => !here.has(outgoing.client_id));
  }
}
