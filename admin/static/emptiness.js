// What stands where no conversation is open: what belongs there, and the first step.

import { t, tn } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";
import { arrange, waitsForOpening } from "./sections.js";

/** @param {import("./inbox.js").Inbox} inbox @param {string | null} demo where the demo shop is, if there is one */
export function renderEmptiness(inbox, demo) {
  const place = byId("nothing-text");
  if (!inbox.welcomed) {
    place.replaceChildren(el("p", {}, t("Loading your conversations…")));
    return;
  }
  const sections = arrange(inbox.summaries.values(), inbox.me.id);
  const waiting = [...sections.offered, ...sections.waiting.filter((summary) => !summary.offer && !waitsForOpening(summary))];
  const key = `${inbox.summaries.size === 0} ${waiting.length} ${waiting[0]?.id}`;
  if (place.dataset.key === key) return;
  place.dataset.key = key;
  if (inbox.summaries.size === 0) {
    place.replaceChildren(
      el("p", {}, t("Conversations with your visitors appear here as soon as one of them writes.")),
      ...firstStep(inbox.me.role, demo));
  } else if (waiting.length) {
    place.replaceChildren(
      el("p", {}, tn("{n} visitor is waiting.", "{n} visitors are waiting.", waiting.length)),
      el("p", {}, el("a", { class: "button button-primary", href: `#/c/${waiting[0].id}` }, t("Open the one who waits longest"))),
    );
  } else {
    place.replaceChildren(
      el("p", {}, t("Nobody is waiting.")),
      el("p", { class: "hint" }, t("Choose a conversation, or press ? for everything the keyboard can do.")),
    );
  }
}

/** @param {"agent" | "admin"} role @param {string | null} demo */
function firstStep(role, demo) {
  if (demo) {
    return [
      el("p", {}, t("Try it: be a visitor of the demo shop, in another window and another language.")),
      el("p", {}, el("a", { class: "button button-primary", href: demo, target: "_blank" }, t("Open the demo shop"))),
    ];
  }
  if (role === "admin") {
    return [
      el("p", {}, t("The chat has to be on your web site first: it takes one line.")),
      el("p", {}, el("a", { class: "button button-primary", href: "/console/install" }, t("Install the chat"))),
    ];
  }
  return [el("p", {}, t("You can leave this page open: a sound and the title tell you when somebody waits."))];
}
