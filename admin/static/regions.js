// The list of regions: who is open now, in which order they are asked, and the way to a new one.

import { format, t, tn } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";
import { begin, trouble } from "./admin_page.js";
import { done } from "./undo_line.js";
import { ask, countryName, localTime, now, pathOf, RegionsError, setNow, statusText } from "./regions_client.js";
import { cityOf } from "./zoned.js";

/**
 * @typedef {import("./regions_types").Kept} Kept
 * @typedef {import("./regions_types").Overview} Overview
 * @typedef {import("./regions_types").Config} Config
 */

const TICK = 10_000;
const SHOWN = 4;

class Page {
  /** @param {Config} config */
  constructor(config) {
    this.config = config;
    /** @type {Overview} */
    this.overview = { regions: [], default: "", zone_rules: "", now: "" };
    this.list = byId("regions");
    /** @type {string | null} */
    this.dragged = null;
    for (const id of ["add", "add-first"]) byId(id).addEventListener("click", () => this.#add());
    setInterval(() => this.#tick(), TICK);
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.refresh());
  }

  async refresh() {
    await this.#did(async () => this.show(await ask("/api/regions")));
  }

  /** @param {Overview} overview */
  show(overview) {
    this.overview = overview;
    setNow(overview.now);
    const [first] = overview.regions;
    byId("start").hidden = !(overview.regions.length === 1 && first?.region.id === "everywhere" && first.version === 1);
    byId("order-help").hidden = overview.regions.length < 2;
    this.list.replaceChildren(...overview.regions.map((kept, index) => this.#row(kept, index)));
    this.list.removeAttribute("aria-busy");
  }

  /** @param {Kept} kept @param {number} index */
  #row(kept, index) {
    const { region, name, status } = kept;
    const several = this.overview.regions.length > 1;
    const row = el("li", {
      class: "region-row card", dataset: { region: region.id },
      ondragover: (/** @type {DragEvent} */ event) => this.dragged && event.preventDefault(),
      ondrop: (/** @type {DragEvent} */ event) => (event.preventDefault(), this.#dropped(region.id)),
    },
      several ? el("button", {
        type: "button", class: "icon-button region-handle", draggable: "true", "aria-label": t("Move {name}, now at place {place}", { name, place: index + 1 }),
        onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event, region.id),
        ondragstart: (/** @type {DragEvent} */ event) => {
          this.dragged = region.id;
          event.dataTransfer?.setData("text/plain", name);
          event.dataTransfer?.setDragImage(row, 12, 12);
        },
        ondragend: () => (this.dragged = null),
      }, grip()) : null,
      el("div", { class: "region-main" },
        el("h3", {},
          el("a", { href: `/console${pathOf(region.id)}`, class: "region-name" }, el("bdi", {}, name)),
          kept.default ? el("span", { class: "badge region-default", title: t("Visitors whom no other region is for come here.") }, t("Default")) : null),
        el("p", { class: "region-state" },
          el("span", { class: `region-dot ${status.open ? "is-open" : "is-closed"}`, "aria-hidden": "true" }),
          el("span", { dataset: { status: region.id } }, statusText(status, region.schedule.timezone)),
          !status.open && status.name ? el("span", { class: "help" }, el("bdi", {}, status.name)) : null),
        el("dl", { class: "region-facts" },
          fact(t("There now"), el("span", {}, el("span", { dataset: { clock: region.schedule.timezone } }, localTime(region.schedule.timezone)), " ", el("bdi", { class: "help" }, cityOf(region.schedule.timezone)))),
          fact(t("Agents"), region.agents === null ? t("Everybody") : tn("{n} agent", "{n} agents", region.agents.length)),
          region.countries.length ? fact(t("Countries"), this.#some(region.countries.map((code) => countryName(this.config, code)))) : null,
          region.languages.length ? fact(t("Languages"), this.#some(region.languages.map((tag) => format().language(tag)))) : null,
          region.overflow.length ? fact(t("Helped by"), this.#some(region.overflow.map((id) => this.#name(id)))) : null),
        ...kept.notes.map((note) => el("p", { class: "region-note" }, note.message))),
      el("div", { class: "region-actions" },
        el("a", { class: "button button-small", href: `/console${pathOf(region.id)}`, "aria-label": t("Change {name}", { name }) }, t("Change")),
        several && !kept.default ? el("button", { type: "button", class: "button button-small", "aria-label": t("Make {name} the default", { name }), onclick: () => this.#default(region.id, name) }, t("Make default")) : null));
    return row;
  }

  /** @param {string} id */
  #name(id) {
    return this.overview.regions.find(({ region }) => region.id === id)?.name ?? id;
  }

  /** The first of many, and how many more. @param {string[]} names */
  #some(names) {
    if (names.length <= SHOWN) return format().list(names);
    return format().list([...names.slice(0, SHOWN - 1), tn("{n} more", "{n} more", names.length - SHOWN + 1)]);
  }

  #tick() {
    for (const place of this.list.querySelectorAll("[data-clock]")) {
      if (place instanceof HTMLElement) place.textContent = localTime(place.dataset.clock ?? "UTC");
    }
    const changes = this.overview.regions.flatMap(({ status }) => [status.opens_at, status.closes_at]);
    if (changes.some((at) => at !== null && Date.parse(at) <= now())) this.refresh();
  }

  /** @param {KeyboardEvent} event @param {string} id */
  #key(event, id) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const ids = this.overview.regions.map(({ region }) => region.id);
    const from = ids.indexOf(id);
    const to = from + step;
    if (to < 0 || to >= ids.length) return;
    ids.splice(to, 0, ...ids.splice(from, 1));
    this.#order(ids, id);
  }

  /** @param {string} id of the region that something was dropped on */
  #dropped(id) {
    const moved = this.dragged;
    this.dragged = null;
    if (!moved || moved === id) return;
    const ids = this.overview.regions.map(({ region }) => region.id);
    const to = ids.indexOf(id);
    ids.splice(ids.indexOf(moved), 1);
    ids.splice(to, 0, moved);
    this.#order(ids, moved);
  }

  /** @param {string[]} ids @param {string} moved */
  async #order(ids, moved) {
    const before = this.overview;
    const byId_ = new Map(before.regions.map((kept) => [kept.region.id, kept]));
    // Shown at once; the server has the last word.
    this.show({ ...before, now: new Date(now()).toISOString(), regions: ids.flatMap((id) => byId_.get(id) ?? []) });
    this.#focus(moved);
    try {
      this.show(await ask("/api/regions/order", { ids }));
      byId("live").textContent = t("{name} is at place {place} now.", { name: this.#name(moved), place: ids.indexOf(moved) + 1 });
      trouble(null);
    } catch (error) {
      await this.refresh();
      this.#failed(error);
    }
    this.#focus(moved);
  }

  /** @param {string} id */
  #focus(id) {
    const handle = this.list.querySelector(`[data-region="${CSS.escape(id)}"] .region-handle`);
    if (handle instanceof HTMLElement) handle.focus();
  }

  /** @param {string} id @param {string} name */
  async #default(id, name) {
    const before = this.overview.default;
    await this.#did(async () => this.show(await ask(`/api${pathOf(id)}/default`, {})));
    byId("list-title").focus();
    done(t("{name} is the default now.", { name }), () => this.#did(async () => this.show(await ask(`/api${pathOf(before)}/default`, {}))));
  }

  /** @param {() => Promise<void>} what */
  async #did(what) {
    try {
      await what();
      trouble(null);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** @param {unknown} error */
  #failed(error) {
    trouble(error);
    if (error instanceof RegionsError) byId("trouble").textContent = error.message;
  }

  #add() {
    const dialog = /** @type {HTMLDialogElement} */ (byId("adding"));
    const country = el("select", { id: "adding-country" },
      el("option", { value: "" }, t("No country: fill everything in myself")),
      ...this.config.countries.map(({ code, name }) => el("option", { value: code }, name)));
    dialog.replaceChildren(el("form", {
      class: "editor-form", onsubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        location.assign(`/console/regions/new${country.value ? `?country=${country.value}` : ""}`);
      },
    },
      el("h2", { id: "adding-title" }, t("Add a region")),
      el("div", { class: "field" },
        el("label", { for: "adding-country" }, t("Where is the team?")), country,
        el("p", { class: "help" }, t("Its time zone, languages, working days and holidays are filled in. You can change all of it before it is saved."))),
      el("div", { class: "actions" },
        el("button", { class: "button button-primary", type: "submit" }, t("Go on")),
        el("button", { class: "button", type: "button", onclick: () => dialog.close() }, t("Cancel")))));
    dialog.showModal();
    country.focus();
  }

  /** What the page of a region has left to say. */
  async told() {
    const text = sessionStorage.getItem("region-told");
    sessionStorage.removeItem("region-told");
    if (!text) return;
    const { message, removed } = JSON.parse(text);
    done(message, removed ? () => this.#did(async () => this.show(await ask(`/api${pathOf(removed)}/restore`, {}))) : null);
  }
}

/** @param {string} label @param {Node | string} value */
const fact = (label, value) => el("div", {}, el("dt", {}, label), el("dd", {}, value));

function grip() {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", "M5.5 3.5v.01M10.5 3.5v.01M5.5 8v.01M10.5 8v.01M5.5 12.5v.01M10.5 12.5v.01");
  svg.append(path);
  return svg;
}

const page = new Page(await begin());
await page.refresh();
await page.told();
