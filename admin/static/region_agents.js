// Who of the team answers for a region, in which languages and how much at a time.

import { format, t, tn } from "../../widget/lib/i18n.js";
import { byId, el, icon } from "./dom.js";
import { ask, RegionsError, spokenBy } from "./regions_client.js";
import { named } from "./region_parts.js";

/** @typedef {import("./regions_types").Person} Person */

const MOST = 50;

export class Agents {
  /** @param {HTMLElement} host @param {readonly Person[]} people @param {readonly string[]} languages to choose from @param {() => void} changed */
  constructor(host, people, languages, changed) {
    this.people = [...people];
    this.languages = languages;
    this.changed = changed;
    this.everybody = el("input", { type: "radio", name: "agents", onchange: () => this.#switched() });
    this.some = el("input", { type: "radio", name: "agents", onchange: () => this.#switched() });
    this.list = el("ul", { class: "region-people" });
    host.append(
      el("fieldset", { class: "region-choice" },
        el("legend", { class: "visually-hidden" }, t("Who answers")),
        el("label", {}, this.everybody, el("span", {}, t("Everybody"), el("span", { class: "help" }, t("The whole team, and whoever joins later.")))),
        el("label", {}, this.some, el("span", {}, t("Only these people")))),
      this.list);
    /** @type {Set<string>} */
    this.chosen = new Set();
  }

  /** @param {readonly string[] | null} agents */
  set(agents) {
    this.everybody.checked = agents === null;
    this.some.checked = agents !== null;
    this.chosen = new Set(agents ?? []);
    this.#show();
  }

  /** @returns {string[] | null} */
  value() {
    return this.everybody.checked ? null : this.people.map(({ id }) => id).filter((id) => this.chosen.has(id));
  }

  #switched() {
    this.#show();
    this.changed();
  }

  #show() {
    const shown = this.people.filter((person) => person.active || this.chosen.has(person.id));
    this.list.replaceChildren(...shown.map((person) => this.#row(person)));
  }

  /** @param {Person} person */
  #row(person) {
    const id = `agent-${person.id}`;
    const box = this.everybody.checked ? null : el("input", {
      type: "checkbox", id, checked: this.chosen.has(person.id),
      onchange: (/** @type {Event} */ event) => {
        if (/** @type {HTMLInputElement} */ (event.target).checked) this.chosen.add(person.id);
        else this.chosen.delete(person.id);
        this.changed();
      },
    });
    const name = box ? el("label", { for: id }, el("bdi", {}, person.name)) : el("strong", {}, el("bdi", {}, person.name));
    return el("li", {}, box,
      el("span", { class: "region-person" }, name,
        person.active ? null : el("span", { class: "help" }, t("Deactivated")),
        el("span", { class: "help" }, `${spokenBy(person)} · ${tn("up to {n} conversation", "up to {n} conversations", person.capacity)}`)),
      el("button", { type: "button", class: "button button-small", "aria-label": t("Change languages and limit of {name}", { name: person.name }), onclick: () => this.#edit(person) }, t("Change")));
  }

  /** @param {Person} person */
  #edit(person) {
    const dialog = /** @type {HTMLDialogElement} */ (byId("dialog"));
    let spoken = [...person.spoken];
    const chips = el("ul", { class: "region-chips" });
    const add = el("select", { class: "region-add", "aria-label": t("Add a language"), onchange: () => {
      if (add.value) spoken = [...spoken, add.value];
      show();
      add.focus();
    } });
    const capacity = el("input", { id: "capacity", type: "number", inputmode: "numeric", min: 1, max: MOST, step: 1, required: true, value: person.capacity });
    const error = el("p", { class: "error", role: "alert" });
    const show = () => {
      chips.replaceChildren(el("li", {}, el("bdi", {}, format().language(person.language)), el("span", { class: "help" }, t("language of the console"))),
        ...spoken.map((tag) => el("li", {}, el("bdi", {}, format().language(tag)),
          el("button", { type: "button", class: "icon-button", "aria-label": t("Remove {name}", { name: format().language(tag) }), onclick: () => ((spoken = spoken.filter((one) => one !== tag)), show(), add.focus()) }, icon("cross")))));
      const left = this.languages.filter((tag) => tag !== person.language && !spoken.includes(tag));
      add.replaceChildren(el("option", { value: "" }, t("Add a language")), ...named(left, (tag) => format().language(tag)).map(([tag, name]) => el("option", { value: tag }, name)));
    };
    show();
    dialog.replaceChildren(el("form", { class: "editor-form", novalidate: true, onsubmit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      try {
        const changed = await ask(`/api/regions/people/${person.id}`, { spoken, capacity: Number(capacity.value) });
        this.people = this.people.map((one) => (one.id === person.id ? changed : one));
        this.#show();
        dialog.close();
      } catch (problem) {
        const wrongLimit = problem instanceof RegionsError && problem.told.field === "capacity";
        error.textContent = wrongLimit ? t("Give a whole number from {least} to {most}.", { least: 1, most: MOST }) : /** @type {Error} */ (problem).message;
        (wrongLimit ? capacity : add).focus();
      }
    } },
      el("h2", { id: "dialog-title" }, el("bdi", {}, person.name)),
      el("div", { class: "field" }, el("span", { class: "region-label" }, t("Speaks")), chips, add,
        el("p", { class: "help" }, t("Visitors are given first to agents who speak their language; to others with a translation."))),
      el("div", { class: "field" }, el("label", { for: "capacity" }, t("Conversations at a time")), capacity,
        el("p", { class: "help" }, t("Nobody is given more than this, however many wait."))),
      error,
      el("p", { class: "help" }, t("This counts in every region, and is saved at once.")),
      el("div", { class: "actions" },
        el("button", { class: "button button-primary", type: "submit" }, t("Save")),
        el("button", { class: "button", type: "button", onclick: () => dialog.close() }, t("Cancel")))));
    dialog.showModal();
  }
}
