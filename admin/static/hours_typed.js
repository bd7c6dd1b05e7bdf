// A field for hours as people type them, which says what it understood and asks where it can't know.

import { t, tc } from "../../widget/lib/i18n.js";
import { el } from "./dom.js";
import { parseHours } from "./hours_text.js";

/**
 * @typedef {import("./hours_types").Span} Span
 * @typedef {import("./hours_text.js").Typed} Typed
 * @typedef {import("./hours_locale.js").HoursLocale} HoursLocale
 */

let count = 0;

export class TypedHours {
  /** @param {{locale: HoursLocale, label: string, onChange: (spans: Span[]) => void, closed?: string, visibleLabel?: boolean}} options */
  constructor({ locale, label, onChange, closed = tc("hours", "Closed"), visibleLabel = false }) {
    this.locale = locale;
    this.onChange = onChange;
    this.id = `hours-typed-${(count += 1)}`;
    /** @type {Span[]} */
    this.spans = [];
    /** The text that a question is open about. @type {string | null} */
    this.asked = null;
    this.input = el("input", {
      type: "text", class: "hours-input", id: this.id, autocomplete: "off", spellcheck: "false", inputmode: "text", maxlength: 2000,
      "aria-label": visibleLabel ? null : label, placeholder: closed, "aria-describedby": `${this.id}-said`,
      onchange: () => this.input.value !== this.asked && this.#take(),
      oninput: () => this.#look(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
    });
    this.said = el("div", { class: "hours-said", id: `${this.id}-said`, role: "status" });
    this.element = el("div", { class: "hours-typed" }, visibleLabel ? el("label", { for: this.id }, label) : null, this.input, this.said);
  }

  /** @param {readonly Span[]} spans */
  show(spans) {
    if (JSON.stringify(spans) === JSON.stringify(this.spans) && (document.activeElement === this.input || this.isWrong || this.asked !== null)) return;
    this.spans = [...spans];
    this.input.value = this.locale.hours(spans);
    this.#say();
  }

  /** Selects the interval of this number. @param {number} [index] */
  focus(index) {
    this.input.focus();
    if (index === undefined) return this.input.select();
    const before = this.locale.hours(this.spans.slice(0, index)).length;
    const until = this.locale.hours(this.spans.slice(0, index + 1)).length;
    this.input.setSelectionRange(index ? until - this.locale.span(this.spans[index] ?? { start: 0, end: 0 }).length : before, until);
  }

  get isWrong() {
    return this.input.getAttribute("aria-invalid") === "true";
  }

  /** While typing, only mistakes that are no longer there vanish. */
  #look() {
    this.input.dataset.typing = "true";
    if (this.isWrong && !parseHours(this.input.value, this.locale.words()).wrong.length) this.#say();
  }

  /** Takes what is in the field. @returns {boolean} false while it is wrong or has to be answered */
  settle() {
    if (this.input.value !== this.locale.hours(this.spans)) this.#take();
    return !this.isWrong && !this.said.querySelector(".button");
  }

  #take() {
    const typed = parseHours(this.input.value, this.locale.words());
    if (typed.wrong.length) return this.#complain(typed);
    if (typed.question) return this.#ask(typed);
    this.#use(typed.spans);
  }

  /** @param {Span[]} spans */
  #use(spans) {
    this.spans = spans;
    this.input.value = this.locale.hours(spans);
    this.#say();
    this.onChange(spans);
  }

  /** @param {Typed} typed */
  #complain({ wrong }) {
    const first = wrong[0];
    this.input.setAttribute("aria-invalid", "true");
    this.said.replaceChildren(...wrong.map(({ code, value, from, to }) =>
      el("button", { type: "button", class: "link error", onclick: () => (this.input.focus(), this.input.setSelectionRange(from, to)) }, meaning(code, value))));
    if (first && document.activeElement === this.input) this.input.setSelectionRange(first.from, first.to);
  }

  /** @param {Typed} typed */
  #ask({ spans, question }) {
    if (!question) return;
    this.#say();
    this.asked = this.input.value;
    const { locale } = this;
    const meant = spans.map((span, index) => (index === question.index ? question.span : span));
    const asTyped = spans[question.index];
    this.said.replaceChildren(
      el("span", { class: "hours-ask" }, t("Which is meant?")), " ",
      ...[meant, spans].map((choice, index) =>
        el("button", { type: "button", class: `button button-small${index ? "" : " button-primary"}`, onclick: () => (this.#use(choice), this.input.focus()) },
          index && asTyped && asTyped.end > 1440 ? t("{hours}, over midnight", { hours: locale.span(asTyped) }) : locale.span(choice[question.index] ?? question.span))));
  }

  #say() {
    delete this.input.dataset.typing;
    this.asked = null;
    this.input.removeAttribute("aria-invalid");
    this.said.replaceChildren();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      this.#take();
      const choice = this.said.querySelector(".button");
      if (choice instanceof HTMLElement) choice.focus();
    }
    if (event.key === "Escape") {
      this.input.value = this.locale.hours(this.spans);
      this.#say();
    }
  }
}

/** @param {import("./hours_text.js").Wrong["code"]} code @param {string} value */
function meaning(code, value) {
  switch (code) {
    case "time": return t("“{value}” is not a time. Use 00:00 to 23:59, as in 09:30; an end may also be 24:00.", { value });
    case "same": return t("Start and end are the same. A whole day is 00:00 to 24:00.");
    case "start": return t("24:00 can only be an end. What starts then starts at 00:00 of the next day.");
    case "long": return t("This is longer than a day. Split it between the days.");
    default: return t("“{value}” needs a start and an end, as in 9:00–17:00.", { value });
  }
}
