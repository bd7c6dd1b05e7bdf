// The list of languages: a combobox over a listbox, searched by any name a person may know a language by.

import { format, t, tn } from "../lib/i18n.js";
import { byId, make, say } from "../lib/dom.js";
import { arrange, search } from "./languages.js";

/** @import {Language, PickerOptions} from "./types" */

/** @param {PickerOptions} options */
export function createPicker({ languages, current, onChoose }) {
  const button = byId("language");
  const panel = byId("picker");
  const input = byId("search", HTMLInputElement);
  const list = byId("languages");
  const found = byId("found");
  const behind = [byId("main"), byId("composer")];
  const arranged = arrange(languages, navigator.languages);
  const english = new Intl.DisplayNames(["en"], { type: "language" });
  /** @type {Language[]} */
  let shown = [];
  let active = 0;

  /** @param {Language} language @param {number} index */
  function option(language, index) {
    const own = make("bdi", { lang: language.tag, dir: language.direction, textContent: language.name });
    const name = format().language(language.tag);
    const item = make("li", { id: `language-${index}`, role: "option", ariaSelected: `${language.tag === current()}` }, own);
    const notes = [name.toLowerCase() === language.name.toLowerCase() ? "" : name, language.translated ? "" : t("not translated")];
    item.append(...notes.filter(Boolean).map((note) => make("small", { textContent: note })));
    item.addEventListener("click", () => choose(language.tag));
    return item;
  }

  function draw() {
    shown = search(arranged, input.value, [(tag) => english.of(tag) ?? tag, format().language]);
    list.replaceChildren(...shown.map(option));
    move(input.value ? 0 : Math.max(0, shown.findIndex(({ tag }) => tag === current())));
    say(found, shown.length ? tn("{n} language", "{n} languages", shown.length) : t("No language found"));
    found.classList.toggle("sr", shown.length > 0);
  }

  /** @param {number} to */
  function move(to) {
    if (!shown.length) return input.removeAttribute("aria-activedescendant");
    active = (to + shown.length) % shown.length;
    [...list.children].forEach((item, index) => item.classList.toggle("active", index === active));
    input.setAttribute("aria-activedescendant", `language-${active}`);
    list.children[active].scrollIntoView({ block: "nearest" });
  }

  /** @param {string} tag */
  function choose(tag) {
    close();
    onChoose(tag);
  }

  function open() {
    panel.hidden = false;
    button.ariaExpanded = "true";
    for (const part of behind) part.inert = true;
    input.value = "";
    draw();
    // On a touch screen the keyboard would cover the list that it is meant to search.
    if (matchMedia("(pointer: coarse)").matches) panel.focus();
    else input.focus();
  }

  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    button.ariaExpanded = "false";
    for (const part of behind) part.inert = false;
    button.focus();
  }

  button.addEventListener("click", () => (panel.hidden ? open() : close()));
  input.addEventListener("input", draw);
  panel.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown") move(active + 1);
    else if (event.key === "ArrowUp") move(active - 1);
    else if (event.key === "PageDown") move(Math.min(active + 8, shown.length - 1));
    else if (event.key === "PageUp") move(Math.max(active - 8, 0));
    else if (event.key === "Enter" && shown[active]) choose(shown[active].tag);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  return {
    label() {
      const language = languages.find(({ tag }) => tag === current());
      const name = byId("language-name");
      say(name, language?.name ?? current());
      name.lang = current();
      button.title = t("Language");
      button.ariaLabel = t("Language: {name}", { name: language?.name ?? current() });
      panel.ariaLabel = t("Choose your language");
      input.placeholder = input.ariaLabel = t("Search languages");
      list.ariaLabel = t("Languages");
      if (!panel.hidden) draw();
    },
  };
}
