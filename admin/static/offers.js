// A conversation that an agent is asked to take: how long, why them, and how it ended.

import { sectionOf } from "./sections.js";

/**
 * @typedef {import("./types").Summary} Summary
 * @typedef {import("../../widget/lib/protocol").Item} Item
 * @typedef {import("../../widget/lib/protocol").RoutedEvent} RoutedEvent
 */

/** Nearer to its end than this an offer is marked. */
export const HURRY_SECONDS = 10;

/** @param {string} until @param {number} now @returns {number} whole seconds that are left, 0 when it is over */
export const secondsLeft = (until, now) => Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));

/**
 * How much of an offer is left, for a line that gets shorter.
 * @param {string} until @param {number} now @param {number} whole seconds it had when it was first seen
 * @returns {number} 0 to 1
 */
export const shareLeft = (until, now, whole) => (whole > 0 ? Math.min(1, secondsLeft(until, now) / whole) : 0);

/** All that was decided, oldest first. @param {readonly Item[]} items @returns {RoutedEvent[]} */
export const decisionsOf = (items) => items.filter((item) => item.kind === "routed");

/**
 * Why it is this agent who is asked; null where the decision is not loaded, or another is asked.
 * @param {readonly Item[]} items @param {string} me
 */
export function reasonFor(items, me) {
  const last = decisionsOf(items).at(-1);
  const found = last?.decision.agent === me
    ? last.decision.candidates.find(({ kind, id, chosen }) => kind === "agent" && id === me && chosen) : undefined;
  return found ?? null;
}

/** Whether an offer is over and what comes of it is not decided yet: that follows at once. @param {Summary} summary */
export const isBetween = ({ state, agent, offer, decision }) => state === "queued" && !agent && !offer && decision?.outcome === "offered";

/**
 * How an offer to this agent ended; null: it has not, there was none, or the agent answered it.
 * @param {Summary | undefined} before @param {Summary} after not in between @param {string} me
 * @returns {"ran_out" | "taken" | "withdrawn" | null}
 */
export function offerEnd(before, after, me) {
  if (!before?.offer || sectionOf(before, me) !== "offered" || sectionOf(after, me) === "offered") return null;
  if (after.agent) return after.agent.id === me ? null : "taken";
  return after.decision?.cause === "missed" ? "ran_out" : "withdrawn";
}

/** Whether an agent is asked who was not. @param {Summary | undefined} before @param {Summary} after @param {string} me */
export function isNewOffer(before, after, me) {
  if (sectionOf(after, me) !== "offered") return false;
  return !before || sectionOf(before, me) !== "offered" || before.offer?.until !== after.offer?.until;
}

/**
 * Who did not take a conversation that this agent had handed to them, if that is what an event says.
 * @param {readonly Item[]} items up to the event @param {import("../../widget/lib/protocol").ConversationEvent} event @param {string} me
 * @returns {import("../../widget/lib/protocol").PassedEvent | null}
 */
export function refusedTransfer(items, event, me) {
  if (event.kind !== "passed") return null;
  const last = items.findLast((item) => item.seq < event.seq && (item.kind === "transferred" || (item.kind === "assigned" && item.agent)));
  return last?.kind === "transferred" && last.by.id === me && last.to_agent?.id === event.agent.id ? event : null;
}
