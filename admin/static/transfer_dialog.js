// Handing a conversation on: find a colleague or a region by a few letters, leave a note, Enter.

import { format, t, tn } from "../../widget/lib/i18n.js";
import { byId, el, setText } from "./dom.js";
import { best } from "./match.js";
import { RequestError } from "./requests.js";
import { availabilityName } from "./routing_wording.js";
import { sends } from "./shortcuts.js";
import { choicesOf, nameOf } from "./transfer_choices.js";
import { visitorName } from "./wording.js";

/** @typedef {import("./transfer_choices.js").Choice} Choice */

export class TransferDialog {
  /** @param {import("./inbox.js").Inbox} inbox @param {import("./formats.js").Formats} formats @param {import("./actions.js").Actions} actions */
  constructor(inbox, formats, actions) {
    this.inbox = inbox;
    this.formats = formats;
    this.actions = actions;
    this.dialog = /** @type {HTMLDialogElement} */ (byId("transfer"));
    this.field = /** @type {HTMLInputElement} */ (byId("transfer-query"));
    this.note = /** @type {HTMLTextAreaElement} */ (byId("transfer-note"));
    this.list = byId("transfer-list");
    this.submit = /** @type {HTMLButtonElement} */ (byId("transfer-submit"));
    /** @type {import("./types").Summary | null} */
    this.summary = null;
    /** @type {Choice[]} */
    this.all = [];
    /** @type {Choice[]} */
    this.found = [];
    this.chosen = 0;
    this.field.addEventListener("input", () => this.#search());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.note.addEventListener("keydown", (event) => {
      if (!sends(event)) return;
      event.preventDefault();
      if (!event.repeat) this.#hand();
    });
    byId("transfer-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#hand();
    });
    byId("transfer-close").addEventListener("click", () => this.dialog.close());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
  }

  /** @param {string | null} [id] which conversation; default: the open one */
  async show(id) {
    const summary = this.inbox.summaries.get(id ?? this.inbox.current ?? "") ?? null;
    const { me } = this.inbox;
    if (!summary || summary.state === "closed" || this.dialog.open || (summary.agent && summary.agent.id !== me.id)) return;
    this.summary = summary;
    this.all = [];
    this.field.value = this.note.value = "";
    setText(byId("transfer-title"), t("Hand {name} on", { name: visitorName(summary.visitor) }));
    this.#problem("");
    this.#search(t("Loading…"));
    this.dialog.showModal();
    this.field.focus();
    // What the colleague does with it is told here.
    this.inbox.follow(summary.id);
    try {
      const people = await this.inbox.requests.ask({ type: "people" });
      this.all = choicesOf(people, { language: summary.visitor.language, region: summary.region });
      this.#search();
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      this.#search("");
      this.#problem(error.message || t("There is no connection at the moment. Nothing was changed."));
    }
  }

  /** @param {string} [instead] said where nothing is found */
  #search(instead) {
    const query = this.field.value.trim();
    this.found = query ? best(query, this.all, (choice) => [nameOf(choice), ...(choice.kind === "agent" ? choice.agent.languages.map((tag) => format().language(tag)) : [])].join(" ")) : this.all;
    const groups = /** @type {const} */ ([["agent", t("Colleagues")], ["region", t("Regions")]]);
    this.found = groups.flatMap(([kind]) => this.found.filter((choice) => choice.kind === kind));
    this.list.replaceChildren(...groups.flatMap(([kind, title]) => {
      const options = this.found.flatMap((choice, index) => (choice.kind === kind ? [this.#option(choice, index)] : []));
      return options.length ? [el("div", { role: "group", "aria-labelledby": `transfer-group-${kind}` },
        el("div", { class: "palette-group", id: `transfer-group-${kind}`, role: "presentation" }, title), ...options)] : [];
    }));
    this.list.hidden = !this.found.length;
    const none = byId("transfer-none");
    none.hidden = this.found.length > 0;
    setText(none, instead ?? (query ? t("Nobody has this name or language. Try fewer letters.") : t("There is nobody else yet to hand it to.")));
    this.#choose(0);
  }

  /** @param {Choice} choice @param {number} index */
  #option(choice, index) {
    const settings = {
      role: "option", id: `transfer-option-${index}`, class: "palette-option transfer-option", "aria-selected": "false",
      onclick: () => {
        this.#choose(index);
        this.note.focus();
      },
    };
    if (choice.kind === "region") {
      const { name, open, closes_at: closes, opens_at: opens, online } = choice.region;
      const now = this.inbox.desk.now();
      const hours = open
        ? closes ? t("open until {time}", { time: this.formats.soon(closes, now) }) : t("open")
        : opens ? t("opens {time}", { time: this.formats.soon(opens, now) }) : t("closed");
      return el("div", settings,
        el("span", { class: "presence", dataset: { state: open ? (online ? "online" : "away") : "offline" } }),
        el("bdi", { class: "palette-label" }, name),
        el("span", { class: "palette-detail" }, [hours, open ? tn("{n} is there", "{n} are there", online) : null].filter(Boolean).join(" · ")));
    }
    const { agent, shared, full } = choice;
    const others = agent.languages.filter((tag) => tag !== shared);
    return el("div", settings,
      el("span", { class: "presence", dataset: { state: agent.availability } }),
      el("bdi", { class: "palette-label" }, agent.name),
      agent.availability === "online" ? null : el("span", { class: "transfer-state" }, availabilityName(agent.availability)),
      shared ? el("span", { class: "tag" }, format().language(shared)) : null,
      el("bdi", { class: "palette-detail" }, others.length ? format().list(others.map((tag) => format().language(tag))) : ""),
      el("span", { class: full ? "transfer-load is-full" : "transfer-load", title: t("Conversations at the moment, and how many at most") },
        t("{load} of {capacity}", { load: agent.load, capacity: agent.capacity })));
  }

  /** @param {number} index */
  #choose(index) {
    this.list.querySelector('[aria-selected="true"]')?.setAttribute("aria-selected", "false");
    this.chosen = index;
    const option = document.getElementById(`transfer-option-${index}`);
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
    const choice = this.found[index];
    this.submit.disabled = !choice;
    setText(this.submit, choice ? t("Hand to {name}", { name: nameOf(choice) }) : t("Hand on"));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    const last = this.found.length - 1;
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowDown: () => this.#choose(this.chosen >= last ? 0 : this.chosen + 1),
      ArrowUp: () => this.#choose(this.chosen <= 0 ? last : this.chosen - 1),
      Enter: () => this.found[this.chosen] && !event.repeat && this.note.focus(),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  }

  async #hand() {
    const choice = this.found[this.chosen];
    if (!choice || !this.summary || this.submit.disabled) return;
    this.submit.disabled = true;
    this.#problem("");
    const problem = await this.actions.transfer(this.summary.id, {
      ...(choice.kind === "agent" ? { agent: choice.agent.id } : { region: choice.region.id }), note: this.note.value.trim() || null,
    }, nameOf(choice));
    this.submit.disabled = false;
    if (problem) this.#problem(problem);
    else this.dialog.close();
  }

  /** @param {string} text */
  #problem(text) {
    const error = byId("transfer-error");
    error.hidden = !text;
    setText(error, text);
  }
}
