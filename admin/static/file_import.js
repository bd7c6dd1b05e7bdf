// Taking in a file: what it would change is shown first, and nothing is changed before that is agreed to.

import { t, tn } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";
import { call, CallError, messageOf } from "./admin_page.js";
import { done } from "./undo_line.js";

/**
 * @typedef {import("./glossary_types").Plan} Plan
 * @typedef {object} Kind
 * @property {string} address
 * @property {boolean} modes whether a file may replace everything
 * @property {string} explanation of the file's columns
 * @property {(row: any) => Node} row shows an added or removed row
 * @property {() => unknown} taken
 */

export class Import {
  /** @param {Kind} kind */
  constructor(kind) {
    this.kind = kind;
    this.mode = "merge";
    /** @type {File | null} */
    this.file = null;
    this.dialog = /** @type {HTMLDialogElement} */ (byId("import"));
    this.input = /** @type {HTMLInputElement} */ (byId("import-file"));
    for (const id of ["import-open", "import-first"]) document.getElementById(id)?.addEventListener("click", () => this.open());
    this.input.addEventListener("change", () => {
      const [file] = this.input.files ?? [];
      // The same file can be chosen again when it was mended meanwhile.
      this.input.value = "";
      if (file) this.#preview(file);
    });
  }

  open() {
    this.file = null;
    this.mode = "merge";
    this.#fill(el("p", {}, this.kind.explanation), [this.#choose(t("Choose a file"), true)]);
    this.dialog.showModal();
  }

  /** @param {string} label @param {boolean} [first] */
  #choose(label, first = false) {
    return el("button", { type: "button", class: first ? "button button-primary" : "button", onclick: () => this.input.click() }, label);
  }

  /** @param {Node | null} body @param {Node[]} actions */
  #fill(body, actions) {
    this.dialog.replaceChildren(
      el("form", { method: "dialog", class: "editor-form" },
        el("h2", { id: "import-title" }, t("Import a CSV file")),
        this.file ? el("p", { class: "help" }, el("bdi", {}, this.file.name)) : null,
        this.file && this.kind.modes ? this.#modes() : null,
        el("div", { class: "import-body", "aria-live": "polite" }, body),
        el("div", { class: "actions" }, ...actions, el("button", { class: "button", value: "cancel" }, t("Cancel")))));
    // Where the keyboard was is gone; the dialog keeps it.
    const first = /** @type {HTMLElement | null} */ (this.dialog.querySelector(".actions button"));
    if (this.dialog.open && (document.activeElement === document.body || document.activeElement === this.dialog)) first?.focus();
  }

  #modes() {
    const modes = [
      ["merge", t("Add and change"), t("What the file does not have stays as it is.")],
      ["replace", t("Replace everything"), t("The glossary becomes what the file says.")],
    ];
    return el("fieldset", { class: "modes" },
      el("legend", { class: "visually-hidden" }, t("What the file does")),
      ...modes.map(([mode, label, help]) => el("label", { class: "mode" },
        el("input", { type: "radio", name: "mode", value: mode, checked: mode === this.mode, onchange: () => {
          this.mode = mode ?? "merge";
          if (this.file) this.#preview(this.file);
        } }),
        el("span", {}, label ?? "", el("span", { class: "help" }, help ?? "")))));
  }

  /** @param {File} file @param {string} [warning] */
  async #preview(file, warning = "") {
    this.file = file;
    if (!this.dialog.open) this.dialog.showModal();
    this.#fill(el("p", { class: "help" }, t("Reading the file …")), []);
    try {
      const plan = await call(`${this.kind.address}/preview?mode=${this.mode}`, file);
      this.#shown(plan, file, warning);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** @param {unknown} error */
  #failed(error) {
    this.#fill(el("p", { class: "notice notice-danger", role: "alert" }, messageOf(error)), [this.#choose(t("Choose another file"))]);
  }

  /** @param {Plan} plan @param {File} file @param {string} warning */
  #shown(plan, file, warning) {
    const { added, changed, refused, unchanged } = plan;
    const removed = plan.removed ?? { count: 0, rows: [] };
    const changes = added.count + changed.count + removed.count;
    const body = el("div", { class: "plan" },
      warning ? el("p", { class: "notice notice-danger", role: "alert" }, warning) : null,
      changes || refused.count ? null : el("p", {}, t("The file says what is here already. There is nothing to change.")),
      this.#group(tn("{n} new", "{n} new", added.count), added, (row) => this.kind.row(row.entry ?? row), true),
      this.#group(tn("{n} changed", "{n} changed", changed.count), changed, (row) => el("span", { class: "change" },
        el("del", {}, this.kind.row(row.before)), el("ins", {}, this.kind.row(row.after))), true),
      this.#group(tn("{n} removed", "{n} removed", removed.count), removed, (row) => this.kind.row(row.entry), true),
      unchanged ? el("p", { class: "help" }, tn("{n} stays as it is", "{n} stay as they are", unchanged)) : null,
      this.#group(tn("{n} line can't be taken in", "{n} lines can't be taken in", refused.count), refused, (row) => el("span", {},
        el("strong", {}, t("Line {line}", { line: row.line })), row.column ? el("span", {}, " · ", el("bdi", {}, row.column)) : null, ": ", row.message), refused.count <= 20));
    const label = changes ? tn("Make {n} change", "Make {n} changes", changes) : "";
    this.#fill(body, [
      ...(changes ? [el("button", { type: "button", class: "button button-primary", onclick: () => this.#take(file, plan) }, label)] : []),
      this.#choose(t("Choose another file")),
    ]);
  }

  /** @param {string} title @param {{count: number, rows: any[]}} some @param {(row: any) => Node} row @param {boolean} open */
  #group(title, some, row, open) {
    if (!some.count) return null;
    const rest = some.count - some.rows.length;
    return el("details", { open },
      el("summary", {}, title),
      el("ul", { class: "plan-rows" }, ...some.rows.map((one) => el("li", {}, row(one))),
        rest > 0 ? el("li", { class: "help" }, tn("and {n} more", "and {n} more", rest)) : null));
  }

  /** @param {File} file @param {Plan} seen */
  async #take(file, seen) {
    this.#fill(el("p", { class: "help" }, t("Taking it in …")), []);
    try {
      const plan = await call(`${this.kind.address}/import?mode=${this.mode}&version=${encodeURIComponent(seen.version)}`, file);
      this.dialog.close();
      const count = plan.added.count + plan.changed.count + (plan.removed?.count ?? 0);
      done(tn("{n} change made.", "{n} changes made.", count));
      this.kind.taken();
    } catch (error) {
      if (error instanceof CallError && error.code === "changed_meanwhile") await this.#preview(file, error.message);
      else this.#failed(error);
    }
  }
}
