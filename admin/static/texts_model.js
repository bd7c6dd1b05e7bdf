// What there is to know of a text without looking at the page: who reads what, what is missing, what has changed.

/**
 * @typedef {import("./texts_types").Text} Text
 * @typedef {import("./texts_types").Edit} Edit
 * @typedef {import("./texts_types").Status} Status
 * @typedef {import("./texts_types").Choice} Choice
 */

/** @param {Text} text @returns {string[]} locales in which a person stands by it */
export const approvedIn = (text) => Object.keys(text.wordings).filter((tag) => !text.wordings[tag]?.draft);

/** @param {Text} text @param {string} locale @returns {Status} */
export function statusOf(text, locale) {
  const wording = text.wordings[locale];
  if (wording) return wording.draft ? "draft" : wording.outdated ? "outdated" : "approved";
  return approvedIn(text).length ? "fallback" : "empty";
}

/**
 * The locale whose wording a reader gets; null: nothing is approved in any. The same as the server chooses.
 * @param {Text} text @param {string} locale @param {Record<string, string[]>} nearest @returns {string | null}
 */
export function readIn(text, locale, nearest) {
  const there = approvedIn(text);
  const wanted = [locale, ...(nearest[locale] ?? []), "en", ...(nearest.en ?? [])];
  return wanted.find((tag) => there.includes(tag)) ?? there[0] ?? null;
}

/** @param {Text} text @param {readonly string[]} locales @returns {{done: number, total: number}} */
export const measure = (text, locales) => ({
  done: locales.filter((tag) => statusOf(text, tag) === "approved").length, total: locales.length,
});

/**
 * The locales that a draft can be made for, and those that no language pack leads into.
 * @param {Text} text @param {readonly string[]} locales @param {Record<string, string[]>} leads
 */
export function missing(text, locales, leads) {
  const sources = approvedIn(text);
  const empty = sources.length ? locales.filter((tag) => !text.wordings[tag]) : [];
  const reachable = empty.filter((tag) => sources.some((source) => leads[source]?.includes(tag)));
  return { reachable, unreachable: empty.filter((tag) => !reachable.includes(tag)) };
}

/** @param {Text} text @returns {string[]} */
export const draftsOf = (text) => Object.keys(text.wordings).filter((tag) => text.wordings[tag]?.draft);

/**
 * Those in use first, of them the reader's own and English; then by name as the reader's language sorts.
 * @template {{tag: string, name: string, used: boolean}} L @param {readonly L[]} locales @param {string} own @returns {L[]}
 */
export function arranged(locales, own) {
  const { compare } = new Intl.Collator(own);
  /** @param {L} locale */
  const rank = ({ tag, used }) => (!used ? 3 : tag === own ? 0 : tag === "en" ? 1 : 2);
  return [...locales].sort((a, b) => rank(a) - rank(b) || compare(a.name, b.name));
}

/** What the field of a locale has. @param {Text} text @param {Edit | undefined} edit @param {string} locale */
export const valueIn = (text, edit, locale) => edit?.wordings[locale] ?? text.wordings[locale]?.text ?? "";

/** @param {Text} text @param {Edit} edit without what says the same as what is stored @returns {Edit | undefined} none: nothing is changed */
export function tidy(text, edit) {
  /** @type {Edit} */
  const left = { wordings: Object.fromEntries(Object.entries(edit.wordings).filter(([tag, said]) => said !== (text.wordings[tag]?.text ?? ""))) };
  if (edit.shortcut !== undefined && edit.shortcut !== (text.shortcut ?? "")) left.shortcut = edit.shortcut;
  if (edit.answer !== undefined && edit.answer !== text.answer) left.answer = edit.answer;
  if (edit.required !== undefined && edit.required !== text.required) left.required = edit.required;
  return Object.keys(left).length > 1 || Object.keys(left.wordings).length ? left : undefined;
}

/**
 * What is sent to be saved. A draft that nobody touched stays a draft; one that was changed is approved, one that was emptied
 * is dropped.
 * @param {Text} text @param {Edit} edit
 */
export function toSave(text, edit) {
  /** @type {Record<string, string>} */
  const wordings = {};
  /** @type {string[]} */
  const dropped = [];
  for (const tag of new Set([...Object.keys(text.wordings), ...Object.keys(edit.wordings)])) {
    const said = valueIn(text, edit, tag).trim();
    const isDraft = text.wordings[tag]?.draft ?? false;
    if (said && (!isDraft || tag in edit.wordings)) wordings[tag] = said;
    else if (!said && isDraft) dropped.push(tag);
  }
  return {
    id: text.id.startsWith("new-") || text.version === 0 ? null : text.id, kind: text.kind, wordings, dropped,
    expected: text.version || null, shortcut: edit.shortcut ?? text.shortcut,
    answer: edit.answer ?? text.answer, required: edit.required ?? text.required,
  };
}

/** Takes back what an edit did: what brings a text to what it was. @param {Text} before @param {Text} after @returns {Edit | undefined} */
export function wayBack(before, after) {
  /** @type {Record<string, string>} */
  const wordings = {};
  for (const tag of new Set([...Object.keys(before.wordings), ...Object.keys(after.wordings)])) {
    if (!before.wordings[tag]?.draft) wordings[tag] = before.wordings[tag]?.text ?? "";
  }
  return tidy(after, { wordings, shortcut: before.shortcut ?? "", answer: before.answer, required: before.required });
}

/**
 * Two have changed the same text: where they differ in the end, and who did it.
 * @param {Text} base what both began with @param {Edit} edit mine @param {Text} theirs @returns {Choice[]}
 */
export function choices(base, edit, theirs) {
  const tags = new Set([...Object.keys(base.wordings), ...Object.keys(edit.wordings), ...Object.keys(theirs.wordings)]);
  /** @type {Choice[]} */
  const found = [];
  for (const locale of tags) {
    const was = base.wordings[locale]?.text ?? "";
    const mine = valueIn(base, edit, locale).trim();
    const their = theirs.wordings[locale]?.text ?? "";
    if (mine === their) continue;
    found.push({ locale, mine, theirs: their, by: mine === was ? "theirs" : their === was ? "mine" : "both" });
  }
  return found;
}

/** Whatever may have been meant as a placeholder, such as `{Workspace}`: the same as the server looks for. */
const PLACEHOLDER = /\{([^{}\n]{1,40})\}/g;

/** Placeholders of a text that its kind does not have, as they are written. @param {string} said @param {readonly string[]} allowed */
export const unknownIn = (said, allowed) =>
  [...new Set([...said.matchAll(PLACEHOLDER)].filter(([, name]) => !allowed.includes(name ?? "")).map(([whole]) => whole))];

/** @param {string} said @param {number} start of what is selected @param {number} end @param {string} piece @returns {{said: string, at: number}} */
export const insertAt = (said, start, end, piece) => ({ said: said.slice(0, start) + piece + said.slice(end), at: start + piece.length });

/** @param {string} said @param {Record<string, string>} values */
export const fill = (said, values) => said.replace(PLACEHOLDER, (whole, name) => (Object.hasOwn(values, name) ? values[name] ?? whole : whole));

/** What our own wordings would add: only languages in which nobody has written. @param {Text} text @param {Record<string, string>} ours @param {Edit | undefined} edit */
export const additions = (text, ours, edit) =>
  Object.fromEntries(Object.entries(ours).filter(([tag]) => !valueIn(text, edit, tag) || (text.wordings[tag]?.draft && !(tag in (edit?.wordings ?? {})))));
