// Canned responses above the composer: a slash at the start of a line opens them, typing chooses, Enter or Tab puts one in.

import { format, t, tn } from "../../widget/lib/i18n.js";
import { showText } from "../../widget/lib/text.js";
import { call, messageOf } from "./calls.js";
import { directed, filled, found, leftIn, prepared, queryAt } from "./canned.js";
import { byId, el, setText } from "./dom.js";
import { sameLanguage } from "./reading.js";

/**
 * @typedef {import("./types").Canned} Canned
 * @typedef {import("./inbox.js").Inbox} Inbox
 */

const SHOWN = 50;

export class CannedList {
  /** @param {Inbox} inbox @param {string} workspace @param {HTMLTextAreaElement} field where the answer is written */
  constructor(inbox, workspace, field) {
    this.inbox = inbox;
    this.workspace = workspace;
    this.field = field;
    this.box = byId("canned");
    this.list = byId("canned-list");
    this.status = byId("canned-status");
    /** @type {Canned[]} as the server said last, for `language` */
    this.all = [];
    /** @type {string | undefined} the visitor's */
    this.language = undefined;
    /** @type {Canned[]} */
    this.found = [];
    this.chosen = 0;
    this.loaded = false;
    this.problem = "";
    /** Whether the key that puts one in was pressed before there were any. */
    this.hasty = false;
    /** Where the slash is that was put there by a key or a button, so that Escape takes it away again. @type {number | null} */
    this.ownSlash = null;
    /** Where the slash is that nobody wants a list for. @type {number | null} */
    this.dismissed = null;

    // What will be needed is there before the first slash.
    field.addEventListener("focus", () => this.language !== this.#language && this.#refresh());
    field.addEventListener("keydown", (event) => this.#key(event));
    field.addEventListener("input", (event) => !(/** @type {InputEvent} */ (event).isComposing) && this.#look());
    field.addEventListener("compositionend", () => this.#look());
    for (const type of ["click", "keyup"]) field.addEventListener(type, () => this.open && this.#look());
    field.addEventListener("blur", () => this.#close());
    // The keyboard stays in the field, whatever is pressed here.
    this.box.addEventListener("pointerdown", (event) => !(event.target instanceof HTMLAnchorElement) && event.preventDefault());
    const button = byId("canned-button");
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", () => (this.open ? this.#escape() : this.begin()));
  }

  get open() {
    return !this.box.hidden;
  }

  /** Opens the list as if somebody had typed the slash. */
  begin() {
    const { field } = this;
    field.focus();
    const at = queryAt(field.value, field.selectionStart);
    this.dismissed = null;
    if (!at) {
      const line = field.value.slice(0, field.selectionStart).split("\n").at(-1);
      const before = line ? "\n" : "";
      this.ownSlash = field.selectionStart + before.length;
      write(field, `${before}/`);
    }
    this.#look();
  }

  #look() {
    const { field } = this;
    const at = field.selectionStart === field.selectionEnd ? queryAt(field.value, field.selectionStart) : null;
    if (!at) {
      this.dismissed = this.ownSlash = null;
      this.#close();
      return;
    }
    if (at.from === this.dismissed) return;
    if (!this.open) this.#refresh();
    this.found = found(at.query, this.all).slice(0, SHOWN);
    // What fits nothing is no query, but a line that begins with a slash.
    if (at.query && this.loaded && !this.found.length) {
      this.#close();
      return;
    }
    this.box.hidden = false;
    this.#render();
  }

  /** Asks for what there is now; what was known is shown meanwhile. */
  async #refresh() {
    const language = this.#language;
    if (language !== this.language) {
      this.language = language;
      this.all = [];
      this.loaded = false;
    }
    this.problem = "";
    try {
      const answer = await call(`/api/agent/canned${language ? `?language=${encodeURIComponent(language)}` : ""}`);
      // The answer to an earlier question, for another visitor.
      if (language !== this.language) return;
      this.all = answer.canned;
      this.loaded = true;
    } catch (error) {
      if (language !== this.language) return;
      this.problem = messageOf(error);
    }
    if (!this.open) return;
    this.#look();
    if (this.hasty && this.found.length) this.#insert(this.found[0]);
    this.hasty = false;
  }

  get #language() {
    const { thread, summary } = this.inbox;
    return (thread?.visitor ?? summary?.visitor)?.language;
  }

  #render() {
    this.list.hidden = !this.found.length;
    this.list.replaceChildren(...this.found.map((one, index) => this.#option(one, index)));
    const empty = byId("canned-empty");
    empty.hidden = this.found.length > 0;
    const { role } = this.inbox.me;
    if (this.problem && !this.all.length) setText(empty, this.problem);
    else if (!this.loaded) setText(empty, t("Loading…"));
    else if (role === "admin") {
      empty.replaceChildren(t("There are no canned responses yet."), " ", el("a", { class: "link", href: "/console/texts" }, t("Write the first one")));
    } else setText(empty, t("There are no canned responses yet. An admin can write some."));
    setText(this.status, this.found.length ? tn("{n} canned response", "{n} canned responses", this.found.length) : (empty.textContent ?? ""));
    this.#choose(0);
  }

  /** @param {Canned} one @param {number} index */
  #option(one, index) {
    const { me } = this.inbox;
    const text = el("span", { class: "canned-text" });
    showText(text, filled(one.own.text, this.#values()), one.own.language);
    text.dir = one.own.direction;
    // A link here would lead away from what is being written.
    for (const link of text.querySelectorAll("a")) link.replaceWith(link.textContent ?? "");
    /** @param {string} words */
    const note = (words) => el("span", {}, words);
    return el("div", {
      role: "option", id: `canned-option-${index}`, class: "canned-option", "aria-selected": "false",
      onclick: () => this.#insert(one), onpointermove: () => this.#choose(index),
    },
      one.shortcut ? el("kbd", { dir: "ltr" }, `/${one.shortcut}`) : null,
      text,
      el("span", { class: "canned-notes" },
        sameLanguage(one.own.language, me.language) ? null : note(format().language(one.own.language)),
        one.theirs && !sameLanguage(one.theirs.language, me.language)
          ? note(t("Approved in {language}", { language: format().language(one.theirs.language) })) : null));
  }

  /** @param {number} index */
  #choose(index) {
    this.list.querySelector('[aria-selected="true"]')?.setAttribute("aria-selected", "false");
    this.chosen = index;
    const option = document.getElementById(`canned-option-${index}`);
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { key, isComposing, keyCode, shiftKey, ctrlKey, altKey, metaKey } = event;
    // 229: an input method has the key.
    if (!this.open || isComposing || keyCode === 229 || shiftKey || ctrlKey || altKey || metaKey) return;
    const last = this.found.length - 1;
    const put = () => this.#insert(this.found[this.chosen]);
    const wait = () => void (this.hasty = true);
    const loading = !this.loaded && !this.problem;
    /** @type {Record<string, () => void>} */
    const keys = last < 0 ? { Escape: () => this.#escape(), ...(loading && { Enter: wait, Tab: wait }) } : {
      ArrowDown: () => this.#choose(this.chosen >= last ? 0 : this.chosen + 1),
      ArrowUp: () => this.#choose(this.chosen <= 0 ? last : this.chosen - 1),
      Enter: put,
      Tab: put,
      Escape: () => this.#escape(),
    };
    if (!keys[key]) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    keys[key]();
  }

  #escape() {
    const { field, ownSlash } = this;
    const at = queryAt(field.value, field.selectionStart);
    this.dismissed = at?.from ?? null;
    this.#close();
    if (at && at.from === ownSlash && !at.query) {
      const before = Math.max(0, at.from - 1);
      field.setSelectionRange(field.value[before] === "\n" ? before : at.from, at.from + 1);
      write(field, "");
    }
    this.ownSlash = null;
  }

  #close() {
    this.box.hidden = true;
    this.hasty = false;
    this.field.removeAttribute("aria-activedescendant");
    setText(this.status, "");
  }

  /** @param {Canned | undefined} one */
  #insert(one) {
    const { field, inbox } = this;
    const caret = field.selectionStart;
    const at = queryAt(field.value, caret);
    if (!one || !at || !inbox.current) return;
    const alone = !field.value.slice(0, at.from).trim() && !field.value.slice(caret).trim();
    const response = prepared(one, this.#values());
    const text = directed(response.own.text, one.own.direction);
    this.#close();
    // Before the text: whoever looks at it then knows where it comes from.
    inbox.drafts.setCanned(inbox.current, alone ? response : null);
    field.setSelectionRange(at.from, caret);
    write(field, text);
    const left = leftIn(text);
    const end = at.from + text.length;
    const gap = left ? at.from + text.indexOf(left) : end;
    field.setSelectionRange(gap, gap + left.length);
    this.ownSlash = this.dismissed = null;
  }

  #values() {
    const { thread, summary, me } = this.inbox;
    return { agent: me.name, workspace: this.workspace, visitor: (thread?.visitor ?? summary?.visitor)?.name };
  }
}

/**
 * Puts a text in the place of what is selected, so that the browser's own undo knows of it.
 * @param {HTMLTextAreaElement} field @param {string} text
 */
function write(field, text) {
  if (document.execCommand(text ? "insertText" : "delete", false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
