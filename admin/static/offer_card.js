// Above the messages of a conversation that is offered to this agent: who it is, why them, how long, yes or no.

import { format, t } from "../../widget/lib/i18n.js";
import { byId, el, setText } from "./dom.js";
import { knownZone } from "./formats.js";
import { HURRY_SECONDS, reasonFor, secondsLeft, shareLeft } from "./offers.js";
import { reasonText } from "./routing_wording.js";
import { sectionOf } from "./sections.js";
import { visitorName } from "./wording.js";
import { countryOfZone } from "./zone_countries.js";

export class OfferCard {
  /** @param {import("./inbox.js").Inbox} inbox @param {import("./formats.js").Formats} formats @param {import("./actions.js").Actions} actions */
  constructor(inbox, formats, actions) {
    this.inbox = inbox;
    this.formats = formats;
    this.card = byId("offer");
    this.accept = byId("offer-accept");
    /** The offer on show, and how long it had then. */
    this.shown = "";
    this.whole = 0;
    this.why = "";
    this.accept.addEventListener("click", () => actions.take());
    // A key that is still held down from opening the conversation accepts nothing.
    this.accept.addEventListener("keydown", (event) => event.repeat && event.preventDefault());
    byId("offer-decline").addEventListener("click", () => actions.decline());
  }

  get open() {
    return !this.card.hidden;
  }

  render() {
    const { summary, thread, me, desk } = this.inbox;
    const offer = summary && sectionOf(summary, me.id) === "offered" ? summary.offer : null;
    const had = this.card.contains(document.activeElement);
    this.card.hidden = !offer;
    if (!summary || !offer) {
      this.shown = "";
      // The keyboard stays in the conversation when its card goes.
      if (had) byId("log").focus({ preventScroll: true });
      return;
    }
    const key = `${summary.id} ${offer.until}`;
    if (key !== this.shown) {
      this.shown = key;
      this.whole = secondsLeft(offer.until, desk.now());
    }
    const visitor = thread?.visitor ?? summary.visitor;
    const country = visitor.country ?? countryOfZone(visitor.time_zone);
    const zone = knownZone(visitor.time_zone);
    setText(byId("offer-title"), t("{name} is offered to you", { name: visitorName(visitor) }));
    setText(byId("offer-who"), [
      format().language(visitor.language), country && this.formats.country(country), zone && t("{time} there", { time: this.formats.timeIn(zone, desk.now()) }),
    ].filter(Boolean).join(" · "));
    const found = reasonFor(thread?.log.items ?? [], me.id);
    const reason = found && reasonText(found.reason, String(found.params.language ?? visitor.language));
    const handed = thread?.log.items.findLast((item) => item.kind === "transferred");
    const note = handed?.kind === "transferred" && handed.to_agent?.id === me.id ? handed.note : null;
    const why = JSON.stringify([reason, note]);
    if (why !== this.why) {
      this.why = why;
      byId("offer-why").replaceChildren(
        ...(reason ? [el("li", {}, reason)] : []), ...(note ? [el("li", { class: "offer-note", dir: "auto" }, note)] : []));
    }
    const left = secondsLeft(offer.until, desk.now());
    setText(byId("offer-left"), this.formats.seconds(left));
    this.card.classList.toggle("is-urgent", left <= HURRY_SECONDS);
    byId("offer-bar").style.setProperty("--left", String(shareLeft(offer.until, desk.now(), this.whole)));
  }
}
