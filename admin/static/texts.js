// The page of texts: what there is at one side, the chosen text in every language at the other, how it looks, how complete all are.

import { format, t, tn } from "../../widget/lib/i18n.js";
import { byId, el, setChildren } from "./dom.js";
import { begin, call, CallError, languageName, trouble } from "./admin_page.js";
import { Import } from "./file_import.js";
import { done } from "./undo_line.js";
import { nearestWith, offerAnother } from "./texts_another.js";
import { Chart } from "./texts_chart.js";
import { drawDetails, shortcutHelp } from "./texts_details.js";
import { askWhetherToAddAgain, askWhetherToApprove, askWhetherToFill, askWhoseCounts } from "./texts_dialogs.js";
import { draftAll } from "./texts_drafting.js";
import { Field } from "./texts_fields.js";
import { Kept } from "./texts_kept.js";
import { kindName, purposeOf, statusName, titleOf } from "./texts_labels.js";
import { drawList } from "./texts_list.js";
import { additions, arranged, draftsOf, missing, unknownIn, valueIn } from "./texts_model.js";
import { Preview } from "./texts_preview.js";
import { Saving } from "./texts_saving.js";

/**
 * @typedef {import("./texts_types").Config} Config
 * @typedef {import("./texts_types").Overview} Overview
 * @typedef {import("./texts_types").Text} Text
 * @typedef {import("./texts_types").Edit} Edit
 * @typedef {import("./texts_types").Kind} Kind
 * @typedef {import("./texts_types").Locale} Locale
 */

/** The text and the locale that the address names: `#greeting/lt`. @returns {string[]} */
function asked() {
  try {
    return decodeURIComponent(location.hash.slice(1)).split("/");
  } catch {
    return [];
  }
}

class Page {
  /** @param {Config} config @param {Overview} overview */
  constructor(config, overview) {
    this.config = config;
    this.kept = new Kept({ ...overview, locales: arranged(overview.locales, config.locale) });
    this.saving = new Saving(this.kept, this.#host(), call);
    /** @type {Map<string, Field>} */
    this.fields = new Map();
    this.added = 0;
    this.values = { workspace: config.workspace, agent: config.agent, visitor: t("Visitor {number}", { number: 12 }) };
    this.focused = config.locale;
    this.hasMore = false;
    /** @type {ReturnType<typeof drawDetails>} */
    this.showDetails = () => {};
    /** @type {any} */
    this.later = null;
    this.preview = new Preview(this.values, config.locale);
    this.chart = new Chart(config.locale, (id, locale) => this.go(id, locale));
    const [id, locale] = asked();
    /** The text that is looked at. */
    this.open = (this.kept.of(id ?? "") ?? overview.texts[0])?.id ?? "";
    this.#listen();
    byId("texts").hidden = false;
    byId("chart").hidden = false;
    this.#open(locale);
    this.#chartLater();
  }

  /** @returns {import("./texts_saving").Host} */
  #host() {
    return {
      changed: (text) => this.#taken(text),
      go: (id) => this.go(id),
      leave: (left, at) => this.#leave(left, at),
      complain: (text, error) => this.#complain(text, error),
      trouble, done,
      titleOf: (text) => this.#titleOf(text),
      askWhoseCounts: (theirs, found) => askWhoseCounts(theirs, found, this.localeOf),
      askWhetherToAddAgain: (text) => askWhetherToAddAgain(this.#titleOf(text)),
      isOneOfMany: ({ kind }) => this.config.purposes[kind].many,
    };
  }

  #listen() {
    new Import({
      address: "/api/wordings", modes: false, taken: () => this.#refresh(),
      row: (entry) => el("span", {}, el("strong", {}, el("bdi", {}, entry.name)), ` · ${this.localeOf(entry.locale).name}${entry.draft ? ` · ${statusName("draft")}` : ""} `, el("bdi", { lang: entry.locale, dir: entry.direction }, entry.wording)),
      explanation: t("One text in one language in each line, as an export has them: text, locale, wording, draft. Lines without a wording change nothing. What will change is shown first."),
    });
    byId("editor").addEventListener("submit", (event) => (event.preventDefault(), this.save()));
    byId("discard").addEventListener("click", () => this.saving.discard(this.text.id));
    byId("draft-all").addEventListener("click", () => this.draft(missing(this.text, this.#tags, this.overview.leads).reachable));
    byId("approve-all").addEventListener("click", () => this.#approveAll());
    byId("use-ours").addEventListener("click", () => this.#useOurs());
    byId("remove").addEventListener("click", () => this.saving.remove(this.text.id));
    byId("more").addEventListener("toggle", () => (this.hasMore = /** @type {HTMLDetailsElement} */ (byId("more")).open));
    offerAnother((locale) => this.#another(locale));
    addEventListener("beforeunload", (event) => this.edits.size && event.preventDefault());
    addEventListener("hashchange", () => {
      const [id = "", locale] = asked();
      if (id !== this.text.id) this.go(id, locale);
    });
  }

  /** @param {string} tag @returns {Locale} */
  localeOf = (tag) => this.overview.locales.find((locale) => locale.tag === tag) ?? { tag, name: languageName(tag), native: languageName(tag), direction: "ltr", used: true };

  get #tags() {
    return this.overview.locales.map(({ tag }) => tag);
  }

  get overview() {
    return this.kept.overview;
  }

  get edits() {
    return this.kept.edits;
  }

  /** The text that is looked at, as it is now. @returns {Text} */
  get text() {
    return this.kept.of(this.open) ?? /** @type {Text} */ (this.overview.texts[0]);
  }

  get #edit() {
    return this.edits.get(this.text.id);
  }

  /** @param {Text} text */
  #titleOf(text) {
    return titleOf(text, this.config.locale, this.overview.nearest);
  }

  /** @param {string} id @param {string} [locale] whose field gets the focus */
  go(id, locale) {
    const found = this.kept.of(id);
    if (!found) return;
    this.open = found.id;
    this.#open(locale);
    if (!locale) byId("title").focus();
  }

  /** @param {string} [locale] */
  #open(locale) {
    const { text, config } = this;
    const purpose = config.purposes[text.kind];
    byId("purpose").textContent = purposeOf(text.kind);
    this.fields.clear();
    const options = {
      localeOf: this.localeOf, values: this.values, nearest: () => this.overview.nearest,
      canDraft: (/** @type {string} */ tag) => missing(this.text, [tag], this.overview.leads).reachable.length > 0,
      changed: (/** @type {string} */ tag, /** @type {string} */ said) => this.#changed({ wordings: { [tag]: said } }),
      focused: (/** @type {string} */ tag) => {
        this.focused = tag;
        this.preview.in(tag);
      },
      draft: (/** @type {string} */ tag) => this.draft([tag]),
      approve: (/** @type {string} */ tag, /** @type {string} */ said) => this.saving.approve(this.text.id, { [tag]: said }),
      discard: (/** @type {string} */ tag) => this.#discardDraft(tag),
    };
    for (const one of this.overview.locales) this.fields.set(one.tag, new Field(text, one, purpose, options));
    byId("placeholders").replaceChildren(...purpose.placeholders.map((name) => el("button", {
      type: "button", class: "button button-small", onclick: () => this.fields.get(this.focused)?.insert(name),
    }, el("code", { dir: "ltr" }, `{${name}}`), " ", el("span", { class: "help" }, el("bdi", {}, /** @type {any} */ (this.values)[name] ?? "")))));
    byId("placeholders-part").hidden = !purpose.placeholders.length;
    this.showDetails = drawDetails(text.kind, config.shortcut, (more) => this.#changed({ wordings: {}, ...more }));
    if (!this.fields.has(this.focused)) this.focused = config.locale;
    // The preview is in the language of the field that was touched last.
    if (locale && this.fields.has(locale)) this.focused = locale;
    this.preview.locale = this.focused;
    const isUsed = this.overview.locales.find(({ tag }) => tag === locale)?.used;
    if (locale && isUsed === false) this.hasMore = true;
    this.#draw();
    if (locale) this.fields.get(locale)?.input.focus();
  }

  /** Everything but the chart stands as it must. */
  #draw() {
    drawList(this);
    this.#drawText();
  }

  /** The chart is large where there is much to show, and nobody waits for it: several changes are drawn at once. */
  #chartLater() {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.chart.draw(this.overview));
  }

  /** The chosen text alone, as with each letter that is typed: there may be a thousand others. */
  #drawText() {
    const { text, overview } = this;
    const edit = this.#edit;
    const title = this.#titleOf(text);
    const kind = kindName(text.kind);
    byId("title").textContent = title;
    byId("kind").textContent = title === kind ? "" : kind;
    for (const field of this.fields.values()) field.update(text, edit);
    this.showDetails(text, edit);
    const address = `#${encodeURIComponent(text.id)}`;
    if (!text.id.startsWith("new-") && location.hash !== address) history.replaceState(null, "", address);
    const first = overview.locales.filter(({ tag, used }) => used || text.wordings[tag]);
    const rows = (/** @type {readonly Locale[]} */ some) => some.flatMap(({ tag }) => this.fields.get(tag)?.row ?? []);
    // Moving a field would take the focus from it.
    setChildren(byId("fields"), rows(first));
    setChildren(byId("more-fields"), rows(overview.locales.filter((one) => !first.includes(one))));
    const more = /** @type {HTMLDetailsElement} */ (byId("more"));
    more.open = this.hasMore;
    const { reachable, unreachable } = missing(text, this.#tags, overview.leads);
    // Of languages that nobody uses it needs no telling.
    const wanted = unreachable.map(this.localeOf).filter(({ used }) => used);
    const drafts = draftsOf(text);
    const ours = additions(text, overview.ours[text.kind] ?? {}, edit);
    this.#offer("draft-all", reachable.length, tn("Draft {n} that is missing", "Draft {n} that are missing", reachable.length));
    this.#offer("approve-all", drafts.length, tn("Approve {n} draft", "Approve {n} drafts", drafts.length));
    this.#offer("use-ours", Object.keys(ours).length, t("Use our wording"));
    this.#offer("remove", text.region === null && (text.version || text.id.startsWith("new-")) ? 1 : 0, t("Remove"));
    byId("unreachable").hidden = !wanted.length;
    byId("unreachable-said").textContent = t("No language pack leads into {languages}.", { languages: format().list(wanted.map(({ name }) => name)) });
    const names = edit ? Object.keys(edit.wordings).map((tag) => this.localeOf(tag).name) : [];
    byId("changed").textContent = names.length ? t("Not saved yet: {languages}", { languages: format().list(names) }) : edit ? t("Not saved yet") : t("Everything is saved");
    byId("bar").classList.toggle("is-changed", edit !== undefined);
    byId("save").setAttribute("aria-disabled", String(edit === undefined));
    byId("discard").hidden = edit === undefined;
    this.preview.show(text, edit, overview);
  }

  /** @param {string} id @param {number} count @param {string} label */
  #offer(id, count, label) {
    byId(id).hidden = !count;
    byId(id).textContent = label;
  }

  /** @param {Edit} more */
  #changed(more) {
    const before = this.#edit;
    this.kept.change(this.text.id, more);
    byId("details-error").textContent = "";
    if ((before === undefined) !== (this.#edit === undefined)) drawList(this);
    this.#drawText();
  }

  /** A text says something else, or what is typed in one has changed by itself. @param {Text | null} text as the server has it now */
  #taken(text) {
    if (!text || text.id === this.text.id) byId("details-error").textContent = "";
    this.#draw();
    if (!text) return;
    this.#chartLater();
    // In a language that nothing was written in before, the translator may lead somewhere.
    const isNew = Object.entries(text.wordings).some(([tag, { draft }]) => !draft && !(tag in this.overview.leads));
    if (isNew || this.kept.isBehind(text)) this.#refresh();
  }

  /** Goes on from a text that is no more. @param {Text} left @param {number} at the place it had */
  #leave(left, at) {
    const open = this.kept.of(this.open);
    const { texts } = this.overview;
    if (open && open.id !== left.id) this.#draw();
    else this.go((texts[at] ?? texts[0])?.id ?? "");
    this.#chartLater();
  }

  /** When nothing else is under way, so that what comes is not older than what is there. */
  #refresh() {
    return this.saving.inTurn(() => this.#fetch());
  }

  async #fetch() {
    try {
      const overview = /** @type {Overview} */ (await call("/api/wordings"));
      // What is not saved yet has not come back from there; nor has what somebody removed while words are typed in it.
      const unsaved = this.overview.texts.filter(({ id }) => (id.startsWith("new-") || this.edits.has(id)) && !overview.texts.some((one) => one.id === id));
      const added = this.overview.locales.filter(({ tag }) => !overview.locales.some((one) => one.tag === tag));
      const locales = arranged([...overview.locales, ...added], this.config.locale);
      const tags = locales.map(({ tag }) => tag);
      const nearest = added.reduce((known, { tag }) => nearestWith(known, tag, tags), overview.nearest);
      this.kept.renew({ ...overview, texts: [...overview.texts, ...unsaved], locales, nearest });
      const isKnown = this.overview.locales.every(({ tag }) => this.fields.has(tag));
      this.#chartLater();
      if (isKnown && this.kept.of(this.open)) return this.#draw();
      this.open = this.text.id;
      this.#open();
    } catch (error) {
      trouble(error);
    }
  }

  async save() {
    const { text } = this;
    const edit = this.#edit;
    if (!edit) return;
    const unknown = Object.keys(edit.wordings).find((tag) => unknownIn(valueIn(text, edit, tag), this.config.purposes[text.kind].placeholders).length);
    if (unknown) this.fields.get(unknown)?.input.focus();
    else await this.saving.save(text.id);
  }

  /** Says what is wrong with a text at its field, if it is there to be mended. @param {Text} text @param {unknown} error */
  #complain(text, error) {
    if (!(error instanceof CallError)) return trouble(error);
    // Nobody is taken away from another text that they write by now.
    if (text.id !== this.text.id) return trouble(new CallError(error.code, `${this.#titleOf(text)}: ${error.message}`));
    const field = error.field ? this.fields.get(error.field) : undefined;
    if (field) {
      field.complain(error.message);
      field.input.focus();
    } else if (!byId("details").hidden) {
      byId("details-error").textContent = error.field === "shortcut" && error.code === "bad_field" ? shortcutHelp() : error.message;
      byId("details").querySelector("input")?.focus();
    } else trouble(error);
  }

  /** @param {readonly string[]} tags */
  async draft(tags) {
    const { id } = this.text;
    await draftAll(id, tags, (tag) => this.localeOf(tag).name, (text) => {
      this.kept.take(text);
      this.#taken(text);
    });
    const [first = ""] = tags;
    if (tags.length === 1 && this.text.id === id) this.fields.get(first)?.input.focus();
  }

  async #approveAll() {
    const { text } = this;
    const drafts = draftsOf(text);
    if (!(await askWhetherToApprove(text, drafts, this.localeOf))) return;
    await this.saving.approve(text.id, Object.fromEntries(drafts.map((tag) => [tag, text.wordings[tag]?.text ?? ""])));
  }

  /** @param {string} tag */
  async #discardDraft(tag) {
    const { text } = this;
    if ((await this.saving.discardDraft(text.id, tag)) && this.text.id === text.id) this.fields.get(tag)?.input.focus();
  }

  async #useOurs() {
    const { text } = this;
    const ours = additions(text, this.overview.ours[text.kind] ?? {}, this.#edit);
    if (!(await askWhetherToFill(ours, this.localeOf))) return;
    this.kept.change(text.id, { wordings: ours });
    this.#draw();
    await this.saving.save(text.id);
  }

  /** @param {Kind} kind */
  add(kind) {
    const id = `new-${(this.added += 1)}`;
    const text = /** @type {Text} */ ({ id, kind, title: null, region: null, version: 0, shortcut: null, answer: "text", required: false, changed_at: null, changed_by: null, wordings: {} });
    this.overview.texts.push(text);
    this.go(id, this.config.locale);
    this.#chartLater();
    if (kind === "canned") byId("shortcut").focus();
  }

  /** @param {string} id @param {number} step */
  async move(id, step) {
    const { texts } = this.overview;
    const own = texts.filter(({ kind, version }) => kind === "question" && version);
    const from = own.findIndex((text) => text.id === id);
    const to = own[from + step];
    if (!to) return;
    [own[from], own[from + step]] = [/** @type {Text} */ (own[from + step]), /** @type {Text} */ (own[from])];
    try {
      await call("/api/wordings/order", { kind: "question", ids: own.map((text) => text.id) });
      this.overview.texts = [...this.overview.texts.filter((text) => !own.includes(text)), ...own];
      this.#chartLater();
      this.#draw();
    } catch (error) {
      trouble(error);
    }
  }

  /** @param {Locale} locale */
  #another(locale) {
    if (!this.fields.has(locale.tag)) {
      this.overview.locales.push(locale);
      this.overview.nearest = nearestWith(this.overview.nearest, locale.tag, this.#tags);
      this.#chartLater();
    }
    this.#open(locale.tag);
  }
}

const config = /** @type {Config} */ (await begin());
try {
  new Page(config, await call("/api/wordings"));
} catch (error) {
  trouble(error);
}
