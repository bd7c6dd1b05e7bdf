// The list of texts in groups, each with how complete it is.

import { t } from "../../widget/lib/i18n.js";
import { byId, el, icon } from "./dom.js";
import { GROUPS, kindName, titled } from "./texts_labels.js";
import { draftsOf, measure } from "./texts_model.js";

/**
 * @typedef {import("./texts_types").Text} Text
 * @typedef {import("./texts_types").Kind} Kind
 * @typedef {import("./texts_types").Edit} Edit
 */

/**
 * @param {{text: Text, overview: import("./texts_types").Overview, config: import("./texts_types").Config, edits: Map<string, Edit>,
 *   go: (id: string) => void, add: (kind: Kind) => void, move: (id: string, step: number) => void}} page
 */
export function drawList(page) {
  const { overview, config } = page;
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.go : undefined;
  const tags = overview.locales.filter(({ used }) => used).map(({ tag }) => tag);
  const host = byId("list");
  host.replaceChildren(...GROUPS.map(({ name, kinds }, index) => {
    const texts = overview.texts.filter(({ kind }) => kinds.includes(kind));
    if (kinds.includes("region_name")) texts.sort((a, b) => place(overview.texts, a) - place(overview.texts, b));
    const kind = kinds.find((one) => config.purposes[one].many);
    const most = kind ? config.most[kind] ?? Infinity : 0;
    return el("section", { "aria-labelledby": `group-${index}` },
      el("h2", { id: `group-${index}` }, name()),
      el("ul", {}, ...texts.map((text, at) => item(page, text, tags, at, texts.length))),
      kind && texts.length < most ? el("button", { type: "button", class: "button button-small", onclick: () => page.add(kind) }, kind === "question" ? t("Add a question") : t("Add a canned response")) : null);
  }));
  if (focused) /** @type {HTMLElement | null} */ (host.querySelector(`[data-go="${CSS.escape(focused)}"]`))?.focus();
}

/** A region's texts stand together. @param {readonly Text[]} texts @param {Text} text */
const place = (texts, text) => texts.findIndex(({ region }) => region === text.region);

/** @param {Parameters<typeof drawList>[0]} page @param {Text} text @param {readonly string[]} tags @param {number} at @param {number} count */
function item(page, text, tags, at, count) {
  const { done, total } = measure(text, tags);
  const { title, lang } = titled(text, page.config.locale, page.overview.nearest);
  const drafts = draftsOf(text).length;
  const isChanged = page.edits.has(text.id) || text.id.startsWith("new-");
  const ring = el("span", { class: "text-measure", "aria-hidden": "true" }, el("span", { class: "text-measure-bar" }));
  // A width that was computed is no inline style in the page's source.
  /** @type {HTMLElement} */ (ring.firstElementChild).style.inlineSize = `${total ? (100 * done) / total : 0}%`;
  return el("li", {},
    el("button", { type: "button", class: "text-item", "aria-current": text === page.text ? "true" : null, dataset: { go: text.id }, onclick: () => page.go(text.id) },
      el("span", { class: "text-item-name" }, el("bdi", { lang }, title), text.region === null ? null : el("span", { class: "help" }, kindName(text.kind))),
      isChanged ? el("span", { class: "text-dot", title: t("Not saved yet") }, el("span", { class: "visually-hidden" }, t("Not saved yet"))) : null,
      drafts ? el("span", { class: "text-drafts", "aria-hidden": "true" }, "◐") : null,
      el("span", { class: "text-measure-part" }, el("span", { class: "help" }, t("{done} of {total}", { done, total })), ring)),
    text.kind === "question" && text.version && count > 1 ? el("span", { class: "text-movers" }, mover(page, text, title, -1, at === 0), mover(page, text, title, 1, at === count - 1)) : null);
}

/** @param {Parameters<typeof drawList>[0]} page @param {Text} text @param {string} name @param {number} step @param {boolean} disabled */
const mover = (page, text, name, step, disabled) => el("button", {
  type: "button", class: `icon-button text-mover ${step < 0 ? "is-up" : "is-down"}`, disabled, dataset: { go: `${text.id} ${step}` },
  "aria-label": step < 0 ? t("Move {name} up", { name }) : t("Move {name} down", { name }), onclick: () => page.move(text.id, step),
}, icon("chevron"));
