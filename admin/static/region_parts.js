// The parts of a region's form: texts by language, lists to add to and to put in order, limits.

import { format, t } from "../../widget/lib/i18n.js";
import { el, icon } from "./dom.js";

/** @param {string} tag */
const languageOf = (tag) => format().language(tag);

/** Which text a reader of a language sees who has none of their own. @param {Record<string, string>} texts */
export const fallback = (texts) => texts.en ?? Object.values(texts)[0] ?? "";

/** The language that one of the texts is in. @param {Record<string, string>} texts @param {string} text */
export const spokenIn = (texts, text) => (texts.en === text ? "en" : Object.keys(texts).find((tag) => texts[tag] === text) ?? "");

export class Texts {
  /**
   * @param {HTMLElement} host
   * @param {{place: string, label: (language: string) => string, limit: number, tags: readonly string[], more: readonly string[], long?: boolean, changed: () => void, focused?: (tag: string) => void}} options
   * `tags` always have a field, those of `more` can be added
   */
  constructor(host, options) {
    this.options = options;
    /** @type {Map<string, HTMLInputElement | HTMLTextAreaElement>} */
    this.fields = new Map();
    this.rows = el("div", { class: "region-texts" });
    this.more = el("select", { class: "region-add", "aria-label": t("Add a language"), onchange: () => this.#another() });
    host.append(this.rows, this.more);
  }

  /** @param {Record<string, string>} texts */
  set(texts) {
    this.fields.clear();
    this.rows.replaceChildren();
    for (const tag of new Set([...this.options.tags, ...Object.keys(texts)])) this.#row(tag, texts[tag] ?? "");
    this.#update();
  }

  /** @returns {Record<string, string>} without those that are empty */
  value() {
    return Object.fromEntries([...this.fields].map(([tag, field]) => [tag, field.value.trim()]).filter(([, text]) => text));
  }

  /** @param {string} tag @param {string} text */
  #row(tag, text) {
    const { place, label, limit, long, changed, focused } = this.options;
    const id = `${place}-${tag}`;
    const settings = {
      id, lang: tag, dir: "auto", maxlength: limit, dataset: { place: `${place}.${tag}` }, autocomplete: "off",
      oninput: () => (this.#update(), changed()), onfocus: () => focused?.(tag), "aria-label": label(languageOf(tag)),
    };
    const field = long ? el("textarea", { ...settings, rows: 2 }) : el("input", { ...settings, type: "text" });
    field.value = text;
    this.fields.set(tag, field);
    this.rows.append(el("div", { class: "region-text" }, el("label", { for: id }, languageOf(tag)), field));
    return field;
  }

  #update() {
    const shown = fallback(this.value());
    for (const field of this.fields.values()) field.placeholder = shown;
    const left = this.options.more.filter((tag) => !this.fields.has(tag));
    this.more.hidden = !left.length;
    this.more.replaceChildren(el("option", { value: "" }, t("Add a language")), ...named(left, languageOf).map(([tag, name]) => el("option", { value: tag }, name)));
  }

  #another() {
    const tag = this.more.value;
    if (!tag) return;
    const field = this.#row(tag, "");
    this.#update();
    field.focus();
  }
}

export class List {
  /**
   * A list to add to and take from; with `ordered` also to put in order.
   * @param {HTMLElement} host
   * @param {{place: string, label: string, add: string, help?: string, choices: () => readonly string[], name: (id: string) => string, ordered?: boolean, changed: () => void}} options
   */
  constructor(host, options) {
    this.options = options;
    /** @type {string[]} */
    this.items = [];
    this.list = el(options.ordered ? "ol" : "ul", { class: options.ordered ? "region-order" : "region-chips", "aria-label": options.label });
    this.add = el("select", { class: "region-add", "aria-label": options.add, dataset: { place: options.place }, onchange: () => this.#add() });
    this.live = el("span", { class: "visually-hidden", role: "status" });
    host.append(el("span", { class: "region-label" }, options.label), ...(options.help ? [el("p", { class: "help" }, options.help)] : []), this.list, this.add, this.live);
  }

  /** @param {readonly string[]} items */
  set(items) {
    this.items = [...items];
    this.#show();
  }

  value() {
    return [...this.items];
  }

  #show() {
    const { name, ordered, choices, add } = this.options;
    this.list.replaceChildren(...this.items.map((id, index) => el("li", { dataset: { id } },
      ordered ? el("span", { class: "region-place" }, format().number(index + 1)) : null,
      el("bdi", {}, name(id)),
      ordered ? this.#mover(id, index, -1, t("Move {name} up", { name: name(id) })) : null,
      ordered ? this.#mover(id, index, 1, t("Move {name} down", { name: name(id) })) : null,
      el("button", { type: "button", class: "icon-button", "aria-label": t("Remove {name}", { name: name(id) }), onclick: () => this.#remove(index) }, icon("cross")))));
    const left = choices().filter((id) => !this.items.includes(id));
    this.add.hidden = !left.length;
    this.add.replaceChildren(el("option", { value: "" }, add), ...named(left, name).map(([id, shown]) => el("option", { value: id }, shown)));
  }

  /** @param {string} id @param {number} index @param {number} step @param {string} label */
  #mover(id, index, step, label) {
    const to = index + step;
    return el("button", {
      type: "button", class: `icon-button region-mover ${step < 0 ? "is-up" : "is-down"}`, "aria-label": label, dataset: { step }, disabled: to < 0 || to >= this.items.length,
      onclick: () => {
        this.items.splice(to, 0, ...this.items.splice(index, 1));
        this.#changed(t("{name} is at place {place} now.", { name: this.options.name(id), place: to + 1 }));
        const row = [...this.list.children].find((one) => one instanceof HTMLElement && one.dataset.id === id);
        const button = row?.querySelector(`[data-step="${step}"]:not([disabled])`) ?? row?.querySelector("button:not([disabled])");
        if (button instanceof HTMLElement) button.focus();
      },
    }, icon("chevron"));
  }

  #add() {
    if (!this.add.value) return;
    this.items.push(this.add.value);
    this.#changed(t("{name} was added.", { name: this.options.name(this.add.value) }));
    this.add.focus();
  }

  /** @param {number} index */
  #remove(index) {
    const [id = ""] = this.items.splice(index, 1);
    this.#changed(t("“{name}” was removed.", { name: this.options.name(id) }));
    const next = this.list.children[Math.min(index, this.items.length - 1)]?.querySelector("button:last-child") ?? this.add;
    if (next instanceof HTMLElement) next.focus();
  }

  /** @param {string} said */
  #changed(said) {
    this.#show();
    this.live.textContent = said;
    this.options.changed();
  }
}

/** A whole number, empty for none. @param {{place: string, label: string, help: string, unit: string, range: readonly [number, number], needed?: boolean, changed: () => void}} options */
export function numberField({ place, label, help, unit, range, needed, changed }) {
  const id = place.replace(".", "-");
  const field = el("input", {
    id, type: "number", inputmode: "numeric", min: range[0], max: range[1], step: 1, required: needed, dataset: { place }, "aria-describedby": `${id}-help`, oninput: changed,
  });
  const row = el("div", { class: "field" },
    el("label", { for: id }, label),
    el("div", { class: "region-number" }, field, el("span", {}, unit)),
    el("p", { class: "help", id: `${id}-help` }, help));
  return {
    row, field,
    /** @returns {number | null} */
    value: () => (field.value.trim() === "" ? null : Number(field.value)),
    /** @param {number | null} value */
    set: (value) => void (field.value = value === null ? "" : String(value)),
  };
}

/** @param {readonly string[]} ids @param {(id: string) => string} name @returns {[string, string][]} in the reader's order */
export function named(ids, name) {
  const order = new Intl.Collator(format().locale);
  return ids.map((id) => /** @type {[string, string]} */ ([id, name(id)])).sort((a, b) => order.compare(a[1], b[1]));
}
