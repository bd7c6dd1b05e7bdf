// The chat in the frame: puts the parts together and speaks the visitor's language.

import { createComposer } from "./chat/composer.js";
import { createConversation } from "./chat/conversation.js";
import { byId, make, once, say } from "./lib/dom.js";
import { createHeader } from "./chat/header.js";
import { closedWords, createList, rowsOf } from "./chat/messages.js";
import { createParent } from "./chat/parent.js";
import { createScroll } from "./chat/scroll.js";
import { createStore } from "./chat/session.js";
import { translationFor } from "./lib/events.js";
import { format, loadCatalogue, reader, t, useCatalogue, variantOf } from "./lib/i18n.js";

/**
 * `language`: of those offered, what suits the site and the browser best; `locales`: in whose words the chat speaks to readers
 * of a language, if not in its own.
 * `strings`: where the English words are. `names`: of languages, where browsers may not know them.
 * @type {{language: string, locales: Record<string, string>, strings: string, languages: string[], translated: string[], names: Record<string, string>,
 *   workspace: {name: string, accent: string}, accentText: string, session: string, socket: string,
 *   texts: import("./lib/protocol").Texts | null}}
 */
const config = JSON.parse(byId("config").textContent ?? "");
const tags = config.languages;
const store = createStore(() => localStorage);

let open = false;
let page = /** @type {string | null} */ (null);
let timeZone = /** @type {string | null} */ (Intl.DateTimeFormat().resolvedOptions().timeZone ?? null);
let site = /** @type {string | null} */ (null);
let language = tags.find((tag) => tag === store.get("language")) ?? config.language;

document.documentElement.style.setProperty("--accent", config.workspace.accent);
document.documentElement.style.setProperty("--accent-text", config.accentText);

const conversation = createConversation({
  urls: config,
  store,
  texts: config.texts,
  about: () => ({ language, page, time_zone: timeZone, site, region: store.get("region") }),
  reading: () => open && document.visibilityState === "visible" && scroll.atEnd,
  onChange: redraw,
  onMessage(message) {
    if (!scroll.atEnd) scroll.announceBelow(() => t("New messages"));
    if (translationFor(message, language)?.status !== "pending") announce(message);
  },
  onClosed() {
    if (!scroll.atEnd) scroll.announceBelow(() => t("Conversation closed"));
    tell(make("p", { textContent: closedWords() }));
  },
  onTranslation(message, before) {
    const translation = translationFor(message, language);
    // Into the reader's language: others are none of their business.
    if (translation !== translationFor(before, language) && translation?.status !== "pending") announce(message);
  },
  onRefused: (text) => composer.putBack(text),
  onAnswer(to, error) {
    asking?.answered(to, error);
    if (to === "email") waiting?.answered(error);
  },
});
const { state, outbox } = conversation;

const parent = createParent({
  start(start) {
    page = start.page || null;
    timeZone = start.timeZone ?? timeZone;
    site = start.site ?? null;
    open = start.open;
    choose(start.chosen, false);
    if (open) begin(start.quiet);
    else conversation.startIfTalked();
  },
  open() {
    open = true;
    begin();
  },
  closed() {
    open = false;
  },
  page(told) {
    page = told.page;
  },
  language: (told) => choose(told.language, true),
});

const header = createHeader(config.workspace.name, conversation.retryNow, redraw);
const scroll = createScroll({ onTop: conversation.earlier, onEnd: conversation.look });
const composer = createComposer({
  store,
  async before() {
    if (!state.texts?.questions.length) return "";
    await loadAsking();
    // What admins would like to know does not come before what a visitor has to say.
    return asking ? asking.before() : "";
  },
  onSend(text) {
    asking?.sent();
    conversation.send(text, language);
    scroll.toEnd();
  },
  onTyping: conversation.typing,
});
const list = createList({
  get language() {
    return language;
  },
  avatarOf: (name) => [state.log.agent, ...(state.presence?.agents ?? [])].find((face) => face?.name === name)?.avatar ?? config.workspace.accent,
  now: conversation.now,
  retry: outbox.retry,
  remove: outbox.remove,
  redraw,
});

/** @type {ReturnType<typeof import("./chat/waiting.js").createWaiting> | null} */
let waiting = null;

/** Most visitors find somebody there, and never need the words for when nobody is. */
const loadWaiting = once(() => import("./chat/waiting.js"), ({ createWaiting }) => {
  const { now, give } = conversation;
  waiting = createWaiting({ store, now, give, redraw, announce: (lines) => tell(...lines.map((line) => line.cloneNode(true))) });
  redraw();
});
/** @type {ReturnType<typeof import("./chat/offer.js").createOffer> | null} */
let offer = null;
const loadOffer = once(() => import("./chat/offer.js"), ({ createOffer }) => {
  offer = createOffer({ store, current: () => language, onAccept: (tag) => speak(tag, true) });
  redraw();
});
/** @type {ReturnType<typeof import("./chat/texts.js").createAsking> | null} */
let asking = null;
const loadAsking = once(() => import("./chat/texts.js"), ({ createAsking }) => {
  asking = createAsking({ store, conversation, redraw });
  redraw();
});
const toLanguages = () => import("./chat/languages.js");
const toRegions = () => import("./chat/regions.js");

let told = 0;

function redraw() {
  scroll.keep(() => {
    const { log, receipts } = state;
    const formats = format();
    list.draw(rowsOf({ items: log.items, outbox: outbox.entries, language, receipts, dayOf: (at) => formats.daysFromNow(at, conversation.now()) }));
    if (state.suggestion) loadOffer();
    offer?.(state.suggestion);
    if (state.waiting || state.hours?.open === false) loadWaiting();
    if (state.texts?.survey || state.texts?.questions.length) loadAsking();
    asking?.draw();
    header.draw(state, config.translated.includes(language), waiting?.draw(state) ?? "");
    byId("region").hidden = state.regions.length < 2;
    composer.warn(state.problem);
    byId("older").hidden = !state.loadingEarlier;
    byId("intro").hidden = log.earlier;
    byId("renewed").hidden = !state.renewed;
    composer.limitTo(state.limit);
  });
  if (told !== state.unread) parent.unread((told = state.unread));
}

/** The chat came before the visitor's eyes. @param {boolean} [quiet] leaves the focus where it is */
function begin(quiet) {
  conversation.start();
  conversation.retryNow();
  scroll.toEnd();
  conversation.look();
  if (quiet) return;
  // A keyboard that jumps up by itself hides what one came to read.
  if (matchMedia("(pointer: coarse)").matches) byId("title").focus();
  else if (!asking?.focus()) composer.focus();
}

/** Reads a message of an agent out, once its text stands. @param {import("./lib/protocol").MessageEvent} message */
function announce(message) {
  const translation = translationFor(message, language);
  const done = translation?.text;
  const words = make("p", { textContent: t("{name} says: {text}", { name: message.author.name ?? config.workspace.name, text: done || message.text }) });
  words.lang = done ? language : message.language;
  tell(words);
}

/** To screen readers. @param {...Node} words */
const tell = (...words) => byId("announcer").replaceChildren(...words);

/** The site's script asks for a language. @param {string | undefined} tag @param {boolean} chosen to be remembered */
async function choose(tag, chosen) {
  if (!tag) return;
  const wanted = tags.includes(tag) ? tag : (await import("./lib/negotiation.js")).negotiate([tag], tags);
  if (wanted) speak(wanted, chosen);
}

let asked = 0;

/** Changes every word on the screen at once, and nothing that was typed. @param {string} tag @param {boolean} chosen by the visitor or the site */
async function speak(tag, chosen) {
  const turn = ++asked;
  if (chosen) store.set("language", tag);
  if (chosen && language !== tag) conversation.speak(tag);
  language = tag;
  const locale = config.locales[tag] ?? tag;
  let catalogue = reader();
  // Both come while the words before still stand, and are shown together.
  const texts = state.texts && state.texts.language !== tag ? import("./chat/texts.js").then(({ fetchTexts }) => fetchTexts(tag), () => null) : null;
  try {
    if (catalogue.locale !== locale) catalogue = await loadCatalogue(config.strings.replace(".en.", `.${locale}.`));
  } catch {
    // Without its catalogue the chat goes on in the words it has.
  }
  const told = await texts;
  if (turn !== asked) return;
  if (told) state.texts = told;
  useCatalogue(catalogue, variantOf(catalogue.locale, [tag, ...navigator.languages]));
  label();
}

/** What a language is called in itself. @param {string} tag */
const nameOf = (tag) => config.names[tag] ?? new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;

/** Every word anew. */
function label() {
  const { locale, direction } = reader();
  document.documentElement.lang = locale;
  document.documentElement.dir = direction;
  document.title = t("Chat with {name}", { name: config.workspace.name });
  byId("close").title = byId("close").ariaLabel = t("Close chat");
  byId("scroller").ariaLabel = t("Conversation");
  say(byId("older"), t("Loading earlier messages…"));
  scroll.label();
  say(byId("renewed"), t("Your earlier conversation has expired on this device, so this is a new one. Nothing you were writing is lost."));
  const name = byId("language-name");
  const spoken = nameOf(language);
  say(name, spoken);
  name.title = spoken;
  name.lang = language;
  byId("language").title = t("Language");
  byId("language").ariaLabel = t("Language: {name}", { name: spoken });
  byId("region").title = byId("region").ariaLabel = t("Choose where to write");
  byId("picker")?.dispatchEvent(new Event("label"));
  composer.label();
  parent.language(language, document.title, !!store.get("language"));
  redraw();
}

/**
 * A button of the header and the list behind it, which is fetched as soon as somebody is about to press.
 * @param {string} id @param {() => Promise<any>} load @param {() => Promise<void>} open
 */
function opens(id, load, open) {
  const button = byId(id);
  button.addEventListener("pointerenter", load);
  button.addEventListener("focus", load);
  button.addEventListener("click", open);
  return button;
}
const languages = opens("language", toLanguages, async () =>
  (await toLanguages()).toggleLanguages({ button: languages, languages: tags.map((tag) => ({ tag, name: nameOf(tag), translated: config.translated.includes(tag) })), current: () => language, onChoose: (tag) => speak(tag, true) }));
const regions = opens("region", toRegions, async () =>
  (await toRegions()).toggleRegions({ button: regions, regions: () => state.regions, current: () => state.region ?? state.hours?.region.id, onChoose: conversation.choose }));

byId("close").hidden = !parent.embedded;
byId("close").addEventListener("click", parent.close);
addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey) return;
  const typing = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement;
  // By its place on the keyboard, so that it is there in every script.
  if (event.code === "KeyO" && (typing ? event.altKey : !event.altKey)) {
    event.preventDefault();
    list.swapAll();
  } else if (event.key === "Escape") {
    parent.close();
  }
});
document.addEventListener("visibilitychange", conversation.look);

await speak(language, false);
parent.ready();
