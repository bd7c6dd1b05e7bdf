// Why a conversation is where it is: every decision in order, each with its reasons.

import { byId, el, icon, setChildren } from "./dom.js";
import { decisionsOf } from "./offers.js";

export class WhyHere {
  /** @param {import("./inbox.js").Inbox} inbox @param {import("./formats.js").Formats} formats */
  constructor(inbox, formats) {
    this.inbox = inbox;
    this.formats = formats;
    this.list = byId("why-list");
    /** @type {Map<string, HTMLElement>} by conversation, number and how the regions are called */
    this.elements = new Map();
    byId("why-earlier").addEventListener("click", () => inbox.loadEarlier());
  }

  render() {
    const { thread, me, desk } = this.inbox;
    const decisions = thread ? decisionsOf(thread.log.items) : [];
    const earlier = Boolean(thread?.log.earlier);
    byId("why").hidden = !decisions.length && !earlier;
    byId("why-earlier").hidden = !earlier;
    /** @type {Map<string, HTMLElement>} */
    const elements = new Map();
    decisions.forEach((decision, index) => {
      const key = `${thread?.id} ${decision.seq} ${desk.regionName(decision.decision.region)}`;
      elements.set(key, this.elements.get(key) ?? this.#decision(decision, index === decisions.length - 1));
    });
    // What was open because it was the last word is folded when there is a newer one.
    const newest = [...elements.keys()].at(-1);
    if (newest && !this.elements.has(newest)) {
      for (const [key, element] of elements) if (key !== newest) element.querySelector("details")?.removeAttribute("open");
    }
    this.elements = elements;
    setChildren(this.list, [...elements.values()]);
    byId("why-simulate").hidden = me.role !== "admin" || !thread?.visitor;
    if (thread?.visitor) byId("why-simulate").setAttribute("href", simulatorLink(thread.visitor, this.inbox.summary));
  }

  /** @param {import("../../widget/lib/protocol").RoutedEvent} item @param {boolean} open */
  #decision(item, open) {
    const { desk } = this.inbox;
    const { formats } = this;
    return el("li", {}, el("details", { class: "decision", open },
      el("summary", {},
        icon("chevron"),
        el("span", { class: "decision-title" }, item.summary),
        el("time", { datetime: item.at, title: formats.full(item.at) }, formats.when(item.at, desk.now()))),
      el("ul", { class: "reasons" }, ...item.explanation.map(({ chosen, name, text }) =>
        el("li", { class: chosen ? "reason is-chosen" : "reason" },
          chosen ? icon("check") : el("span", { class: "reason-dot", "aria-hidden": "true" }),
          el("span", {}, name ? el("bdi", { class: "reason-name" }, name) : null, text))))));
  }
}

/**
 * The simulator with what is known of a visitor.
 * @param {import("./types").VisitorDetails} visitor @param {import("./types").Summary | null} summary
 */
export function simulatorLink(visitor, summary) {
  const known = { country: visitor.country, visitor_zone: visitor.time_zone, language: visitor.language, at: summary?.queued_at ?? summary?.opened_at };
  const query = new URLSearchParams(Object.entries(known).flatMap(([name, value]) => (value ? [[name, value]] : [])));
  return `/console/simulator?${query}`;
}
