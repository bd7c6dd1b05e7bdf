// What differs from the week, in lists: holidays of every year, exceptions, closures.

import { t, tc } from "../../widget/lib/i18n.js";
import { el } from "./dom.js";
import { closureDialog, dayDialog, exceptionDialog } from "./hours_day.js";
import { datesOf, replaced, withHoliday } from "./hours_schedule.js";
import { spansOf } from "./hours_times.js";

/**
 * @typedef {import("./hours_editor.js").Editor} Editor
 * @typedef {{text: string, isNote?: boolean}} Said
 */

export class Lists {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    /** @type {ReadonlyMap<string, readonly Said[]>} */
    this.problems = new Map();
    this.exceptions = el("ul", { class: "hours-list" });
    this.closures = el("ul", { class: "hours-list" });
    this.holidays = el("ul", { class: "hours-list" });
    this.holidaysPart = el("div", { class: "hours-part" }, el("h4", {}, t("Holidays with hours of their own, every year")), this.holidays);
    this.element = el("div", { class: "hours-part hours-lists" }, this.holidaysPart,
      el("div", { class: "hours-part" },
        el("div", { class: "hours-list-head" }, el("h4", {}, t("Exceptions")), el("button", { type: "button", class: "button button-small", onclick: () => exceptionDialog(editor, null) }, t("Add an exception"))), this.exceptions),
      el("div", { class: "hours-part" },
        el("div", { class: "hours-list-head" }, el("h4", {}, t("Closures")), el("button", { type: "button", class: "button button-small", onclick: () => closureDialog(editor, null) }, t("Add a closure"))), this.closures));
  }

  show() {
    const { editor } = this;
    const { locale, schedule } = editor;
    const days = schedule.holidays?.days ?? [];
    this.holidaysPart.hidden = !days.length;
    this.holidays.replaceChildren(...days.map((day, index) => {
      const usual = spansOf(schedule.holidays?.hours ?? []);
      const hours = day.open ? t("Open as on any such day") : locale.hours(spansOf(day.hours ?? [])) || (day.hours ? tc("hours", "Closed") : locale.hours(usual) || tc("hours", "Closed"));
      const shown = editor.holidayName(day.holiday);
      const date = editor.holidayCalled(day.holiday);
      return this.#row(`holidays.days[${index}]`, day.name ? `${day.name} (${shown})` : shown, hours, "", date ? () => dayDialog(editor, date.date, date.date, date, "always") : null, () => editor.change((one) => withHoliday(one, day.holiday, null)));
    }));
    const exceptions = schedule.exceptions ?? [];
    const order = exceptions.map((one, index) => ({ one, index })).sort((a, b) => datesOf(a.one)[0].localeCompare(datesOf(b.one)[0]) || a.index - b.index);
    this.exceptions.replaceChildren(...order.map(({ one, index }) => {
      const [from, to] = datesOf(one);
      const past = to < editor.today;
      return this.#row(`exceptions[${index}]`, locale.range(from, to), locale.hours(spansOf(one.hours)) || tc("hours", "Closed"), one.name ?? "",
        () => exceptionDialog(editor, index), () => editor.change((old) => ({ ...old, exceptions: replaced(old.exceptions ?? [], index, null) })), past);
    }));
    if (!order.length) this.exceptions.append(el("li", { class: "help" }, t("Days with hours of their own, such as Christmas Eve or a company holiday, are listed here.")));
    const closures = (schedule.closures ?? []).map((one, index) => ({ one, index })).sort((a, b) => a.one.from.localeCompare(b.one.from));
    this.closures.replaceChildren(...closures.map(({ one, index }) =>
      this.#row(`closures[${index}]`, locale.moments(one.from, one.to), "", one.name ?? "",
        () => closureDialog(editor, index), () => editor.change((old) => ({ ...old, closures: replaced(old.closures ?? [], index, null) })), one.to.slice(0, 10) < editor.today)));
    if (!closures.length) this.closures.append(el("li", { class: "help" }, t("For a move, a power cut or a party: nobody is there from one minute to another.")));
    this.tell(this.problems);
  }

  /** @param {ReadonlyMap<string, readonly Said[]>} problems by the place of the row */
  tell(problems) {
    this.problems = problems;
    for (const row of this.element.querySelectorAll("[data-place]")) {
      const found = problems.get(row instanceof HTMLElement ? (row.dataset.place ?? "") : "") ?? [];
      row.querySelector(".hours-problems")?.replaceChildren(...found.map(({ text, isNote }) => el("p", { class: isNote ? "hours-note" : "error" }, text)));
    }
  }

  /**
   * @param {string} place @param {string} what @param {string} hours @param {string} name
   * @param {(() => void) | null} change @param {() => void} remove @param {boolean} [isPast]
   */
  #row(place, what, hours, name, change, remove, isPast = false) {
    return el("li", { dataset: { place }, class: isPast ? "hours-past" : null },
      el("div", { class: "hours-list-what" }, el("strong", {}, what), hours ? el("span", {}, hours) : null, name ? el("bdi", { class: "help" }, name) : null, el("div", { class: "hours-problems" })),
      el("div", { class: "actions" },
        change ? el("button", { type: "button", class: "button button-small", "aria-label": t("Change {name}", { name: name || what }), onclick: change }, t("Change")) : null,
        el("button", { type: "button", class: "button button-small", "aria-label": t("Remove {name}", { name: name || what }), onclick: remove }, t("Remove"))));
  }
}
