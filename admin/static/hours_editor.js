// The editor of opening hours: a week to drag and type in, a year of holidays and exceptions, and what comes of it.

import { format, t } from "../../widget/lib/i18n.js";
import { el } from "./dom.js";
import { History } from "./hours_history.js";
import { hoursLocale } from "./hours_locale.js";
import { ALWAYS, isAlways, tidied, weekOf, withWeek } from "./hours_schedule.js";
import { weekMinutes } from "./hours_grid.js";
import { Week, drawn } from "./hours_week.js";

/**
 * @typedef {import("./hours_types").Schedule} Schedule
 * @typedef {import("./hours_types").Told} Told
 */

/**
 * Puts the editor into an element. The page has loaded its words (`useCatalogue`) before.
 * @param {HTMLElement} host @param {object} schedule as docs/business-hours.md has it
 * @param {{onChange?: (schedule: Schedule) => void, locale?: string}} [options] `locale`: the reader's, for days and times
 */
export function hoursEditor(host, schedule, { onChange = () => undefined, locale = format().locale } = {}) {
  const editor = new Editor(/** @type {Schedule} */ (schedule), onChange, locale);
  host.append(editor.element);
  return {
    /** The schedule as it is now. */
    value: () => tidied(editor.schedule),
    /** What keeps it from being used, as the server last said. @returns {readonly Told[]} */
    problems: () => editor.problems,
    /** Another schedule, as one step that can be undone. @param {object} next */
    set: (next) => void editor.change(() => /** @type {Schedule} */ (next)),
    destroy: () => editor.destroy(),
  };
}

export class Editor {
  /** @param {Schedule} schedule @param {(schedule: Schedule) => void} onChange @param {string} locale */
  constructor(schedule, onChange, locale) {
    this.locale = hoursLocale(locale);
    /** @type {History<Schedule>} */
    this.history = new History({ ...schedule, weekly: schedule.weekly ?? {} });
    this.onChange = onChange;
    /** Days that are no working days, Monday 0. */
    this.weekend = [5, 6];
    /** @type {readonly Told[]} */
    this.problems = [];
    this.leaving = new AbortController();
    this.undoButton = el("button", { type: "button", class: "button button-small", title: "Ctrl+Z", onclick: () => this.undo() }, drawn("M6.5 3.5 3 7l3.5 3.5M3 7h6.5a3.5 3.5 0 0 1 0 7H7"), t("Undo"));
    this.redoButton = el("button", { type: "button", class: "button button-small", title: "Ctrl+Shift+Z", onclick: () => this.redo() }, drawn("M9.5 3.5 13 7l-3.5 3.5M13 7H6.5a3.5 3.5 0 0 0 0 7H9"), t("Redo"));
    this.always = el("input", { type: "checkbox", role: "switch", onchange: () => this.#toggleAlways() });
    this.total = el("span", { class: "help hours-total" });
    this.live = el("p", { class: "visually-hidden", role: "status" });
    this.week = new Week(this);
    this.element = el("div", { class: "hours-editor", onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event) },
      el("div", { class: "hours-bar" },
        el("div", { class: "actions" }, this.undoButton, this.redoButton),
        el("label", { class: "hours-switch" }, this.always, " ", t("Always open")),
        this.total),
      this.week.element, this.live);
    this.#show();
  }

  get schedule() {
    return this.history.now;
  }

  /**
   * @param {(schedule: Schedule) => Schedule} make @param {string | null} [key] see `History.push`
   * @returns {boolean} whether anything is different now
   */
  change(make, key = null) {
    if (!this.history.push(make(this.schedule), key)) return false;
    this.#changed();
    return true;
  }

  undo() {
    if (this.history.undo()) this.#changed(t("Undone."));
  }

  redo() {
    if (this.history.redo()) this.#changed(t("Done again."));
  }

  /** For screen readers. @param {string} text */
  announce(text) {
    this.live.textContent = text;
  }

  destroy() {
    this.leaving.abort();
    this.element.remove();
  }

  /** @param {string} [said] */
  #changed(said) {
    if (said) this.announce(said);
    this.#show();
    this.onChange(tidied(this.schedule));
  }

  #show() {
    const { schedule, history } = this;
    this.undoButton.setAttribute("aria-disabled", String(!history.past.length));
    this.redoButton.setAttribute("aria-disabled", String(!history.future.length));
    this.always.checked = isAlways(schedule);
    this.total.textContent = t("{hours} a week", { hours: this.locale.hoursLong(weekMinutes(weekOf(schedule))) });
    this.week.show(schedule);
  }

  #toggleAlways() {
    if (this.always.checked) {
      this.before = weekOf(this.schedule);
      this.change((schedule) => withWeek(schedule, ALWAYS));
      return;
    }
    const usual = Array.from({ length: 7 }, (_, day) => (this.weekend.includes(day) ? [] : [{ start: 540, end: 1020 }]));
    const before = this.before ?? usual;
    this.change((schedule) => withWeek(schedule, before));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    // What is being typed is undone by the browser.
    if (event.target instanceof HTMLInputElement && event.target.dataset.typing) return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) this.redo();
    else this.undo();
  }
}
