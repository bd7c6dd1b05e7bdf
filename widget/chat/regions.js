// Where to write, when there is a choice. Loaded when the list is opened.

import { t } from "../lib/i18n.js";
import { togglePicker } from "./picker.js";

/** Opens the list, or closes it. @param {import("./types").RegionOptions} options */
export function toggleRegions({ button, regions, current, onChoose }) {
  togglePicker(button, {
    searched: false,
    title: () => t("Choose where to write"),
    hint: () => "",
    list: () => t("Choose where to write"),
    count: () => t("Choose where to write"),
    choices: () =>
      regions().map(({ id, name, open }) => ({ id, name, notes: [open ? t("Open now") : t("Closed now")], mark: "", chosen: id === current() })),
    onChoose,
  });
}
