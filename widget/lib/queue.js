// What is said to somebody who waits, and what of it is worth interrupting a screen reader for.

import { t, tn } from "./i18n.js";

/** @import {Waiting} from "./protocol" */

const QUIET = 30_000;

/** @param {number} seconds */
function usually(seconds) {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return t("It usually takes less than a minute.");
  if (minutes < 60) return tn("It usually takes about {n} minute.", "It usually takes about {n} minutes.", minutes);
  return tn("It usually takes about {n} hour.", "It usually takes about {n} hours.", Math.round(minutes / 60));
}

/** Where somebody stands in an open region. @param {Waiting} waiting @returns {{place: string, estimate: string}} empty: nothing honest to say */
export function queueWords({ position, estimate_seconds }) {
  const place = position === null ? t("We are finding somebody to answer you.") : position === 1 ? t("You are first in the queue.") : t("You are number {position} in the queue.", { position });
  return { place, estimate: position === null || estimate_seconds === null ? "" : usually(estimate_seconds) };
}

/**
 * What a screen reader should say of a change: closing, opening and another region always; a place in the queue when it is
 * nearly one's turn, or nothing was said for half a minute; an estimate that moves never.
 * @param {Waiting | null} before as it was last told @param {Waiting | null} after @param {number} since milliseconds since then
 * @returns {"closed" | "opened" | "region" | "place" | null}
 */
export function newsOf(before, after, since) {
  if (!after) return null;
  if (before?.open && !after.open) return "closed";
  if (before && !before.open && after.open) return "opened";
  if (before && after.open && before.region.id !== after.region.id) return "region";
  if (!before) return after.open ? "place" : "closed";
  if (!after.open || before.position === after.position) return null;
  return since >= QUIET || (after.position ?? 9) <= 2 ? "place" : null;
}
