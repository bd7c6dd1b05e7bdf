// The list of conversations in its sections, and the cursor that J and K move through it.

import { t, tc, tn } from "../../widget/lib/i18n.js";
import { cursorAfter } from "./cursor.js";
import { byId, el, icon, setChildren, setText } from "./dom.js";
import { ListRow } from "./list_row.js";
import { best } from "./match.js";
import { RegionFilter } from "./region_filter.js";
import { arrange, inRegion, positions, SECTIONS } from "./sections.js";
import { visitorName } from "./wording.js";

/**
 * @typedef {import("./inbox.js").Inbox} Inbox
 * @typedef {import("./types").Section} Section
 * @typedef {import("./types").Summary} Summary
 */

const FOLDED = "dragoman.folded";

export class ListView {
  /** @param {Inbox} inbox @param {import("./formats.js").Formats} formats @param {import("./storage.js").Remembers} storage */
  constructor(inbox, formats, storage) {
    this.inbox = inbox;
    this.formats = formats;
    this.storage = storage;
    /** @type {Map<string, ListRow>} */
    this.rows = new Map();
    /** @type {Set<string>} sections of which only the heading is shown */
    this.folded = new Set((storage.getItem(FOLDED) ?? "closed").split(","));
    /** @type {import("./cursor.js").Place[]} from top to bottom */
    this.order = [];
    this.filter = /** @type {HTMLInputElement} */ (byId("filter"));
    this.filter.addEventListener("input", () => this.render());
    this.regions = new RegionFilter(inbox, storage, () => this.render());
    this.sections = SECTIONS.map((section) => this.#section(section));
    this.more = el("p", { class: "section-empty" });
    this.sections.find(({ section }) => section === "waiting")?.element.append(this.more);
    byId("sections").prepend(...this.sections.map(({ element }) => element));
    byId("sections").addEventListener("keydown", (event) => {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (!step || !(document.activeElement instanceof HTMLAnchorElement)) return;
      event.preventDefault();
      this.move(step);
    });
  }

  /** @param {Section} section */
  #section(section) {
    const count = el("span", { class: "section-count" });
    const list = el("ul", { class: "rows", id: `rows-${section}` });
    const empty = el("p", { class: "section-empty" });
    const button = el("button", {
      type: "button", class: "section-button", "aria-controls": `rows-${section}`, onclick: () => this.toggle(section),
    }, icon("chevron"), el("span", { class: "section-name" }, sectionName(section)), count);
    const element = el("section", { class: "section", dataset: { section } }, el("h2", {}, button), list, empty);
    return { section, element, list, count, button, empty };
  }

  render() {
    const pointed = this.pointed;
    const before = this.order;
    this.#draw();
    const next = pointed && cursorAfter(before, this.order, pointed);
    if (!next) return;
    const link = this.rows.get(next)?.link;
    if (link && link !== document.activeElement) link.focus({ preventScroll: true });
    if (next !== pointed) link?.scrollIntoView({ block: "nearest" });
  }

  #draw() {
    const { inbox } = this;
    const now = inbox.desk.now();
    const query = this.filter.value.trim();
    this.regions.render();
    const sections = arrange(inbox.summaries.values(), inbox.me.id);
    const turns = positions(inbox.summaries.values());
    /** @type {import("./cursor.js").Place[]} */
    const order = [];
    for (const { section, element, list, count, button, empty } of this.sections) {
      const here = sections[section].filter((summary) => inRegion(summary, section, this.regions.choice, inbox.desk.regions));
      const found = query ? best(query, here, (summary) => searchable(summary, inbox.desk)) : here;
      // Nobody has to be told that nothing is asked of them.
      element.hidden = section === "offered" && !found.length;
      const open = query ? found.length > 0 : !this.folded.has(section);
      button.setAttribute("aria-expanded", String(open));
      setText(count, this.formats.number(found.length));
      list.hidden = !open || !found.length;
      empty.hidden = !open || found.length > 0;
      setText(empty, emptyText(section));
      const shown = open ? found : [];
      setChildren(list, shown.map((summary) => this.#row(summary, section, now, turns.get(summary.id) ?? null).element));
      order.push(...shown.map(({ id }) => ({ id, section })));
    }
    this.order = order;
    const known = inbox.summaries;
    for (const id of this.rows.keys()) if (!known.has(id)) this.rows.delete(id);
    const { more } = inbox;
    this.more.hidden = !more || Boolean(query) || this.folded.has("waiting");
    setText(this.more, tn("{n} more is waiting. It appears here as these are closed.", "{n} more are waiting. They appear here as these are closed.", more));
    byId("closed-earlier").hidden = !inbox.closedEarlier || Boolean(query) || this.folded.has("closed");
    byId("nothing-found").hidden = !query || order.length > 0;
    byId("sections").hidden = Boolean(query) && order.length === 0;
    byId("sections").setAttribute("aria-busy", String(!inbox.welcomed));
  }

  /** @param {Summary} summary @param {Section} section @param {number} now @param {number | null} turn its place in the queue */
  #row(summary, section, now, turn) {
    const row = this.rows.get(summary.id) ?? new ListRow(summary.id);
    this.rows.set(summary.id, row);
    const current = this.inbox.current === summary.id;
    row.update(summary, section, {
      me: this.inbox.me, formats: this.formats, desk: this.inbox.desk, now, current, turn,
      typing: this.inbox.threads.get(summary.id)?.typing ?? false,
      draft: current ? "" : this.inbox.drafts.get(summary.id),
      translated: this.inbox.translates(summary.visitor.language),
    });
    return row;
  }

  /** @param {Section} section */
  toggle(section) {
    if (!this.folded.delete(section)) this.folded.add(section);
    this.storage.setItem(FOLDED, [...this.folded].join(","));
    this.render();
  }

  /** Puts the cursor on a section's first conversation, or on its heading. @param {Section} section */
  go(section) {
    if (this.folded.has(section)) this.toggle(section);
    const found = this.sections.find((each) => each.section === section);
    /** @type {HTMLElement | null | undefined} */ (found?.list.querySelector("a") ?? found?.button)?.focus();
  }

  /** The conversation that the cursor is on, if it is in the list. @returns {string | null} */
  get pointed() {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.id : undefined;
    return focused && this.rows.has(focused) ? focused : null;
  }

  /** @param {1 | -1} step */
  move(step) {
    if (!this.order.length) return;
    const start = this.pointed ?? this.inbox.current;
    const from = this.order.findIndex(({ id }) => id === start);
    const to = from < 0 ? (step > 0 ? 0 : this.order.length - 1) : Math.min(this.order.length - 1, Math.max(0, from + step));
    this.point(this.order[to].id);
  }

  /** Puts the cursor on a conversation. @param {string | null} id @returns {boolean} whether its row is in the list */
  point(id) {
    if (!this.order.some((place) => place.id === id)) return false;
    const link = this.rows.get(id ?? "")?.link;
    link?.focus();
    link?.scrollIntoView({ block: "nearest" });
    return true;
  }
}

/** @param {Section} section */
function sectionName(section) {
  return {
    offered: tc("section of the inbox", "Offered to you"), waiting: tc("section of the inbox", "Waiting"), mine: tc("section of the inbox", "Mine"), others: tc("section of the inbox", "Others’"), closed: tc("section of the inbox", "Closed"),
  }[section];
}

/** @param {Section} section */
function emptyText(section) {
  return {
    offered: "", waiting: t("Nobody is waiting. A new visitor’s message appears here."),
    mine: t("Conversations you take or answer first appear here."),
    others: t("What other agents are working on appears here."),
    closed: t("Finished conversations rest here. A visitor who writes again comes back to the top."),
  }[section];
}

/** @param {Summary} summary @param {import("./desk.js").Desk} desk */
function searchable({ visitor, last_message: last, agent, region }, desk) {
  return [visitorName(visitor), last?.translation, last?.text, agent?.name, visitor.language, visitor.page, desk.regionName(region)].filter(Boolean).join(" ");
}
