// A language that is not in the list, by its tag.

import { t } from "../../widget/lib/i18n.js";
import { negotiate } from "../../widget/lib/negotiation.js";
import { byId } from "./dom.js";
import { languageName } from "./admin_page.js";

// The scripts that the server knows as such (appliance/names.py): what browsers say of a language is not the same in all of them.
const RIGHT_TO_LEFT = ["Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"];

/** @param {Intl.Locale} locale */
export const directionOf = (locale) => (RIGHT_TO_LEFT.includes(locale.maximize().script ?? "") ? "rtl" : "ltr");

/**
 * A tag as the server stores it; null: it is none, or of no language that is known. What browsers have no name for may be one, but
 * of each language they know the script.
 * @param {string} said @returns {string | null}
 */
export function tagOf(said) {
  try {
    const locale = new Intl.Locale(said.trim());
    const { language } = locale;
    const isLanguage = /^[a-z]{2,3}$/.test(language) && !["und", "mis", "mul", "zxx"].includes(language);
    return isLanguage && new Intl.Locale(language).maximize().script ? locale.toString().replace(/^no\b/, "nb") : null;
  } catch {
    return null;
  }
}

/** Of some tags those that suit a reader of another, best first: as the server's `neighbours`. @param {string} tag @param {readonly string[]} tags */
export function neighbours(tag, tags) {
  // Of those that suit alike the plainest.
  const left = tags.filter((one) => one !== tag).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  /** @type {string[]} */
  const found = [];
  for (let best = negotiate([tag], left); best !== null; best = negotiate([tag], left)) {
    found.push(best);
    left.splice(left.indexOf(best), 1);
  }
  return found;
}

/**
 * Who reads what, with one more tag among those there are.
 * @param {Record<string, string[]>} nearest @param {string} tag @param {readonly string[]} tags all there are
 */
export function nearestWith(nearest, tag, tags) {
  const others = tags.filter((one) => one !== tag).map((one) => [one, neighbours(one, [...(nearest[one] ?? []), tag])]);
  return { ...nearest, ...Object.fromEntries(others), [tag]: neighbours(tag, tags) };
}

/** @param {(locale: import("./texts_types").Locale) => void} add */
export function offerAnother(add) {
  const field = /** @type {HTMLInputElement} */ (byId("another-tag"));
  const error = byId("another-error");
  byId("another").addEventListener("submit", (event) => {
    event.preventDefault();
    const tag = tagOf(field.value);
    if (tag === null) {
      error.textContent = t("This is no language tag. Use one such as nb or pt-AO.");
      field.setAttribute("aria-invalid", "true");
      return field.focus();
    }
    const native = new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
    error.textContent = "";
    field.removeAttribute("aria-invalid");
    field.value = "";
    add({ tag, name: languageName(tag), native, direction: directionOf(new Intl.Locale(tag)), used: true });
  });
}
