// What is under way: a row for each installation and check, brought up to date in place.

import { format, t } from "../../widget/lib/i18n.js";
import { arrow } from "./arrow.js";
import { byId, el, setChildren, setText } from "./dom.js";
import { listed, pairElement, pairText, problemElement, reachText, size, span } from "./packs_wording.js";

/** @typedef {import("./packs_types").Job} Job */

/** @param {Job} job */
function stageText(job) {
  if (job.cancelling && job.state === "running") return t("Stopping…");
  switch (job.state) {
    case "waiting": return t("Waits for its turn");
    case "done": return job.kind === "verify" ? t("In order") : job.result?.already ? t("Was installed already") : t("Installed and in use");
    case "failed": return job.kind === "verify" ? t("Not in order") : t("Not installed");
    case "cancelled": return t("Cancelled");
  }
  switch (job.stage) {
    case "download": return t("Downloading");
    case "unpack": return t("Unpacking");
    case "verify": return t("Checking the files");
    case "trial": return t("Trying it on a sentence");
    case "live": return t("Going live");
    default: return t("Beginning");
  }
}

/** @param {Job} job @returns {string} how much, how fast, how long still */
function amountText(job) {
  if (job.state !== "running" || !job.done) return "";
  const parts = [job.total
    ? t("{done} of {total}", { done: size(job.done), total: size(job.total) })
    : size(job.done)];
  if (job.speed && job.stage === "download") {
    parts.push(t("{amount} a second", { amount: size(job.speed) }));
    if (job.total && job.total > job.done) parts.push(t("{time} left", { time: span((job.total - job.done) / job.speed) }));
  }
  return parts.join(" · ");
}

class Row {
  /** @param {Job} job @param {JobList} list */
  constructor(job, list) {
    this.list = list;
    this.title = el("h3", { id: `job-${job.id}` });
    this.stage = el("p", { class: "job-stage" });
    this.amount = el("p", { class: "help job-amount" });
    this.bar = el("progress", { "aria-labelledby": `job-${job.id}` });
    this.outcome = el("div", { class: "job-outcome" });
    this.cancel = el("button", { type: "button", class: "button button-small", onclick: () => list.actions.cancel(job.id) }, t("Cancel"));
    this.dismiss = el("button", { type: "button", class: "button button-small", onclick: () => list.actions.dismiss(job.id) }, t("Dismiss"));
    this.element = el("li", { class: "job" },
      el("div", { class: "job-head" }, this.title, this.cancel, this.dismiss),
      this.bar, el("div", { class: "job-line" }, this.stage, this.amount), this.outcome);
    this.shown = "";
    this.heard = "";
  }

  /** @param {Job} job */
  update(job) {
    const ended = job.state === "done" || job.state === "failed" || job.state === "cancelled";
    const name = job.from && job.to ? pairText(job.from, job.to) : job.name;
    const heading = JSON.stringify([job.from, job.to]);
    if (this.shown !== heading) {
      this.shown = heading;
      this.title.replaceChildren(
        job.from ? pairElement(job.from, job.to) : el("bdi", {}, job.name),
        el("span", { class: "help" }, job.from ? el("bdi", {}, job.name) : "", " ", t("begun by {name}", { name: job.by })));
      this.cancel.setAttribute("aria-label", t("Cancel {name}", { name }));
      this.dismiss.setAttribute("aria-label", t("Dismiss {name}", { name }));
    }
    setText(this.stage, stageText(job));
    this.element.dataset.state = job.state;
    setText(this.amount, amountText(job));
    this.cancel.hidden = ended || job.cancelling;
    this.dismiss.hidden = !ended;
    this.bar.hidden = ended;
    const known = job.total && job.state === "running" && job.stage !== "trial" && job.stage !== "live";
    if (known && job.total) {
      this.bar.max = job.total;
      this.bar.value = Math.min(job.done, job.total);
    } else this.bar.removeAttribute("value");
    if (ended && !this.outcome.childElementCount) this.outcome.replaceChildren(...outcome(job));
    this.#say(job, name);
  }

  /** Says stages and quarters, not every tick. @param {Job} job @param {string} name */
  #say(job, name) {
    const quarter = job.total && job.stage === "download" ? Math.floor((4 * job.done) / job.total) : 0;
    const heard = `${job.state} ${job.stage} ${quarter}`;
    if (heard === this.heard) return;
    this.heard = heard;
    const percent = format().number(quarter / 4, { style: "percent" });
    const failure = job.state === "failed" ? job.error?.message ?? "" : "";
    this.list.announce([`${name}: ${stageText(job)}`, quarter ? percent : "", failure].filter(Boolean).join(" "));
  }
}

/** @param {Job} job */
function outcome(job) {
  const parts = [];
  if (job.error) parts.push(problemElement(job.error));
  if (job.result) {
    parts.push(el("p", { class: "job-trial" },
      t("Tried:"), " ", el("q", { lang: job.from, dir: "auto" }, job.result.sentence),
      " ", el("span", { "aria-hidden": "true" }, arrow()), " ", el("q", { lang: job.to, dir: "auto" }, job.result.translation)));
    const gained = listed(t("Now possible:"), job.result.gained.map(reachText));
    if (gained) parts.push(gained);
    if (job.result.replaced.length) parts.push(el("p", { class: "help" }, t("Instead of {models}", { models: job.result.replaced.join(", ") })));
  }
  return parts;
}

export class JobList {
  /** @param {{cancel: (id: string) => void, dismiss: (id: string) => void}} actions @param {(text: string) => void} announce */
  constructor(actions, announce) {
    this.actions = actions;
    this.announce = announce;
    /** @type {Map<string, Row>} */
    this.rows = new Map();
  }

  /** @param {readonly Job[]} jobs */
  show(jobs) {
    for (const job of jobs) {
      const row = this.rows.get(job.id) ?? new Row(job, this);
      this.rows.set(job.id, row);
      row.update(job);
    }
    const there = new Set(jobs.map((job) => job.id));
    for (const id of this.rows.keys()) if (!there.has(id)) this.rows.delete(id);
    const section = byId("jobs-section");
    const focused = section.contains(document.activeElement);
    setChildren(byId("jobs"), jobs.map((job) => /** @type {Row} */ (this.rows.get(job.id)).element).reverse());
    section.hidden = !jobs.length;
    if (focused && !section.contains(document.activeElement)) byId(jobs.length ? "jobs-title" : "installed-title").focus();
  }
}
