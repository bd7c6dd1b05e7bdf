// The page of ratings: comments in other languages can be translated. All else works without this.

import { loadCatalogue, useCatalogue, variantOf } from "../../widget/lib/i18n.js";
import { translatesComment } from "./comment_translation.js";
import { byId, el } from "./dom.js";

async function start() {
  const config = JSON.parse(byId("config").textContent ?? "");
  try {
    const catalogue = await loadCatalogue(config.strings);
    useCatalogue(catalogue, variantOf(catalogue.locale, navigator.languages));
  } catch {
    useCatalogue();
  }
  for (const button of document.querySelectorAll("[data-translate]")) {
    if (!(button instanceof HTMLButtonElement)) continue;
    const place = byId(button.dataset.translate ?? "");
    const problem = el("span", { class: "error", role: "status" });
    button.parentElement?.append(problem);
    translatesComment(button, place, { text: place.textContent ?? "", language: place.lang }, config.language, problem);
  }
}

start();
