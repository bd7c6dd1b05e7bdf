// A list of packs to choose from, with what installing the chosen ones would take and change.

import { t, tn } from "../../widget/lib/i18n.js";
import { el, setChildren } from "./dom.js";
import { call, messageOf } from "./packs_client.js";
import { changesElements, dotted, keepingFocus, pairElement, pairText, problemElement, quality, size, standing } from "./packs_wording.js";

/**
 * @typedef {import("./packs_types").Candidate} Candidate
 * @typedef {import("./packs_types").Preview} Preview
 * @typedef {import("./packs_types").Source} Source
 *
 * @typedef {object} Options
 * @property {(jobs: import("./packs_types").Job[]) => void} begun
 * @property {(key: string) => HTMLElement | null} [extra] more at the end of a row, by its key
 * @property {boolean} [chosen] new rows are chosen at first
 */

/** Waits for further choices before the server is asked. */
const PAUSE = 200;

export class Choice {
  /** @param {HTMLElement} list a `ul` @param {HTMLElement} summary @param {Options} options */
  constructor(list, summary, options) {
    this.list = list;
    this.summary = summary;
    this.options = options;
    /** @type {readonly Candidate[]} */
    this.candidates = [];
    /** @type {Set<string>} */
    this.chosen = new Set();
    /** @type {Set<string>} */
    this.seen = new Set();
    /** @type {Map<string, {from: string, to: string}>} languages that an admin had to say */
    this.said = new Map();
    /** @type {Map<string, Candidate>} of all that were ever shown, so that a filter hides without forgetting */
    this.known = new Map();
    /** @type {any} */
    this.timer = null;
    this.asked = 0;
  }

  /** @param {Candidate} candidate */
  static key = (candidate) => `${candidate.source.kind} ${candidate.source.catalogue ?? ""} ${candidate.source.name}`;

  /**
   * @param {readonly Candidate[]} candidates on show
   * @param {readonly Candidate[]} [all] those there are; choices among them stay when they are not on show
   */
  show(candidates, all = candidates) {
    this.candidates = candidates;
    this.known = new Map(all.map((each) => [Choice.key(each), each]));
    for (const key of this.chosen) if (!this.known.has(key)) this.chosen.delete(key);
    for (const [key, each] of this.known) {
      if (this.options.chosen && !this.seen.has(key) && !each.problem && !each.installed) this.chosen.add(key);
      this.seen.add(key);
    }
    keepingFocus(this.list, () => this.list.replaceChildren(...candidates.map((each) => this.#row(each))));
    this.#preview();
  }

  /** @param {(candidate: Candidate) => boolean} test chooses those, and no others */
  choose(test) {
    this.chosen = new Set([...this.known].filter(([, each]) => !each.installed && test(each)).map(([key]) => key));
    this.show(this.candidates, [...this.known.values()]);
  }

  /** @param {Candidate} candidate */
  #row(candidate) {
    const key = Choice.key(candidate);
    const box = el("input", {
      type: "checkbox", "data-key": `choose ${key}`, checked: this.chosen.has(key),
      disabled: Boolean(candidate.problem) || candidate.installed,
      onchange: () => {
        if (box.checked) this.chosen.add(key);
        else this.chosen.delete(key);
        this.#preview();
      },
    });
    const facts = [
      candidate.version || candidate.name,
      candidate.bytes === null ? "" : size(candidate.bytes),
      candidate.from ? quality(candidate.quality) : "",
    ];
    return el("li", { class: "choice" },
      el("label", { class: "choice-label" }, box,
        el("span", { class: "choice-text" },
          candidate.engine && !candidate.from ? el("bdi", {}, candidate.name) : pairElement(candidate.from, candidate.to),
          el("span", { class: "help" }, ...dotted(facts)),
          candidate.from && candidate.source.kind === "offer" ? el("span", { class: "help choice-standing" }, standing(candidate)) : null)),
      candidate.problem ? problemElement(candidate.problem) : null,
      candidate.engine && !candidate.from && !candidate.problem ? this.#pairFields(key) : null,
      this.options.extra?.(key) ?? null);
  }

  /** For a model that does not say its languages. @param {string} key */
  #pairFields(key) {
    const said = this.said.get(key) ?? { from: "", to: "" };
    const field = (/** @type {"from" | "to"} */ name, /** @type {string} */ label, /** @type {string} */ example) =>
      el("label", { class: "code-field" }, label,
        el("input", {
          type: "text", value: said[name], placeholder: example, autocomplete: "off", spellcheck: "false", dir: "ltr", "data-key": `${name} ${key}`,
          oninput: (/** @type {InputEvent} */ event) => {
            said[name] = /** @type {HTMLInputElement} */ (event.target).value.trim();
            this.said.set(key, said);
            this.#preview();
          },
        }));
    return el("fieldset", { class: "codes" },
      el("legend", {}, t("This model doesn't say its languages. Give their codes:")),
      field("from", t("From"), "en"), field("to", t("Into"), "de"));
  }

  /** @returns {Source[]} */
  sources() {
    return [...this.chosen].map((key) => ({ .../** @type {Candidate} */ (this.known.get(key)).source, ...this.said.get(key) }));
  }

  #preview() {
    clearTimeout(this.timer);
    this.asked += 1;
    if (!this.chosen.size) {
      setChildren(this.summary, []);
      return;
    }
    this.timer = setTimeout(() => this.#ask(this.asked), PAUSE);
  }

  /** @param {number} asked */
  async #ask(asked) {
    const sources = this.sources();
    try {
      const preview = /** @type {Preview} */ (await call("/preview", { sources }));
      if (asked === this.asked) keepingFocus(this.summary, () => this.summary.replaceChildren(...this.#told(preview, sources)));
    } catch (error) {
      if (asked === this.asked) this.summary.replaceChildren(el("p", { class: "error" }, messageOf(error)));
    }
  }

  /** @param {Preview} preview @param {Source[]} sources */
  #told(preview, sources) {
    const trouble = el("p", { class: "error", role: "alert" });
    const unsaid = preview.packs.some((each) => each.engine && !each.from);
    const install = el("button", {
      type: "button", class: "button button-primary", "data-key": "install", disabled: !preview.fits || unsaid,
    }, installText(preview));
    install.addEventListener("click", async () => {
      install.disabled = true;
      try {
        const { jobs } = await call("/install", { sources });
        this.chosen.clear();
        this.summary.replaceChildren();
        this.options.begun(jobs);
      } catch (error) {
        install.disabled = false;
        trouble.textContent = messageOf(error);
      }
    });
    return [el("div", { class: "summary" }, ...previewElements(preview), trouble, el("div", { class: "actions" }, install))];
  }
}

/** @param {Preview} preview */
function installText(preview) {
  const only = preview.packs.length === 1 ? preview.packs[0] : null;
  const downloads = preview.packs.some((each) => each.hosts.length);
  if (only?.from && only.to) {
    const pair = pairText(only.from, only.to);
    return downloads ? t("Download and install {pair}", { pair }) : t("Install {pair}", { pair });
  }
  return downloads
    ? tn("Download and install {n} pack", "Download and install {n} packs", preview.packs.length)
    : tn("Install {n} pack", "Install {n} packs", preview.packs.length);
}

/** What it takes and changes. @param {Preview} preview */
function previewElements(preview) {
  const download = preview.packs.reduce((sum, each) => sum + (each.download ?? 0), 0);
  const hosts = [...new Set(preview.packs.flatMap((each) => each.hosts))];
  const changed = changesElements(preview);
  const known = preview.packs.some((each) => each.from);
  return [
    ...(changed.length || !known ? changed : [el("p", {}, t("No pair becomes possible that isn't yet. The pack takes the place of another one if it is better."))]),
    el("p", { class: "help" },
      t("Takes up to {disk} of the disk ({free} free) and about {memory} of memory while it translates.", {
        disk: size(preview.disk), free: size(preview.room.disk), memory: size(preview.memory),
      })),
    hosts.length ? el("p", { class: "help" },
      download ? t("Downloads {size} from {hosts}.", { size: size(download), hosts: hosts.join(", ") })
      : t("Downloads from {hosts}.", { hosts: hosts.join(", ") })) : null,
    preview.fits ? null : el("p", { class: "error" }, t("There is too little room on the disk for it. Make room, or choose fewer packs.")),
    preview.fits_memory ? null : el("p", { class: "notice notice-warning" },
      t("There may be too little memory for it: {free} are free. Translating would be slow, or fail.", { free: size(preview.room.memory ?? 0) })),
  ].filter((element) => element !== null);
}
