// The editor of opening hours: a week to drag and type in, a year of holidays and exceptions, and what comes of it.

import { format, t } from "../../widget/lib/i18n.js";
import { el } from "./dom.js";
import { messageOf } from "./admin_page.js";
import { check, holidays, preview } from "./hours_client.js";
import { exportDialog, importDialog } from "./hours_exchange.js";
import { History } from "./hours_history.js";
import { hoursLocale } from "./hours_locale.js";
import { ALWAYS, isAlways, tidied, weekOf, withWeek } from "./hours_schedule.js";
import { weekMinutes } from "./hours_grid.js";
import { Lists } from "./hours_lists.js";
import { HolidayChoice, ZoneField } from "./hours_places.js";
import { Preview } from "./hours_preview.js";
import { DAYS } from "./hours_times.js";
import { Week, drawn } from "./hours_week.js";
import { Year } from "./hours_year.js";

/**
 * @typedef {import("./hours_types").Schedule} Schedule
 * @typedef {import("./hours_types").Told} Told
 * @typedef {import("./hours_types").Holiday} Holiday
 */

/** How long nobody changes anything before the server is asked, in milliseconds. */
const PAUSE = 350;

/**
 * Puts the editor into an element. The page has loaded its words (`useCatalogue`) before.
 * @param {HTMLElement} host @param {object} schedule as docs/business-hours.md has it
 * @param {{onChange?: (schedule: Schedule) => void, locale?: string, now?: () => number, withZone?: boolean}} [options]
 *   `locale`: the reader's, for days and times; `now`: by the server's clock, in milliseconds; `withZone`: false
 *   where the page has a field of its own for the zone
 */
export function hoursEditor(host, schedule, { onChange = () => undefined, locale = format().locale, now = Date.now, withZone = true } = {}) {
  const editor = new Editor(/** @type {Schedule} */ (schedule), onChange, locale, now);
  if (!withZone) editor.zone.element.remove();
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
  #today = "";
  /** When and where it is that day. */
  dated = "";

  /** @param {Schedule} schedule @param {(schedule: Schedule) => void} onChange @param {string} locale @param {() => number} now */
  constructor(schedule, onChange, locale, now) {
    this.now = now;
    this.locale = hoursLocale(locale);
    /** @type {History<Schedule>} */
    this.history = new History({ ...schedule, weekly: schedule.weekly ?? {} });
    this.onChange = onChange;
    /** Days that are no working days, Monday 0. */
    this.weekend = [5, 6];
    /** @type {readonly Told[]} */
    this.problems = [];
    this.leaving = new AbortController();
    this.asking = new AbortController();
    /** @type {any} */
    this.timer = null;
    /** By country, part and year. @type {Map<string, Map<string, Holiday>>} */
    this.known = new Map();
    this.undoButton = el("button", { type: "button", class: "button button-small", title: "Ctrl+Z", onclick: () => this.undo() }, drawn("M6.5 3.5 3 7l3.5 3.5M3 7h6.5a3.5 3.5 0 0 1 0 7H7", true), t("Undo"));
    this.redoButton = el("button", { type: "button", class: "button button-small", title: "Ctrl+Shift+Z", onclick: () => this.redo() }, drawn("M9.5 3.5 13 7l-3.5 3.5M13 7H6.5a3.5 3.5 0 0 0 0 7H9", true), t("Redo"));
    this.always = el("input", { type: "checkbox", role: "switch", onchange: () => this.#toggleAlways() });
    this.total = el("span", { class: "help hours-total" });
    this.live = el("p", { class: "visually-hidden", role: "status" });
    this.trouble = el("div", { class: "hours-trouble", role: "status" });
    this.week = new Week(this);
    this.zone = new ZoneField(this);
    this.choice = new HolidayChoice(this);
    this.year = new Year(this);
    this.lists = new Lists(this);
    this.preview = new Preview(this);
    this.element = el("div", { class: "hours-editor", onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event) },
      el("div", { class: "hours-bar" },
        el("div", { class: "actions" }, this.undoButton, this.redoButton),
        el("label", { class: "hours-switch" }, this.always, " ", t("Always open")),
        this.total,
        el("div", { class: "actions" },
          el("button", { type: "button", class: "button button-small", onclick: () => importDialog(this) }, t("Import")),
          el("button", { type: "button", class: "button button-small", onclick: () => exportDialog(this) }, t("Export")))),
      this.trouble, this.zone.element, this.week.element,
      el("h3", {}, t("Holidays and exceptions")), this.choice.element, this.year.element, this.lists.element,
      el("h3", {}, t("The next four weeks")), this.preview.element, this.live);
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

  /** The holiday on a date, where holidays are kept and known. @param {string} date @returns {Holiday | undefined} */
  holidayOn(date) {
    return this.known.get(this.#yearKey(Number(date.slice(0, 4))))?.get(date);
  }

  /** A holiday's name in the reader's words, by its English one. @param {string} english */
  holidayName(english) {
    for (const days of this.known.values()) {
      for (const { name, holidays: names } of days.values()) if (names.length === 1 && names[0] === english) return name;
    }
    return english;
  }

  /** The date in a year that was looked at on which a holiday falls next. @param {string} english @returns {Holiday | undefined} */
  holidayCalled(english) {
    const all = [...this.known.values()].flatMap((days) => [...days.values()]).filter((day) => day.holidays.includes(english));
    return all.find(({ date }) => date >= this.today) ?? all[0];
  }

  /** Whether a closure reaches into a date. @param {string} date */
  closureOn(date) {
    return (this.schedule.closures ?? []).some(({ from, to }) => from.slice(0, 10) <= date && (to.slice(0, 10) > date || (to.slice(0, 10) === date && !to.endsWith("T00:00"))));
  }

  /** Asks for the holidays of the years that these days lie in. @param {readonly (readonly string[])[]} months */
  async needYears(months) {
    const rule = this.schedule.holidays;
    if (!rule) return;
    const years = [...new Set(months.flat().map((day) => Number(day.slice(0, 4))))].filter((year) => !this.known.has(this.#yearKey(year)));
    for (const year of years) {
      const key = this.#yearKey(year);
      this.known.set(key, new Map());
      try {
        const { days, weekend } = await holidays(rule.country, rule.subdivision ?? null, year);
        this.known.set(key, new Map(days.map((day) => [day.date, day])));
        this.weekend = weekend;
      } catch {
        // The check says what is wrong with the country.
        this.known.delete(key);
        return;
      }
    }
    if (years.length && !this.leaving.signal.aborted) {
      this.year.show();
      this.lists.show();
    }
  }

  /** @param {number} year */
  #yearKey(year) {
    const rule = this.schedule.holidays;
    return rule ? `${rule.country} ${rule.subdivision ?? ""} ${year}` : "";
  }

  /** Today by the server's clock, where the hours are kept or, if that is not known, where the reader is: 2026-11-23. */
  get today() {
    const key = `${this.history.now.timezone} ${Math.floor(this.now() / 60_000)}`;
    if (this.dated !== key) this.#today = this.#localDate();
    this.dated = key;
    return this.#today;
  }

  #localDate() {
    const options = /** @type {const} */ ({ calendar: "gregory", numberingSystem: "latn", year: "numeric", month: "2-digit", day: "2-digit" });
    try {
      return new Intl.DateTimeFormat("en-CA", { timeZone: this.history.now.timezone, ...options }).format(this.now());
    } catch {
      return new Intl.DateTimeFormat("en-CA", options).format(this.now());
    }
  }

  destroy() {
    clearTimeout(this.timer);
    this.asking.abort();
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
    this.zone.show(schedule);
    this.choice.show(schedule);
    this.year.show();
    this.lists.show();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#ask(), PAUSE);
  }

  async #ask() {
    this.asking.abort();
    const { signal } = (this.asking = new AbortController());
    const schedule = tidied(this.schedule);
    try {
      const { problems, notes } = await check(schedule, signal);
      this.problems = problems;
      this.#tell([...problems, ...notes.map((note) => ({ ...note, isNote: true }))]);
      this.preview.show(problems.length ? null : await preview(schedule, signal));
    } catch (error) {
      if (!signal.aborted) this.trouble.replaceChildren(el("p", { class: "error" }, messageOf(error)));
    }
  }

  /** Each where it is. @param {readonly {place: string, text: string, isNote?: boolean, near?: string | null}[]} told */
  #tell(told) {
    /** @type {Map<number, {text: string, isNote: boolean}[]>} */
    const days = new Map();
    /** @type {Map<string, {text: string, isNote?: boolean}[]>} */
    const rows = new Map();
    /** @type {{zone: any[], holidays: any[], all: any[]}} */
    const others = { zone: [], holidays: [], all: [] };
    for (const one of told) {
      const row = /^(?:exceptions|closures|holidays\.days)\[\d+\]/.exec(one.place);
      const day = /^weekly\.([a-z]{3})/.exec(one.place);
      if (day) {
        const index = DAYS.findIndex((name) => name === day[1]);
        days.set(index, [...(days.get(index) ?? []), { text: this.#worded(one.text), isNote: Boolean(one.isNote) }]);
      } else if (row) rows.set(row[0], [...(rows.get(row[0]) ?? []), { ...one, text: this.#worded(one.text) }]);
      else if (one.place.startsWith("timezone") && this.zone.element.parentNode) others.zone.push(one);
      else if (one.place.startsWith("holidays")) others.holidays.push(one);
      else others.all.push(one);
    }
    this.week.tell(days);
    this.lists.tell(rows);
    this.zone.tell(others.zone);
    this.choice.tell(others.holidays);
    this.trouble.replaceChildren(...others.all.map(({ text, isNote }) => el("p", { class: isNote ? "notice hours-note" : "notice notice-danger" }, text)));
  }

  /** Other places are named as people know them: `weekly.mon[1]` is 13:00–17:30 of Monday. @param {string} text */
  #worded(text) {
    return text.replace(/weekly\.([a-z]{3})\[(\d+)\]/g, (whole, name, number) => {
      const day = DAYS.indexOf(name);
      const span = weekOf(this.schedule)[day]?.[Number(number)];
      return span ? `${this.locale.day(day)} ${this.locale.span(span)}` : whole;
    });
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
