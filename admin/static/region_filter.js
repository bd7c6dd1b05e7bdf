// Which regions' conversations are listed: all, the agent's own, or one. Remembered in this browser.

import { t } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";

const CHOSEN = "dragoman.region";

export class RegionFilter {
  /** @param {import("./inbox.js").Inbox} inbox @param {import("./storage.js").Remembers} storage @param {() => void} changed */
  constructor(inbox, storage, changed) {
    this.inbox = inbox;
    this.storage = storage;
    this.select = /** @type {HTMLSelectElement} */ (byId("region-filter"));
    /** @type {readonly import("./types").RegionState[] | null} what the select was made of */
    this.shown = null;
    this.select.addEventListener("change", () => {
      storage.setItem(CHOSEN, this.select.value);
      changed();
    });
  }

  /** A region that is gone hides nothing. */
  get choice() {
    const chosen = this.storage.getItem(CHOSEN) ?? "all";
    const { desk } = this.inbox;
    return desk.manyRegions && (chosen === "mine" || desk.region(chosen)) ? chosen : "all";
  }

  render() {
    const { regions, manyRegions } = this.inbox.desk;
    this.select.hidden = !manyRegions;
    if (regions === this.shown) return;
    this.shown = regions;
    this.select.replaceChildren(
      el("option", { value: "all" }, t("All regions")),
      el("option", { value: "mine" }, t("My regions")),
      ...regions.map(({ id, name, open }) => el("option", { value: id }, open ? name : t("{region} (closed)", { region: name }))));
    this.select.value = this.choice;
  }
}
