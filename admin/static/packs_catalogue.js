// Catalogues of packs: asking one for what it has, and choosing from it. And packs by their address.

import { format, t, tn } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";
import { Choice } from "./packs_choice.js";
import { call, messageOf } from "./packs_client.js";
import { details, language } from "./packs_wording.js";

/**
 * @typedef {import("./packs_types").CatalogueAnswer} CatalogueAnswer
 * @typedef {import("./packs_types").Direction} Direction
 * @typedef {import("./packs_types").Overview} Overview
 */

const ON_SHOW = 60;

export class CatalogueView {
  /** @param {{begun: (jobs: import("./packs_types").Job[]) => void, say: (text: string) => void}} actions */
  constructor(actions) {
    this.actions = actions;
    /** @type {CatalogueAnswer | null} */
    this.answer = null;
    /** @type {Direction[]} packs that somebody looks for */
    this.wanted = [];
    /** @type {string | null} */
    this.mirror = null;
    this.select = /** @type {HTMLSelectElement} */ (byId("catalogue"));
    this.filter = /** @type {HTMLInputElement} */ (byId("catalogue-filter"));
    this.choice = new Choice(byId("offers"), byId("offers-summary"), { begun: actions.begun });
    this.select.addEventListener("change", () => this.#chosen());
    this.filter.addEventListener("input", () => this.#list());
    byId("catalogue-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#ask();
    });
    byId("mirror-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#saveMirror();
    });
  }

  /** @param {Overview} overview */
  show(overview) {
    const field = /** @type {HTMLInputElement} */ (byId("mirror"));
    if (this.mirror !== overview.mirror || !field.dataset.known) {
      if (document.activeElement !== field) field.value = overview.mirror ?? "";
      field.dataset.known = "yes";
    }
    this.mirror = overview.mirror;
    const index = [...this.select.options].find((option) => option.value === "import");
    if (index) index.hidden = index.disabled = !overview.import_index;
    if (index?.disabled && this.select.value === "import") this.select.value = "mirror";
    this.#chosen();
  }

  /** Goes to the catalogues, with these packs to look for. @param {Direction[]} wanted */
  look(wanted) {
    this.wanted = wanted;
    this.filter.value = "";
    if (!this.mirror && this.select.value === "mirror") this.select.value = "mozilla";
    this.#chosen();
    byId("catalogue-title").scrollIntoView({ block: "start" });
    this.select.focus();
    if (this.answer) this.#list(true);
  }

  #chosen() {
    const name = this.select.value;
    byId("mirror-form").hidden = name !== "mirror";
    const ask = /** @type {HTMLButtonElement} */ (byId("catalogue-ask"));
    const host = name === "mirror" ? hostOf(this.mirror) : this.select.selectedOptions[0]?.dataset.host ?? "";
    ask.disabled = name === "mirror" && !this.mirror;
    ask.textContent = host ? t("Ask {host} what it has", { host }) : t("Show what is there");
    byId("catalogue-note").textContent = name === "import"
      ? t("This needs no network, as long as the packs lie beside the list.")
      : name === "mirror" && !this.mirror ? t("Save its address first.")
      : host ? t("This connects to {host} over the network. Nothing does before you press the button.", { host }) : "";
  }

  async #ask() {
    const button = /** @type {HTMLButtonElement} */ (byId("catalogue-ask"));
    const place = byId("catalogue-trouble");
    place.replaceChildren();
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    this.actions.say(t("Asking…"));
    try {
      this.answer = /** @type {CatalogueAnswer} */ (await call("/catalogue", { catalogue: this.select.value }));
      this.actions.say(tn("{n} pack is offered.", "{n} packs are offered.", this.answer.offers.length));
      this.choice.chosen.clear();
      this.#list(true);
    } catch (error) {
      place.replaceChildren(el("p", { class: "error" }, messageOf(error)));
    } finally {
      button.disabled = false;
      button.removeAttribute("aria-busy");
    }
  }

  /** @param {boolean} [choose] the packs that are looked for */
  #list(choose = false) {
    if (!this.answer) return;
    const { offers } = this.answer;
    const words = this.filter.value.toLocaleLowerCase(format().locale).split(/[\s→-]+/).filter(Boolean);
    const wanted = (/** @type {import("./packs_types").Candidate} */ offer) =>
      this.wanted.some((pair) => same(pair.from, offer.from) && same(pair.to, offer.to));
    const fits = offers.filter((offer) => {
      if (!words.length) return this.wanted.length ? wanted(offer) : true;
      const text = [offer.from, offer.to].flatMap((tag) => [tag ?? "", language(tag ?? "")]).join(" ").toLocaleLowerCase(format().locale);
      return words.every((word) => text.includes(word));
    });
    byId("catalogue-results").hidden = false;
    const shown = fits.slice(0, ON_SHOW);
    const lines = [tn("{n} of {all} packs", "{n} of {all} packs", shown.length, { all: format().number(offers.length) })];
    if (shown.length < fits.length) lines.push(t("Write a language to see the others."));
    const all = this.wanted.length && !words.length
      ? el("button", { type: "button", class: "link", onclick: () => { this.wanted = []; this.#list(); } }, t("Show all")) : null;
    byId("offers-count").replaceChildren(lines.join(". "), ...(all ? [" ", all] : []),
      ...(this.answer.left_out ? [details(`${this.answer.left_out} entries cannot be used: ${this.answer.left_out_example}`)] : []));
    this.choice.show(shown, offers);
    if (choose && this.wanted.length) {
      // One for each pair: the first listed is the best.
      const firsts = this.wanted.map((pair) => offers.find((offer) => same(pair.from, offer.from) && same(pair.to, offer.to)));
      this.choice.choose((offer) => firsts.includes(offer));
    }
    if (!fits.length) byId("offers").replaceChildren(el("li", { class: "help" }, t("This catalogue has no such pack. Ask another one.")));
  }

  async #saveMirror() {
    const field = /** @type {HTMLInputElement} */ (byId("mirror"));
    const trouble = byId("mirror-error");
    trouble.textContent = "";
    field.removeAttribute("aria-invalid");
    try {
      const { mirror } = await call("/mirror", { mirror: field.value.trim() || null });
      this.mirror = mirror;
      field.value = mirror ?? "";
      this.actions.say(t("Saved."));
      this.#chosen();
    } catch (error) {
      field.setAttribute("aria-invalid", "true");
      trouble.textContent = error instanceof Error && "field" in error && error.field === "mirror"
        ? t("Give an address that begins with https:// or http:// and leads to an index.json.") : messageOf(error);
      field.focus();
    }
  }
}

export class AddressForm {
  /** @param {{begun: (jobs: import("./packs_types").Job[]) => void}} actions */
  constructor(actions) {
    const form = /** @type {HTMLFormElement} */ (byId("address-form"));
    const value = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (byId(id)).value.trim();
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const trouble = byId("address-error");
      trouble.textContent = "";
      const source = {
        kind: "address", name: value("address"), sha256: value("address-sha256") || null,
        from: value("address-from") || null, to: value("address-to") || null,
      };
      try {
        const { jobs } = await call("/install", { sources: [source] });
        form.reset();
        actions.begun(jobs);
      } catch (error) {
        const field = error instanceof Error && "field" in error ? error.field : null;
        trouble.textContent =
          field === "name" ? t("Give an address that begins with https:// or http:// and leads to a file.")
          : field === "sha256" ? t("A SHA-256 has 64 digits from 0 to 9 and a to f. Leave it empty if you don't have it.")
          : messageOf(error);
        const ids = /** @type {Record<string, string>} */ ({ sha256: "address-sha256", from: "address-from", to: "address-to" });
        byId(ids[String(field)] ?? "address").focus();
      }
    });
  }
}

/** @param {string | null} address */
function hostOf(address) {
  try {
    return address ? new URL(address).host : "";
  } catch {
    return "";
  }
}

/** Tags of packs name a language, perhaps with a region that makes no difference here. @param {string} wanted @param {string | null} offered */
const same = (wanted, offered) => offered === wanted || offered?.startsWith(`${wanted}-`) === true && wanted !== "zh";
