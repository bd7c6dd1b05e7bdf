// The week: for each day a strip of 24 hours to drag in, and a field to type in.

import { t, tc } from "../../widget/lib/i18n.js";
import { el, icon } from "./dom.js";
import { copyDialog } from "./hours_copy.js";
import { dragged, gap, parts } from "./hours_grid.js";
import { weekOf, withDay, withWeek } from "./hours_schedule.js";
import { DAY, DAYS, clamped, united } from "./hours_times.js";
import { TypedHours } from "./hours_typed.js";

/**
 * @typedef {import("./hours_types").Span} Span
 * @typedef {import("./hours_types").Schedule} Schedule
 * @typedef {import("./hours_editor.js").Editor} Editor
 * @typedef {import("./hours_grid.js").Grip} Grip
 * @typedef {import("./hours_grid.js").Part} Part
 *
 * `day`, `span` as they were; `index` null of a new one; `at` the minute where the pointer went down.
 * @typedef {{pointer: number, grip: Grip, day: number, index: number | null, span: Span, at: number, x: number, y: number, moved: boolean, now: {day: number, span: Span} | null}} Drag
 */

const STEP = 15;
const FINE = 5;
/** Pixels that a finger or a hand moves without meaning to. */
const STILL = 4;

export class Week {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    /** @type {Drag | null} */
    this.drag = null;
    /** @type {{track: HTMLElement, typed: TypedHours, problems: HTMLElement}[]} by day, Monday first */
    this.days = [];
    this.grid = el("div", {
      class: "hours-week", role: "group", "aria-label": t("Weekly hours"),
      onpointerdown: (/** @type {PointerEvent} */ event) => this.#down(event),
      onpointermove: (/** @type {PointerEvent} */ event) => this.#move(event),
      onpointerup: (/** @type {PointerEvent} */ event) => this.#up(event),
      onpointercancel: () => this.#cancel(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
    });
    const { locale } = editor;
    const hours = Array.from({ length: 25 }, (_, hour) => {
      const mark = el("span", { class: "hours-mark" }, el("span", {}, locale.hour(hour)));
      mark.style.setProperty("--at", String(hour * 60));
      return mark;
    });
    this.grid.append(el("div", { class: "hours-axis", "aria-hidden": "true" }, ...hours));
    locale.order.forEach((day, column) => this.grid.append(this.#day(day, column)));
    this.help = el("p", { class: "help hours-help" },
      t("Drag on a day to add hours, drag them to move them and their ends to change them. With the keyboard: arrows move, Shift and arrows change the end, Enter edits as text, Delete removes, N adds. Alt makes steps of five minutes."));
    this.element = el("div", { class: "hours-part" }, this.grid, this.help);
  }

  /** @param {Schedule} schedule */
  show(schedule) {
    const week = weekOf(schedule);
    const drawn = parts(week);
    const focused = this.#focused();
    this.days.forEach(({ track, typed }, day) => {
      const spans = week[day] ?? [];
      typed.show(spans);
      track.replaceChildren(...(drawn[day] ?? []).map((part) => this.#block(part, week[part.owner]?.[part.index])));
      track.closest(".hours-day")?.classList.toggle("hours-closed", !drawn[day]?.length);
    });
    if (focused) this.focus(focused.owner, focused.index);
  }

  /** What is wrong, day by day. @param {ReadonlyMap<number, readonly {text: string, isNote: boolean}[]>} problems */
  tell(problems) {
    this.days.forEach(({ problems: place, track }, day) => {
      const found = problems.get(day) ?? [];
      place.replaceChildren(...found.map(({ text, isNote }) => el("p", { class: isNote ? "hours-note" : "error" }, text)));
      track.classList.toggle("hours-doubtful", found.length > 0);
    });
  }

  /** @param {number} owner @param {number} index */
  focus(owner, index) {
    const found = this.grid.querySelector(`.hours-block:not(.hours-rest)[data-owner="${owner}"][data-index="${index}"]`);
    if (found instanceof HTMLElement) found.focus({ preventScroll: true });
  }

  /** @param {number} day @param {number} column @returns {HTMLElement} */
  #day(day, column) {
    const { editor } = this;
    const name = editor.locale.day(day);
    const track = el("div", { class: "hours-track", dataset: { day } });
    const typed = new TypedHours({
      locale: editor.locale, label: t("Hours on {day}", { day: name }),
      onChange: (spans) => editor.change((schedule) => withDay(schedule, day, spans)),
    });
    const problems = el("div", { class: "hours-problems" });
    this.days[day] = { track, typed, problems };
    const today = el("div", { class: "hours-day", role: "group", "aria-label": name, dataset: { day } },
      el("div", { class: "hours-name", "aria-hidden": "true" }, el("span", { class: "hours-name-long" }, name), el("span", { class: "hours-name-short" }, editor.locale.day(day, "short")), el("span", { class: "hours-name-narrow" }, editor.locale.day(day, "narrow"))),
      track,
      el("div", { class: "hours-words" },
        el("span", { class: "hours-words-name", "aria-hidden": "true" }, name),
        typed.element,
        el("button", { type: "button", class: "icon-button", "aria-label": t("Add hours on {day}", { day: name }), title: t("Add hours on {day}", { day: name }), onclick: () => this.add(day) }, plus()),
        el("button", { type: "button", class: "icon-button", "aria-label": t("Copy {day} to other days", { day: name }), title: t("Copy {day} to other days", { day: name }), onclick: () => copyDialog(editor, day) }, copy()),
        problems));
    today.style.setProperty("--column", String(column + 1));
    return today;
  }

  /** @param {Part} part @param {Span | undefined} span @param {boolean} [isDraft] */
  #block(part, span, isDraft = false) {
    const { locale } = this.editor;
    const whole = span ?? { start: part.from, end: part.to };
    const text = locale.span(whole);
    const day = locale.day(part.owner);
    const block = el("button", {
      type: "button",
      class: `hours-block${part.isRest ? " hours-rest" : ""}${whole.end > DAY && !part.isRest ? " hours-over" : ""}${isDraft ? " hours-draft" : ""}`,
      "aria-label": whole.end > DAY
        ? t("{day}, {from} to {to} on the next day", { day, from: locale.time(whole.start), to: locale.time(whole.end - DAY) })
        : t("{day}, {from} to {to}", { day, from: locale.time(whole.start), to: locale.time(whole.end) }),
      tabindex: part.isRest ? -1 : 0,
      "aria-hidden": part.isRest ? "true" : null,
      dataset: { owner: part.owner, index: part.index },
    },
      part.isRest ? null : el("span", { class: "hours-edge hours-edge-start", dataset: { grip: "start" } }),
      el("span", { class: "hours-label" }, part.isRest ? `–${locale.time(part.to)}` : text),
      el("span", { class: "hours-bubble", "aria-hidden": "true" }, text),
      whole.end > DAY && !part.isRest ? null : el("span", { class: "hours-edge hours-edge-end", dataset: { grip: "end" } }));
    block.style.setProperty("--from", String(part.from));
    block.style.setProperty("--to", String(part.to));
    return block;
  }

  /** @param {number} day */
  add(day) {
    const spans = weekOf(this.editor.schedule)[day] ?? [];
    const free = gap(spans);
    if (!free) return this.editor.announce(t("There is no room left on this day."));
    this.#put(day, [...spans, free], free);
  }

  /** @param {number} day @param {Span[]} spans @param {Span | null} focus @param {string | null} [key] */
  #put(day, spans, focus, key = null) {
    const next = united(spans);
    this.editor.change((schedule) => withDay(schedule, day, next), key);
    this.#select(day, focus);
  }

  /** Focuses the interval that holds this one, and says it. @param {number} day @param {Span | null} span */
  #select(day, span) {
    if (!span) return;
    const spans = weekOf(this.editor.schedule)[day] ?? [];
    const index = spans.findIndex((one) => one.start <= span.start && one.end >= span.end);
    this.focus(day, index);
    const found = spans[index];
    if (found) this.editor.announce(`${this.editor.locale.day(day)} ${this.editor.locale.span(found)}`);
  }

  #focused() {
    const block = document.activeElement?.closest?.(".hours-block");
    if (!(block instanceof HTMLElement) || !this.grid.contains(block)) return null;
    return { owner: Number(block.dataset.owner), index: Number(block.dataset.index) };
  }

  // Dragging.

  get isUpright() {
    return getComputedStyle(this.grid).getPropertyValue("--upright").trim() === "1";
  }

  /** The minute and the day under a point; the day's own track where the point is beside all. @param {{clientX: number, clientY: number}} event @param {number} [day] */
  #place(event, day) {
    const { clientX: x, clientY: y } = event;
    const upright = this.isUpright;
    const boxes = this.days.map(({ track }) => track.getBoundingClientRect());
    const over = boxes.findIndex((box) => (upright ? x >= box.left && x < box.right : y >= box.top && y < box.bottom));
    const found = over >= 0 ? over : (day ?? 0);
    const box = boxes[found];
    if (!box) return { minute: 0, day: found };
    const isRtl = getComputedStyle(this.grid).direction === "rtl";
    const share = upright ? (y - box.top) / box.height : isRtl ? (box.right - x) / box.width : (x - box.left) / box.width;
    return { minute: share * DAY, day: found };
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0 || this.drag) return;
    const target = event.target instanceof Element ? event.target : null;
    const track = target?.closest(".hours-track");
    if (!(track instanceof HTMLElement)) return;
    const block = target?.closest(".hours-block");
    const at = this.#place(event, Number(track.dataset.day));
    const held = { pointer: event.pointerId, x: event.clientX, y: event.clientY, moved: false, now: null };
    if (!(block instanceof HTMLElement)) {
      if (event.pointerType !== "touch") event.preventDefault();
      this.drag = { ...held, grip: "new", day: at.day, index: null, span: { start: at.minute, end: at.minute }, at: at.minute };
    } else {
      const isSelected = document.activeElement === block;
      // On a phone a finger that scrolls must not move hours; a touch selects them first.
      if (event.pointerType === "touch" && this.isUpright && !isSelected) return;
      const [owner, index] = [Number(block.dataset.owner), Number(block.dataset.index)];
      const span = weekOf(this.editor.schedule)[owner]?.[index];
      if (!span) return;
      const grip = /** @type {Grip} */ (target?.closest("[data-grip]")?.getAttribute("data-grip") ?? "move");
      const isRest = block.classList.contains("hours-rest");
      this.drag = { ...held, grip, day: owner, index, span, at: at.minute + (isRest ? DAY : 0) };
      this.focus(owner, index);
      if (event.pointerType !== "touch") event.preventDefault();
    }
    // A finger that turns out to scroll takes the pointer back.
    this.grid.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const drag = this.drag;
    if (!drag || event.pointerId !== drag.pointer) return;
    if (!drag.moved && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < STILL) return;
    if (drag.grip === "new" && event.pointerType === "touch" && this.isUpright) return;
    drag.moved = true;
    const place = this.#place(event, drag.day);
    let { minute } = place;
    const isRestHeld = drag.at >= DAY;
    // The end of a night is on the next day's strip.
    if (isRestHeld || (drag.grip === "end" && place.day === (drag.day + 1) % 7 && drag.span.start > 0)) minute += place.day === drag.day ? 0 : DAY;
    const step = event.altKey ? FINE : STEP;
    const day = drag.grip === "move" && !isRestHeld ? place.day : drag.day;
    const span = dragged(drag.grip, drag.span, clamped(minute, 0, 2 * DAY) - drag.at, step);
    drag.now = { day, span };
    this.#preview();
  }

  /** @param {PointerEvent} event */
  #up(event) {
    const drag = this.drag;
    if (!drag || event.pointerId !== drag.pointer) return;
    this.drag = null;
    this.grid.classList.remove("hours-dragging");
    if (!drag.moved && drag.grip === "new") {
      const start = clamped(Math.floor(drag.at / 30) * 30, 0, DAY - 60);
      drag.now = { day: drag.day, span: { start, end: start + 60 } };
    }
    if (!drag.now) return;
    const { day, span } = drag.now;
    const week = weekOf(this.editor.schedule).map((spans, owner) => spans.filter((_, index) => owner !== drag.day || index !== drag.index));
    week[day] = united([...(week[day] ?? []), span]);
    if (!this.editor.change((schedule) => withWeek(schedule, week))) this.show(this.editor.schedule);
    this.#select(day, span);
  }

  #cancel() {
    if (!this.drag) return;
    this.drag = null;
    this.grid.classList.remove("hours-dragging");
    this.show(this.editor.schedule);
  }

  #preview() {
    const drag = this.drag;
    if (!drag?.now) return;
    this.grid.classList.add("hours-dragging");
    const { day, span } = drag.now;
    const week = weekOf(this.editor.schedule);
    const others = week.map((spans, owner) => spans.map((one, index) => (owner === drag.day && index === drag.index ? null : one)));
    const drawn = parts(others.map((spans) => spans.filter((one) => one !== null)));
    const draft = parts(DAYS.map((_, index) => (index === day ? [span] : [])));
    this.days.forEach(({ track }, index) => {
      const still = (drawn[index] ?? []).map((part) => this.#block(part, others[part.owner]?.filter((one) => one !== null)[part.index]));
      const moving = (draft[index] ?? []).map((part) => this.#block(part, span, true));
      track.replaceChildren(...still, ...moving);
    });
  }

  // The keyboard.

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === "Escape" && this.drag) {
      event.preventDefault();
      return this.#cancel();
    }
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey) return;
    const row = event.target instanceof Element ? event.target.closest(".hours-day") : null;
    if (!(row instanceof HTMLElement)) return;
    if (event.key.toLowerCase() === "n") {
      event.preventDefault();
      return this.add(Number(row.dataset.day));
    }
    const held = this.#focused();
    if (!held) return;
    const spans = weekOf(this.editor.schedule)[held.owner] ?? [];
    const span = spans[held.index];
    if (!span) return;
    const others = spans.filter((_, index) => index !== held.index);
    if (event.key === "Enter") {
      event.preventDefault();
      return this.days[held.owner]?.typed.focus(held.index);
    }
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.editor.change((schedule) => withDay(schedule, held.owner, others));
      this.editor.announce(t("Removed. {day}: {hours}", { day: this.editor.locale.day(held.owner), hours: this.editor.locale.hours(others) || tc("hours", "Closed") }));
      if (others.length) this.focus(held.owner, Math.min(held.index, others.length - 1));
      else this.days[held.owner]?.typed.focus();
      return;
    }
    const arrow = this.#arrow(event.key);
    if (!arrow) return;
    event.preventDefault();
    const step = event.altKey ? FINE : STEP;
    if (arrow.days && !event.shiftKey) return this.#carry(held.owner, held.index, arrow.days);
    if (arrow.days) return;
    const next = dragged(event.shiftKey ? "end" : "move", span, arrow.minutes * step, step);
    this.#put(held.owner, [...others, next], next, `key ${held.owner} ${event.shiftKey}`);
  }

  /** @param {string} key @returns {{minutes: number, days: number} | null} */
  #arrow(key) {
    const isRtl = getComputedStyle(this.grid).direction === "rtl";
    /** @type {Record<string, [across: number, down: number]>} */
    const arrows = { ArrowLeft: [isRtl ? 1 : -1, 0], ArrowRight: [isRtl ? -1 : 1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const found = arrows[key];
    if (!found) return null;
    return this.isUpright ? { minutes: found[1], days: found[0] } : { minutes: found[0], days: found[1] };
  }

  /** To the day beside, in the reader's order. @param {number} day @param {number} index @param {number} by */
  #carry(day, index, by) {
    const { order } = this.editor.locale;
    const to = order[order.indexOf(day) + by];
    const week = weekOf(this.editor.schedule);
    const span = week[day]?.[index];
    if (to === undefined || !span) return;
    week[day] = (week[day] ?? []).filter((_, at) => at !== index);
    week[to] = united([...(week[to] ?? []), span]);
    this.editor.change((schedule) => withWeek(schedule, week));
    this.#select(to, span);
  }
}

const plus = () => drawn("M8 3v10M3 8h10");
const copy = () => drawn("M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8z");

/** @param {string} path @param {boolean} [points] along the line: it turns with the direction of reading */
export function drawn(path, points) {
  const svg = icon("check");
  svg.setAttribute("class", points ? "icon points" : "icon");
  svg.firstElementChild?.setAttribute("d", path);
  return svg;
}
