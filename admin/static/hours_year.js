// A year in the reader's calendar: what each day is, and a click away from being something else.

import { t, tc } from "../../widget/lib/i18n.js";
import { el } from "./dom.js";
import { calendarYears, shifted, weekdayOf } from "./hours_calendar.js";
import { dayDialog } from "./hours_day.js";
import { dayOf, ruleOf } from "./hours_schedule.js";

/**
 * @typedef {import("./hours_editor.js").Editor} Editor
 * @typedef {import("./hours_types").Holiday} Holiday
 */

export class Year {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.years = calendarYears(editor.locale.calendar);
    this.shown = editor.today;
    /** The day that has the keyboard, and where a range began. */
    this.current = editor.today;
    /** @type {string | null} */
    this.anchor = null;
    this.isDown = false;
    /** The first day of the year that is in sight. */
    this.revealed = "";
    this.title = el("h4", { class: "hours-year-name", "aria-live": "polite" });
    this.grid = el("div", {
      class: "hours-months",
      onpointerdown: (/** @type {PointerEvent} */ event) => this.#down(event),
      onpointerover: (/** @type {PointerEvent} */ event) => this.#over(event),
      onclick: (/** @type {MouseEvent} */ event) => this.#click(event),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
    });
    addEventListener("pointerup", () => this.#up(), { signal: editor.leaving.signal });
    const sized = new ResizeObserver(() => this.#reveal());
    sized.observe(this.grid);
    editor.leaving.signal.addEventListener("abort", () => sized.disconnect());
    const turn = (/** @type {number} */ by) => {
      const months = this.years.months(this.shown);
      this.shown = by < 0 ? shifted(months[0]?.[0] ?? this.shown, -1) : shifted(months.at(-1)?.at(-1) ?? this.shown, 1);
      this.current = this.shown;
      this.show();
    };
    this.element = el("div", { class: "hours-part" },
      el("div", { class: "hours-year-bar" },
        el("button", { type: "button", class: "button button-small", "aria-label": t("The year before"), onclick: () => turn(-1) }, "‹"),
        this.title,
        el("button", { type: "button", class: "button button-small", "aria-label": t("The year after"), onclick: () => turn(1) }, "›"),
        el("ul", { class: "hours-legend" },
          ...[["holiday", t("Holiday")], ["own", t("Own hours")], ["shut", tc("hours", "Closed")], ["free", t("Day off")]].map(([kind, text]) => el("li", {}, el("span", { class: `hours-swatch hours-is-${kind}` }), text ?? "")))),
      this.grid,
      el("p", { class: "help" }, t("Click a day, or drag over several, to close it or give it other hours.")));
  }

  show() {
    const { editor } = this;
    const { locale } = editor;
    const months = this.years.months(this.shown);
    const isFocused = this.grid.contains(document.activeElement);
    this.title.textContent = locale.yearName(months[0]?.[0] ?? this.shown);
    editor.needYears(months);
    const { scrollLeft } = this.grid;
    this.grid.replaceChildren(...months.map((days) => this.#month(days)));
    this.#mark();
    if (isFocused) this.#focus();
    const year = months[0]?.[0] ?? "";
    if (year === this.revealed) this.grid.scrollLeft = scrollLeft;
    else this.#reveal();
    this.revealed = year;
  }

  /** Where months stand beside each other to be pushed along: the one of the current day. */
  #reveal() {
    const { grid } = this;
    const month = grid.querySelector(`[data-date="${this.current}"]`)?.closest(".hours-month")?.getBoundingClientRect();
    if (!month || grid.scrollWidth <= grid.clientWidth) return;
    const frame = grid.getBoundingClientRect();
    grid.scrollLeft += getComputedStyle(grid).direction === "rtl" ? month.right - frame.right : month.left - frame.left;
  }

  /** @param {string[]} days */
  #month(days) {
    const { locale } = this.editor;
    const first = days[0] ?? this.shown;
    const column = locale.order.indexOf(weekdayOf(first));
    const named = days.filter((day) => this.editor.holidayOn(day));
    const cells = days.map((day) => this.#cell(day));
    cells[0]?.style.setProperty("grid-column-start", String(column + 1));
    return el("section", { class: "hours-month" },
      el("h5", {}, locale.monthName(first)),
      el("div", { class: "hours-month-days", role: "group", "aria-label": locale.monthName(first) },
        ...locale.order.map((day) => el("span", { class: "hours-weekday", "aria-hidden": "true" }, locale.day(day, "narrow"))),
        ...cells),
      el("ul", { class: "hours-named" }, ...named.map((day) => {
        const { holiday, name } = this.#about(day);
        const rule = holiday ? ruleOf(this.editor.schedule, holiday.holidays) : null;
        return el("li", {}, el("button", { type: "button", class: "hours-named-day", onclick: () => this.#open(day, day) },
          el("span", { class: "hours-named-date" }, locale.dayOfMonth(day)), " ", el("span", {}, name ?? holiday?.name ?? ""), rule ? el("span", { class: "hours-mark-every" }, t("every year")) : null));
      })));
  }

  /** @param {string} day */
  #about(day) {
    const holiday = this.editor.holidayOn(day);
    return { holiday, ...dayOf(this.editor.schedule, day, holiday) };
  }

  /** @param {string} day */
  #cell(day) {
    const { locale } = this.editor;
    const { by, spans, name, holiday } = this.#about(day);
    const isClosure = this.editor.closureOn(day);
    const kind = by === "exception" ? (spans.length ? "own" : "shut") : holiday ? (spans.length ? "own" : "shut") : spans.length ? "open" : "free";
    const said = [locale.date(day), name, locale.hours(spans) || tc("hours", "Closed"), isClosure ? t("Closure") : null].filter(Boolean).join(" · ");
    return el("button", {
      type: "button", tabindex: -1, dataset: { date: day }, "aria-label": said, title: name || isClosure ? said : null,
      class: `hours-date hours-is-${kind}${holiday ? " hours-is-holiday" : ""}${day === this.editor.today ? " hours-is-today" : ""}${isClosure ? " hours-is-closure" : ""}`,
    }, locale.dayOfMonth(day));
  }

  // Choosing days.

  get range() {
    const other = this.anchor ?? this.current;
    return this.current < other ? [this.current, other] : [other, this.current];
  }

  #mark() {
    const [from = "", to = ""] = this.range;
    const isWide = from !== to;
    for (const cell of this.grid.querySelectorAll(".hours-date")) {
      if (!(cell instanceof HTMLElement)) continue;
      const { date = "" } = cell.dataset;
      cell.classList.toggle("hours-is-chosen", isWide && date >= from && date <= to);
      cell.tabIndex = date === this.current ? 0 : -1;
    }
    if (!this.grid.querySelector('.hours-date[tabindex="0"]')) this.grid.querySelector(".hours-date")?.setAttribute("tabindex", "0");
  }

  #focus() {
    const cell = this.grid.querySelector(`[data-date="${this.current}"]`);
    if (cell instanceof HTMLElement) cell.focus();
  }

  /** @param {Event} event */
  #dateOf(event) {
    const cell = event.target instanceof Element ? event.target.closest(".hours-date") : null;
    return cell instanceof HTMLElement ? (cell.dataset.date ?? null) : null;
  }

  /** @param {PointerEvent} event */
  #down(event) {
    const date = this.#dateOf(event);
    if (!date || event.button !== 0 || event.pointerType === "touch") return;
    if (!event.shiftKey) this.anchor = date;
    else this.anchor ??= this.current;
    this.current = date;
    this.isDown = true;
    this.#mark();
  }

  /** @param {PointerEvent} event */
  #over(event) {
    const date = this.isDown ? this.#dateOf(event) : null;
    if (!date) return;
    this.current = date;
    this.#mark();
  }

  #up() {
    if (!this.isDown) return;
    this.isDown = false;
    const [from = this.current, to = this.current] = this.range;
    // A single day is opened by the click that follows.
    if (from !== to) this.#open(from, to);
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const date = this.#dateOf(event);
    const [from, to] = this.range;
    if (!date || (from !== to && event.detail)) return;
    if (event.detail) this.current = date;
    this.#open(from !== to ? (from ?? date) : date, from !== to ? (to ?? date) : date);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const isRtl = getComputedStyle(this.grid).direction === "rtl";
    /** @type {Record<string, number>} */
    const steps = { ArrowLeft: isRtl ? 1 : -1, ArrowRight: isRtl ? -1 : 1, ArrowUp: -7, ArrowDown: 7, PageUp: -30, PageDown: 30 };
    const step = steps[event.key];
    if (step === undefined || !this.#dateOf(event)) return;
    event.preventDefault();
    this.anchor = event.shiftKey ? (this.anchor ?? this.current) : null;
    this.current = shifted(this.current, step);
    if (!this.grid.querySelector(`[data-date="${this.current}"]`)) {
      this.shown = this.current;
      this.show();
    }
    this.#mark();
    this.#focus();
  }

  /** @param {string} from @param {string} to */
  #open(from, to) {
    this.anchor = null;
    this.current = from;
    this.#mark();
    this.#focus();
    dayDialog(this.editor, from, to, from === to ? this.editor.holidayOn(from) : undefined);
  }
}
