// Which section of the inbox a conversation belongs to, in what order, and how urgent it is.

/**
 * @typedef {import("./types").Summary} Summary
 * @typedef {import("./types").Section} Section
 */

/** @type {readonly Section[]} in the order in which they are shown */
export const SECTIONS = ["offered", "mine", "waiting", "others", "closed"];

/** @param {Summary} summary @param {string} me the agent's id @returns {Section} */
export function sectionOf(summary, me) {
  if (summary.state === "closed") return "closed";
  if (summary.agent) return summary.agent.id === me ? "mine" : "others";
  return summary.offer?.agent.id === me ? "offered" : "waiting";
}

/** Whether it waits for opening hours and not for an agent. @param {Summary} summary */
export const waitsForOpening = ({ agent, decision }) => !agent && decision?.outcome === "closed";

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

/** Those whose turn comes today before those who wait for another day. @param {Summary} a @param {Summary} b */
function byTurn(a, b) {
  const [later, laterToo] = [waitsForOpening(a), waitsForOpening(b)];
  if (later !== laterToo) return later ? 1 : -1;
  const [opens, opensToo] = [a, b].map(({ decision }) => (later && decision?.opens_at ? instant(decision.opens_at) : 0));
  return opens - opensToo || byNeed(a, b);
}

/** @param {Summary} a @param {Summary} b the one that ends first needs an answer first, then the one that waits longest */
const byEnd = (a, b) => instant(a.offer?.until ?? "") - instant(b.offer?.until ?? "") || instant(a.queued_at ?? "") - instant(b.queued_at ?? "") || byName(a, b);

/** @param {Summary} a @param {Summary} b */
const byLatest = (a, b) => lastAt(b) - lastAt(a) || byName(a, b);

/** @param {Summary} a @param {Summary} b keeps equal rows in one order */
const byName = (a, b) => (a.id < b.id ? -1 : 1);

/** @param {string} at */
const instant = (at) => Date.parse(at);

/** @param {Summary} summary */
const lastAt = (summary) => instant(summary.last_message?.at ?? summary.opened_at);

const ORDER = { offered: byEnd, mine: byNeed, waiting: byTurn, others: byNeed, closed: byLatest };

/**
 * @param {Iterable<Summary>} summaries @param {string} me
 * @returns {Record<Section, Summary[]>}
 */
export function arrange(summaries, me) {
  /** @type {Record<Section, Summary[]>} */
  const sections = { offered: [], mine: [], waiting: [], others: [], closed: [] };
  for (const summary of summaries) sections[sectionOf(summary, me)].push(summary);
  for (const section of SECTIONS) sections[section].sort(ORDER[section]);
  return sections;
}

/**
 * Whose turn it is in each region's queue, counted from 1. Whoever waits for opening hours is in none.
 * @param {Iterable<Summary>} summaries @returns {Map<string, number>} by conversation
 */
export function positions(summaries) {
  const queued = [...summaries].filter((summary) => summary.state === "queued" && summary.queued_at && summary.region && !waitsForOpening(summary));
  queued.sort((a, b) => instant(a.queued_at ?? "") - instant(b.queued_at ?? "") || byName(a, b));
  /** @type {Map<string | null, number>} */
  const counted = new Map();
  return new Map(queued.map(({ id, region }) => {
    const position = (counted.get(region) ?? 0) + 1;
    counted.set(region, position);
    return [id, position];
  }));
}

/**
 * Whether a conversation is listed under a choice of regions. One's own and those that one is asked to take always are.
 * @param {Summary} summary @param {Section} section @param {string} choice a region's id; `all`; `mine`
 * @param {readonly import("./types").RegionState[]} regions
 */
export function inRegion({ region }, section, choice, regions) {
  if (choice === "all" || section === "offered" || section === "mine" || region === null) return true;
  return choice === "mine" ? regions.some(({ id, mine }) => mine && id === region) : region === choice;
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
 * Whether a conversation calls for this agent: it is offered to them, it waits with nobody to be asked, or it is theirs
 * and unread.
 * @param {Summary} summary @param {string} me
 */
export function callsFor(summary, me) {
  const section = sectionOf(summary, me);
  if (section === "offered") return true;
  if (section === "waiting") return summary.waiting_since !== null && !summary.offer && summary.decision?.outcome === "queued";
  return section === "mine" && summary.unread > 0;
}
