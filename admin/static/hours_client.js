// What the editor asks of the server, each answer kept as long as it can't change.

import { call } from "./admin_page.js";

/**
 * @typedef {import("./hours_types").Schedule} Schedule
 * @typedef {import("./hours_types").Told} Told
 * @typedef {import("./hours_types").Holiday} Holiday
 *
 * @typedef {{countries: {code: string, name: string}[], zones: string[]}} Choices
 * @typedef {{days: Holiday[], subdivisions: string[], weekend: number[]}} Holidays
 * @typedef {{problems: (Told & {near: string | null})[], notes: Told[]}} Check
 * @typedef {{date: string, open: [number, number][], minutes: number, by: string, name: string | null, closures: (string | null)[]}} DayView
 * @typedef {{at: string, date: string, text: string, shifts: string[]}} ChangeView
 * @typedef {{problems: Told[], now: string, rules: string, status: {open: boolean, until: string | null, reason: string | null, name: string | null}, days: DayView[], changes: ChangeView[]}} Preview
 * @typedef {{schedule: Schedule | null, problems: Told[]}} Taken
 * @typedef {{json: string, osm: string | null, osm_problems: Told[], problems: Told[]}} Written
 */

/** @type {Map<string, Promise<any>>} */
const kept = new Map();

/** @param {string} path @returns {Promise<any>} */
function once(path) {
  const found = kept.get(path) ?? call(path);
  kept.set(path, found);
  // What failed is asked again.
  found.catch(() => kept.delete(path));
  return found;
}

/** @returns {Promise<Choices>} */
export const choices = () => once("/api/hours/choices");

/** @param {string} country @param {string | null} subdivision @param {number} year @returns {Promise<Holidays>} */
export const holidays = (country, subdivision, year) =>
  once(`/api/hours/holidays?${new URLSearchParams({ country, ...(subdivision ? { subdivision } : {}), year: String(year) })}`);

/** @param {Schedule} schedule @param {AbortSignal} signal @returns {Promise<Check>} */
export const check = (schedule, signal) => call("/api/hours/check", { schedule }, signal);

/** @param {Schedule} schedule @param {AbortSignal} signal @returns {Promise<Preview>} */
export const preview = (schedule, signal) => call("/api/hours/preview", { schedule }, signal);

/** @param {string} text @param {Schedule} schedule whose zone and country a text without them gets @returns {Promise<Taken>} */
export const take = (text, { timezone, holidays: rule }) =>
  call("/api/hours/import", { text, timezone, country: rule?.country ?? null, subdivision: rule?.subdivision ?? null });

/** @param {Schedule} schedule @returns {Promise<Written>} */
export const write = (schedule) => call("/api/hours/export", { schedule });
