// The page of languages and language packs: puts its parts together and keeps them up to date.

import { loadCatalogue, useCatalogue, variantOf } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";
import { AddressForm, CatalogueView } from "./packs_catalogue.js";
import { Choice } from "./packs_choice.js";
import { call, CallError, messageOf } from "./packs_client.js";
import { InstalledList } from "./packs_installed.js";
import { JobList } from "./packs_jobs.js";
import { ReachView, showGaps } from "./packs_reach.js";
import { Uploads } from "./packs_uploads.js";

/**
 * @typedef {import("./packs_types").Overview} Overview
 * @typedef {import("./packs_types").Job} Job
 * @typedef {import("./packs_types").Candidate} Candidate
 */

const BUSY = 500;
const IDLE = 5_000;

async function start() {
  const config = JSON.parse(byId("config").textContent ?? "");
  try {
    const catalogue = await loadCatalogue(config.strings);
    useCatalogue(catalogue, variantOf(catalogue.locale, navigator.languages));
  } catch {
    useCatalogue();
  }
  new Page(config.chunk).run();
}

class Page {
  /** @param {number} chunk */
  constructor(chunk) {
    this.revision = "";
    /** @type {any} */
    this.timer = null;
    const say = (/** @type {string} */ text) => this.say(text);
    const begun = (/** @type {Job[]} */ jobs) => this.begun(jobs);
    this.jobs = new JobList({ cancel: (id) => this.act(`/jobs/${id}/cancel`), dismiss: (id) => this.act(`/jobs/${id}/dismiss`) }, say);
    this.installed = new InstalledList({
      verify: (pack) => this.act(`/installed/${pack.id}/verify`), removed: (overview) => this.show(overview), say,
    });
    this.reach = new ReachView();
    this.uploads = new Uploads(chunk, { begun, say, arrived: () => this.poll(), shown: (overview) => this.show(overview) });
    this.catalogue = new CatalogueView({ begun, say });
    this.imports = new Choice(byId("imports"), byId("imports-summary"), { begun });
    new AddressForm({ begun });
  }

  async run() {
    await this.poll();
    byId("main").removeAttribute("aria-busy");
    // A page that nobody looks at asks nothing; it catches up when it is looked at again.
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.poll());
  }

  /** @param {Overview} overview */
  show(overview) {
    this.revision = overview.revision;
    this.jobs.show(overview.jobs);
    this.installed.show(overview);
    this.reach.show(overview);
    showGaps(overview.gaps, (wanted) => this.catalogue.look(wanted));
    this.uploads.show(overview);
    this.catalogue.show(overview);
    const imports = overview.imports.map((each) => /** @type {Candidate} */ ({
      ...each, source: { kind: "import", name: each.name }, download: 0, quality: null, hosts: [], installed: false, way: null,
    }));
    this.imports.show(imports);
    byId("imports-none").hidden = imports.length > 0;
  }

  /** Asks what has changed, and asks again soon. */
  async poll() {
    clearTimeout(this.timer);
    let busy = false;
    try {
      const found = /** @type {import("./packs_types").Jobs} */ (await call(this.revision ? "/jobs" : ""));
      if (!this.revision) this.show(/** @type {Overview} */ (found));
      else if (found.revision !== this.revision) this.show(await call(""));
      else this.jobs.show(found.jobs);
      busy = found.jobs.some((job) => job.state === "waiting" || job.state === "running");
      this.trouble("");
    } catch (error) {
      this.trouble(messageOf(error));
      if (!(error instanceof CallError)) throw error;
    }
    clearTimeout(this.timer);
    if (document.visibilityState === "visible") this.timer = setTimeout(() => this.poll(), busy ? BUSY : IDLE);
  }

  /** @param {string} path */
  async act(path) {
    try {
      await call(path, {});
    } catch (error) {
      this.say(messageOf(error));
      this.trouble(messageOf(error));
    }
    await this.poll();
  }

  /** @param {Job[]} jobs */
  begun(jobs) {
    if (!jobs.length) return;
    this.poll();
    const title = byId("jobs-title");
    byId("jobs-section").hidden = false;
    title.focus();
    title.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} text for screen readers, and for others where it is an answer to a press */
  say(text) {
    byId("announcer").append(el("p", {}, text));
    while (byId("announcer").childElementCount > 3) byId("announcer").firstElementChild?.remove();
  }

  /** @param {string} text */
  trouble(text) {
    const place = byId("trouble");
    place.hidden = !text;
    if (place.textContent !== text) place.textContent = text;
  }
}

start();
