// A language that is not in the list, by its tag.

import { t } from "../../widget/lib/i18n.js";
import { byId } from "./dom.js";
import { languageName } from "./glossary_client.js";

// The scripts that the server knows as such (appliance/names.py): what browsers say of a language is not the same in all of them.
const RIGHT_TO_LEFT = ["Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"];

/** @param {Intl.Locale} locale */
export const directionOf = (locale) => (RIGHT_TO_LEFT.includes(locale.maximize().script ?? "") ? "rtl" : "ltr");

/** @param {(locale: import("./texts_types").Locale) => void} add */
export function offerAnother(add) {
  const field = /** @type {HTMLInputElement} */ (byId("another-tag"));
  const error = byId("another-error");
  byId("another").addEventListener("submit", (event) => {
    event.preventDefault();
    try {
      const locale = new Intl.Locale(field.value.trim());
      const tag = locale.toString();
      const native = new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag;
      error.textContent = "";
      field.removeAttribute("aria-invalid");
      field.value = "";
      add({ tag, name: languageName(tag), native, direction: directionOf(locale), used: true });
    } catch {
      error.textContent = t("This is no language tag. Use one such as nb or pt-AO.");
      field.setAttribute("aria-invalid", "true");
      field.focus();
    }
  });
}
