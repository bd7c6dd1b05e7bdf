// The page of texts: what there is at one side, the chosen text in every language at the other, how it looks, how complete all are.

import { format, t, tn } from "../../widget/lib/i18n.js";
import { byId, el, setChildren } from "./dom.js";
import { begin, call, CallError, languageName, trouble } from "./glossary_client.js";
import { Import } from "./glossary_import.js";
import { done } from "./glossary_undo.js";
import { offerAnother } from "./texts_another.js";
import { Chart } from "./texts_chart.js";
import { drawDetails, shortcutHelp } from "./texts_details.js";
import { askWhetherToAddAgain, askWhetherToApprove, askWhetherToFill, askWhoseCounts } from "./texts_dialogs.js";
import { draftAll } from "./texts_drafting.js";
import { Field } from "./texts_fields.js";
import { kindName, purposeOf, statusName, titleOf } from "./texts_labels.js";
import { drawList } from "./texts_list.js";
import { additions, arranged, choices, draftsOf, missing, tidy, toSave, unknownIn, valueIn, wayBack } from "./texts_model.js";
import { Preview } from "./texts_preview.js";

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
    this.overview = { ...overview, locales: arranged(overview.locales, config.locale) };
    /** What is not saved yet, by text. @type {Map<string, Edit>} */
    this.edits = new Map();
    /** @type {Map<string, Field>} */
    this.fields = new Map();
    this.added = 0;
    this.values = { workspace: config.workspace, agent: config.agent, visitor: t("Visitor {number}", { number: 12 }) };
    this.focused = config.locale;
    this.hasMore = false;
    /** @type {any} */
    this.later = null;
    this.preview = new Preview(this.values, config.locale);
    this.chart = new Chart(config.locale, (id, locale) => this.go(id, locale));
    const [id, locale] = asked();
    this.text = overview.texts.find((one) => one.id === id) ?? /** @type {Text} */ (overview.texts[0]);
    this.#listen();
    byId("texts").hidden = false;
    byId("chart").hidden = false;
    this.#open(locale);
    this.#chartLater();
  }

  #listen() {
    new Import({
      address: "/api/wordings", modes: false, taken: () => this.#refresh(),
      row: (entry) => el("span", {}, el("strong", {}, el("bdi", {}, entry.name)), ` · ${this.localeOf(entry.locale).name}${entry.draft ? ` · ${statusName("draft")}` : ""} `, el("bdi", { lang: entry.locale, dir: entry.direction }, entry.wording)),
      explanation: t("One text in one language in each line, as an export has them: text, locale, wording, draft. Lines without a wording change nothing. What will change is shown first."),
    });
    byId("editor").addEventListener("submit", (event) => (event.preventDefault(), this.save()));
    byId("discard").addEventListener("click", () => this.#discard());
    byId("draft-all").addEventListener("click", () => this.draft(missing(this.text, this.#tags, this.overview.leads).reachable));
    byId("approve-all").addEventListener("click", () => this.#approveAll());
    byId("use-ours").addEventListener("click", () => this.#useOurs());
    byId("remove").addEventListener("click", () => this.remove());
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

  get #edit() {
    return this.edits.get(this.text.id);
  }

  /** @param {string} id @param {string} [locale] whose field gets the focus */
  go(id, locale) {
    const found = this.overview.texts.find((text) => text.id === id);
    if (!found) return;
    this.text = found;
    this.#open(locale);
    if (!locale) byId("title").focus();
  }

  /** @param {string} [locale] */
  #open(locale) {
    const { text, config } = this;
    const purpose = config.purposes[text.kind];
    if (!text.id.startsWith("new-")) history.replaceState(null, "", `#${encodeURIComponent(text.id)}`);
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
      approve: (/** @type {string} */ tag, /** @type {string} */ said) => this.approve({ [tag]: said }),
      discard: (/** @type {string} */ tag) => this.#discardDraft(tag),
    };
    for (const one of this.overview.locales) this.fields.set(one.tag, new Field(text, one, purpose, options));
    byId("placeholders").replaceChildren(...purpose.placeholders.map((name) => el("button", {
      type: "button", class: "button button-small", onclick: () => this.fields.get(this.focused)?.insert(name),
    }, el("code", { dir: "ltr" }, `{${name}}`), " ", el("span", { class: "help" }, el("bdi", {}, /** @type {any} */ (this.values)[name] ?? "")))));
    byId("placeholders-part").hidden = !purpose.placeholders.length;
    drawDetails(text, this.#edit, config.shortcut, (more) => this.#changed({ wordings: {}, ...more }));
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
    const title = titleOf(text, this.config.locale, overview.nearest);
    const kind = kindName(text.kind);
    byId("title").textContent = title;
    byId("kind").textContent = title === kind ? "" : kind;
    for (const field of this.fields.values()) field.update(text, edit);
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
    const known = this.#edit;
    const before = known ?? { wordings: {} };
    this.#keep(tidy(this.text, { ...before, ...more, wordings: { ...before.wordings, ...more.wordings } }));
    byId("details-error").textContent = "";
    if ((known === undefined) !== (this.#edit === undefined)) drawList(this);
    this.#drawText();
  }

  /** @param {Edit | undefined} edit */
  #keep(edit) {
    if (edit) this.edits.set(this.text.id, edit);
    else this.edits.delete(this.text.id);
  }

  /** What the server says a text is now. @param {Text} text @param {string} [was] its id before it was first saved */
  #take(text, was = text.id) {
    const { texts } = this.overview;
    const at = texts.findIndex(({ id }) => id === was);
    if (at < 0) texts.push(text);
    else texts[at] = text;
    // Both texts of a region have its version.
    for (const other of texts) if (text.region !== null && other.region === text.region) other.version = text.version;
    const edit = this.edits.get(was);
    this.edits.delete(was);
    const left = edit && tidy(text, edit);
    if (left) this.edits.set(text.id, left);
    if (this.text.id === was) this.text = text;
    this.#chartLater();
    // In a language that nothing was written in before, the translator may lead somewhere.
    if (Object.entries(text.wordings).some(([tag, { draft }]) => !draft && !(tag in this.overview.leads))) this.#refresh();
    return text;
  }

  async #refresh() {
    try {
      const overview = /** @type {Overview} */ (await call("/api/wordings"));
      // What is not saved yet has not come back from there.
      const unsaved = this.overview.texts.filter(({ id }) => id.startsWith("new-"));
      const added = this.overview.locales.filter(({ tag }) => !overview.locales.some((one) => one.tag === tag));
      this.overview = { ...overview, texts: [...overview.texts, ...unsaved], locales: arranged([...overview.locales, ...added], this.config.locale) };
      this.text = this.overview.texts.find(({ id }) => id === this.text.id) ?? /** @type {Text} */ (this.overview.texts[0]);
      const isKnown = this.overview.locales.every(({ tag }) => this.fields.has(tag));
      this.#chartLater();
      if (isKnown) this.#draw();
      else this.#open();
    } catch (error) {
      trouble(error);
    }
  }

  async save() {
    const edit = this.#edit;
    if (!edit) return;
    const { text } = this;
    const unknown = Object.keys(edit.wordings).find((tag) => unknownIn(valueIn(text, edit, tag), this.config.purposes[text.kind].placeholders).length);
    if (unknown) return this.fields.get(unknown)?.input.focus();
    await this.#send(text, edit, text);
  }

  /** @param {Text} base @param {Edit} edit @param {Text | null} undo what an undo brings back */
  async #send(base, edit, undo) {
    try {
      const { text } = await call("/api/wordings/save", toSave(base, edit));
      trouble(null);
      const isNew = base.version === 0;
      this.edits.delete(base.id);
      this.#take(text, base.id);
      this.#open();
      const back = undo && !isNew ? wayBack(undo, text) : undefined;
      done(t("Saved."), back ? () => this.#send(text, back, null) : isNew && base.region === null ? () => this.remove() : null);
    } catch (error) {
      await this.#failed(error, base, edit);
    }
  }

  /** @param {unknown} error @param {Text} base @param {Edit} edit */
  async #failed(error, base, edit) {
    if (!(error instanceof CallError)) return trouble(error);
    if (error.code === "changed_meanwhile") {
      const theirs = /** @type {Text | null} */ (error.told?.theirs ?? null);
      if (!theirs) {
        if (!(await askWhetherToAddAgain(titleOf(base, this.config.locale, this.overview.nearest)))) return;
        const wordings = Object.fromEntries(Object.keys({ ...base.wordings, ...edit.wordings }).map((tag) => [tag, valueIn(base, edit, tag)]));
        return this.#send({ ...base, id: base.id, version: 0, wordings: {} }, { ...edit, wordings, shortcut: edit.shortcut ?? base.shortcut ?? "" }, null);
      }
      const chosen = await askWhoseCounts(theirs, choices(base, edit, theirs), this.localeOf);
      if (!chosen) return;
      const merged = tidy(theirs, { ...edit, wordings: chosen });
      this.edits.delete(base.id);
      this.#take(theirs, base.id);
      if (merged) return this.#send(theirs, merged, theirs);
      return this.#open();
    }
    const field = error.field ? this.fields.get(error.field) : undefined;
    if (field) {
      field.complain(error.message);
      field.input.focus();
    } else if (!byId("details").hidden) {
      byId("details-error").textContent = error.field === "shortcut" && error.code === "bad_field" ? shortcutHelp() : error.message;
      byId("details").querySelector("input")?.focus();
    } else trouble(error);
  }

  #discard() {
    const mine = this.#edit;
    const { text } = this;
    this.#keep(undefined);
    this.#open();
    done(t("Your changes were discarded."), () => {
      if (mine) this.edits.set(text.id, mine);
      this.go(text.id);
    });
  }

  /** @param {readonly string[]} tags */
  async draft(tags) {
    const { id } = this.text;
    await draftAll(id, tags, (tag) => this.localeOf(tag).name, (text) => {
      this.#take(text);
      this.#draw();
    });
    const [first = ""] = tags;
    if (tags.length === 1 && this.text.id === id) this.fields.get(first)?.input.focus();
  }

  /** @param {Record<string, string>} wordings */
  async approve(wordings) {
    const { text } = this;
    try {
      const now = (await call("/api/wordings/approve", { id: text.id, wordings })).text;
      trouble(null);
      const edit = this.edits.get(text.id);
      if (edit) for (const tag of Object.keys(wordings)) delete edit.wordings[tag];
      this.#take(now);
      this.#draw();
      done(t("Saved."));
    } catch (error) {
      await this.#failed(error, text, { wordings });
    }
  }

  async #approveAll() {
    const { text } = this;
    const drafts = draftsOf(text);
    if (!(await askWhetherToApprove(text, drafts, this.localeOf))) return;
    await this.approve(Object.fromEntries(drafts.map((tag) => [tag, text.wordings[tag]?.text ?? ""])));
  }

  /** @param {string} tag */
  async #discardDraft(tag) {
    try {
      this.#take((await call("/api/wordings/discard", { id: this.text.id, locales: [tag] })).text);
      delete this.#edit?.wordings[tag];
      this.#keep(this.#edit && tidy(this.text, this.#edit));
      this.#draw();
      this.fields.get(tag)?.input.focus();
      done(t("Removed."), () => this.draft([tag]));
    } catch (error) {
      trouble(error);
    }
  }

  async #useOurs() {
    const { text } = this;
    const ours = additions(text, this.overview.ours[text.kind] ?? {}, this.#edit);
    if (!(await askWhetherToFill(ours, this.localeOf))) return;
    const edit = tidy(text, { ...this.#edit, wordings: { ...this.#edit?.wordings, ...ours } });
    if (edit) await this.#send(text, edit, text);
  }

  async remove() {
    const { text } = this;
    const { texts } = this.overview;
    const at = texts.indexOf(text);
    try {
      if (text.version) await call("/api/wordings/remove", { id: text.id, expected: text.version });
      trouble(null);
      this.edits.delete(text.id);
      const many = this.config.purposes[text.kind].many;
      const empty = { ...text, version: 0, wordings: {}, changed_at: null, changed_by: null };
      texts.splice(at, 1, ...(many ? [] : [empty]));
      this.go((texts[at] ?? texts[0])?.id ?? "");
      this.#chartLater();
      done(t("Removed."), text.version ? () => this.#restore(text) : null);
    } catch (error) {
      await this.#failed(error, text, this.#edit ?? { wordings: {} });
    }
  }

  /** @param {Text} text */
  async #restore(text) {
    try {
      this.#take((await call("/api/wordings/restore", { id: text.id })).text);
      this.go(text.id);
    } catch (error) {
      trouble(error);
    }
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
      this.overview.texts = [...texts.filter((text) => !own.includes(text)), ...own];
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
      this.overview.nearest[locale.tag] = [];
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
