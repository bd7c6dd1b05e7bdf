// Who the visitor is: the time where they are, their language, country, page and device.

import { format, t } from "../../widget/lib/i18n.js";
import { byId, el, setText } from "./dom.js";
import { knownZone } from "./formats.js";
import { device } from "./user_agent.js";
import { visitorName } from "./wording.js";
import { countryOfZone } from "./zone_countries.js";
import { cityOf } from "./zoned.js";

/** @typedef {import("./inbox.js").Inbox} Inbox */

export class VisitorPanel {
  /** @param {Inbox} inbox @param {import("./formats.js").Formats} formats */
  constructor(inbox, formats) {
    this.inbox = inbox;
    this.formats = formats;
    this.facts = byId("facts");
    this.shown = "";
  }

  render() {
    const { thread, summary } = this.inbox;
    const visitor = thread?.visitor ?? summary?.visitor ?? null;
    byId("visitor-empty").hidden = visitor !== null;
    byId("visitor-facts").hidden = visitor === null;
    if (!visitor) return;
    const name = visitorName(visitor);
    setText(byId("panel-name"), name);
    setText(byId("panel-online"), visitor.online ? t("On your site now") : t("Not on your site now"));
    byId("panel-online").classList.toggle("online", visitor.online);
    this.#clock(visitor.time_zone);

    const details = thread?.visitor ?? null;
    const key = JSON.stringify([visitor.id, visitor.language, visitor.time_zone, visitor.page, details?.user_agent, summary?.opened_at, this.inbox.desk.regionName(summary?.region), Math.floor(this.inbox.desk.now() / 15_000)]);
    if (key === this.shown) return;
    this.shown = key;
    const country = countryOfZone(visitor.time_zone);
    const { browser, system } = device(details?.user_agent);
    const { formats } = this;
    const { desk } = this.inbox;
    /** @type {[string, Node | string | null][]} */
    const facts = [
      [t("Language"), format().language(visitor.language)],
      [visitor.country ? t("Country") : t("Country, by time zone"), country && formats.country(country)],
      [t("Time zone"), visitor.time_zone && el("bdi", { title: visitor.time_zone }, cityOf(visitor.time_zone))],
      [t("Region"), summary?.region && desk.manyRegions ? el("bdi", {}, desk.regionName(summary.region)) : null],
      [t("Page"), visitor.page && pageLink(visitor.page)],
      [t("First seen"), details?.first_seen_at ? el("time", { datetime: details.first_seen_at, title: formats.full(details.first_seen_at) }, formats.relative(details.first_seen_at, desk.now())) : null],
      [t("Conversation began"), summary && el("time", { datetime: summary.opened_at, title: formats.full(summary.opened_at) }, formats.relative(summary.opened_at, desk.now()))],
      [t("Device"), [browser, system].filter(Boolean).join(" · ") || null],
    ];
    this.facts.replaceChildren(...facts.flatMap(([label, value]) =>
      value ? [el("div", { class: "fact" }, el("dt", {}, label), el("dd", {}, value))] : []));
  }

  /** @param {string | null} timeZone */
  #clock(timeZone) {
    const zone = knownZone(timeZone);
    byId("clock").hidden = !zone;
    if (!zone) return;
    const now = this.inbox.desk.now();
    setText(byId("clock-time"), this.formats.timeIn(zone, now));
    const ahead = this.formats.ahead(zone, now);
    const span = this.formats.hours(Math.abs(ahead));
    const difference = ahead === 0 ? t("The same time as yours") : ahead > 0 ? t("{time} ahead of you", { time: span }) : t("{time} behind you", { time: span });
    setText(byId("clock-day"), this.formats.weekdayIn(zone, now));
    setText(byId("clock-difference"), difference);
  }
}

/** @param {string} page an address that the visitor's browser gave: only http(s) becomes a link */
function pageLink(page) {
  let address = null;
  try {
    address = new URL(page);
  } catch {
    return el("bdi", {}, page);
  }
  if (!/^https?:$/.test(address.protocol)) return el("bdi", {}, page);
  const short = address.host + (address.pathname === "/" ? "" : address.pathname);
  return el("a", { href: address.href, target: "_blank", rel: "noopener noreferrer nofollow", title: page, dir: "ltr" }, short);
}
