// What the hours come to: the next four weeks as strips and as a table, and the next changes of clocks.

import { t, tc } from "../../widget/lib/i18n.js";
import { el } from "./dom.js";
import { DAY } from "./hours_times.js";

/**
 * @typedef {import("./hours_editor.js").Editor} Editor
 * @typedef {import("./hours_client.js").Preview} Told
 * @typedef {import("./hours_client.js").DayView} DayView
 */

export class Preview {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    this.status = el("p", { class: "hours-status", role: "status" });
    this.strips = el("div", { class: "hours-strips", "aria-hidden": "true" });
    this.rows = el("tbody");
    this.changes = el("ul", { class: "hours-changes" });
    this.rules = el("p", { class: "help" });
    this.element = el("div", { class: "hours-part" }, this.status, this.strips,
      el("details", { class: "hours-figures" }, el("summary", {}, t("The same as a table")),
        el("div", { class: "table-scroll", tabindex: 0, role: "group", "aria-label": t("The same as a table") }, el("table", {},
          el("thead", {}, el("tr", {}, ...[t("Day"), tc("hours", "Open"), t("In all"), t("Why")].map((text) => el("th", { scope: "col" }, text)))), this.rows))),
      el("h4", {}, t("The next changes of the clocks")), this.changes, this.rules);
  }

  /** @param {Told | null} told null while there is none, as the hours can't be used */
  show(told) {
    this.element.classList.toggle("hours-stale", !told);
    if (!told) return;
    const { locale } = this.editor;
    const minute = minutesOf(told.now);
    this.status.replaceChildren(el("span", { class: told.status.open ? "hours-dot hours-dot-open" : "hours-dot" }), this.#status(told));
    this.strips.replaceChildren(...told.days.map((day, index) => this.#strip(day, index === 0 ? minute : null)));
    this.rows.replaceChildren(...told.days.map((day) => el("tr", { class: day.minutes ? null : "hours-row-closed" },
      el("th", { scope: "row" }, locale.weekdayDate(day.date)),
      el("td", {}, this.#hours(day)),
      el("td", {}, day.minutes ? locale.hoursLong(day.minutes) : "–"),
      el("td", {}, el("bdi", {}, this.#why(day))))));
    this.changes.replaceChildren(...told.changes.map((change) => el("li", { class: change.shifts.length ? "hours-change hours-change-matters" : "hours-change" },
      el("p", {}, change.text),
      ...(change.shifts.length ? change.shifts.map((text) => el("p", { class: "hours-note" }, text)) : [el("p", { class: "help" }, t("No hours get longer or shorter by it."))]))));
    if (!told.changes.length) this.changes.append(el("li", { class: "help" }, t("The clocks of this zone are not changed in the next years.")));
    this.rules.textContent = t("Rules of time zones: {version}.", { version: told.rules });
  }

  /** @param {Told} told */
  #status({ status, now }) {
    const { locale } = this.editor;
    const values = { time: locale.moment(now), until: status.until ? locale.moment(status.until) : "" };
    if (status.open) return status.until ? t("Now, {time} there: open until {until}.", values) : t("Now, {time} there: open, with no end in sight.", values);
    return status.until ? t("Now, {time} there: closed until {until}.", values) : t("Now, {time} there: closed, and not open again within a year.", values);
  }

  /** @param {DayView} day @param {number | null} now minutes, of today */
  #strip(day, now) {
    const { locale } = this.editor;
    const why = this.#why(day);
    const track = el("div", { class: "hours-strip-track" }, ...day.open.map(([from, to]) => {
      const block = el("span", { class: "hours-strip-open", title: locale.span({ start: from, end: to }) });
      block.style.setProperty("--from", String(from));
      block.style.setProperty("--to", String(to));
      return block;
    }));
    if (now !== null) {
      const line = el("span", { class: "hours-now" });
      line.style.setProperty("--from", String(now));
      track.append(line);
    }
    return el("div", { class: `hours-strip${now === null ? "" : " hours-strip-today"}${day.by === "outside_hours" && !day.closures.length ? "" : " hours-strip-special"}` },
      el("span", { class: "hours-strip-day" }, now === null ? locale.weekdayDate(day.date) : t("Today")), track,
      el("bdi", { class: "hours-strip-why", title: why }, why));
  }

  /** @param {DayView} day */
  #hours(day) {
    return this.editor.locale.hours(day.open.map(([start, end]) => ({ start, end }))) || tc("hours", "Closed");
  }

  /** @param {DayView} day */
  #why(day) {
    const names = day.by === "outside_hours" ? [] : [day.name ?? (day.by === "holiday" ? t("Holiday") : t("Exception"))];
    return [...names, ...day.closures.map((name) => name ?? t("Closure"))].join(" · ");
  }
}

/** @param {string} moment 2026-12-24T18:00 */
const minutesOf = (moment) => Math.min(Number(moment.slice(11, 13)) * 60 + Number(moment.slice(14, 16)), DAY);
