// A conversation as a pure fold of its events: in order, each exactly once, whatever order they arrive in.

/** @import {ConversationEvent as Event, Item, MessageEvent as Message, Translation} from "./protocol" */
/** @typedef {import("./types").Log} Log */

const HELD_AT_MOST = 500;
/** The rest is for nobody's eyes. @type {ReadonlySet<Event["kind"]>} */
const SHOWN = new Set(/** @type {Event["kind"][]} */ (["message", "assigned", "state", "language", "routed", "passed", "transferred", "rated"]));

/** @returns {Log} */
export const emptyLog = () => ({ first: 1, last: 0, earlier: false, gap: false, items: [], agent: null, state: null, held: [] });

/**
 * Starts over from a page of events: the answer had `reset`.
 * @param {Event[]} events oldest first, without holes @param {boolean} earlier @returns {Log}
 */
export function startFrom(events, earlier) {
  const first = events[0]?.seq ?? 1;
  return apply({ ...emptyLog(), first, last: first - 1, earlier }, events);
}

/** @param {Log} log @param {readonly Event[]} events @returns {Log} the same log when there was nothing new */
export function apply(log, events) {
  const waiting = new Map(log.held.map((event) => [event.seq, event]));
  for (const event of events) if (event.seq > log.last) waiting.set(event.seq, event);
  if (waiting.size === log.held.length) return log;

  const items = [...log.items];
  let { last, agent, state } = log;
  for (let event; (event = waiting.get(last + 1)); ) {
    waiting.delete(event.seq);
    last = event.seq;
    if (event.kind === "assigned") agent = event.agent;
    if (event.kind === "state") state = event.state;
    place(items, event);
  }
  const held = [...waiting.values()].sort((a, b) => a.seq - b.seq).slice(0, HELD_AT_MOST);
  return { ...log, last, agent, state, items, held, gap: held.length > 0 };
}

/**
 * Puts an older page in front. A message of history comes with its translations as they are now.
 * @param {Log} log @param {readonly Event[]} events oldest first @param {boolean} earlier @returns {Log}
 */
export function addEarlier(log, events, earlier) {
  const older = events.filter((event) => event.seq < log.first);
  if (!older.length) return { ...log, earlier: earlier && log.first > 1 };
  /** @type {Item[]} */
  const items = [];
  for (const event of older) place(items, event);
  return { ...log, first: older[0].seq, earlier, items: [...items, ...log.items] };
}

/** @param {Item[]} items changed in place @param {Event} event */
function place(items, event) {
  if (event.kind === "translation") {
    const at = items.findIndex((item) => item.seq === event.message);
    const item = items[at];
    // A message that is not loaded brings its translations along when it is.
    if (item?.kind === "message") {
      const { language, translation } = event;
      items[at] = { ...item, language: translation.source ?? item.language, translations: { ...item.translations, [language]: translation } };
    }
  } else if (SHOWN.has(event.kind)) {
    items.push(/** @type {Item} */ (event));
  }
}

/**
 * The translation of a message for a reader: of the very tag, else of the same base language.
 * @param {Message} message @param {string} language the reader's
 * @returns {Translation | null} null: none was needed
 */
export function translationFor({ language: written, translations }, language) {
  const base = baseOf(language);
  const found = translations[language]
    ?? (baseOf(written) === base ? null : Object.entries(translations).find(([tag]) => baseOf(tag) === base)?.[1]);
  // Done without a text: the translator found nothing to translate.
  return !found || (found.status === "done" && found.text === null) ? null : found;
}

/** pt-BR → pt; zh-Hant stays apart from zh-Hans @param {string} tag */
export function baseOf(tag) {
  try {
    const { language, script } = new Intl.Locale(tag).maximize();
    return language === "zh" ? `${language}-${script}` : language;
  } catch {
    return tag.toLowerCase();
  }
}
