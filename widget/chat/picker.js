// A list to choose one thing from, over the conversation: a listbox, with a combobox above it where there is much to search.
// One at a time. Loaded when it is first opened.

import { byId, make, say } from "../lib/dom.js";
import { withStyle } from "./style.js";

/** @import {Choice, Choices} from "./types" */

const input = document.createElement("input");
Object.assign(input, { id: "search", type: "search", autocomplete: "off", spellcheck: false, dir: "auto" });
for (const [name, value] of [["role", "combobox"], ["aria-expanded", "true"], ["aria-controls", "choices"], ["aria-autocomplete", "list"]]) input.setAttribute(name, value);
const list = make("ul", { id: "choices", role: "listbox", tabIndex: 0 });
const found = make("p", { id: "found", role: "status" });
const panel = make("section", { id: "picker", role: "dialog", tabIndex: -1, hidden: true }, input, found, list);
byId("composer").after(panel);
const behind = [byId("main"), byId("composer")];

/** @type {Choices | null} */
let open = null;
/** @type {HTMLElement | null} */
let opener = null;
/** @type {Choice[]} */
let shown = [];
let active = 0;

/** @param {Choice} choice @param {number} index */
function option({ id, name, lang, dir, notes, mark, chosen }, index) {
  const own = make("bdi", { lang: lang ?? "", dir: dir ?? "auto", textContent: name });
  const item = make("li", { id: `choice-${index}`, role: "option", ariaSelected: `${chosen}` }, own);
  item.append(...notes.map((textContent) => make("small", { textContent })));
  if (mark) item.append(make("small", { className: "mark", textContent: mark }));
  item.addEventListener("click", () => choose(id));
  return item;
}

function draw() {
  if (!open) return;
  input.hidden = !open.searched;
  panel.ariaLabel = open.title();
  input.placeholder = input.ariaLabel = open.hint();
  list.ariaLabel = open.list();
  shown = open.choices(input.value);
  list.replaceChildren(...shown.map(option));
  move(input.value ? 0 : Math.max(0, shown.findIndex(({ chosen }) => chosen)));
  say(found, open.count(shown.length));
  found.classList.toggle("sr", open.searched && shown.length > 0);
}

/** @param {number} to */
function move(to) {
  for (const field of [input, list]) field.removeAttribute("aria-activedescendant");
  if (!shown.length) return;
  active = (to + shown.length) % shown.length;
  [...list.children].forEach((item, index) => item.classList.toggle("active", index === active));
  for (const field of [input, list]) field.setAttribute("aria-activedescendant", `choice-${active}`);
  list.children[active].scrollIntoView({ block: "nearest" });
}

/** @param {string} id */
function choose(id) {
  const chosen = open?.onChoose;
  close();
  chosen?.(id);
}

function close() {
  if (!open) return;
  open = null;
  panel.hidden = true;
  for (const part of behind) part.inert = false;
  if (opener) opener.ariaExpanded = "false";
  opener?.focus();
}

await withStyle("picker.css");

/** @param {HTMLElement} button that opens it, and has the focus again afterwards @param {Choices} choices */
export function togglePicker(button, choices) {
  const again = open && opener === button;
  close();
  if (again) return;
  open = choices;
  opener = button;
  button.ariaExpanded = "true";
  panel.hidden = false;
  for (const part of behind) part.inert = true;
  input.value = "";
  draw();
  // On a touch screen the keyboard would cover the list that it is meant to search.
  if (choices.searched && !matchMedia("(pointer: coarse)").matches) input.focus();
  else list.focus();
}

input.addEventListener("input", draw);
// The words have changed.
panel.addEventListener("label", draw);
panel.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229) return;
  if (event.key === "ArrowDown") move(active + 1);
  else if (event.key === "ArrowUp") move(active - 1);
  else if (event.key === "Home" && !open?.searched) move(0);
  else if (event.key === "End" && !open?.searched) move(-1);
  else if ((event.key === "Enter" || (event.key === " " && !open?.searched)) && shown[active]) choose(shown[active].id);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  event.stopPropagation();
});
