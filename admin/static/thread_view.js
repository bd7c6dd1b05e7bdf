// The messages of the open conversation: drawn from its rows, kept at the end while the agent is there.

import { t } from "../../widget/lib/i18n.js";
import { byId, el, setChildren, setText } from "./dom.js";
import { MessageView } from "./message_view.js";
import { marks, ratingComment } from "./rating_line.js";
import { allWithoutRoute, newestTranslated } from "./reading.js";
import { turnsOf } from "./routing_lines.js";
import { routingLine } from "./routing_wording.js";
import { rowsOf } from "./rows.js";
import { lineText, visitorName, withoutRouteText } from "./wording.js";

/**
 * @typedef {import("./rows.js").Row} Row
 * @typedef {import("./inbox.js").Inbox} Inbox
 * @typedef {import("./thread.js").Thread} Thread
 */

/** Nearer to the end than this counts as being there. */
const NEAR = 80;

export class ThreadView {
  /**
   * @param {Inbox} inbox @param {import("./formats.js").Formats} formats
   * @param {Pick<import("./message_view.js").Surroundings, "swap" | "translate" | "reject" | "restore" | "reword" | "begun" | "begin"
   *   | "correct" | "why">} actions
   */
  constructor(inbox, formats, actions) {
    this.inbox = inbox;
    this.formats = formats;
    this.actions = actions;
    this.scroller = byId("log");
    this.list = byId("messages");
    this.typing = byId("typing");
    this.earlier = byId("earlier");
    this.latest = byId("latest");
    this.problem = byId("log-problem");
    /** @type {Map<string, HTMLElement>} */
    this.elements = new Map();
    /** @type {Map<string, MessageView>} */
    this.views = new Map();
    /** @type {string | null} */
    this.drawn = null;
    this.atEnd = true;
    /** Whether this conversation has not been looked at since it was opened. */
    this.fresh = true;
    this.firstSeq = 0;

    this.earlier.addEventListener("click", () => inbox.loadEarlier());
    this.latest.addEventListener("click", () => this.toEnd());
    byId("log-again").addEventListener("click", () => inbox.openAgain());
    this.scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // A picture of the end stays the end when the composer grows or a phone's keyboard comes up.
    new ResizeObserver(() => this.atEnd && this.toEnd()).observe(this.scroller);
  }

  render() {
    const { thread, summary } = this.inbox;
    if (thread?.id !== this.drawn) this.#reset(thread?.id ?? null);
    if (!thread) return;

    const before = this.scroller.scrollHeight - this.scroller.scrollTop;
    const grewAbove = this.firstSeq !== 0 && thread.log.first < this.firstSeq;
    this.firstSeq = thread.log.first;

    const rows = rowsOf(thread.log.items, this.inbox.outgoing, {
      dayOf: this.formats.dayKey, unreadAfter: thread.unreadAfter, me: this.inbox.me.id,
    });
    const visitor = thread.visitor ?? summary?.visitor;
    const withoutRoute = Boolean(visitor) && allWithoutRoute(thread.log.items, this.inbox.me.language);
    const around = {
      withoutRoute, formats: this.formats, me: this.inbox.me, visitorName: visitor ? visitorName(visitor) : "",
      visitorLanguage: visitor?.language ?? "", limit: this.inbox.limits.text, ...this.actions,
    };
    setChildren(this.list, rows.map((row) => this.#row(row, thread, around)));
    const keys = new Set(rows.map((row) => row.key));
    for (const key of this.elements.keys()) {
      if (keys.has(key)) continue;
      this.elements.delete(key);
      this.views.delete(key);
    }

    byId("without-route").hidden = !withoutRoute;
    if (visitor && withoutRoute) setText(byId("without-route-text"), withoutRouteText(visitor.language, this.inbox.me));
    this.earlier.hidden = !thread.log.earlier;
    setText(this.earlier, thread.loadingEarlier ? t("Loading…") : t("Show earlier messages"));
    this.scroller.setAttribute("aria-busy", String(!thread.loaded));
    byId("log-loading").hidden = thread.loaded || thread.problem !== null;
    this.problem.hidden = thread.problem === null;
    setText(byId("log-problem-text"), thread.problem ?? "");
    this.typing.hidden = !thread.typing;
    setText(byId("typing-text"), thread.typing ? t("{name} is typing…", { name: around.visitorName }) : "");

    if (grewAbove) this.scroller.scrollTop = this.scroller.scrollHeight - before;
    else if (this.atEnd) this.toEnd();
    this.#offerLatest();
  }

  toEnd() {
    const mark = this.list.querySelector(".new-mark");
    if (mark && this.fresh) {
      // First look at a conversation with news: begin where the news begins.
      this.scroller.scrollTop = Math.max(0, /** @type {HTMLElement} */ (mark).offsetTop - this.scroller.clientHeight / 3);
    } else {
      this.scroller.scrollTop = this.scroller.scrollHeight;
    }
    if (this.inbox.thread?.loaded) this.fresh = false;
    this.atEnd = this.#fromEnd() < NEAR;
  }

  /** The visitor's message that a key is about: the one with the keyboard in it, else the newest that is shown translated. */
  get pointed() {
    const { thread, me } = this.inbox;
    if (!thread) return null;
    const within = /** @type {HTMLElement | null} */ (document.activeElement?.closest(".message") ?? null);
    if (!within?.dataset.seq) return newestTranslated(thread.log.items, me.language);
    const seq = Number(within.dataset.seq);
    const message = thread.log.items.find((item) => item.seq === seq);
    return message?.kind === "message" && message.author.kind === "visitor" ? message : null;
  }

  #fromEnd() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight;
  }

  /** @param {string | null} id */
  #reset(id) {
    this.drawn = id;
    this.elements.clear();
    this.views.clear();
    this.list.replaceChildren();
    this.atEnd = true;
    this.fresh = true;
    this.firstSeq = 0;
  }

  #scrolled() {
    this.atEnd = this.#fromEnd() < NEAR;
    if (this.scroller.scrollTop < NEAR) this.inbox.loadEarlier();
    this.#offerLatest();
  }

  #offerLatest() {
    this.latest.hidden = this.atEnd;
  }

  /** @param {Row} row @param {Thread} thread @param {import("./message_view.js").Surroundings} around @returns {HTMLElement} */
  #row(row, thread, around) {
    if (row.kind === "message" || row.kind === "outgoing") {
      const view = this.views.get(row.key) ?? new MessageView();
      this.views.set(row.key, view);
      this.elements.set(row.key, view.element);
      if (row.kind === "message") view.update(row.message, { first: row.first, last: row.last }, thread, around);
      else view.updateOutgoing(row.outgoing, this.inbox.connected, around);
      return view.element;
    }
    const there = this.elements.get(row.key);
    if (there) return there;
    const made = this.#separator(row);
    this.elements.set(row.key, made);
    return made;
  }

  /** @param {Exclude<Row, {kind: "message"} | {kind: "outgoing"}>} row */
  #separator(row) {
    if (row.kind === "new") return el("li", { class: "separator new-mark" }, el("span", {}, t("New")));
    if (row.kind === "day") {
      const days = this.formats.daysFromNow(row.at, this.inbox.desk.now());
      const text = days === 0 ? t("Today") : days === -1 ? t("Yesterday") : this.formats.day(row.at);
      return el("li", { class: "separator day" }, el("time", { datetime: row.at.slice(0, 10) }, text));
    }
    const { item } = row;
    const note = item.kind === "transferred" ? item.note : null;
    return el("li", { class: "line" },
      el("span", {}, this.#line(item)), " ",
      el("time", { datetime: item.at, title: this.formats.full(item.at) }, this.formats.time(item.at)),
      item.kind === "rated" ? marks(item.score) : null,
      item.kind === "rated" ? ratingComment(item, this.inbox.me.language) : null,
      note ? el("p", { class: "line-note", dir: "auto" }, note) : null);
  }

  /** @param {import("./rows.js").LineRow["item"]} item */
  #line(item) {
    const { me, desk, thread } = this.inbox;
    if (item.kind !== "routed" && item.kind !== "passed" && item.kind !== "transferred") return lineText(item, me.id);
    return routingLine(item, turnsOf(thread?.log.items ?? []).get(item.seq) ?? null, me.id, desk, this.formats);
  }
}
