// Canned responses without their looks: which fit what was typed, what is put into the message, and whether what stands there is still
// what was approved.

import { best, fold } from "./match.js";

/**
 * @typedef {{language: string, text: string}} Wording
 * @typedef {import("./types").Canned} Canned
 */

/** Longer than any shortcut, and than what anybody types to find one. */
const LONGEST_QUERY = 40;
/** What an agent may put in for a placeholder: a name, not more of the message. */
const NAME = "[^\\n.,;:!?…،؛؟。、！？]{1,80}?";
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const PLACEHOLDER = /\{(visitor|agent|workspace)\}/g;

/**
 * What is typed to find a response: a line that begins with a slash (or with the wide one of East Asian keyboards).
 * @param {string} text @param {number} caret @returns {{from: number, query: string} | null} `from`: where the slash is
 */
export function queryAt(text, caret) {
  const from = text.lastIndexOf("\n", caret - 1) + 1;
  const line = text.slice(from, caret);
  if (!/^[/／]/.test(line) || line.length > LONGEST_QUERY) return null;
  return { from, query: line.slice(1) };
}

/**
 * Those that a query means, the best first: by shortcut, then by words of their texts.
 * @param {string} query @param {readonly Canned[]} all @returns {Canned[]}
 */
export function found(query, all) {
  const typed = fold(query.trim());
  if (!typed) return [...all];
  /** @param {Canned} one */
  const named = ({ shortcut }) => (shortcut === typed ? 0 : shortcut?.startsWith(typed) ? 1 : 2);
  const fitting = best(query, all, (one) => [one.shortcut, one.own.text, one.theirs?.text].filter(Boolean).join(" "));
  return fitting.sort((a, b) => named(a) - named(b));
}

/**
 * The text with what is known in the place of its placeholders; the others stay.
 * @param {string} text @param {Record<string, string | null | undefined>} values
 */
export function filled(text, values) {
  return text.replace(PLACEHOLDER, (whole, name) => values[name] || whole);
}

/**
 * A text with a mark before it where a name in other letters, or a placeholder, would turn it around: readers show a text in the
 * direction of its first letter.
 * @param {string} text @param {"ltr" | "rtl"} direction of its language
 */
export function directed(text, direction) {
  const first = text.match(/\p{L}/u)?.[0];
  if (!first || RIGHT_TO_LEFT.test(first) === (direction === "rtl")) return text;
  return (direction === "rtl" ? "\u200f" : "\u200e") + text;
}

/** The first placeholder that nobody has filled in; "" without any. @param {string} text */
export const leftIn = (text) => text.match(PLACEHOLDER)?.[0] ?? "";

/**
 * A response for a conversation: what is known of it stands in both wordings, so that only what was left open may still change.
 * @param {Pick<Canned, "own" | "theirs">} one @param {Record<string, string | null | undefined>} values @returns {Pick<Canned, "own" | "theirs">}
 */
export function prepared({ own, theirs }, values) {
  return {
    own: { ...own, text: filled(own.text, values) },
    theirs: theirs && { ...theirs, text: filled(theirs.text, values) },
  };
}

/**
 * The wording that people have approved, as long as a message is the response and nothing else, and nothing in it is left open.
 * @param {Pick<Canned, "own" | "theirs">} canned as `prepared` @param {string} message @returns {string | null}
 */
export function approvedFor({ own, theirs }, message) {
  const held = theirs && heldIn(own.text, message);
  if (!theirs || !held) return null;
  const text = filled(theirs.text, held);
  return leftIn(text) ? null : directed(text, theirs.direction);
}

/**
 * What stands in the place of a text's placeholders, if a message is that text and nothing else.
 * @param {string} template @param {string} message @returns {Record<string, string> | null}
 */
export function heldIn(template, message) {
  /** @type {Set<string>} */
  const met = new Set();
  const pattern = template.trim().split(PLACEHOLDER).map((piece, index) => {
    if (index % 2 === 0) return piece.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    if (met.has(piece)) return `\\k<${piece}>`;
    met.add(piece);
    return `(?<${piece}>${NAME})`;
  });
  const match = new RegExp(`^[\\u200e\\u200f]?${pattern.join("")}$`, "u").exec(message.trim());
  return match && { ...match.groups };
}
