// Which section of the inbox a conversation belongs to, in what order, and how urgent it is.

/**
 * @typedef {import("./types").Summary} Summary
 * @typedef {import("./types").Section} Section
 */

/** @type {readonly Section[]} in the order in which they are shown */
export const SECTIONS = ["waiting", "mine", "others", "closed"];

/** @param {Summary} summary @param {string} me the agent's id @returns {Section} */
export function sectionOf(summary, me) {
  if (summary.state === "closed") return "closed";
  if (!summary.agent) return "waiting";
  return summary.agent.id === me ? "mine" : "others";
}

/**
 * Whoever waits longest comes first; where nobody waits, the latest word does.
 * @param {Summary} a @param {Summary} b
 */
function byNeed(a, b) {
  if (a.waiting_since && b.waiting_since) return instant(a.waiting_since) - instant(b.waiting_since) || byName(a, b);
  if (a.waiting_since) return -1;
  if (b.waiting_since) return 1;
  return byLatest(a, b);
}

/** @param {Summary} a @param {Summary} b */
const byLatest = (a, b) => lastAt(b) - lastAt(a) || byName(a, b);

/** @param {Summary} a @param {Summary} b keeps equal rows in one order */
const byName = (a, b) => (a.id < b.id ? -1 : 1);

/** @param {string} at */
const instant = (at) => Date.parse(at);

/** @param {Summary} summary */
const lastAt = (summary) => instant(summary.last_message?.at ?? summary.opened_at);

/**
 * @param {Iterable<Summary>} summaries @param {string} me
 * @returns {Record<Section, Summary[]>}
 */
export function arrange(summaries, me) {
  /** @type {Record<Section, Summary[]>} */
  const sections = { waiting: [], mine: [], others: [], closed: [] };
  for (const summary of summaries) sections[sectionOf(summary, me)].push(summary);
  for (const section of SECTIONS) sections[section].sort(section === "closed" ? byLatest : byNeed);
  return sections;
}

const MINUTE = 60_000;

/**
 * How urgent a wait is: 0 quiet (under two minutes), 1 (under five), 2 (under fifteen), 3 urgent.
 * @param {number} waited milliseconds
 */
export function urgency(waited) {
  if (waited < 2 * MINUTE) return 0;
  if (waited < 5 * MINUTE) return 1;
  return waited < 15 * MINUTE ? 2 : 3;
}

/**
 * Whether a conversation calls for this agent: it waits with nobody on it, or it is theirs and unread.
 * @param {Summary} summary @param {string} me
 */
export function callsFor(summary, me) {
  const section = sectionOf(summary, me);
  if (section === "waiting") return summary.waiting_since !== null;
  return section === "mine" && summary.unread > 0;
}
