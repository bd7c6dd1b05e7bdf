// The chat as a simulated visitor would see it: its own modules and words, told by the page around it what the server would say.

import { createHeader } from "../../widget/chat/header.js";
import { createWaiting } from "../../widget/chat/waiting.js";
import { loadCatalogue, useCatalogue } from "../../widget/lib/i18n.js";
import { byId } from "./dom.js";
import { paint } from "./accent.js";

/** @typedef {import("./simulator_types").Shown} Shown */

const config = JSON.parse(byId("config").textContent ?? "");
paint(document.documentElement, config.workspace.accent);

/** @type {Promise<import("../../widget/lib/types").Catalogue | undefined>} */
const catalogue = loadCatalogue(config.strings).catch(() => undefined);

/** The instant that is looked at: it stands still. */
let now = 0;
const header = createHeader(config.workspace.name, () => {}, () => {});
const waiting = createWaiting(/** @type {any} */ ({
  store: { get: () => null, set: () => {} }, now: () => now, announce: () => {}, give: () => false, redraw: () => {},
}));

addEventListener("message", async ({ data, origin, source }) => {
  if (origin !== location.origin || source !== parent || data?.type !== "visitor") return;
  const shown = /** @type {Shown} */ (data.visitor);
  const words = await catalogue;
  useCatalogue(words, shown.language, shown.zone);
  now = Date.parse(shown.state.now);
  const { state } = shown;
  const view = /** @type {any} */ ({
    log: { agent: null, state: "open", messages: [] },
    presence: { available: state.available, agents: state.agents },
    hours: state.hours, texts: { greeting: state.greeting, survey: null, questions: [], language: shown.language }, offline_text: state.waiting.offline_text,
    waiting: data.written ? state.waiting : null,
    typing: null, status: "open", email: false,
  });
  const back = waiting.draw(view);
  header.draw(view, shown.translated, back);
  byId("language-name").textContent = new Intl.DisplayNames([shown.language], { type: "language" }).of(shown.language) ?? shown.language;
  byId("scroller").scrollTop = byId("scroller").scrollHeight;
  document.documentElement.dataset.shown = String(data.number);
});

parent.postMessage({ type: "panel" }, location.origin);
