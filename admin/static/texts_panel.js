// A text as its reader sees it: the chat's own look, or a mail, told by the page around it what stands there.

import { loadCatalogue, format, useCatalogue } from "../../widget/lib/i18n.js";
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

/** @param {string} text @param {string} lang @param {boolean} required @param {string} type */
const question = (text, lang, required, type) => el("label", { class: "panel-question" },
  el("span", { lang, dir: "auto" }, text, required ? " *" : ""), el("input", { type, readonly: true, tabindex: "-1" }));

/** @param {Shown} shown @returns {readonly (Node | null)[]} */
function contents(shown) {
  const waiting = /** @type {any} */ ({ position: 2, estimate_seconds: null });
  switch (shown.kind) {
    case "greeting":
      return [];
    case "queue":
      return [card(queueWords(waiting).place, shown)];
    case "offline":
    case "region_offline":
      return [card(openingWords(new Date(Date.now() + 11 * HOUR).toISOString(), Date.now(), format()).whole, shown)];
    case "canned":
      return [el("ol", { id: "list" }, el("li", { class: "message theirs first last" }, el("span", { class: "author", dir: "auto" }, shown.agent), el("div", { class: "bubble" }, said(shown))))];
    case "question":
      return [el("section", { class: "card panel-form" }, ...shown.questions.map((one) =>
        one ? question(one.text, one.lang, one.required, "text") : question(shown.text, shown.lang, shown.required, shown.answer)))];
    case "survey":
      return [el("section", { class: "card panel-form" }, said(shown, "now"), el("div", { class: "panel-faces" }, ...["☹", "🙁", "😐", "🙂", "😊"].map((face) => el("span", {}, face))))];
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
  byId("preview").replaceChildren(...contents(shown).filter((part) => part !== null));
  byId("language-name").textContent = new Intl.DisplayNames([document.documentElement.lang], { type: "language" }).of(document.documentElement.lang) ?? "";
  document.documentElement.dataset.shown = String(shown.number);
});

parent.postMessage({ type: "panel" }, location.origin);
