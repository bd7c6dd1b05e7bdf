// How complete all texts are: a table that is its own chart, a mark for each text and language, with the figures at its edges.

import { format, t } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";
import { GROUPS, kindName, statusName, titled } from "./texts_labels.js";
import { measure, statusOf } from "./texts_model.js";

/**
 * @typedef {import("./texts_types").Overview} Overview
 * @typedef {import("./texts_types").Status} Status
 */

/** @type {readonly Status[]} */
const STATUSES = ["approved", "draft", "outdated", "fallback", "empty"];

/** Told by form and not by colour alone; the arrow turns by its style. @type {Record<Status, string>} */
const MARKS = { approved: "●", draft: "◐", outdated: "◌", fallback: "→", empty: "–" };

export class Chart {
  /** @param {string} locale of the reader @param {(text: string, locale: string) => void} go */
  constructor(locale, go) {
    this.locale = locale;
    this.go = go;
    this.choice = /** @type {HTMLSelectElement} */ (byId("chart-languages"));
    this.choice.addEventListener("change", () => this.overview && this.draw(this.overview));
    /** @type {Overview | null} */
    this.overview = null;
    byId("chart-legend").replaceChildren(...STATUSES.map((status) => el("li", {}, el("span", { class: `chart-mark is-${status}`, "aria-hidden": "true" }, MARKS[status]), " ", statusName(status))));
  }

  /** @param {Overview} overview */
  draw(overview) {
    this.overview = overview;
    this.#offer(overview);
    const chosen = this.choice.value;
    const shown = overview.locales.filter(({ tag, used }) => chosen === "*" || (chosen ? tag === chosen : used));
    const tags = shown.map(({ tag }) => tag);
    const order = GROUPS.flatMap(({ kinds }) => kinds);
    const texts = [...overview.texts].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
    const { number } = format();
    const table = byId("chart-table");
    table.replaceChildren(
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("Text")), el("th", { scope: "col" }, statusName("approved")),
        ...shown.map(({ name, tag }) => el("th", { scope: "col", title: name }, chosen && chosen !== "*" ? name : el("abbr", { title: name }, tag))))),
      el("tbody", {}, ...texts.map((text) => {
        const { title, lang } = titled(text, this.locale, overview.nearest);
        const { done, total } = measure(text, tags);
        return el("tr", {},
          el("th", { scope: "row" }, el("bdi", { lang }, title), title === kindName(text.kind) ? null : el("span", { class: "help" }, ` ${kindName(text.kind)}`)),
          el("td", { class: "chart-figure" }, t("{done} of {total}", { done, total })),
          ...shown.map(({ tag, name }) => {
            const status = statusOf(text, tag);
            const said = `${title}, ${name}: ${statusName(status)}`;
            return el("td", {}, el("button", { type: "button", class: `chart-cell is-${status}`, title: said, "aria-label": said, onclick: () => this.go(text.id, tag) },
              MARKS[status], chosen && chosen !== "*" ? el("span", {}, statusName(status)) : null));
          }));
      })),
      el("tfoot", {}, el("tr", {}, el("th", { scope: "row" }, statusName("approved")), el("td", {}),
        ...tags.map((tag) => {
          const done = texts.filter((text) => statusOf(text, tag) === "approved").length;
          return el("td", { class: "chart-figure" }, number(texts.length ? done / texts.length : 0, { style: "percent" }));
        }))));
  }

  /** @param {Overview} overview */
  #offer({ locales }) {
    const before = this.choice.value;
    this.choice.replaceChildren(
      el("option", { value: "" }, t("Languages in use")), el("option", { value: "*" }, t("All languages")),
      ...locales.map(({ tag, name }) => el("option", { value: tag }, name)));
    this.choice.value = before;
    if (this.choice.selectedIndex < 0) this.choice.value = "";
  }
}
