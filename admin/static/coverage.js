// The page of the coverage map: which week, in which zone, of which regions; the chart, and the same in lists and tables.

import { reader, t, variantOf } from "../../widget/lib/i18n.js";
import { drawChart, step } from "./coverage_chart.js";
import { changeWords, spanWords, stateWords } from "./coverage_words.js";
import { byId, el, setText } from "./dom.js";
import { begin, call, trouble } from "./admin_page.js";
import { createTip } from "./map_tip.js";
import { firstDayOf, zonedFormats } from "./zoned.js";
import { zoneChoice } from "./zone_choice.js";

/** @typedef {import("./coverage_types").Week} Week */

const MINUTE = 60_000;
const DAY = 86_400_000;

class Page {
  /** @param {any} config */
  constructor(config) {
    const locale = variantOf(reader().locale, navigator.languages);
    this.formats = zonedFormats(locale);
    this.first = firstDayOf(locale, config.first_day) + 1;
    const query = new URLSearchParams(location.search);
    this.zone = query.get("zone") ?? config.time_zone;
    this.at = query.get("at");
    this.filter = query.get("show") ?? "";
    /** @type {Week | null} */
    this.week = null;
    /** @type {import("./coverage_chart.js").Cell[][]} */
    this.rows = [];
    this.asked = 0;
    this.tip = createTip(byId("tip"));
    this.choice = zoneChoice(byId("zone"), { id: "zone-field", label: t("Time zone"), value: this.zone, onChange: (zone) => {
      this.zone = zone;
      this.load();
    } });
    byId("earlier").addEventListener("click", () => this.go(-1));
    byId("later").addEventListener("click", () => this.go(1));
    byId("this-week").addEventListener("click", () => {
      this.at = null;
      this.load();
    });
    byId("filter").addEventListener("change", (event) => {
      this.filter = /** @type {HTMLSelectElement} */ (event.target).value;
      this.load();
    });
    this.#listen();
    this.load();
    // The line of now moves, and a new week begins by itself.
    setInterval(() => !document.hidden && !byId("map").contains(document.activeElement) && this.load(), 5 * MINUTE);
  }

  /** @param {1 | -1} weeks */
  go(weeks) {
    if (!this.week) return;
    // Half a day more or less: with a week of 167 or 169 hours it is still the week before or after.
    const start = Date.parse(this.week.start);
    const end = Date.parse(this.week.end);
    this.at = new Date(weeks > 0 ? end + DAY / 2 : start - DAY / 2).toISOString().replace(/\.\d+Z$/, "Z");
    this.load();
  }

  async load() {
    const asked = (this.asked += 1);
    const query = new URLSearchParams({ zone: this.zone, first: String(this.first) });
    if (this.at) query.set("at", this.at);
    const [kind, value] = this.filter.split(":");
    if (value && (kind === "country" || kind === "region")) query.set(kind, value);
    try {
      const week = /** @type {Week} */ (await call(`/api/coverage?${query}`));
      if (asked !== this.asked) return;
      trouble(null);
      this.show(week);
    } catch (error) {
      if (asked === this.asked) trouble(error);
    }
  }

  /** @param {Week} week */
  show(week) {
    this.week = week;
    const shared = new URLSearchParams();
    if (this.at) shared.set("at", this.at);
    if (this.filter) shared.set("show", this.filter);
    shared.set("zone", this.zone);
    history.replaceState(null, "", `?${shared}`);
    const isEmpty = week.always_open;
    byId("empty").hidden = !isEmpty;
    for (const id of ["map-card", "gaps-card", "figures-card"]) byId(id).hidden = isEmpty;
    if (isEmpty) return;
    const days = week.days;
    setText(byId("week"), this.formats.days(days[0]?.date ?? "", days[6]?.date ?? ""));
    byId("this-week").toggleAttribute("disabled", Date.parse(week.start) <= Date.parse(week.now) && Date.parse(week.now) < Date.parse(week.end));
    this.#offer(week);
    this.tip.hide();
    this.rows = drawChart(byId("map"), week, this.formats);
    byId("changes").replaceChildren(...week.changes.map((change) => el("li", {}, changeWords(change, week, this.formats))));
    this.#gaps(week);
    this.#figures(week);
    this.#toNow();
  }

  /** @param {Week} week */
  #offer(week) {
    const codes = [...new Set(week.all.flatMap((region) => region.countries))];
    const names = new Intl.DisplayNames([this.formats.locale], { type: "region" });
    const countries = codes.map((code) => ({ value: `country:${code}`, label: names.of(code) ?? code }));
    countries.sort((a, b) => a.label.localeCompare(b.label, this.formats.locale));
    const regions = week.all.map((region) => ({ value: `region:${region.id}`, label: region.name }));
    /** @param {{value: string, label: string}} choice */
    const option = ({ value, label }) => el("option", { value, selected: value === this.filter }, label);
    byId("filter").replaceChildren(
      el("option", { value: "" }, t("All regions")),
      el("optgroup", { label: t("Regions") }, ...regions.map(option)),
      ...(countries.length ? [el("optgroup", { label: t("Regions for a country") }, ...countries.map(option))] : []));
  }

  /** @param {Week} week */
  #gaps(week) {
    const one = week.regions.length === 1;
    setText(byId("gaps-title"), one ? t("When {region} is not there", { region: week.regions[0]?.name ?? "" }) : t("When nobody is there"));
    const line = one ? week.regions[0] : undefined;
    const told = line
      ? line.stretches.filter(({ state }) => state !== "open").map((stretch) => ({ span: stretch, who: stateWords(stretch, week) }))
      : week.gaps.map((gap) => ({ span: gap, who: this.#meanwhile(gap, week) }));
    byId("gaps").replaceChildren(...told.map(({ span, who }) => el("li", {}, el("span", { class: "gap-when" }, spanWords(span, week, this.formats)), " ", el("span", { class: "gap-who" }, who), " ",
      el("a", { class: "gap-try", href: `/console/simulator?${new URLSearchParams({ at: new Date(span.start).toISOString().replace(/\.\d+Z$/, "Z"), zone: this.zone })}`, "aria-label": t("What visitors meet then: {time}", { time: this.formats.moment(span.start) }) }, t("Try it out")))));
    byId("gaps-none").hidden = week.gaps.length > 0;
    setText(byId("gaps-none"), week.gaps.length ? "" : one ? t("It is open the whole week.") : t("At every minute of this week at least one region is open."));
  }

  /** Who of the other regions answers in a gap of those on show. @param {{start: string, end: string}} gap @param {Week} week */
  #meanwhile(gap, week) {
    const covered = week.regions.some((line) => line.stretches.some((stretch) =>
      stretch.state === "covered" && Date.parse(stretch.start) < Date.parse(gap.end) && Date.parse(stretch.end) > Date.parse(gap.start)));
    return covered ? t("partly covered by other regions") : t("nobody");
  }

  /** @param {Week} week */
  #figures(week) {
    const { formats } = this;
    byId("figures").querySelector("tbody")?.replaceChildren(...week.regions.map((line) =>
      el("tr", {}, el("th", { scope: "row" }, el("bdi", {}, line.name)),
        ...["open", "covered", "closed"].map((state) => el("td", {}, formats.length(line.minutes[/** @type {"open"} */ (state)]))))));
    byId("times").querySelector("tbody")?.replaceChildren(...week.regions.flatMap((line) => line.stretches.map((stretch) =>
      el("tr", {}, el("th", { scope: "row" }, el("bdi", {}, line.name)), el("td", {}, spanWords(stretch, week, formats)), el("td", {}, stateWords(stretch, week))))));
  }

  /** Today comes into view where there is too little room for the week. */
  #toNow() {
    const scroll = byId("map-scroll");
    const now = scroll.querySelector(".map-now");
    if (!(now instanceof HTMLElement) || scroll.scrollWidth <= scroll.clientWidth || scroll.dataset.placed) return;
    scroll.dataset.placed = "yes";
    now.scrollIntoView({ block: "nearest", inline: "center" });
  }

  #listen() {
    const map = byId("map");
    /** @param {EventTarget | null} target @returns {[number, number] | null} */
    const find = (target) => {
      const element = target instanceof Element ? target.closest(".map-cell") : null;
      if (!element) return null;
      for (const [row, cells] of this.rows.entries()) {
        const column = cells.findIndex((each) => each.element === element);
        if (column >= 0) return [row, column];
      }
      return null;
    };
    /** @param {[number, number] | null} where */
    const tell = (where) => {
      const found = where && this.rows[where[0]]?.[where[1]];
      if (found) this.tip.show(found.element, found.words);
      else this.tip.hide();
    };
    map.addEventListener("pointerover", (event) => tell(find(event.target)));
    map.addEventListener("pointerleave", () => tell(find(document.activeElement)));
    map.addEventListener("focusin", (event) => tell(find(event.target)));
    map.addEventListener("focusout", () => this.tip.hide());
    byId("map-scroll").addEventListener("scroll", () => this.tip.hide(), { passive: true });
    map.addEventListener("click", (event) => {
      const where = find(event.target);
      if (where) this.#focus(where);
    });
    map.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.tip.hide();
      const forward = getComputedStyle(map).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
      const back = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
      const to = { [forward]: "next", [back]: "before", ArrowUp: "above", ArrowDown: "below", Home: "first", End: "last" }[event.key];
      const where = find(event.target);
      if (!to || !where || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      this.#focus(step(this.rows, where[0], where[1], to));
    });
  }

  /** @param {[number, number]} where */
  #focus([row, column]) {
    const next = this.rows[row]?.[column]?.element;
    if (!next) return;
    for (const { element } of this.rows.flat()) element.tabIndex = -1;
    next.tabIndex = 0;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

begin().then((config) => new Page(config));
