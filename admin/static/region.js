// The page of one region: everything about it in one form, saved at once.

import { format, t, tn } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";
import { begin, trouble } from "./admin_page.js";
import { done } from "./undo_line.js";
import { hoursEditor } from "./hours_editor.js";
import { Agents } from "./region_agents.js";
import { askWhetherToAddAgain, askWhetherToRemove, askWhetherToSave, askWhoseCounts } from "./region_dialogs.js";
import { fallback, List, named, numberField, spokenIn, Texts } from "./region_parts.js";
import { ask, countryName, localTime, now, offset, pathOf, RegionsError, setNow, statusText, zoneName } from "./regions_client.js";
import { differences } from "./regions_differences.js";
import { whenEmptyText } from "./regions_words.js";

/**
 * @typedef {import("./regions_types").Config} Config
 * @typedef {import("./regions_types").Kept} Kept
 * @typedef {import("./regions_types").Overview} Overview
 * @typedef {import("./regions_types").Person} Person
 * @typedef {import("./regions_types").Preset} Preset
 * @typedef {import("./regions_types").Region} Region
 * @typedef {import("./regions_types").Told} Told
 */

const TICK = 10_000;

/** @type {Region} */
const EMPTY = {
  id: "", names: {}, countries: [], languages: [], agents: null, overflow: [], offline: {}, when_empty: "wait",
  schedule: { timezone: "UTC", weekly: Object.fromEntries(["mon", "tue", "wed", "thu", "fri"].map((day) => [day, [["09:00", "17:30"]]])) },
  waiting: { offer_seconds: 45, overflow_minutes: null, queue_limit: null },
};

class Page {
  /** @param {Config} config @param {Overview} overview @param {Person[]} people @param {Kept | null} kept @param {Region} region @param {readonly string[]} zones the likely ones */
  constructor(config, overview, people, kept, region, zones) {
    this.config = config;
    this.overview = overview;
    this.kept = kept;
    /** As it is stored; of a new one what it began with. */
    this.base = kept?.region ?? region;
    this.isLeaving = false;
    this.isFilled = false;
    /** Nobody has to think of a short name. */
    this.hasOwnId = region.id !== "";
    this.people = people;
    const changed = () => this.#changed();
    const languages = [...new Set([...config.languages, ...config.locales, ...region.languages])];
    this.names = new Texts(byId("names"), { place: "names", label: (language) => t("Name in {language}", { language }), limit: config.limits.name, tags: config.locales, more: languages, changed });
    this.offline = new Texts(byId("offline"), { place: "offline", label: (language) => t("Text while closed in {language}", { language }), limit: config.limits.offline, tags: config.locales, more: languages, long: true, changed, focused: (tag) => this.#preview(tag) });
    const codes = config.countries.map(({ code }) => code);
    this.countries = new List(byId("countries"), { place: "countries", label: t("Countries"), add: t("Add a country"), choices: () => codes, name: (code) => countryName(config, code), changed });
    this.languages = new List(byId("languages"), { place: "languages", label: t("Languages"), add: t("Add a language"), choices: () => languages, name: (tag) => format().language(tag), changed });
    this.overflow = new List(byId("overflow"), {
      place: "overflow", label: t("Helped by"), add: t("Add a region"), ordered: true, changed, name: (id) => this.#regionName(id),
      help: t("While this region is closed, or is busy for too long, the first of these that is open is asked."),
      choices: () => overview.regions.map((one) => one.region.id).filter((id) => id !== this.base.id),
    });
    this.agents = new Agents(byId("agents"), people, languages, changed);
    this.zone = /** @type {HTMLSelectElement} */ (byId("timezone"));
    this.#fillZones(zones, region.schedule.timezone);
    this.id = /** @type {HTMLInputElement} */ (byId("id"));
    this.limits = this.#limits(changed);
    this.#whenEmpty(changed);
    this.hours = hoursEditor(byId("hours"), region.schedule, { withZone: false, now, onChange: (schedule) => (this.#showZone(schedule.timezone), changed()) });
    this.show(region);
    byId("region").addEventListener("submit", (event) => (event.preventDefault(), this.save()));
    byId("discard").addEventListener("click", () => this.#discard());
    document.getElementById("remove")?.addEventListener("click", () => this.remove());
    this.zone.addEventListener("change", () => this.hours.set({ ...this.hours.value(), timezone: this.zone.value }));
    this.zone.addEventListener("change", changed);
    this.id.addEventListener("input", () => ((this.hasOwnId = this.id.value !== ""), changed()));
    addEventListener("beforeunload", (event) => this.isChanged && !this.isLeaving && event.preventDefault());
    setInterval(() => this.#tick(), TICK);
    byId("region").hidden = false;
    this.#tick();
  }

  /** The zone may come with hours that are imported, or go with undoing that. @param {string} zone */
  #showZone(zone) {
    if (this.zone.value === zone) return;
    if (![...this.zone.options].some((option) => option.value === zone)) this.zone.append(el("option", { value: zone }, zoneName(zone)));
    this.zone.value = zone;
  }

  /** Fills the form. @param {Region} region */
  show(region) {
    this.names.set(region.names);
    this.offline.set(region.offline);
    this.countries.set(region.countries);
    this.languages.set(region.languages);
    this.overflow.set(region.overflow);
    this.agents.set(region.agents);
    this.zone.value = region.schedule.timezone;
    if (differences({ ...region, schedule: this.hours.value() }, region).length) this.hours.set(region.schedule);
    this.id.value = region.id;
    this.id.readOnly = this.kept !== null;
    for (const [name, field] of Object.entries(this.limits)) field.set(/** @type {any} */ (region.waiting)[name]);
    const chosen = byId("when-empty").querySelector(`[value="${region.when_empty}"]`);
    if (chosen instanceof HTMLInputElement) chosen.checked = true;
    this.#preview(this.config.language);
    this.#notes(this.kept?.notes ?? []);
    this.isFilled = true;
    this.#changed();
  }

  /** What the form says now. @returns {Region} */
  value() {
    const chosen = byId("when-empty").querySelector(":checked");
    return {
      id: this.id.value.trim(),
      names: this.names.value(),
      countries: this.countries.value(),
      languages: this.languages.value(),
      schedule: { ...this.hours.value(), timezone: this.zone.value },
      agents: this.agents.value(),
      overflow: this.overflow.value(),
      offline: this.offline.value(),
      when_empty: /** @type {any} */ (chosen instanceof HTMLInputElement ? chosen.value : "wait"),
      waiting: {
        offer_seconds: this.limits.offer_seconds.value() ?? 45,
        overflow_minutes: this.limits.overflow_minutes.value(),
        queue_limit: this.limits.queue_limit.value(),
      },
    };
  }

  get isChanged() {
    return this.kept === null || differences(this.base, this.value()).length > 0;
  }

  get #words() {
    return { config: this.config, people: this.agents.people, regionName: (/** @type {string} */ id) => this.#regionName(id) };
  }

  async save() {
    const region = this.value();
    const changes = differences(this.base, region);
    if (this.kept && !changes.length) return;
    this.#complain([]);
    if (this.kept && !(await askWhetherToSave(changes, this.#words))) return;
    await this.#send(region, this.kept?.version ?? null);
  }

  /** @param {Region} region @param {number | null} expected null: it is new */
  async #send(region, expected) {
    try {
      const path = expected === null ? "/api/regions" : `/api${pathOf(region.id)}`;
      const kept = await ask(path, expected === null ? { region } : { region, expected });
      trouble(null);
      if (expected === null) return this.#leave(t("{name} was added.", { name: kept.name }));
      this.kept = kept;
      const before = this.base;
      this.base = kept.region;
      this.show(kept.region);
      byId("title").firstElementChild?.replaceChildren(kept.name);
      document.getElementById("remove")?.replaceChildren(t("Remove {name}", { name: kept.name }));
      this.#tick();
      done(t("Saved."), () => this.#send(before, kept.version));
    } catch (error) {
      await this.#failed(error, region);
    }
  }

  /** @param {unknown} error @param {Region} region what was to be saved */
  async #failed(error, region) {
    if (!(error instanceof RegionsError)) return trouble(error);
    if (error.told.problems) return this.#complain(error.told.problems);
    if (error.code === "region_exists") return this.#complain([{ place: "id", code: error.code, message: error.message }]);
    if (error.code === "changed_meanwhile" && this.kept) {
      const { theirs } = error.told;
      if (!theirs) return void ((await askWhetherToAddAgain(this.kept.name)) && (await this.#send(region, null)));
      const merged = await askWhoseCounts(this.base, region, theirs, this.#words);
      if (!merged) return;
      this.kept = theirs;
      this.base = theirs.region;
      this.show(merged);
      if (differences(theirs.region, merged).length) await this.#send(merged, theirs.version);
      return;
    }
    const place = byId("trouble");
    place.hidden = false;
    place.textContent = error.message;
    place.scrollIntoView({ block: "center" });
  }

  async remove() {
    if (!this.kept) return;
    const { id } = this.kept.region;
    try {
      const { uses } = await ask(`/api${pathOf(id)}/usage`);
      const others = this.overview.regions.filter((one) => one.region.id !== id).map((one) => ({ id: one.region.id, name: one.name }));
      const answer = await askWhetherToRemove(this.kept.name, uses, others);
      if (!answer) return;
      await ask(`/api${pathOf(id)}/remove`, { expected: this.kept.version, ...answer });
      this.#leave(t("“{name}” was removed.", { name: this.kept.name }), id);
    } catch (error) {
      await this.#failed(error, this.value());
    }
  }

  /** To the list, which says what was done. @param {string} message @param {string | null} [removed] */
  #leave(message, removed = null) {
    this.isLeaving = true;
    sessionStorage.setItem("region-told", JSON.stringify({ message, removed }));
    location.assign("/console/regions");
  }

  #discard() {
    if (!this.kept) {
      this.isLeaving = true;
      location.assign("/console/regions");
      return;
    }
    const mine = this.value();
    this.show(this.base);
    this.#complain([]);
    done(t("Your changes were discarded."), () => this.show(mine));
  }

  #changed() {
    if (!this.isFilled) return;
    if (!this.kept && !this.hasOwnId) this.id.value = shortName(fallback(this.names.value())) || this.id.value;
    const count = this.kept ? differences(this.base, this.value()).length : 0;
    byId("changed").textContent = !this.kept ? t("Not saved yet") : count ? tn("{n} change, not saved yet", "{n} changes, not saved yet", count) : t("Everything is saved");
    byId("bar").classList.toggle("is-changed", !this.kept || count > 0);
    byId("save").setAttribute("aria-disabled", String(this.kept !== null && !count));
    byId("discard").hidden = this.kept !== null && !count;
    byId("id-example").textContent = `<script … data-region="${this.id.value.trim() || "…"}">`;
    const zone = this.zone.value;
    byId("timezone-help").textContent = t("There it is {time} now ({offset}).", { time: localTime(zone), offset: offset(zone) });
    this.#preview(this.previewed ?? this.config.language);
  }

  #tick() {
    if (!this.kept) return;
    const { timezone } = this.kept.region.schedule;
    const { open } = this.kept.status;
    byId("state").replaceChildren(
      el("span", { class: `region-dot ${open ? "is-open" : "is-closed"}`, "aria-hidden": "true" }),
      el("span", {}, statusText(this.kept.status, timezone)), el("span", { class: "help" }, localTime(timezone)));
  }

  /** What a visitor of a language reads. @param {string} tag */
  #preview(tag) {
    this.previewed = tag;
    const texts = this.offline.value();
    const own = texts[tag];
    const text = own ?? fallback(texts);
    byId("preview-title").textContent = t("What visitors read in {language}", { language: format().language(tag) });
    const bubble = byId("preview");
    bubble.replaceChildren(text ? el("bdi", { class: "region-bubble-text" }, text) : el("span", { class: "help" }, t("Only when somebody will be there.")));
    const from = own ? tag : spokenIn(texts, text);
    if (from) bubble.lang = from;
    else bubble.removeAttribute("lang");
  }

  /** @param {readonly Told[]} notes */
  #notes(notes) {
    const place = byId("notes");
    place.hidden = !notes.length;
    place.replaceChildren(el("ul", {}, ...notes.map(({ message }) => el("li", {}, message))));
  }

  /** Says what is wrong, above and beside each field. @param {readonly Told[]} problems */
  #complain(problems) {
    const form = byId("region");
    for (const place of form.querySelectorAll("[data-error]")) place.textContent = "";
    for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
    const summary = byId("problems");
    summary.hidden = !problems.length;
    if (!problems.length) return;
    summary.replaceChildren(
      el("p", {}, t("Some fields need another look. Nothing has been saved yet.")),
      el("ul", {}, ...problems.map(({ message }) => el("li", {}, message))));
    /** @type {HTMLElement | null} */
    let first = null;
    for (const { place, message } of problems) {
      const field = this.#fieldAt(place);
      field?.setAttribute("aria-invalid", "true");
      first ??= field;
      const section = place.split(/[.[]/)[0] ?? "";
      const told = form.querySelector(`[data-error~="${CSS.escape(section)}"]`);
      if (told) told.textContent = [told.textContent, message].filter(Boolean).join(" ");
    }
    (first ?? summary).focus();
  }

  /** @param {string} place as the server names it @returns {HTMLElement | null} */
  #fieldAt(place) {
    const whole = place === "names" ? `names.${this.config.language}` : place.replace(/\[\d+\].*$/, "");
    for (const one of [whole, "schedule.timezone"].slice(0, whole === "schedule.timezone" ? 2 : 1)) {
      const field = document.querySelector(`[data-place="${CSS.escape(one)}"]`);
      if (field instanceof HTMLElement) return field;
    }
    return place.startsWith("schedule") ? byId("hours-title") : null;
  }

  /** @param {string} id */
  #regionName(id) {
    return this.overview.regions.find((one) => one.region.id === id)?.name ?? id;
  }

  /** @param {readonly string[]} likely @param {string} chosen */
  #fillZones(likely, chosen) {
    const option = (/** @type {string} */ zone) => el("option", { value: zone }, zoneName(zone));
    const all = [...new Set([...this.config.zones, chosen])];
    if (!likely.length) return this.zone.replaceChildren(...named(all, zoneName).map(([zone]) => option(zone)));
    this.zone.replaceChildren(
      el("optgroup", { label: t("In this country") }, ...likely.map(option)),
      el("optgroup", { label: t("All time zones") }, ...named(all.filter((zone) => !likely.includes(zone)), zoneName).map(([zone]) => option(zone))));
  }

  /** @param {() => void} changed */
  #limits(changed) {
    const { limits } = this.config;
    const fields = {
      offer_seconds: numberField({ place: "waiting.offer_seconds", label: t("Time to accept"), unit: t("seconds"), range: limits.offer_seconds, needed: true, changed, help: t("An agent who is asked has so long to accept; then the next one is asked.") }),
      overflow_minutes: numberField({ place: "waiting.overflow_minutes", label: t("Help after"), unit: t("minutes"), range: limits.overflow_minutes, changed, help: t("Whoever waits so long is also offered to the regions that help. Empty: never.") }),
      queue_limit: numberField({ place: "waiting.queue_limit", label: t("Longest queue"), unit: t("visitors"), range: limits.queue_limit, changed, help: t("When so many wait, others are told it is closed. Empty: no limit.") }),
    };
    byId("waiting").replaceChildren(...Object.values(fields).map(({ row }) => row));
    return fields;
  }

  /** @param {() => void} changed */
  #whenEmpty(changed) {
    /** @type {Region["when_empty"][]} */
    const all = ["wait", "overflow", "closed"];
    byId("when-empty").append(...all.map((value) => el("label", {},
      el("input", { type: "radio", name: "when-empty", value, onchange: changed, dataset: value === "wait" ? { place: "when_empty" } : {} }),
      el("span", {}, whenEmptyText(value)))));
  }
}

/** “South Korea” → `south-korea`. @param {string} name */
const shortName = (name) =>
  name.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f]/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 36).replace(/-+$/, "");

const config = await begin();
try {
  const country = new URLSearchParams(location.search).get("country");
  /** @type {[Overview, {agents: Person[]}, Preset | null]} */
  const [overview, people, preset] = await Promise.all([
    ask("/api/regions"), ask("/api/regions/people"),
    config.region === null && country ? ask(`/api/regions/presets?country=${encodeURIComponent(country)}`) : null,
  ]);
  setNow(overview.now);
  const kept = overview.regions.find((one) => one.region.id === config.region) ?? null;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const empty = { ...EMPTY, schedule: { ...EMPTY.schedule, timezone: config.zones.includes(own) ? own : "UTC" } };
  new Page(config, overview, people.agents, kept, kept?.region ?? preset?.region ?? empty, preset?.zones ?? []);
} catch (error) {
  trouble(error);
  if (error instanceof RegionsError) byId("trouble").textContent = error.message;
}
