// Whose clocks and whose holidays: the zone, the country, its part, and the hours on holidays.

import { t } from "../../widget/lib/i18n.js";
import { el } from "./dom.js";
import { clockOf } from "./formats.js";
import { choices, holidays } from "./hours_client.js";
import { spansOf, pairOf } from "./hours_times.js";
import { TypedHours } from "./hours_typed.js";

/** @typedef {import("./hours_editor.js").Editor} Editor */

let count = 0;

export class ZoneField {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    const id = `hours-zone-${(count += 1)}`;
    const list = el("datalist", { id: `${id}-list` });
    this.input = el("input", {
      type: "text", id, list: list.id, autocomplete: "off", spellcheck: "false", dir: "ltr", maxlength: 64, "aria-describedby": `${id}-said`,
      onchange: () => editor.change((schedule) => ({ ...schedule, timezone: this.input.value.trim() })),
    });
    this.said = el("div", { class: "help", id: `${id}-said` });
    this.element = el("div", { class: "field hours-zone" }, el("label", { for: id }, t("Time zone")), this.input, list, this.said);
    choices().then(({ zones }) => list.replaceChildren(...zones.map((zone) => el("option", { value: zone })))).catch(() => undefined);
  }

  /** @param {import("./hours_types").Schedule} schedule */
  show({ timezone }) {
    if (document.activeElement !== this.input || this.input.value !== timezone) this.input.value = timezone;
    this.tell([]);
  }

  /** @param {readonly {text: string, near?: string | null}[]} problems */
  tell(problems) {
    const wrong = problems[0];
    if (!wrong) {
      this.input.removeAttribute("aria-invalid");
      this.said.replaceChildren(this.#now());
      return;
    }
    this.input.setAttribute("aria-invalid", "true");
    const { near } = wrong;
    this.said.replaceChildren(el("span", { class: "error" }, wrong.text), near
      ? el("button", { type: "button", class: "button button-small", onclick: () => this.editor.change((schedule) => ({ ...schedule, timezone: near })) }, t("Use {value}", { value: near }))
      : "");
  }

  #now() {
    try {
      const now = new Intl.DateTimeFormat(this.editor.locale.locale, { timeZone: this.editor.schedule.timezone, weekday: "long", ...clockOf(this.editor.locale.locale) }).format(this.editor.now());
      return t("There it is now {time}.", { time: now });
    } catch {
      return "";
    }
  }
}

export class HolidayChoice {
  /** @param {Editor} editor */
  constructor(editor) {
    this.editor = editor;
    const id = `hours-country-${(count += 1)}`;
    this.country = el("select", { id, onchange: () => this.#choose(this.country.value, null) });
    this.part = el("select", { id: `${id}-part`, onchange: () => this.#choose(this.country.value, this.part.value || null) });
    this.partField = el("div", { class: "field", hidden: true }, el("label", { for: `${id}-part` }, t("Part of the country")), this.part);
    this.typed = new TypedHours({
      locale: editor.locale, label: t("Hours on holidays"), visibleLabel: true,
      onChange: (spans) => editor.change((schedule) => (schedule.holidays ? { ...schedule, holidays: { ...schedule.holidays, hours: spans.map(pairOf) } } : schedule)),
    });
    this.said = el("div", { class: "hours-problems" });
    this.element = el("div", { class: "hours-pair hours-triple" },
      el("div", { class: "field" }, el("label", { for: id }, t("Public holidays of")), this.country), this.partField, this.typed.element, this.said);
    /** @type {string[]} */
    this.codes = [];
    choices().then(({ countries }) => {
      this.codes = countries.map(({ code }) => code);
      this.country.replaceChildren(el("option", { value: "" }, t("No country: holidays are days like any other")), ...countries.map(({ code, name }) => el("option", { value: code }, name)));
      this.show(editor.schedule);
    }).catch(() => undefined);
  }

  /** @param {import("./hours_types").Schedule} schedule */
  show({ holidays: rule }) {
    const code = rule?.country ?? "";
    if (code && !this.country.querySelector(`option[value="${CSS.escape(code)}"]`)) this.country.append(el("option", { value: code }, code));
    this.country.value = code;
    this.typed.element.hidden = !rule;
    this.typed.show(spansOf(rule?.hours ?? []));
    this.#parts(rule?.country ?? "", rule?.subdivision ?? null);
  }

  /** @param {readonly {text: string, isNote?: boolean}[]} problems */
  tell(problems) {
    this.said.replaceChildren(...problems.map(({ text, isNote }) => el("p", { class: isNote ? "hours-note" : "error" }, text)));
  }

  /** @param {string} country @param {string | null} chosen */
  async #parts(country, chosen) {
    this.partField.hidden = !this.part.options.length || this.part.dataset.country !== country;
    if (!country) return;
    /** @type {readonly string[]} */
    let parts = [];
    try {
      const found = await holidays(country, null, Number(this.editor.today.slice(0, 4)));
      parts = found.subdivisions;
      this.editor.weekend = found.weekend;
    } catch {
      // The check says what is wrong with the country.
    }
    if ((this.editor.schedule.holidays?.country ?? "") !== country) return;
    this.part.dataset.country = country;
    this.part.replaceChildren(...(parts.length ? [el("option", { value: "" }, t("The whole country")), ...parts.map((part) => el("option", { value: part }, part))] : []));
    this.part.value = chosen ?? "";
    this.partField.hidden = !parts.length;
  }

  /** @param {string} country @param {string | null} subdivision */
  #choose(country, subdivision) {
    this.editor.change((schedule) => {
      if (!country) return { ...schedule, holidays: null };
      const before = schedule.holidays;
      // Another country has other holidays.
      return { ...schedule, holidays: { country, subdivision, hours: before?.hours ?? [], days: before?.country === country ? (before.days ?? []) : [] } };
    });
  }
}
