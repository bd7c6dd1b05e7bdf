// What stands where no conversation is open: what belongs there, and the first step.

import { t, tn } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";
import { arrange } from "./sections.js";

/** @param {import("./inbox.js").Inbox} inbox */
export function renderEmptiness(inbox) {
  const place = byId("nothing-text");
  if (!inbox.welcomed) {
    place.replaceChildren(el("p", {}, t("Loading your conversations…")));
    return;
  }
  const { waiting } = arrange(inbox.summaries.values(), inbox.me.id);
  const key = `${inbox.summaries.size === 0} ${waiting.length} ${waiting[0]?.id}`;
  if (place.dataset.key === key) return;
  place.dataset.key = key;
  if (inbox.summaries.size === 0) {
    place.replaceChildren(
      el("p", {}, t("Conversations with your visitors appear here as soon as one of them writes.")),
      inbox.me.role === "admin"
        ? el("p", {}, t("The chat has to be on your web site first: it takes one line."))
        : el("p", {}, t("You can leave this page open: a sound and the title tell you when somebody waits.")),
      inbox.me.role === "admin" ? el("p", {}, el("a", { class: "button button-primary", href: "/console/install" }, t("Install the chat"))) : "",
    );
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
