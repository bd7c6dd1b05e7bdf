// What can be translated now, and what is missing for the people there are.

import { format, t, tn } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";
import { between, keepingFocus, language, pairText, quality } from "./packs_wording.js";

/**
 * @typedef {import("./packs_types").Overview} Overview
 * @typedef {import("./packs_types").Gap} Gap
 * @typedef {import("./packs_types").Direction} Direction
 */

/** With more languages than these, one is looked at at a time. */
const ALL_AT_ONCE = 8;

export class ReachView {
  constructor() {
    this.select = /** @type {HTMLSelectElement} */ (byId("reach-from"));
    this.select.addEventListener("change", () => this.#list());
    /** @type {Overview["reachable"]} */
    this.reachable = [];
  }

  /** @param {Overview} overview */
  show(overview) {
    this.reachable = overview.reachable;
    const names = new Map([...new Set(overview.reachable.map((reach) => reach.from))].map((tag) => [tag, language(tag)]));
    const sources = [...names.keys()].sort((a, b) => /** @type {string} */ (names.get(a)).localeCompare(/** @type {string} */ (names.get(b)), format().locale));
    const chosen = this.select.value;
    const all = sources.length <= ALL_AT_ONCE;
    this.select.replaceChildren(
      ...(all ? [new Option(t("All languages"), "")] : []),
      ...sources.map((tag) => new Option(names.get(tag), tag)));
    this.select.value = sources.includes(chosen) || (all && !chosen) ? chosen : all ? "" : sources.includes("en") ? "en" : sources[0] ?? "";
    byId("reach-choice").hidden = sources.length < 3;
    this.#list();
  }

  #list() {
    const place = byId("reach");
    const from = this.select.value;
    /** @type {Map<string, Overview["reachable"]>} */
    const bySource = new Map();
    for (const reach of this.reachable) {
      if (!from || reach.from === from) bySource.set(reach.from, [...(bySource.get(reach.from) ?? []), reach]);
    }
    const rows = [...bySource].sort(([a], [b]) => language(a).localeCompare(language(b), format().locale));
    keepingFocus(place, () => place.replaceChildren(...rows.map(([source, reaches]) =>
      el("div", { class: "reach-row" },
        el("dt", {}, t("From {language} into", { language: language(source) })),
        ...reaches.map((reach) => el("dd", { class: "reach-to" },
          el("bdi", { class: "reach-name" }, language(reach.to)),
          el("span", { class: "help" }, wayText(reach))))))));
  }
}

/** @param {Overview["reachable"][number]} reach */
function wayText({ path, quality: steps }) {
  const known = steps.filter((step) => step !== null);
  if (path.length === 2) return known.length ? t("directly, {quality}", { quality: quality(known[0]) }) : t("directly");
  const languages = between(path);
  if (known.length < steps.length) return t("through {languages}", { languages });
  const numbers = format().list(known.map((step) => format().number(Math.round(step * 100))));
  return t("through {languages}, quality {numbers}", { languages, numbers });
}

/** @param {readonly Gap[]} gaps @param {(wanted: Direction[]) => void} look for the packs that would do */
export function showGaps(gaps, look) {
  const place = byId("gaps");
  byId("gaps-section").hidden = !gaps.length;
  keepingFocus(place, () => place.replaceChildren(...gaps.map((gap) => el("li", { class: "gap" },
    el("p", {}, gapText(gap)),
    gap.wanted.length ? el("p", { class: "help" },
      t("These packs would do: {packs}.", { packs: format().list(gap.wanted.map((pair) => pairText(pair.from, pair.to))) })) : null,
    gap.wanted.length ? el("button", {
      type: "button", class: "button button-small", "data-key": `gap ${gap.who} ${gap.language}`,
      "aria-label": t("Look for packs for {language}", { language: language(gap.language) }),
      onclick: () => look(gap.wanted),
    }, t("Look for them in a catalogue")) : null))));
}

/** @param {Gap} gap */
function gapText(gap) {
  const name = language(gap.language);
  if (gap.who === "team") {
    return tn(
      "One of the team reads {language}, but nothing translates into it and back yet.",
      "{n} of the team read {language}, but nothing translates into it and back yet.",
      gap.people, { language: name });
  }
  return tn(
    "One visitor writes {language}, which isn't translated for those who read {others}.",
    "{n} visitors write {language}, which isn't translated for those who read {others}.",
    gap.people, { language: name, others: format().list(gap.others.map(language)) });
}
