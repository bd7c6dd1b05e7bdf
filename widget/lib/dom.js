// Small helpers for making and finding elements.

import { reader } from "./i18n.js";
import { initial } from "./text.js";

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Partial<HTMLElementTagNameMap[K]>} [members] @param {...(Node | string)} children
 */
export function make(tag, members, ...children) {
  const element = Object.assign(document.createElement(tag), members);
  element.append(...children);
  return element;
}

/**
 * An element that the page surely has.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id @param {new () => T} [_kind] what it is, for the type checker
 */
export const byId = (id, _kind) => /** @type {T} */ (document.getElementById(id));

/** Sets a text only when it differs, so that live regions stay quiet. @param {Element} element @param {string} text */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Sets a text that an admin wrote, which may be in another language than the page; else the page's own words.
 * @param {HTMLElement} element @param {import("./protocol").Said | null | undefined} said @param {string} [otherwise]
 */
export function sayIn(element, said, otherwise = "") {
  const { locale, direction } = reader();
  say(element, said ? said.text : otherwise);
  element.lang = said ? said.language : locale;
  element.dir = said ? said.direction : direction;
}

/** Black or white, whichever is easier to read on a colour. @param {string} color #rrggbb */
export function textOn(color) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000" : "#fff";
}

/** A person as a coloured circle with a letter; decorative, the name stands beside it. @param {import("./protocol").Face} face */
export function makeFace({ name, avatar }) {
  const color = /^#[0-9a-f]{6}$/i.test(avatar) ? avatar : "#5b6270";
  const face = make("span", { className: "face", ariaHidden: "true", textContent: initial(name) });
  face.style.background = color;
  face.style.color = textOn(color);
  return face;
}

/**
 * Fetches a part when it is first needed, again when it did not come.
 * @template T @param {() => Promise<T>} load @param {(part: T) => void} use
 * @returns {() => Promise<void>} until it is here, or has failed to come
 */
export function once(load, use) {
  /** @type {Promise<void> | null} */
  let coming = null;
  return () => (coming ??= load().then(use, () => void (coming = null)));
}
