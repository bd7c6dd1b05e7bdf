// The installed packs: what each is, checking it, removing it.

import { format, t, tn } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";
import { call, messageOf } from "./packs_client.js";
import { changesElements, details, dotted, keepingFocus, pairElement, pairText, quality, size } from "./packs_wording.js";

/**
 * @typedef {import("./packs_types").InstalledPack} InstalledPack
 * @typedef {import("./packs_types").Overview} Overview
 */

export class InstalledList {
  /**
   * @param {{verify: (pack: InstalledPack) => void, removed: (overview: Overview) => void, say: (text: string) => void}} actions
   */
  constructor(actions) {
    this.actions = actions;
  }

  /** @param {Overview} overview */
  show(overview) {
    const place = byId("installed");
    keepingFocus(place, () => place.replaceChildren(
      ...overview.damaged.map((folder) => this.#damaged(folder)),
      ...overview.packs.map((pack) => this.#pack(pack, overview)),
    ));
    const total = overview.packs.reduce((sum, pack) => sum + (pack.built_in ? 0 : pack.bytes), 0);
    const parts = [tn("{n} pack", "{n} packs", overview.packs.length)];
    if (total) parts.push(t("{size} installed", { size: size(total) }));
    parts.push(t("{size} free on the disk", { size: size(overview.room.disk) }));
    if (overview.room.memory !== null) parts.push(t("{size} of memory free", { size: size(overview.room.memory) }));
    byId("room").replaceChildren(...dotted(parts));
  }

  /** @param {InstalledPack} pack @param {Overview} overview */
  #pack(pack, overview) {
    const name = pairText(pack.from, pack.to);
    return el("li", { class: "pack" },
      el("div", { class: "pack-head" }, el("h3", {}, pairElement(pack.from, pack.to)), ...badges(pack, overview)),
      el("p", { class: "help" }, ...dotted([
        el("span", { class: "model" }, pack.model), size(pack.bytes), quality(pack.quality),
        pack.licence ? t("Licence: {licence}", { licence: pack.licence }) : t("Licence not stated"),
      ])),
      el("p", { class: "help" }, origin(pack)),
      el("div", { class: "actions" },
        el("button", {
          type: "button", class: "button button-small", "data-key": `verify ${pack.id}`,
          "aria-label": t("Check {name}", { name }), onclick: () => this.actions.verify(pack),
        }, t("Check")),
        pack.built_in
          ? el("span", { class: "help" }, t("Part of Dragoman, so it can't be removed. A better pack is used instead of it."))
          : el("button", {
            type: "button", class: "button button-small button-danger", "data-key": `remove ${pack.id}`,
            "aria-label": t("Remove {name}", { name }), onclick: () => this.#ask(pack),
          }, t("Remove"))));
  }

  /** @param {Overview["damaged"][number]} folder */
  #damaged(folder) {
    return el("li", { class: "pack pack-damaged" },
      el("div", { class: "pack-head" }, el("h3", {}, el("bdi", {}, folder.folder)), el("span", { class: "badge badge-danger" }, t("Damaged"))),
      el("p", { class: "error" }, t("This folder can't be used as a language pack, and isn't. Remove it and install the pack again.")),
      details(folder.detail),
      el("div", { class: "actions" },
        el("button", {
          type: "button", class: "button button-small button-danger", "data-key": `remove ${folder.id}`,
          "aria-label": t("Remove {name}", { name: folder.folder }),
          onclick: () => this.#confirm(el("bdi", {}, folder.folder), folder.id, [el("p", {}, t("Nothing that works is lost."))]),
        }, t("Remove"))));
  }

  /** Asks, having found out what would be lost. @param {InstalledPack} pack */
  async #ask(pack) {
    try {
      const changes = /** @type {import("./packs_types").Changes} */ (await call(`/installed/${pack.id}/loss`));
      const told = changesElements(changes);
      this.#confirm(pairElement(pack.from, pack.to), pack.id,
        told.length ? told : [el("p", {}, t("Everything that can be translated now still can be: another pack takes its place."))]);
    } catch (error) {
      this.actions.say(messageOf(error));
    }
  }

  /** @param {HTMLElement} name @param {string} id @param {HTMLElement[]} told */
  #confirm(name, id, told) {
    const dialog = /** @type {HTMLDialogElement} */ (byId("removal"));
    const trouble = el("p", { class: "error", role: "alert" });
    const remove = el("button", { type: "button", class: "button button-danger" }, t("Remove it"));
    remove.addEventListener("click", async () => {
      remove.disabled = true;
      try {
        const overview = await call(`/installed/${id}/remove`, {});
        dialog.close();
        this.actions.removed(overview);
        this.actions.say(t("Removed."));
        byId("installed-title").focus();
      } catch (error) {
        remove.disabled = false;
        trouble.textContent = messageOf(error);
      }
    });
    dialog.replaceChildren(
      el("h2", { id: "removal-title" }, t("Remove this pack?")),
      el("p", { class: "removal-name" }, name),
      ...told,
      el("p", { class: "help" }, t("Texts that are being translated finish with it. To have it again, install it again.")),
      trouble,
      el("div", { class: "actions" },
        el("button", { type: "button", class: "button", onclick: () => dialog.close(), autofocus: true }, t("Keep it")), remove));
    dialog.showModal();
  }
}

/** @param {InstalledPack} pack @param {Overview} overview */
function badges(pack, overview) {
  const found = [];
  if (!pack.live) found.push(el("span", { class: "badge badge-quiet" }, t("Not in use yet")));
  else if (pack.used) found.push(el("span", { class: "badge" }, t("In use")));
  else {
    const better = overview.packs.find((other) => other.used && other.from === pack.from && other.to === pack.to);
    found.push(el("span", { class: "badge badge-quiet" },
      better ? t("Not used: {model} is better", { model: better.model }) : t("Not used")));
  }
  if (pack.loaded) found.push(el("span", { class: "badge badge-quiet" }, t("In memory")));
  return found;
}

/** @param {InstalledPack} pack */
function origin(pack) {
  if (pack.built_in) return t("Came with Dragoman");
  if (!pack.installed_at) return t("Put into the folder of packs by hand");
  return t("Installed {when} from {origin}", { when: format().full(pack.installed_at), origin: pack.origin ?? "" });
}
