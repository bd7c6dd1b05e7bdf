// What stands above everything while it holds: that one is away without having chosen it, that a region has nobody.

import { t } from "../../widget/lib/i18n.js";
import { byId, el, icon, setChildren } from "./dom.js";
import { automaticText } from "./routing_wording.js";

export class Notices {
  /**
   * @param {import("./inbox.js").Inbox} inbox @param {import("./formats.js").Formats} formats
   * @param {{back: () => void, idle: () => boolean}} more whether the page itself has told that nobody is there
   */
  constructor(inbox, formats, more) {
    this.inbox = inbox;
    this.formats = formats;
    this.more = more;
    this.place = byId("notices");
    /** @type {Map<string, HTMLElement>} */
    this.elements = new Map();
    /** @type {Set<string>} what has been read and put away */
    this.dismissed = new Set();
  }

  render() {
    const { desk, me } = this.inbox;
    /** @type {[string, () => HTMLElement][]} */
    const wanted = [];
    if (desk.automatic) wanted.push([`away ${this.more.idle()}`, () => this.#away()]);
    if (me.role === "admin") {
      for (const { region, since } of desk.notices) {
        const key = `${region} ${since} ${desk.regionName(region)}`;
        if (!this.dismissed.has(key)) wanted.push([key, () => this.#nobodyThere(key, region, since)]);
      }
    }
    const held = this.place.contains(document.activeElement);
    this.elements = new Map(wanted.map(([key, make]) => [key, this.elements.get(key) ?? make()]));
    setChildren(this.place, [...this.elements.values()]);
    if (held && !this.place.contains(document.activeElement)) byId(this.inbox.current ? "log" : "thread").focus();
  }

  #away() {
    return el("div", { class: "banner banner-warning" },
      el("span", { class: "banner-text" }, automaticText(this.more.idle())),
      el("button", { type: "button", class: "button button-small", onclick: () => this.more.back() }, t("I’m back")));
  }

  /** @param {string} key @param {string} region @param {string} since */
  #nobodyThere(key, region, since) {
    const { desk } = this.inbox;
    const days = this.formats.daysFromNow(since, desk.now());
    const time = days === 0 ? this.formats.time(since) : this.formats.full(since);
    return el("div", { class: "banner banner-warning" },
      el("span", { class: "banner-text" }, t("{region} is open, but nobody has been there since {time}.", { region: desk.regionName(region), time })),
      el("a", { class: "link", href: `/console/regions/${encodeURIComponent(region)}` }, t("The region’s settings")),
      el("button", {
        type: "button", class: "icon-button", "aria-label": t("Dismiss"),
        onclick: () => {
          this.dismissed.add(key);
          this.render();
        },
      }, icon("cross")));
  }
}
