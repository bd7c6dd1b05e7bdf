// Languages: negotiated, searched by any name a person may know them by, and chosen from a combobox over a listbox.

import { byId, make, say } from "../lib/dom.js";
import { baseOf } from "../lib/events.js";
import { format, t, tn } from "../lib/i18n.js";

/** @import {Language, PickerOptions} from "./types" */

/**
 * The first of the wanted tags that is offered: the very tag, else the same base language.
 * @param {readonly (string | null | undefined)[]} wanted in order of preference
 * @param {readonly string[]} offered @returns {string | null}
 */
export function negotiate(wanted, offered) {
  for (const tag of wanted) {
    if (!tag) continue;
    const exact = offered.find((other) => other.toLowerCase() === tag.toLowerCase());
    const near = exact ?? offered.find((other) => baseOf(other) === baseOf(tag));
    if (near) return near;
  }
  return null;
}

/** Names that neither the language nor the browser gives it, but people do. @type {Record<string, string>} */
const ALSO = { fa: "farsi", zh: "mandarin putonghua zhongwen", ja: "nihongo", ko: "hangugeo", ru: "russkij", uk: "ukrainska", el: "ellinika", he: "ivrit" };

/** Letters without their marks, so that "turkce" finds Türkçe. @param {string} text */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ı", "i");

/**
 * The languages that match by native name, by any of the names given, or by tag; those that begin so come first.
 * @param {readonly Language[]} languages @param {string} query
 * @param {readonly ((tag: string) => string)[]} naming e.g. the English names and the reader's
 */
export function search(languages, query, naming) {
  const sought = plain(query.trim());
  /** @param {(name: string) => boolean} test */
  const by = (test) => languages.filter(({ name, tag }) => [name, tag, ...naming.map((call) => call(tag)), ...(ALSO[tag.split("-")[0]] ?? "").split(" ")].map(plain).some(test));
  return [...new Set([...by((name) => name.startsWith(sought)), ...by((name) => name.includes(sought))])];
}

/**
 * The order of the list: what the browser asks for, then the rest by native name.
 * @param {readonly Language[]} languages @param {readonly string[]} wanted
 */
export function arrange(languages, wanted) {
  const bases = wanted.map(baseOf);
  /** @param {Language} language */
  const place = ({ tag }) => (bases.indexOf(baseOf(tag)) + 1 || bases.length + 1);
  const { compare } = new Intl.Collator();
  return [...languages].sort((a, b) => place(a) - place(b) || compare(a.name, b.name));
}

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
    if (name.toLowerCase() !== language.name.toLowerCase()) item.append(make("small", { textContent: name }));
    if (!language.translated) item.append(make("small", { className: "mark", textContent: t("not translated") }));
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
