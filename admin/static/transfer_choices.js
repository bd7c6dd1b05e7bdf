// To whom a conversation can be handed: who can answer now and understands the visitor comes first.

import { format } from "../../widget/lib/i18n.js";
import { sameLanguage } from "./reading.js";

/**
 * @typedef {import("./types").Colleague} Colleague
 * @typedef {import("./types").People} People
 * `shared`: the one of their languages that the visitor writes.
 * @typedef {{kind: "agent", agent: Colleague, shared: string | null, full: boolean} | {kind: "region", region: People["regions"][number]}} Choice
 */

/** @type {Record<Colleague["availability"], number>} */
const READY = { online: 0, break: 1, away: 1, invisible: 1, offline: 2 };

/**
 * @param {People} people
 * @param {{language: string, region: string | null}} conversation `language`: what the visitor writes; `region`: where it is
 * @returns {Choice[]} colleagues, then regions: the one where it is last
 */
export function choicesOf({ agents, regions }, { language, region: here }) {
  const colleagues = agents.map((agent) => ({
    kind: /** @type {const} */ ("agent"), agent,
    shared: agent.languages.find((tag) => sameLanguage(tag, language)) ?? null, full: agent.load >= agent.capacity,
  }));
  colleagues.sort((a, b) =>
    READY[a.agent.availability] - READY[b.agent.availability] || Number(a.full) - Number(b.full)
    || Number(b.shared !== null) - Number(a.shared !== null) || a.agent.load - b.agent.load || a.agent.name.localeCompare(b.agent.name, format().locale));
  // Into the same queue again is what giving back is for.
  const others = regions.length > 1 ? regions : regions.filter(({ id }) => id !== here);
  const places = others.map((region) => ({ kind: /** @type {const} */ ("region"), region }));
  places.sort((a, b) => Number(a.region.id === here) - Number(b.region.id === here) || Number(b.region.open) - Number(a.region.open));
  return [...colleagues, ...places];
}

/** @param {Choice} choice */
export const nameOf = (choice) => (choice.kind === "agent" ? choice.agent.name : choice.region.name);
