// What of routing stands among the messages: few lines. Offers that were accepted are told by who took it.

/**
 * @typedef {import("../../widget/lib/protocol").Item} Item
 * @typedef {import("../../widget/lib/protocol").RoutedEvent} RoutedEvent
 *
 * @typedef {"moved" | "closed" | "opened"} Turn what a decision changed that is worth a line
 */

/** Follows a conversation from item to item. */
export class RoutingLines {
  constructor() {
    /** The region that looks after it, once one is known. */
    this.region = "";
    this.closed = false;
    /** Whether it has just been handed on: the queue it goes through then is no news. */
    this.handed = false;
    /** @type {string | null} the region it was handed to */
    this.handedTo = null;
  }

  /** @param {Item} item @returns {boolean} whether it is shown */
  shows(item) {
    switch (item.kind) {
      case "transferred":
        this.handed = true;
        this.handedTo = item.to_region;
        return true;
      case "passed":
        return true;
      case "routed": {
        const turn = this.turnOf(item);
        this.region = item.decision.region;
        this.closed = item.decision.outcome === "closed";
        return turn !== null;
      }
      case "assigned": {
        const echo = this.handed && !item.agent;
        if (item.agent) this.closed = this.handed = false;
        return !echo;
      }
      default:
        return true;
    }
  }

  /** @param {RoutedEvent} item @returns {Turn | null} */
  turnOf({ decision }) {
    const before = this.region;
    if (decision.outcome === "closed") return this.closed && before === decision.region ? null : "closed";
    if (this.closed && before === decision.region) return "opened";
    if (!before || before === decision.region || this.handedTo === decision.region) return null;
    return "moved";
  }
}

/**
 * What each shown decision changed, by its number.
 * @param {readonly Item[]} items oldest first @returns {Map<number, Turn>}
 */
export function turnsOf(items) {
  const lines = new RoutingLines();
  /** @type {Map<number, Turn>} */
  const turns = new Map();
  for (const item of items) {
    const turn = item.kind === "routed" ? lines.turnOf(item) : null;
    lines.shows(item);
    if (turn) turns.set(item.seq, turn);
  }
  return turns;
}
