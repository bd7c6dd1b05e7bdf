// From what the clocks of a zone show to the instant and back, in the browser. Times on the clock are as if they were UTC.

import { offsetOf } from "./zone_list.js";

const MINUTE = 60_000;
const DAY = 86_400_000;

/** @param {number} at an instant @param {string} zone @returns {number} what the clocks show */
export const wallAt = (at, zone) => at + (offsetOf(zone, at) ?? 0) * MINUTE;

/**
 * Of a time that comes twice the first, of one that is skipped by the offset before, as hours are worked out.
 * @param {number} wall @param {string} zone @returns {number} an instant
 */
export function instantAt(wall, zone) {
  const before = wall - (offsetOf(zone, wall - DAY) ?? 0) * MINUTE;
  const after = wall - (offsetOf(zone, wall + DAY) ?? 0) * MINUTE;
  const fitting = [before, after].filter((at) => wallAt(at, zone) === wall);
  return fitting.length ? Math.min(...fitting) : before;
}

/** For a field of date and time: 2026-11-23T09:00. @param {number} wall */
export const fieldText = (wall) => new Date(wall).toISOString().slice(0, 16);

/** @param {string} text of such a field @returns {number | null} null where it says no time */
export function fieldWall(text) {
  const found = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.exec(text);
  const wall = found ? Date.parse(`${found[0]}Z`) : NaN;
  return Number.isNaN(wall) ? null : wall;
}

/** An instant for an address, to the minute: 2026-11-23T07:00:00Z. @param {number} at */
export const instantText = (at) => `${new Date(at).toISOString().slice(0, 16)}:00Z`;
