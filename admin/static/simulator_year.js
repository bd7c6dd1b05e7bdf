// A region's next twelve months: the chart of days, and the list of openings and closings, a page at a time.

import { format, t } from "../../widget/lib/i18n.js";
import { byId, el, setText } from "./dom.js";
import { call, trouble } from "./admin_page.js";
import { createTip } from "./map_tip.js";
import { dayWords, drawYear } from "./year_chart.js";
import { cityOf, lasting } from "./zoned.js";

/**
 * @typedef {import("./simulator_types").Year} Year
 * @typedef {import("./zoned.js").ZonedFormats} ZonedFormats
 */

export class SimulatorYear {
  /** @param {ZonedFormats} formats @param {number} firstDay 0 for Monday @param {readonly {id: string, name: string}[]} regions */
  constructor(formats, firstDay, regions) {
    this.formats = formats;
    this.firstDay = firstDay;
    this.regions = regions;
    this.select = /** @type {HTMLSelectElement} */ (byId("year-region"));
    /** the one that was chosen here; empty: the visitor's */
    this.chosen = "";
    this.region = "";
    this.at = "";
    this.offset = 0;
    this.asked = 0;
    this.known = "";
    /** @type {Year | null} */
    this.year = null;
    /** @type {HTMLElement[][]} */
    this.grid = [];
    this.tip = createTip(byId("tip"));
    this.select.replaceChildren(el("option", { value: "" }, t("The visitor’s region")), ...regions.map((region) => el("option", { value: region.id }, region.name)));
    this.select.addEventListener("change", () => {
      this.chosen = this.select.value;
      this.offset = 0;
      this.#load();
    });
    byId("page-before").addEventListener("click", () => this.#turn(-1));
    byId("page-after").addEventListener("click", () => this.#turn(1));
    this.#listen();
  }

  /** The visitor's region and the instant are these. @param {string} region @param {string} at */
  follow(region, at) {
    if (region === this.region && at === this.at) return;
    if (region !== this.region || at.slice(0, 10) !== this.at.slice(0, 10)) this.offset = 0;
    this.region = region;
    this.at = at;
    this.#load();
  }

  /** @param {1 | -1} pages */
  #turn(pages) {
    if (!this.year) return;
    this.offset = Math.max(0, this.offset + pages * this.year.page);
    this.#load();
  }

  async #load() {
    const asked = (this.asked += 1);
    const query = new URLSearchParams({ region: this.chosen || this.region, at: this.at, offset: String(this.offset) });
    try {
      const year = /** @type {Year} */ (await call(`/api/simulator/year?${query}`));
      if (asked === this.asked) this.#show(year);
    } catch (error) {
      if (asked === this.asked) trouble(error);
    }
  }

  /** @param {Year} year */
  #show(year) {
    const { formats } = this;
    this.year = year;
    byId("year-card").hidden = false;
    setText(byId("year-title"), t("The next 12 months of {region}", { region: year.region.name }));
    setText(byId("year-note"), t("Days and times of {city}.", { city: cityOf(year.zone) }));
    // Another moment of the same day leaves the chart as it is, with its focus.
    const known = JSON.stringify([year.region, year.zone, year.days]);
    if (known !== this.known) {
      this.known = known;
      this.tip.hide();
      this.grid = drawYear(byId("year"), year.days, this.firstDay, formats);
    }
    byId("transitions").querySelector("tbody")?.replaceChildren(...year.transitions.map((one) =>
      el("tr", {},
        el("td", {}, formats.full(one.at)),
        el("td", {}, el("span", { class: one.open ? "turns turns-open" : "turns turns-closed" }, one.open ? t("Opens") : t("Closes"))),
        el("td", {}, one.until ? formats.length(lasting({ start: one.at, end: one.until })) : t("more than this year shows")),
        el("td", {}, one.names.length ? el("bdi", {}, format().list(one.names)) : null))));
    const none = year.total === 0;
    byId("transitions-none").hidden = !none;
    setText(byId("transitions-none"), none ? (year.open ? t("It stays open: nothing changes within a year.") : t("It stays closed: it never opens within a year.")) : "");
    const from = formats.number(year.offset + 1);
    const to = formats.number(year.offset + year.transitions.length);
    setText(byId("page-said"), none ? "" : t("{from}–{to} of {total}", { from, to, total: formats.number(year.total) }));
    byId("page-before").toggleAttribute("disabled", year.offset === 0);
    byId("page-after").toggleAttribute("disabled", year.offset + year.transitions.length >= year.total);
  }

  #listen() {
    const chart = byId("year");
    /** @param {EventTarget | null} target @returns {[number, number] | null} */
    const find = (target) => {
      const element = target instanceof HTMLElement ? target.closest(".year-day") : null;
      for (const [row, cells] of this.grid.entries()) {
        const column = element ? cells.indexOf(/** @type {HTMLElement} */ (element)) : -1;
        if (column >= 0) return [row, column];
      }
      return null;
    };
    /** @param {[number, number] | null} where */
    const tell = (where) => {
      const element = where && this.grid[where[0]]?.[where[1]];
      const day = where && this.#dayAt(where);
      if (element && day) this.tip.show(element, dayWords(day, this.formats));
      else this.tip.hide();
    };
    chart.addEventListener("pointerover", (event) => tell(find(event.target)));
    chart.addEventListener("pointerleave", () => tell(find(document.activeElement)));
    chart.addEventListener("focusin", (event) => tell(find(event.target)));
    chart.addEventListener("focusout", () => this.tip.hide());
    chart.addEventListener("click", (event) => this.#focus(find(event.target)));
    chart.addEventListener("keydown", (event) => {
      const where = find(event.target);
      if (!where || event.ctrlKey || event.metaKey || event.altKey) return;
      const rightToLeft = getComputedStyle(chart).direction === "rtl";
      const days = { ArrowUp: -1, ArrowDown: 1, ArrowRight: rightToLeft ? -7 : 7, ArrowLeft: rightToLeft ? 7 : -7, Home: -400, End: 400 }[event.key];
      if (!days) return;
      event.preventDefault();
      const first = this.#placeOf(0);
      const index = where[1] * 7 + where[0] - (first ? first[0] : 0);
      const to = Math.min(Math.max(0, index + days), (this.year?.days.length ?? 1) - 1);
      this.#focus(this.#placeOf(to));
    });
  }

  /** Where a day lies: row and column. @param {number} index @returns {[number, number] | null} */
  #placeOf(index) {
    const first = this.grid.findIndex((cells) => cells[0]);
    if (first < 0) return null;
    return [(first + index) % 7, Math.floor((first + index) / 7)];
  }

  /** @param {[number, number]} where */
  #dayAt([row, column]) {
    const first = this.#placeOf(0);
    return first ? this.year?.days[column * 7 + row - first[0]] : undefined;
  }

  /** @param {[number, number] | null} where */
  #focus(where) {
    const next = where && this.grid[where[0]]?.[where[1]];
    if (!next) return;
    for (const cell of this.grid.flat()) if (cell) cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}
