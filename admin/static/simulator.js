// The page of the simulator: a visitor and a moment in, routing's decision, the chat and the region's year out.

import { reader, t, tc, variantOf } from "../../widget/lib/i18n.js";
import { byId, el, icon, setText } from "./dom.js";
import { begin, call, languageName, learn, trouble } from "./admin_page.js";
import { SimulatorYear } from "./simulator_year.js";
import { fieldText, fieldWall, instantAt, instantText, wallAt } from "./wall_clock.js";
import { cityOf, firstDayOf, zonedFormats } from "./zoned.js";
import { countryOfZone } from "./zone_countries.js";
import { zoneChoice } from "./zone_choice.js";

/**
 * @typedef {import("./simulator_types").Simulation} Simulation
 * @typedef {import("./simulator_types").Candidate} Candidate
 */

const MINUTE = 60_000;
const DAY = 1440;

/** Waits for further changes before the server is asked. */
const PAUSE = 120;

/** The choices that are words in the address as they are. */
const CHOICES = /** @type {const} */ (["language", "country", "choice", "site", "former"]);

/** @param {string} id */
const select = (id) => /** @type {HTMLSelectElement} */ (byId(id));
/** @param {string} id */
const input = (id) => /** @type {HTMLInputElement} */ (byId(id));

class Page {
  /** @param {any} config */
  constructor(config) {
    this.config = config;
    learn(config.languages);
    const locale = variantOf(reader().locale, navigator.languages);
    this.formats = zonedFormats(locale);
    const query = new URLSearchParams(location.search);
    this.zone = query.get("zone") ?? config.time_zone;
    this.visitorZone = query.get("visitor_zone") ?? this.zone;
    // The server's now, as the browser's clock may be wrong.
    this.skew = Date.parse(config.now) - Date.now();
    const asked = Date.parse(query.get("at") ?? "");
    /** @type {number | null} null: now */
    this.at = Number.isNaN(asked) ? null : asked;
    this.asked = 0;
    /** @type {any} */
    this.timer = null;
    /** @type {Simulation | null} */
    this.found = null;
    this.frame = el("iframe", { id: "panel", class: "panel", title: t("What the visitor reads"), tabindex: "-1" });
    byId("panel-host").append(this.frame);
    this.panelReady = false;
    this.panelLocale = "";
    this.shown = 0;
    this.year = new SimulatorYear(this.formats, firstDayOf(locale, config.first_day), config.regions);
    this.#offer(query);
    this.#listen();
    this.#drawMoment();
    this.ask();
  }

  get instant() {
    return this.at ?? Math.floor((Date.now() + this.skew) / MINUTE) * MINUTE;
  }

  /** @param {number} at */
  go(at) {
    this.at = at;
    this.#changed();
  }

  #changed() {
    this.#drawMoment();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  #drawMoment() {
    const wall = wallAt(this.instant, this.zone);
    const field = input("when");
    if (document.activeElement !== field || fieldWall(field.value) === null) field.value = fieldText(wall);
    const minutes = Math.floor(wall / MINUTE) % DAY;
    const slider = input("slider");
    if (document.activeElement !== slider) slider.value = String(minutes);
    const said = this.formats.full(`${fieldText(wall)}:00`);
    slider.setAttribute("aria-valuetext", said);
    setText(byId("when-said"), this.at === null ? t("Now: {time}", { time: said }) : said);
    byId("now").setAttribute("aria-pressed", String(this.at === null));
  }

  /** Fills the selections, with what the address says. @param {URLSearchParams} query */
  #offer(query) {
    const { config } = this;
    /** @param {string} id @param {Node[]} options */
    const fill = (id, options) => {
      byId(id).replaceChildren(...options);
      const wanted = query.get(id);
      if (wanted !== null && [...select(id).options].some((option) => option.value === wanted)) select(id).value = wanted;
    };
    /** @param {string} value @param {string} label */
    const option = (value, label) => el("option", { value }, label);
    /** @type {string[]} */
    const tags = [...new Set([...config.languages.map((/** @type {any} */ one) => one.tag), ...config.regions.flatMap((/** @type {any} */ one) => one.languages)])];
    const asked = query.get("language");
    if (asked && !tags.includes(asked)) tags.push(asked);
    tags.sort((a, b) => languageName(a).localeCompare(languageName(b), this.formats.locale));
    fill("language", tags.map((tag) => option(tag, languageName(tag))));
    if (!asked) select("language").value = tags.includes(config.language) ? config.language : tags[0] ?? "";
    fill("country", [option("", ""), ...config.countries.map((/** @type {any} */ one) => option(one.code, one.name))]);
    const regions = config.regions.map((/** @type {any} */ one) => option(one.id, one.name));
    fill("choice", [option("", t("None")), ...regions]);
    fill("site", [option("", t("None")), ...regions.map((/** @type {Node} */ node) => node.cloneNode(true))]);
    fill("former", [option("", t("Nobody")), ...config.agents.map((/** @type {any} */ one) => option(one.id, one.name))]);
    const there = new Set(query.getAll("agent"));
    byId("agents").replaceChildren(...config.agents.map((/** @type {any} */ one) =>
      el("label", { class: "sim-choice" }, el("input", { type: "checkbox", name: "agent", value: one.id, checked: there.has(one.id) }), " ", el("span", {}, el("bdi", {}, one.name)))));
    const who = query.get("who") ?? "duty";
    const chosen = document.querySelector(`input[name=who][value="${CSS.escape(who)}"]`) ?? document.querySelector("input[name=who][value=duty]");
    if (chosen instanceof HTMLInputElement) chosen.checked = true;
    byId("slider-hours").replaceChildren(...[0, 6, 12, 18].map((hour) => el("span", {}, this.formats.hour(`2024-01-01T${String(hour).padStart(2, "0")}:00:00`))), el("span", {}, "\u00a0"));
    this.#nameCountry();
  }

  /** What the time zone says of the country, where none is chosen. */
  #nameCountry() {
    const first = select("country").options[0];
    const code = countryOfZone(this.visitorZone);
    const name = this.config.countries.find((/** @type {any} */ one) => one.code === code)?.name;
    if (first) first.textContent = name ? t("By the time zone: {country}", { country: name }) : t("Not known");
  }

  #listen() {
    byId("situation").addEventListener("submit", (event) => event.preventDefault());
    zoneChoice(byId("zone"), { id: "zone-field", label: t("Time zone of these times"), value: this.zone, onChange: (zone) => {
      this.zone = zone;
      this.#changed();
    } });
    zoneChoice(byId("visitor-zone"), { id: "visitor-zone-field", label: t("Time zone of the visitor"), value: this.visitorZone, onChange: (zone) => {
      this.visitorZone = zone;
      this.#nameCountry();
      this.#changed();
    } });
    input("when").addEventListener("input", () => {
      const wall = fieldWall(input("when").value);
      input("when").setAttribute("aria-invalid", String(wall === null));
      if (wall !== null) this.go(instantAt(wall, this.zone));
    });
    input("when").addEventListener("blur", () => {
      input("when").setAttribute("aria-invalid", "false");
      input("when").value = fieldText(wallAt(this.instant, this.zone));
    });
    input("slider").addEventListener("input", () => {
      const day = Math.floor(wallAt(this.instant, this.zone) / MINUTE / DAY) * DAY;
      this.go(instantAt((day + Number(input("slider").value)) * MINUTE, this.zone));
    });
    byId("now").addEventListener("click", () => {
      this.at = null;
      this.#changed();
    });
    for (const button of document.querySelectorAll("[data-step]")) {
      const minutes = Number(button instanceof HTMLElement ? button.dataset.step : 0);
      // A day later is the same time on the clock, an hour later is an hour.
      button.addEventListener("click", () => this.go(Math.abs(minutes) === DAY
        ? instantAt(wallAt(this.instant, this.zone) + minutes * MINUTE, this.zone)
        : this.instant + minutes * MINUTE));
    }
    for (const id of CHOICES) byId(id).addEventListener("change", () => this.#changed());
    byId("situation").addEventListener("change", (event) => {
      const name = event.target instanceof HTMLInputElement ? event.target.name : "";
      if (name === "who" || name === "agent") this.#changed();
    });
    byId("preview-card").addEventListener("change", () => this.#fillPanel());
    addEventListener("message", ({ data, origin, source }) => {
      if (origin !== location.origin || source !== this.frame.contentWindow || data?.type !== "panel") return;
      this.panelReady = true;
      this.#fillPanel();
    });
  }

  /** What is in the address, so that it can be shared. */
  #query() {
    const query = new URLSearchParams();
    if (this.at !== null) query.set("at", instantText(this.at));
    query.set("zone", this.zone);
    query.set("visitor_zone", this.visitorZone);
    for (const id of CHOICES) if (select(id).value) query.set(id, select(id).value);
    const who = document.querySelector("input[name=who]:checked");
    query.set("who", who instanceof HTMLInputElement ? who.value : "duty");
    if (query.get("who") === "chosen") {
      for (const box of document.querySelectorAll("input[name=agent]:checked")) if (box instanceof HTMLInputElement) query.append("agent", box.value);
    }
    return query;
  }

  async ask() {
    const asked = (this.asked += 1);
    const query = this.#query();
    byId("agents").hidden = query.get("who") !== "chosen";
    history.replaceState(null, "", `?${query}`);
    try {
      const found = /** @type {Simulation} */ (await call(`/api/simulator?${query}`));
      if (asked !== this.asked) return;
      trouble(null);
      this.found = found;
      this.#show(found);
      this.year.follow(found.decision.own.id, instantText(this.instant));
    } catch (error) {
      if (asked === this.asked) trouble(error);
    }
  }

  /** @param {Simulation} found */
  #show({ decision, visitor }) {
    byId("result").hidden = false;
    byId("preview-card").hidden = false;
    const state = byId("state");
    state.className = `verdict-state verdict-${decision.outcome}`;
    setText(state, decision.open ? tc("hours", "Open") : tc("hours", "Closed"));
    setText(byId("verdict"), decision.summary);
    const closes = decision.open && decision.closes_at ? t("{region} is open until {time}.", { region: decision.region.name, time: this.formats.moment(decision.closes_at) }) : "";
    const always = decision.open && !decision.closes_at ? t("{region} is open day and night.", { region: decision.region.name }) : "";
    setText(byId("until"), closes || always);
    const regions = decision.candidates.filter((one) => one.kind === "region");
    const agents = decision.candidates.filter((one) => one.kind === "agent");
    byId("why-regions").replaceChildren(el("h3", {}, t("Regions")), candidates(regions));
    byId("why-agents").replaceChildren(el("h3", {}, t("Agents")), agents.length ? candidates(agents) : el("p", { class: "help" }, t("No agent is asked.")));
    setText(byId("visitor-time"), t("It is {time} in {city}.", { time: this.formats.moment(visitor.time), city: cityOf(visitor.zone) }));
    const { frame } = this;
    frame.lang = visitor.locale;
    if (this.panelLocale !== visitor.locale) {
      this.panelLocale = visitor.locale;
      this.panelReady = false;
      frame.src = `/console/simulator/panel?lang=${encodeURIComponent(visitor.locale)}`;
    } else this.#fillPanel();
  }

  #fillPanel() {
    if (!this.panelReady || !this.found) return;
    const written = document.querySelector("input[name=stage]:checked");
    this.frame.contentWindow?.postMessage({
      type: "visitor", visitor: this.found.visitor, number: (this.shown += 1),
      written: written instanceof HTMLInputElement && written.value === "written",
    }, location.origin);
  }
}

/** @param {readonly Candidate[]} all in the order in which they were looked at */
const candidates = (all) =>
  el("ol", { class: "candidates" }, ...all.map((one) =>
    el("li", { class: one.chosen ? "candidate candidate-chosen" : "candidate" },
      one.chosen ? icon("check") : icon("cross"),
      el("div", {},
        el("span", { class: "candidate-name" }, el("bdi", {}, one.name), one.chosen ? el("span", { class: "visually-hidden" }, ` (${t("chosen")})`) : null),
        el("span", { class: "candidate-why" }, one.text)))));

begin().then((config) => new Page(config));
