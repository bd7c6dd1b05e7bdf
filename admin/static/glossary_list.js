// A list that is looked through: searching, pages, and the rows of what was answered last.

import { t } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";
import { call, trouble } from "./admin_page.js";

const PAUSE = 200;

/**
 * @template {{matching: number, total: number}} Answer
 */
export class List {
  /**
   * @param {string} address @param {number} size rows on a page @param {(answer: Answer) => void} show fills the table
   */
  constructor(address, size, show) {
    this.address = address;
    this.size = size;
    this.show = show;
    this.offset = 0;
    /** @type {Record<string, string>} what is asked for besides */
    this.filters = {};
    /** @type {Answer | null} */
    this.answer = null;
    /** @type {AbortController | null} */
    this.asking = null;
    /** @type {any} */
    this.timer = null;
    this.search = /** @type {HTMLInputElement} */ (byId("search"));
    this.search.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), PAUSE);
    });
  }

  /** Asks from the beginning, with other filters. @param {Record<string, string>} [filters] */
  look(filters = {}) {
    Object.assign(this.filters, filters);
    this.offset = 0;
    return this.refresh();
  }

  async refresh() {
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    const query = new URLSearchParams({ search: this.search.value.trim(), offset: String(this.offset) });
    for (const [name, value] of Object.entries(this.filters)) if (value) query.set(name, value);
    byId("list").setAttribute("aria-busy", "true");
    try {
      const answer = await call(`${this.address}?${query}`, undefined, asking.signal);
      if (answer.matching && this.offset >= answer.matching) {
        // The last row of the last page was removed.
        this.offset = Math.floor((answer.matching - 1) / this.size) * this.size;
        return void this.refresh();
      }
      trouble(null);
      this.answer = answer;
      this.show(answer);
      this.#state(answer);
    } catch (error) {
      if (!asking.signal.aborted) trouble(error);
    } finally {
      if (this.asking === asking) byId("list").removeAttribute("aria-busy");
    }
  }

  /** @param {Answer} answer */
  #state(answer) {
    byId("empty").hidden = answer.total > 0;
    byId("tools").hidden = answer.total === 0;
    byId("table").hidden = answer.matching === 0;
    const nothing = byId("nothing");
    nothing.hidden = answer.total === 0 || answer.matching > 0;
    nothing.textContent = nothing.hidden ? "" : t("Nothing here matches. Try a shorter word or fewer filters.");
    const last = Math.min(this.offset + this.size, answer.matching);
    byId("pager").replaceChildren(...(answer.matching === 0 ? [] : [
      el("span", { class: "help" }, t("{first}–{last} of {total}", { first: this.offset + 1, last, total: answer.matching })),
      ...(answer.matching <= this.size ? [] : [
        this.#button(t("Previous page"), this.offset - this.size, this.offset > 0),
        this.#button(t("Next page"), this.offset + this.size, last < answer.matching),
      ]),
    ]));
  }

  /** @param {string} label @param {number} offset @param {boolean} possible */
  #button(label, offset, possible) {
    return el("button", { type: "button", class: "button button-small", disabled: !possible, onclick: async () => {
      this.offset = offset;
      await this.refresh();
      byId("list").scrollIntoView({ block: "start" });
    } }, label);
  }
}
