// Asking the server about terms and corrections, and what the pages know of languages.

import { loadCatalogue, reader, t, useCatalogue, variantOf } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";

/** @typedef {import("./glossary_types").Language} Language */

/** What a call fails with. `code` is `offline` when no answer came. */
export class CallError extends Error {
  /**
   * @param {string} code @param {string} message in the reader's language @param {string | null} [field]
   * @param {any} [told] all that the server said
   */
  constructor(code, message, field = null, told = null) {
    super(message);
    this.code = code;
    this.field = field;
    this.told = told;
  }
}

/**
 * @param {string} path @param {object | Blob} [body] JSON or a file; without it the call is a GET
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function call(path, body, signal) {
  const file = body instanceof Blob;
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(path, {
      method: body === undefined ? "GET" : "POST",
      headers: body === undefined ? {} : { "content-type": file ? "text/csv" : "application/json" },
      body: body === undefined ? null : file ? body : JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new CallError("offline", t("The server can't be reached. Try again in a moment."));
  }
  /** @type {any} */
  let told = null;
  try {
    told = await answer.json();
  } catch {
    // A proxy's page of its own.
  }
  if (answer.ok && told) return told;
  if (answer.status === 401) location.assign(`/console/sign-in?next=${encodeURIComponent(location.pathname)}`);
  const unclear = t("The server gave no clear answer. Try again in a moment.");
  throw new CallError(told?.code ?? "offline", told?.message ?? unclear, told?.field ?? null, told);
}

/** @param {unknown} error @returns {string} for people */
export const messageOf = (error) =>
  error instanceof CallError ? error.message : t("Something went wrong on this page. Load it again.");

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
