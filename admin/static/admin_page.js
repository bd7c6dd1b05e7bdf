// What pages of admins share: their configuration and words, asking the server, what went wrong, names of languages.

import { loadCatalogue, reader, useCatalogue, variantOf } from "../../widget/lib/i18n.js";
import * as calls from "./calls.js";
import { messageOf } from "./calls.js";
import { byId, el } from "./dom.js";

/** @typedef {import("./glossary_types").Language} Language */

export { CallError, messageOf } from "./calls.js";

/**
 * @param {string} path @param {object | Blob} [body] JSON or a file of CSV; without it the call is a GET
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export const call = (path, body, signal) => calls.call(path, body, { ...(signal ? { signal } : {}), type: "text/csv" });

/** The page's configuration, with its words in use. @returns {Promise<any>} */
export async function begin() {
  const config = JSON.parse(byId("config").textContent ?? "");
  try {
    const catalogue = await loadCatalogue(config.strings);
    useCatalogue(catalogue, variantOf(catalogue.locale, navigator.languages));
  } catch {
    useCatalogue();
  }
  return config;
}

/** What went wrong on the page as a whole; null: nothing any more. @param {unknown} error */
export function trouble(error) {
  const place = byId("trouble");
  place.hidden = error === null;
  place.textContent = error === null ? "" : messageOf(error);
}

/** @type {Map<string, string>} */
const names = new Map();

/** @param {readonly Language[]} languages */
export const learn = (languages) => languages.forEach((language) => names.set(language.tag, language.name));

/** A language's name in the reader's words. @param {string} tag */
export function languageName(tag) {
  if (!names.has(tag)) {
    let name;
    try {
      name = new Intl.DisplayNames([reader().locale], { type: "language" }).of(tag);
    } catch {
      // A tag that the browser does not take.
    }
    names.set(tag, name ?? tag);
  }
  return names.get(tag) ?? tag;
}

/** The choice of a language. @param {readonly string[]} tags @param {string} [chosen] @returns {HTMLOptionElement[]} */
export const options = (tags, chosen) =>
  tags.map((tag) => el("option", { value: tag, selected: tag === chosen }, languageName(tag)));

/** A text in its own language. @param {string} text @param {string} tag @param {string} [style] */
export const own = (text, tag, style) => el("bdi", { lang: tag, class: style ?? null }, text);
