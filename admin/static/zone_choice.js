// The choice of a time zone: a field that is typed into, with what fits beneath it.

import { reader, t, tn } from "../../widget/lib/i18n.js";
import { el, setText } from "./dom.js";
import { findZones, zoneEntry, zoneList } from "./zone_list.js";

/** @typedef {import("./zone_list.js").ZoneEntry} ZoneEntry */

let made = 0;

/**
 * @param {HTMLElement} host
 * @param {{label: string, value: string, onChange: (zone: string) => void, id?: string}} options `id`: of the field
 */
export function zoneChoice(host, { label, value, onChange, id = `zone-choice-${(made += 1)}` }) {
  /** @type {readonly ZoneEntry[] | null} */
  let all = null;
  /** @type {ZoneEntry[]} */
  let shown = [];
  let active = -1;
  let chosen = value;

  const input = el("input", {
    id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-expanded": "false",
    "aria-controls": `${id}-list`, "aria-autocomplete": "list", dir: "auto",
  });
  const list = el("ul", { id: `${id}-list`, role: "listbox", class: "zone-list", "aria-label": label, hidden: true });
  const said = el("span", { class: "visually-hidden", role: "status" });
  host.classList.add("zone-choice");
  host.replaceChildren(el("label", { for: id }, label), el("div", { class: "zone-field" }, input, list), said);
  draw();

  function draw() {
    const entry = zoneEntry(chosen, reader().locale, Date.now());
    input.value = [entry.city, entry.offset].filter(Boolean).join(" · ");
    input.title = chosen;
  }

  function open() {
    all ??= zoneList(reader().locale, Date.now());
    input.select();
    look("");
  }

  /** @param {string} query */
  function look(query) {
    shown = findZones(query, all ?? []);
    active = query.trim() && shown.length ? 0 : shown.findIndex((entry) => entry.zone === chosen);
    list.replaceChildren(...shown.map((entry, index) =>
      el("li", {
        id: `${id}-${index}`, role: "option", "aria-selected": String(entry.zone === chosen),
        // Before the field loses the focus.
        onpointerdown: (/** @type {PointerEvent} */ event) => event.preventDefault(),
        onclick: () => choose(entry.zone),
      }, el("span", { class: "zone-city" }, el("bdi", {}, entry.city), entry.country ? el("span", { class: "help" }, el("bdi", {}, entry.country)) : null),
      el("span", { class: "zone-offset" }, entry.offset))));
    if (!shown.length) list.replaceChildren(el("li", { class: "zone-none", role: "presentation" }, t("No time zone is called like that.")));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    setText(said, query.trim() ? tn("{n} time zone found.", "{n} time zones found.", shown.length) : "");
    mark();
  }

  function mark() {
    [...list.children].forEach((item, index) => item.classList.toggle("active", index === active));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", `${id}-${active}`);
      list.children[active]?.scrollIntoView({ block: "nearest" });
    }
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    setText(said, "");
    draw();
  }

  /** @param {string} zone */
  function choose(zone) {
    const changed = zone !== chosen;
    chosen = zone;
    close();
    if (changed) onChange(zone);
  }

  input.addEventListener("focus", open);
  input.addEventListener("click", () => list.hidden && open());
  input.addEventListener("blur", close);
  input.addEventListener("input", () => look(input.value));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) open();
      else if (shown.length) {
        active = (active + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length;
        mark();
      }
    } else if (event.key === "Enter") {
      event.preventDefault();
      const entry = shown[active];
      if (!list.hidden && entry) choose(entry.zone);
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
      input.select();
    }
  });

  return {
    get value() {
      return chosen;
    },
    /** @param {string} zone */
    set(zone) {
      chosen = zone;
      draw();
    },
  };
}
