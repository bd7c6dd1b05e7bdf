// A conversation in the list: three quiet lines.

import { t, tc, tn } from "../../widget/lib/i18n.js";
import { el, icon, setText } from "./dom.js";
import { knownZone } from "./formats.js";
import { HURRY_SECONDS, secondsLeft } from "./offers.js";
import { sameLanguage } from "./reading.js";
import { waitsUntil } from "./routing_wording.js";
import { urgency, waitsForOpening } from "./sections.js";
import { languagePair, visitorName } from "./wording.js";

/** @typedef {import("./types").Summary} Summary */

export class ListRow {
  /** @param {string} id */
  constructor(id) {
    this.dot = el("span", { class: "dot" });
    this.online = el("span", { class: "visually-hidden" });
    this.name = el("bdi");
    this.wait = el("span", { class: "row-wait" });
    this.preview = el("bdi");
    this.unread = el("span", { class: "row-unread" });
    this.theirs = el("span", { dir: "ltr" });
    this.mine = el("span", { dir: "ltr" });
    this.arrow = icon("arrow");
    this.apart = icon("apart");
    this.codes = el("span", { class: "row-codes", "aria-hidden": "true" }, this.theirs, this.arrow, this.apart, this.mine);
    this.pairWords = el("span", { class: "visually-hidden" });
    this.pair = el("span", { class: "row-pair" }, this.codes, this.pairWords);
    this.clock = el("span", { class: "row-clock" });
    this.agent = el("span", { class: "row-agent" });
    this.link = el("a", { class: "row", href: `#/c/${id}`, dataset: { id } },
      el("span", { class: "row-line" }, this.dot, el("span", { class: "row-who" }, this.name), this.online, this.wait),
      el("span", { class: "row-line" }, el("span", { class: "row-preview" }, this.preview), this.unread),
      el("span", { class: "row-line row-quiet" }, this.pair, this.clock, this.agent));
    this.element = el("li", {}, this.link);
    /** What is on show: of many conversations few have changed. @type {unknown[]} */
    this.shown = [];
  }

  /**
   * @param {Summary} summary @param {import("./types").Section} section
   * @param {{me: import("./types").Me, formats: import("./formats.js").Formats, desk: import("./desk.js").Desk, now: number,
   *   current: boolean, turn: number | null, typing: boolean, draft: string, translated: boolean}} around
   */
  update(summary, section, { me, formats, desk, now, current, turn, typing, draft, translated }) {
    const tick = Math.floor(now / (section === "offered" ? 1000 : 15_000));
    const shown = [summary, section, me, desk.regions, tick, current, turn, typing, draft, translated];
    if (shown.every((value, index) => value === this.shown[index])) return;
    this.shown = shown;
    const { visitor, last_message: last } = summary;
    if (current) this.link.setAttribute("aria-current", "true");
    else this.link.removeAttribute("aria-current");
    setText(this.name, visitorName(visitor));
    this.dot.classList.toggle("online", visitor.online);
    setText(this.online, visitor.online ? t("online") : t("offline"));

    this.#time(summary, section, formats, desk, now);
    this.#preview(last, me, typing, draft);
    const unread = section === "closed" ? 0 : summary.unread;
    this.unread.hidden = unread === 0;
    if (unread) this.#said(this.unread, formats.number(unread), tn("{n} unread message", "{n} unread messages", unread));
    this.link.classList.toggle("is-unread", unread > 0);

    const foreign = !sameLanguage(visitor.language, me.language);
    setText(this.theirs, visitor.language);
    setText(this.mine, foreign ? me.language : "");
    this.arrow.toggleAttribute("hidden", !foreign || !translated);
    this.apart.toggleAttribute("hidden", !foreign || translated);
    setText(this.pairWords, languagePair(visitor.language, me.language, translated));
    this.pair.title = languagePair(visitor.language, me.language, translated);

    const zone = knownZone(visitor.time_zone);
    this.clock.hidden = !zone;
    if (zone) {
      const time = formats.timeIn(zone, now);
      this.clock.title = t("Local time of the visitor: {time}", { time });
      this.#said(this.clock, time, this.clock.title);
    }
    this.#place(summary, section, turn, desk);
  }

  /** Since when somebody waits, how long an offer stands, or the time of the last word. @param {Summary} summary
   * @param {import("./types").Section} section @param {import("./formats.js").Formats} formats @param {import("./desk.js").Desk} desk @param {number} now */
  #time(summary, section, formats, desk, now) {
    const { waiting_since: since, last_message: last, decision } = summary;
    const { dataset } = this.wait;
    if (section === "offered" && summary.offer) {
      const left = secondsLeft(summary.offer.until, now);
      dataset.urgency = left > HURRY_SECONDS ? "1" : "2";
      this.wait.title = t("How long it is offered to you");
      this.#said(this.wait, formats.seconds(left), "");
      return;
    }
    if (section === "waiting" && waitsForOpening(summary)) {
      dataset.urgency = "";
      this.wait.title = waitsUntil(decision?.opens_at ?? null, desk.regionName(summary.region), desk, formats);
      this.#said(this.wait, decision?.opens_at ? t("until {time}", { time: formats.soon(decision.opens_at, now) }) : t("closed"), this.wait.title);
      return;
    }
    const waited = since && section !== "closed" ? now - Date.parse(since) : null;
    dataset.urgency = waited === null ? "" : String(urgency(waited));
    if (waited === null) {
      const at = last?.at ?? summary.opened_at;
      this.#said(this.wait, formats.when(at, now), "");
      this.wait.title = formats.full(at);
    } else {
      const words = waited < 60_000 ? t("Just came in") : t("Waiting for {time}", { time: formats.span(waited, "long") });
      this.wait.title = words;
      this.#said(this.wait, waited < 60_000 ? t("now") : formats.span(waited), words);
    }
  }

  /** Who has it or is asked to, else in whose queue it is, and where. @param {Summary} summary @param {import("./types").Section} section
   * @param {number | null} turn @param {import("./desk.js").Desk} desk */
  #place(summary, section, turn, desk) {
    const { agent, offer } = summary;
    const region = desk.manyRegions && summary.region ? desk.regionName(summary.region) : "";
    this.agent.title = "";
    if (section === "others" || section === "closed") return this.#said(this.agent, agent?.name ?? "", "");
    if (section !== "waiting") return this.#said(this.agent, region, "");
    if (offer) return this.#said(this.agent, t("Offered to {name}", { name: offer.agent.name }), "");
    if (turn === null) return this.#said(this.agent, region, "");
    const words = region ? t("Number {n} in the queue of {region}", { n: turn, region }) : t("Number {n} in the queue", { n: turn });
    const number = tc("place in a queue", "No. {n}", { n: turn });
    this.agent.title = words;
    this.#said(this.agent, region ? `${region} · ${number}` : number, words);
  }

  /** @param {Summary["last_message"]} last @param {import("./types").Me} me @param {boolean} typing @param {string} draft */
  #preview(last, me, typing, draft) {
    this.preview.removeAttribute("lang");
    this.preview.classList.toggle("is-typing", typing);
    if (typing) {
      setText(this.preview, t("is typing…"));
    } else if (draft) {
      setText(this.preview, t("Draft: {text}", { text: oneLine(draft) }));
    } else if (!last) {
      setText(this.preview, "");
    } else if (last.author === "visitor") {
      this.preview.lang = last.translation === null ? last.language : me.language;
      setText(this.preview, oneLine(last.translation ?? last.text));
    } else {
      setText(this.preview, t("Answered: {text}", { text: oneLine(last.translation ?? last.text) }));
    }
  }

  /**
   * Short for the eye, whole for a screen reader.
   * @param {HTMLElement} element whose content is set by nothing else
   * @param {string} text @param {string} words empty: the text says it all
   */
  #said(element, text, words) {
    if (element.dataset.words === `${text} ${words}`) return;
    element.dataset.words = `${text} ${words}`;
    if (words) element.replaceChildren(el("span", { "aria-hidden": "true" }, text), el("span", { class: "visually-hidden" }, words));
    else element.replaceChildren(text);
  }
}

/** @param {string} text the beginning, which is all that a line shows */
const oneLine = (text) => text.slice(0, 200).replace(/\s+/g, " ");
