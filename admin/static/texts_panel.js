// A text as its reader sees it: the chat's own look, or a mail, told by the page around it what stands there.

import { loadCatalogue, format, useCatalogue } from "../../widget/lib/i18n.js";
import { createPrechat } from "../../widget/chat/prechat.js";
import { createSurvey } from "../../widget/chat/survey.js";
import { openingWords } from "../../widget/lib/opening.js";
import { queueWords } from "../../widget/lib/queue.js";
import { paint } from "./accent.js";
import { byId, el } from "./dom.js";

/** @typedef {import("./texts_types").Shown} Shown */

const HOUR = 3_600_000;

const config = JSON.parse(byId("config").textContent ?? "");
paint(document.documentElement, config.workspace.accent);

/** @type {Promise<import("../../widget/lib/types").Catalogue | undefined>} */
const catalogue = loadCatalogue(config.strings).catch(() => undefined);

const own = byId("greeting").textContent ?? "";

/** The colours of the night where the page asks for them, whatever this device has. @param {boolean} dark */
function light(dark) {
  document.documentElement.style.colorScheme = dark ? "dark" : "light";
  for (const sheet of document.styleSheets) {
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSMediaRule)) continue;
      const said = rule.media.mediaText;
      if (said.includes("prefers-color-scheme") || night.has(rule)) {
        night.add(rule);
        rule.media.mediaText = dark ? "all" : "not all";
      }
    }
  }
}

/** @type {Set<CSSMediaRule>} */
const night = new Set();

/** @param {Shown} shown @param {string} [style] */
const said = (shown, style) => el("p", { lang: shown.lang, dir: shown.dir, class: style ?? null }, shown.text);

/** @param {string} first what stands above it @param {Shown} shown */
const card = (first, shown) => el("section", { id: "wait", class: "card" }, el("p", { class: "now" }, first), shown.text ? said(shown, "panel-lines") : null);

// The chat's own forms, which have nobody to send anything to here.
const store = { get: () => null, set: () => {} };
const prechat = createPrechat(/** @type {any} */ ({ store, give: () => false, current: () => undefined }));
/** @type {Shown | null} */
let last = null;
const survey = createSurvey(/** @type {any} */ ({ store, rate: () => false, redraw: () => last && forms(last), announce: () => {} }));

/** @param {Shown} shown */
function forms(shown) {
  const asked = shown.kind === "question" ? shown.questions : [];
  prechat.draw(asked.map((one, at) => {
    const { text, lang, required, answer, dir } = one ?? shown;
    // A field of the form is made once, for one kind of answer.
    return { id: `question-${at}-${answer}`, label: { text, language: lang, direction: dir }, answer, required };
  }), false);
  const ended = [{ kind: "message", seq: 1, author: { kind: "agent", name: shown.agent } }, { kind: "state", seq: 2, state: "closed", by: null }];
  const said = shown.kind === "survey" && shown.text ? { text: shown.text, language: shown.lang, direction: shown.dir } : null;
  survey.draw(/** @type {any} */ ({ log: { items: ended, state: said ? "closed" : "open" }, texts: { survey: said }, status: "closed" }));
}

/** @param {Shown} shown @returns {readonly (Node | null)[]} */
function contents(shown) {
  const waiting = /** @type {any} */ ({ position: 2, estimate_seconds: null });
  switch (shown.kind) {
    case "greeting":
    case "question":
    case "survey":
      return [];
    case "queue":
      return [card(queueWords(waiting).place, shown)];
    case "offline":
    case "region_offline":
      return [card(openingWords(new Date(Date.now() + 11 * HOUR).toISOString(), Date.now(), format()).whole, shown)];
    case "canned":
      return [el("ol", {}, el("li", { class: "message theirs first last" }, el("span", { class: "author", dir: "auto" }, shown.agent), el("div", { class: "bubble" }, said(shown))))];
    case "signature":
      return [el("section", { class: "panel-mail" }, el("p", { class: "panel-lines panel-blank" }), el("p", { class: "panel-lines panel-blank" }), el("hr"), said(shown, "panel-lines"))];
    case "region_name":
      return [el("ul", { class: "panel-choices" }, el("li", {}, el("bdi", { lang: shown.lang }, shown.text)))];
  }
}

addEventListener("message", async ({ data, origin, source }) => {
  if (origin !== location.origin || source !== parent || data?.type !== "text") return;
  const shown = /** @type {Shown} */ (data.shown);
  useCatalogue(await catalogue);
  light(shown.dark);
  const greeting = byId("greeting");
  const isGreeting = shown.kind === "greeting" && shown.text !== "";
  greeting.textContent = isGreeting ? shown.text : own;
  greeting.lang = isGreeting ? shown.lang : document.documentElement.lang;
  greeting.dir = isGreeting ? shown.dir : "";
  const isMail = shown.kind === "signature";
  document.body.classList.toggle("is-mail", isMail);
  byId("intro").hidden = isMail || shown.kind === "canned" || shown.kind === "survey";
  last = shown;
  forms(shown);
  byId("preview").replaceChildren(...contents(shown).filter((part) => part !== null));
  byId("language-name").textContent = new Intl.DisplayNames([document.documentElement.lang], { type: "language" }).of(document.documentElement.lang) ?? "";
  document.documentElement.dataset.shown = String(shown.number);
});

parent.postMessage({ type: "panel" }, location.origin);
