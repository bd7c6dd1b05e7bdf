// Which text of a message a reader gets first, and what is said about the other one.

import { baseOf, translationFor } from "../../widget/lib/events.js";

/**
 * @typedef {import("../../widget/lib/protocol").MessageEvent} Message
 * @typedef {import("../../widget/lib/protocol").Translation} Translation
 *
 * @typedef {object} Reading
 * @property {"plain" | "translated" | "pending" | "failed" | "doubted"} kind
 * @property {string} language of the translation
 * @property {Translation | null} translation null with `plain`
 */

/**
 * @param {Message} message @param {string} language the reader's
 * @returns {Reading}
 */
export function readingOf(message, language) {
  const translation = sameLanguage(message.language, language) ? null : translationFor(message, language);
  if (!translation) return { kind: "plain", language, translation: null };
  if (translation.status === "pending") return { kind: "pending", language, translation };
  if (translation.status === "failed") return { kind: "failed", language, translation };
  if (translation.text === message.text) return { kind: "plain", language, translation: null };
  return { kind: translation.doubtful ? "doubted" : "translated", language, translation };
}

/** Whether a person, and not only the gate, said that it is wrong. @param {Translation | null} translation */
export const calledWrong = (translation) => Boolean(translation?.by && translation.flags.includes("rejected"));

/**
 * The visitor's message of which an agent would say that its translation is wrong: the newest one that is shown translated.
 * @param {readonly import("../../widget/lib/protocol").Item[]} items @param {string} language the reader's
 * @returns {Message | null}
 */
export function newestTranslated(items, language) {
  const found = items.findLast((item) =>
    item.kind === "message" && item.author.kind === "visitor" && readingOf(item, language).kind === "translated");
  return found?.kind === "message" ? found : null;
}

/** Whether trying again could bring a translation. @param {Reading} reading */
export const mayStillCome = ({ kind, translation }) => kind === "failed" && translation?.reason !== "no_route";

/**
 * Whether no message of a conversation can be translated, so that it is said once and not under each of them.
 * @param {readonly import("../../widget/lib/protocol").Item[]} items @param {string} language the reader's
 */
export function allWithoutRoute(items, language) {
  const kinds = items.map((item) => {
    if (item.kind !== "message" || item.author.kind !== "visitor") return "none";
    const reading = readingOf(item, language);
    return reading.kind === "failed" && !mayStillCome(reading) ? "without" : reading.kind === "plain" ? "none" : "with";
  });
  return kinds.includes("without") && !kinds.includes("with");
}

/** @param {string} a @param {string} b two tags of one language to a reader (en, en-GB) */
export function sameLanguage(a, b) {
  return a === b || baseOf(a) === baseOf(b);
}
