// What there is to know of a text without looking at the page: who reads what, what is missing, what has changed.

import { isolate } from "../../widget/lib/i18n.js";

/**
 * @typedef {import("./texts_types").Text} Text
 * @typedef {import("./texts_types").Wording} Wording
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

/**
 * @param {Text} text @param {Edit} edit
 * @param {Edit} [sent] is on its way to be saved, so what says the same as what is stored may be a change by then
 * @returns {Edit | undefined} what says something else than what is stored; none: nothing is changed
 */
export function tidy(text, edit, sent) {
  /** @type {Edit} */
  const left = { wordings: pick(edit.wordings, (said, tag) => said !== (text.wordings[tag]?.text ?? "") || tag in (sent?.wordings ?? {})) };
  if (edit.shortcut !== undefined && (edit.shortcut !== (text.shortcut ?? "") || sent?.shortcut !== undefined)) left.shortcut = edit.shortcut;
  if (edit.answer !== undefined && (edit.answer !== text.answer || sent?.answer !== undefined)) left.answer = edit.answer;
  if (edit.required !== undefined && (edit.required !== text.required || sent?.required !== undefined)) left.required = edit.required;
  const drafts = pick(edit.drafts ?? {}, (draft, tag) => !isSame(draft, text.wordings[tag]));
  if (Object.keys(drafts).length) left.drafts = drafts;
  const isChanged = Object.keys(left).length > 1 || Object.keys(left.wordings).length > 0;
  return isChanged ? withSeen(left, pick(edit.seen ?? {}, (_, tag) => tag in left.wordings)) : undefined;
}

/** @param {Edit} edit @param {NonNullable<Edit["seen"]>} seen @returns {Edit} */
const withSeen = (edit, seen) => (Object.keys(seen).length ? { ...edit, seen } : edit);

/** An edit of a text as it is now; what was typed before was typed upon what it was then. @param {Text} text @param {Edit} edit @returns {Edit} */
export function typedUpon(text, edit) {
  const now = Object.keys(edit.wordings).map((tag) => [tag, { version: text.version, wording: text.wordings[tag] }]);
  return withSeen(edit, { ...Object.fromEntries(now), ...edit.seen });
}

/**
 * What an edit is to be saved upon: the text, but as it was seen then wherever other words have been approved in a language since
 * it was typed in. It has the version of then too, so the server tells both versions, and somebody chooses.
 * @param {Text} text @param {Edit} edit @returns {Text}
 */
export function asSeen(text, edit) {
  const old = Object.entries(edit.seen ?? {}).filter(([tag, { wording }]) => isOvertaken(wording, text.wordings[tag]));
  /** @type {Record<string, Wording>} */
  const wordings = { ...text.wordings };
  for (const [tag, { wording }] of old) {
    if (wording) wordings[tag] = wording;
    else delete wordings[tag];
  }
  return { ...text, version: Math.min(text.version, ...old.map(([, { version }]) => version)), wordings };
}

/** Drafts that come, change or go are nobody's words. @param {Wording | undefined} seen @param {Wording | undefined} now */
const isOvertaken = (seen, now) => (now && !now.draft ? now.text !== seen?.text : seen !== undefined && !seen.draft);

/** What was typed since something was sent: all that differs from it. @param {Edit} edit @param {Edit} sent @returns {Edit} */
export function since(edit, sent) {
  /** @type {Edit} */
  const left = { wordings: pick(edit.wordings, (said, tag) => said !== sent.wordings[tag]) };
  if (edit.shortcut !== sent.shortcut && edit.shortcut !== undefined) left.shortcut = edit.shortcut;
  if (edit.answer !== sent.answer && edit.answer !== undefined) left.answer = edit.answer;
  if (edit.required !== sent.required && edit.required !== undefined) left.required = edit.required;
  // Who sees what became of it has typed upon that.
  return withSeen(left, pick(edit.seen ?? {}, (_, tag) => tag in left.wordings && !(tag in sent.wordings) && !(tag in (sent.drafts ?? {}))));
}

/** One edit upon another. @param {Edit} under @param {Edit | undefined} over @returns {Edit} */
export const upon = (under, over) =>
  withSeen({ ...under, ...over, wordings: { ...under.wordings, ...over?.wordings } }, { ...under.seen, ...over?.seen });

/**
 * What is sent to be saved. A draft that nobody touched stays a draft; one that was changed is approved, one that was emptied
 * is dropped, one that comes back takes the place of what is there.
 * @param {Text} text @param {Edit} edit
 */
export function toSave(text, edit) {
  const { drafts = {} } = edit;
  /** @type {Record<string, string>} */
  const wordings = {};
  /** @type {string[]} */
  const dropped = [];
  for (const tag of new Set([...Object.keys(text.wordings), ...Object.keys(edit.wordings)])) {
    if (tag in drafts) continue;
    const said = valueIn(text, edit, tag).trim();
    const isDraft = text.wordings[tag]?.draft ?? false;
    if (said && (!isDraft || tag in edit.wordings)) wordings[tag] = said;
    else if (!said && isDraft) dropped.push(tag);
  }
  return {
    id: text.id.startsWith("new-") || text.version === 0 ? null : text.id, kind: text.kind, wordings, dropped, drafts,
    expected: text.version || null, shortcut: edit.shortcut ?? text.shortcut,
    answer: edit.answer ?? text.answer, required: edit.required ?? text.required,
  };
}

/**
 * Takes back what was done: what brings a text to what it was. Drafts that were approved or dropped are drafts again.
 * @param {Text} before @param {Text} after @returns {Edit | undefined}
 */
export function wayBack(before, after) {
  /** @type {Record<string, string>} */
  const wordings = {};
  /** @type {Record<string, Wording>} */
  const drafts = {};
  for (const tag of new Set([...Object.keys(before.wordings), ...Object.keys(after.wordings)])) {
    const was = before.wordings[tag];
    const is = after.wordings[tag];
    if (!was?.draft && (was || !is?.draft)) wordings[tag] = was?.text ?? "";
    else if (was?.draft && !is?.draft) drafts[tag] = was;
  }
  return tidy(after, { wordings, drafts, shortcut: before.shortcut ?? "", answer: before.answer, required: before.required });
}

/**
 * What of a way back still leads somewhere: in a language in which something else stands by now, that stays.
 * @param {Edit} back @param {Text} after what it leads back from @param {Text} now @returns {Edit | undefined}
 */
export function standing(back, after, now) {
  const stands = (/** @type {unknown} */ _, /** @type {string} */ tag) => isSame(after.wordings[tag], now.wordings[tag]);
  return tidy(now, { ...back, wordings: pick(back.wordings, stands), drafts: pick(back.drafts ?? {}, stands) });
}

/**
 * What a text that somebody has removed is with an edit, to be added again. Drafts stay drafts: nobody has read them.
 * @param {Text} text @param {Edit} edit @returns {Edit}
 */
export function again(text, edit) {
  const kept = pick(text.wordings, (_, tag) => !(tag in edit.wordings));
  const read = Object.entries(kept).filter(([, { draft }]) => !draft).map(([tag, { text: said }]) => [tag, said]);
  return { ...edit, wordings: { ...Object.fromEntries(read), ...edit.wordings }, drafts: { ...pick(kept, ({ draft }) => draft), ...edit.drafts } };
}

/** @param {Wording | undefined} one @param {Wording | undefined} other */
const isSame = (one, other) => one?.text === other?.text && one?.draft === other?.draft;

/** @template V @param {Record<string, V>} values @param {(value: V, name: string) => boolean} isWanted @returns {Record<string, V>} */
const pick = (values, isWanted) => Object.fromEntries(Object.entries(values).filter(([name, value]) => isWanted(value, name)));

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

/** Whatever may have been meant as a placeholder, such as `{Workspace}`, `{{workspace}}` or `{workspace`: the same as the server looks for. */
const MEANT = /[$]?[{｛]+[^{}｛｝\n]{0,40}[}｝]*|[}｝]+/g;

/** Placeholders of a text that its kind does not have, as they are written. @param {string} said @param {readonly string[]} allowed */
export const unknownIn = (said, allowed) => {
  const known = allowed.map((name) => `{${name}}`);
  return [...new Set(said.match(MEANT))].filter((piece) => !known.includes(piece));
};

/** @param {string} said @param {number} start of what is selected @param {number} end @param {string} piece @returns {{said: string, at: number}} */
export const insertAt = (said, start, end, piece) => ({ said: said.slice(0, start) + piece + said.slice(end), at: start + piece.length });

/**
 * As it is read; names in letters of the other direction don't disturb what is around them.
 * @param {string} said @param {Record<string, string>} values @param {"ltr" | "rtl"} direction of the wording
 */
export const fill = (said, values, direction) =>
  said.replace(/\{([^{}\n]{1,40})\}/g, (whole, name) => (Object.hasOwn(values, name) ? isolate(values[name] ?? whole, direction) : whole));

/** What our own wordings would add: only languages in which nobody has written. @param {Text} text @param {Record<string, string>} ours @param {Edit | undefined} edit */
export const additions = (text, ours, edit) =>
  Object.fromEntries(Object.entries(ours).filter(([tag]) => !valueIn(text, edit, tag) || (text.wordings[tag]?.draft && !(tag in (edit?.wordings ?? {})))));
