// Files from this computer: dropping and choosing them, sending them, and what has come.

import { format, t } from "../../widget/lib/i18n.js";
import { byId, el, setChildren, setText } from "./dom.js";
import { Choice } from "./packs_choice.js";
import { call, messageOf } from "./packs_client.js";
import { Sending } from "./packs_upload.js";
import { keepingFocus, size } from "./packs_wording.js";

/** @typedef {import("./packs_types").Overview} Overview */

class SendingRow {
  /** @param {Sending} sending @param {(row: SendingRow) => void} dismissed */
  constructor(sending, dismissed) {
    this.sending = sending;
    this.text = el("p", { class: "help" });
    this.bar = el("progress", { max: Math.max(1, sending.file.size), "aria-label": sending.file.name });
    this.cancel = el("button", { type: "button", class: "button button-small" });
    this.cancel.addEventListener("click", () => {
      if (!sending.ended) sending.cancel();
      dismissed(this);
    });
    this.element = el("li", { class: "upload" },
      el("div", { class: "job-head" }, el("bdi", { class: "upload-name" }, sending.file.name), this.cancel), this.bar, this.text);
    this.update();
  }

  update() {
    const { sending } = this;
    const { done, file } = sending;
    this.bar.hidden = sending.ended;
    this.bar.value = done;
    const label = sending.ended ? t("Dismiss") : t("Cancel");
    setText(this.cancel, label);
    this.cancel.setAttribute("aria-label", sending.ended ? t("Dismiss {name}", { name: file.name }) : t("Cancel {name}", { name: file.name }));
    const amount = t("{done} of {total}", { done: size(done), total: size(file.size) });
    this.text.classList.toggle("error", sending.state === "failed");
    switch (sending.state) {
      case "hashing": return setText(this.text, t("Reading the file: {amount}", { amount }));
      case "sending": return setText(this.text, t("Sending: {amount}", { amount }));
      case "offline": return setText(this.text, t("The connection is lost. It goes on by itself; {amount} have arrived.", { amount }));
      case "failed": return setText(this.text, sending.message);
      default: return setText(this.text, "");
    }
  }
}

export class Uploads {
  /**
   * @param {number} chunk
   * @param {{begun: (jobs: import("./packs_types").Job[]) => void, arrived: () => void, shown: (overview: Overview) => void, say: (text: string) => void}} actions
   */
  constructor(chunk, actions) {
    this.chunk = chunk;
    this.actions = actions;
    /** @type {SendingRow[]} */
    this.rows = [];
    /** @type {Overview["uploads"]} */
    this.uploads = [];
    this.choice = new Choice(byId("received"), byId("received-summary"), {
      begun: actions.begun, chosen: true, extra: (key) => this.#discardButton(key.split(" ")[2] ?? ""),
    });
    this.#listen();
  }

  /** Whether closing the page now would interrupt something. */
  get busy() {
    return this.rows.some((row) => !row.sending.ended);
  }

  /** @param {Overview} overview */
  show(overview) {
    this.uploads = overview.uploads;
    this.choice.show(overview.uploads.flatMap((upload) => (upload.pack ? [upload.pack] : [])));
    this.#showParts();
  }

  /** Sends files, one after the other. @param {Iterable<File>} files */
  async send(files) {
    const added = [...files].map((file) => {
      /** @type {SendingRow} */
      const row = new SendingRow(new Sending(file, {
        call, chunk: this.chunk, pause: (ms) => new Promise((resolve) => { setTimeout(resolve, ms); }),
      }, () => row.update()), (gone) => this.#forget(gone));
      return row;
    });
    if (!added.length) return;
    this.rows.push(...added);
    this.#showParts();
    // Files may be dropped anywhere on the page.
    byId("sending").scrollIntoView({ block: "nearest" });
    for (const row of added) {
      await row.sending.run();
      if (row.sending.state === "done") {
        this.actions.say(t("{name} has arrived.", { name: row.sending.file.name }));
        this.#forget(row);
        this.actions.arrived();
      } else if (row.sending.state === "failed") this.actions.say(`${row.sending.file.name}: ${row.sending.message}`);
      this.#showParts();
    }
  }

  /** @param {SendingRow} row */
  #forget(row) {
    this.rows = this.rows.filter((other) => other !== row);
    this.#showParts();
  }

  /** Rows of what is sent from here, and of what others send or have left half done. */
  #showParts() {
    const own = new Set(this.rows.map((row) => row.sending.upload?.id));
    const others = this.uploads.filter((upload) => !upload.whole && !own.has(upload.id));
    const place = byId("sending");
    keepingFocus(place, () => setChildren(place, [
      ...this.rows.map((row) => row.element),
      ...others.map((upload) => el("li", { class: "upload" },
        el("div", { class: "job-head" }, el("bdi", { class: "upload-name" }, upload.name), this.#discardButton(upload.id)),
        el("progress", { max: upload.bytes, value: upload.received, "aria-label": upload.name }),
        el("p", { class: "help" }, t("{percent} have arrived. If nobody is sending it now, choose the same file again: it goes on from there.", {
          percent: format().number(upload.received / upload.bytes, { style: "percent" }),
        })))),
    ]));
  }

  /** @param {string} id */
  #discardButton(id) {
    const name = this.uploads.find((upload) => upload.id === id)?.name ?? "";
    return el("button", {
      type: "button", class: "button button-small", "data-key": `discard ${id}`, "aria-label": t("Discard {name}", { name }),
      onclick: async () => {
        try {
          this.actions.shown(await call(`/uploads/${id}/discard`, {}));
        } catch (error) {
          this.actions.say(messageOf(error));
        }
      },
    }, t("Discard"));
  }

  #listen() {
    const input = /** @type {HTMLInputElement} */ (byId("upload-input"));
    input.addEventListener("change", () => {
      const files = [...(input.files ?? [])];
      // The same file chosen again is a change too.
      input.value = "";
      this.send(files);
    });
    const zone = byId("drop-zone");
    let depth = 0;
    const over = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;
    document.addEventListener("dragover", (event) => over(event) && event.preventDefault());
    document.addEventListener("dragenter", (event) => {
      if (over(event)) zone.classList.toggle("drop-ready", (depth += 1) > 0);
    });
    document.addEventListener("dragleave", (event) => {
      if (over(event)) zone.classList.toggle("drop-ready", (depth -= 1) > 0);
    });
    document.addEventListener("drop", (event) => {
      if (!over(event)) return;
      event.preventDefault();
      depth = 0;
      zone.classList.remove("drop-ready");
      this.send([...(event.dataTransfer?.files ?? [])]);
    });
    addEventListener("beforeunload", (event) => {
      if (this.busy) event.preventDefault();
    });
  }
}
