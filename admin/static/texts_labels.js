// What texts are called, what they are for, and how they stand, in words.

import { t, tc } from "../../widget/lib/i18n.js";
import { readIn } from "./texts_model.js";

/**
 * @typedef {import("./texts_types").Kind} Kind
 * @typedef {import("./texts_types").Text} Text
 * @typedef {import("./texts_types").Wording} Wording
 * @typedef {import("./texts_types").Status} Status
 */

/** The groups of the list, in order. @type {readonly {name: () => string, kinds: readonly Kind[]}[]} */
export const GROUPS = [
  { name: () => t("In the chat"), kinds: ["greeting", "queue", "offline"] },
  { name: () => t("Before the chat"), kinds: ["question"] },
  { name: () => t("Canned responses"), kinds: ["canned"] },
  { name: () => t("After the chat"), kinds: ["survey", "signature"] },
  { name: () => t("Regions"), kinds: ["region_name", "region_offline"] },
];

/** @param {Kind} kind */
export function kindName(kind) {
  switch (kind) {
    case "greeting": return t("Greeting");
    case "queue": return t("While waiting");
    case "offline":
    case "region_offline": return t("While it is closed");
    case "survey": return t("Survey");
    case "signature": return t("Mail signature");
    case "question": return t("Question");
    case "canned": return t("Canned response");
    case "region_name": return t("Name");
  }
}

/** @param {Kind} kind */
export function purposeOf(kind) {
  switch (kind) {
    case "greeting": return t("Visitors read it above an empty chat.");
    case "queue": return t("Visitors read it under their place in the queue.");
    case "offline": return t("Visitors read it while nobody is there, where their region has no text of its own.");
    case "survey": return t("Visitors are asked it after a conversation that an agent answered. While it is empty, nobody is asked.");
    case "signature": return t("It stands under each mail to a visitor.");
    case "question": return t("Visitors answer it before their first message, which begins with the answers.");
    case "canned": return t("Agents insert it with a slash and its shortcut.");
    case "region_name": return t("Visitors read it where they choose a region.");
    case "region_offline": return t("Visitors always read when somebody will be there. What else should they know?");
  }
}

/**
 * What a text is called in the list: its kind, its region, its shortcut, or what it says.
 * @param {Text} text @param {string} locale of the reader @param {Record<string, string[]>} nearest
 */
export function titleOf(text, locale, nearest) {
  return titled(text, locale, nearest).title;
}

/**
 * The title, and its language where it is an admin's own words.
 * @param {Text} text @param {string} locale @param {Record<string, string[]>} nearest @returns {{title: string, lang: string | null}}
 */
export function titled(text, locale, nearest) {
  const said = text.kind === "question" ? readIn(text, locale, nearest) ?? Object.keys(text.wordings)[0] : undefined;
  const own = said && text.wordings[said]?.text;
  return own ? { title: own, lang: said } : { title: plainTitle(text), lang: null };
}

/** @param {Text} text */
function plainTitle(text) {
  if (text.region !== null) return text.title ?? text.region;
  if (text.kind === "canned") return text.shortcut ? `/${text.shortcut}` : kindName(text.kind);
  return kindName(text.kind);
}

/** @param {Status} status */
export function statusName(status) {
  switch (status) {
    case "approved": return tc("text", "Approved");
    case "outdated": return tc("text", "Outdated");
    case "draft": return tc("text", "Draft");
    case "fallback": return t("Read in another language");
    case "empty": return tc("text", "Empty");
  }
}

/** Of a wording whose source says something else by now; null: it doesn't. @param {Wording | undefined} wording @param {(tag: string) => string} nameOf */
export const changedSince = (wording, nameOf) =>
  wording?.outdated ? t("The {language} text has changed since.", { language: nameOf(wording.source ?? "en") }) : null;

/**
 * What is to be said of a wording that is there: who reads it meanwhile, and whether its source has changed.
 * @param {Wording} wording @param {string | null} read the locale whose wording its readers get @param {(tag: string) => string} nameOf
 * @returns {string[]}
 */
export function notesOf(wording, read, nameOf) {
  const said = read === null ? t("Draft: nobody sees it until you approve it.") : t("Draft: readers see {language} until you approve it.", { language: nameOf(read) });
  return [wording.draft ? said : null, changedSince(wording, nameOf)].filter((note) => note !== null);
}
