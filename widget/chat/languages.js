// The languages to choose from. Loaded when the list is opened.

import { format, t, tn } from "../lib/i18n.js";
import { arrange, search } from "../lib/search.js";
import { togglePicker } from "./picker.js";

/** @import {LanguageOptions} from "./types" */

const english = new Intl.DisplayNames(["en"], { type: "language" });

/** Opens the list, or closes it. @param {LanguageOptions} options */
export function toggleLanguages({ button, languages, current, onChoose }) {
  const arranged = arrange(languages, navigator.languages);
  togglePicker(button, {
    searched: true,
    title: () => t("Choose your language"),
    hint: () => t("Search languages"),
    list: () => t("Languages"),
    count: (n) => (n ? tn("{n} language", "{n} languages", n) : t("No language found")),
    choices(query) {
      const { language } = format();
      return search(arranged, query, [(tag) => english.of(tag) ?? tag, language]).map(({ tag, name, translated }) => {
        const theirs = language(tag);
        const notes = theirs.toLowerCase() === name.toLowerCase() ? [] : [theirs];
        return { id: tag, name, lang: tag, notes, mark: translated ? "" : t("not translated"), chosen: tag === current() };
      });
    },
    onChoose,
  });
}
