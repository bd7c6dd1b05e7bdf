// Hours in and out: JSON, or OpenStreetMap's opening_hours.

import { t, tc } from "../../widget/lib/i18n.js";
import { el } from "./dom.js";
import { messageOf } from "./admin_page.js";
import { take, write } from "./hours_client.js";
import { openDialog } from "./hours_dialog.js";
import { weekOf } from "./hours_schedule.js";

/** @typedef {import("./hours_editor.js").Editor} Editor */

/** @param {Editor} editor */
export function importDialog(editor) {
  const { locale } = editor;
  const text = el("textarea", { id: "hours-import-text", rows: 8, dir: "ltr", spellcheck: "false", class: "hours-code", "aria-describedby": "hours-import-said", placeholder: "Mo-Fr 09:00-12:00,13:00-17:30; Sa 22:00-06:00; PH off" });
  const said = el("div", { id: "hours-import-said", role: "status", class: "hours-import-said" });
  /** @type {import("./hours_types").Schedule | null} */
  let found = null;
  /** @type {any} */
  let timer = null;
  const file = el("input", { type: "file", accept: ".json,.txt,application/json,text/plain", class: "visually-hidden", id: "hours-import-file", onchange: async () => {
    text.value = (await file.files?.[0]?.text()) ?? "";
    look();
  } });
  async function look() {
    found = null;
    const asked = text.value;
    if (!asked.trim()) return said.replaceChildren();
    try {
      const { schedule, problems } = await take(asked, editor.schedule);
      if (asked !== text.value) return;
      found = schedule;
      text.toggleAttribute("aria-invalid", false);
      if (schedule) said.replaceChildren(summary(schedule));
      else {
        text.setAttribute("aria-invalid", "true");
        said.replaceChildren(el("ul", { class: "hours-errors" }, ...problems.map(({ place, text: about }) => el("li", {},
          place ? el("button", { type: "button", class: "link", onclick: () => goTo(text, place) }, el("bdi", { dir: "ltr" }, place)) : null, " ", el("span", { class: "error" }, about)))));
      }
    } catch (error) {
      said.replaceChildren(el("p", { class: "error" }, messageOf(error)));
    }
  }
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 300);
  });
  /** @param {import("./hours_types").Schedule} schedule */
  function summary(schedule) {
    const week = weekOf(schedule);
    return el("div", { class: "hours-summary" }, el("p", { class: "hours-strong" }, schedule.timezone),
      el("dl", {}, ...locale.order.flatMap((day) => [el("dt", {}, locale.day(day, "short")), el("dd", {}, locale.hours(week[day] ?? []) || tc("hours", "Closed"))])),
      el("p", { class: "help" }, t("Exceptions: {exceptions}. Closures: {closures}.", { exceptions: (schedule.exceptions ?? []).length, closures: (schedule.closures ?? []).length })));
  }
  openDialog({
    title: t("Import hours"),
    done: t("Use these hours"),
    body: [
      el("div", { class: "field" }, el("label", { for: "hours-import-text" }, t("Paste JSON, or opening_hours of OpenStreetMap")), text),
      el("div", {}, el("label", { for: "hours-import-file", class: "button button-small" }, t("Choose a file")), file),
      said,
    ],
    onDone: () => {
      if (!found) {
        if (!text.value.trim()) said.replaceChildren(el("p", { class: "error" }, t("There is nothing to import yet.")));
        text.focus();
        return false;
      }
      const next = found;
      editor.change(() => next);
      editor.announce(t("Imported."));
      return true;
    },
  });
}

/** Selects the place of a problem in a text: “column 12”, “line 3, column 4” or a path of JSON. @param {HTMLTextAreaElement} text @param {string} place */
function goTo(text, place) {
  const { value } = text;
  const numbers = /^(?:line (\d+), )?column (\d+)/.exec(place);
  let at = 0;
  let length = 1;
  if (numbers) {
    const lines = value.split("\n").slice(0, Number(numbers[1] ?? 1) - 1);
    at = lines.reduce((sum, line) => sum + line.length + 1, 0) + Number(numbers[2]) - 1;
  } else {
    for (const key of place.match(/[a-z_]+/gi) ?? []) {
      const next = value.indexOf(`"${key}"`, at);
      if (next >= 0) [at, length] = [next, key.length + 2];
    }
  }
  text.focus();
  text.setSelectionRange(at, Math.min(at + length, value.length));
}

/** @param {Editor} editor */
export async function exportDialog(editor) {
  const body = el("div", { class: "hours-part", role: "status" }, t("One moment …"));
  openDialog({ title: t("Export hours"), done: t("Close"), body: [body], onDone: () => true });
  try {
    const written = await write(editor.schedule);
    if (written.problems.length) return body.replaceChildren(...written.problems.map(({ text }) => el("p", { class: "error" }, text)));
    body.replaceChildren(
      area("hours-export-json", "JSON", written.json, "hours.json", "application/json"),
      written.osm !== null
        ? area("hours-export-osm", t("opening_hours of OpenStreetMap, without zone and country"), written.osm, "opening_hours.txt", "text/plain")
        : el("div", { class: "field" }, el("p", { class: "hours-strong" }, t("OpenStreetMap's text can't say all of this:")), el("ul", { class: "hours-errors" }, ...written.osm_problems.map(({ place, text }) => el("li", {}, el("bdi", { dir: "ltr", class: "help" }, place), " ", text)))));
  } catch (error) {
    body.replaceChildren(el("p", { class: "error" }, messageOf(error)));
  }
}

/** @param {string} id @param {string} label @param {string} content @param {string} name @param {string} type */
function area(id, label, content, name, type) {
  const text = el("textarea", { id, rows: Math.min(8, content.split("\n").length + 1), readonly: true, dir: "ltr", class: "hours-code" });
  text.value = content;
  const copied = el("span", { role: "status", class: "help" });
  return el("div", { class: "field" }, el("label", { for: id }, label), text,
    el("div", { class: "actions" },
      el("button", { type: "button", class: "button button-small", onclick: async () => {
        await navigator.clipboard.writeText(content).then(() => (copied.textContent = t("Copied.")), () => text.select());
      } }, t("Copy")),
      el("button", { type: "button", class: "button button-small", onclick: () => {
        const link = el("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
        link.click();
        URL.revokeObjectURL(link.href);
      } }, t("Download")), copied));
}
