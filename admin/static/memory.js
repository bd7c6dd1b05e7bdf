// The page of the corrections: what people said about translations, in a table; files in and out.

import { reader, t } from "../../widget/lib/i18n.js";
import { arrow, inTurn } from "./arrow.js";
import { byId, el } from "./dom.js";
import { createAgentFormats } from "./formats.js";
import { begin, call, languageName, learn, own, trouble } from "./admin_page.js";
import { Import } from "./file_import.js";
import { List } from "./glossary_list.js";
import { done } from "./undo_line.js";
import { JudgementEditor } from "./memory_editor.js";

/**
 * @typedef {import("./glossary_types").Judgement} Judgement
 * @typedef {import("./glossary_types").Judgements} Judgements
 * @typedef {import("./glossary_types").Language} Language
 */

class Page {
  /** @param {any} config */
  constructor(config) {
    learn(config.languages);
    this.formats = createAgentFormats(reader().locale, config.time_zone);
    /** @type {List<Judgements>} */
    this.list = new List("/api/memory", config.page, (answer) => this.show(answer));
    const tags = config.languages.map((/** @type {Language} */ language) => language.tag);
    this.editor = new JudgementEditor(tags, () => {
      done(t("Saved. It counts from the next message on."));
      this.list.refresh();
    });
    new Import({
      address: "/api/memory", modes: false, row: described, taken: () => this.list.refresh(),
      explanation: t("One text in each line. The first line names the columns: source, target, text and translation, and if you like verdict (approved or rejected) and at. What will change is shown first."),
    });
    for (const id of ["add", "add-first"]) byId(id).addEventListener("click", () => this.editor.open(null));
    this.pair = /** @type {HTMLSelectElement} */ (byId("pair"));
    this.pair.addEventListener("change", () => {
      const [source = "", target = ""] = this.pair.value.split(" ");
      this.list.look({ source, target });
    });
    const verdict = /** @type {HTMLSelectElement} */ (byId("verdict"));
    verdict.addEventListener("change", () => this.list.look({ verdict: verdict.value }));
    this.list.refresh();
  }

  /** @param {Judgements} answer */
  show(answer) {
    this.#offer(answer.pairs);
    const table = byId("table");
    table.querySelector("thead")?.replaceChildren(el("tr", {},
      ...[t("Languages"), t("Text"), t("Translation"), t("Said by")].map((label) => el("th", { scope: "col" }, label)),
      el("th", { scope: "col" }, el("span", { class: "visually-hidden" }, t("Actions")))));
    table.querySelector("tbody")?.replaceChildren(...answer.judgements.map((known) => this.#row(known)));
  }

  /** Those that there is something for, with the one that is chosen. @param {readonly [string, string][]} pairs */
  #offer(pairs) {
    const values = pairs.map((pair) => pair.join(" "));
    const there = [...this.pair.options].slice(1).map((option) => option.value);
    if (values.join() === there.join()) return;
    const chosen = this.pair.value;
    this.pair.replaceChildren(/** @type {Node} */ (this.pair.options[0]),
      ...pairs.map(([source, target]) => el("option", { value: `${source} ${target}`, selected: `${source} ${target}` === chosen }, direction(source, target))));
  }

  /** @param {Judgement} known */
  #row(known) {
    const rejected = known.verdict === "rejected";
    return el("tr", { class: rejected ? "rejected" : null },
      el("td", { class: "pair" }, direction(known.source, known.target)),
      el("td", { class: "said" }, own(known.text, known.source)),
      el("td", { class: "said" }, rejected ? el("span", { class: "badge-wrong" }, t("Called wrong")) : null, own(known.translation, known.target, rejected ? "wrong" : "")),
      el("td", {}, known.by ? el("bdi", {}, known.by) : t("A file"), el("span", { class: "help when" }, el("time", { datetime: known.at, title: this.formats.full(known.at) }, this.formats.when(known.at, Date.now())))),
      el("td", { class: "row-action" },
        el("button", { type: "button", class: "button button-small", "aria-label": t("Change {name}", { name: known.text }), onclick: () => this.editor.open(known) }, t("Change")), " ",
        el("button", { type: "button", class: "button button-small", "aria-label": t("Remove {name}", { name: known.text }), onclick: () => this.remove(known) }, t("Remove"))));
  }

  /** @param {Judgement} known */
  async remove(known) {
    const gone = await this.#did(() => call("/api/memory/remove", { id: known.id }));
    if (!gone) return;
    byId("memory-title").focus();
    done(t("Removed."), () => this.#did(() => call("/api/memory/restore", { id: known.id })));
  }

  /** @param {() => Promise<any>} act @returns {Promise<boolean>} */
  async #did(act) {
    try {
      await act();
      trouble(null);
    } catch (error) {
      trouble(error);
      return false;
    }
    this.list.refresh();
    return true;
  }
}

/** @param {string} source @param {string} target */
const direction = (source, target) => t("{source} to {target}", { source: languageName(source), target: languageName(target) });

/** A correction on one line. @param {Judgement} known @returns {Node} */
const described = (known) =>
  el("span", {}, el("span", { class: "help" }, `${inTurn([known.source, known.target])} `), own(known.text, known.source), ` ${arrow()} `, own(known.translation, known.target, known.verdict === "rejected" ? "wrong" : ""));

begin().then((config) => new Page(config));
