// What the command palette offers now.

import { format, t } from "../../widget/lib/i18n.js";
import { PREVIEW_KEYS } from "./keyboard.js";
import { AVAILABILITIES } from "./desk.js";
import { availabilityName } from "./routing_wording.js";
import { arrange, SECTIONS, sectionOf } from "./sections.js";
import { visitorName } from "./wording.js";

/** @typedef {import("./palette.js").Entry} Entry */

/**
 * @param {import("./inbox.js").Inbox} inbox @param {import("./actions.js").Actions} actions
 * @param {{open: (id: string) => void, reply: () => void, canned: () => void, help: () => void, sound: () => void, sounds: boolean,
 *   transfer: () => void, undo: (() => void) | null, preview: (() => void) | null, wrong: (() => void) | null}} more null: there is nothing to do it to
 * @returns {Entry[]}
 */
export function commandsNow(inbox, actions, more) {
  return [...actionEntries(inbox, actions, more), ...conversationEntries(inbox, more.open), ...pageEntries(inbox)];
}

/** @param {import("./inbox.js").Inbox} inbox @param {import("./actions.js").Actions} actions @param {Parameters<typeof commandsNow>[2]} more */
function actionEntries(inbox, actions, more) {
  const group = t("Actions");
  /** @param {string} label @param {string} keys @param {() => void} run @returns {Entry} */
  const entry = (label, keys, run) => ({ label, keys, search: label, group, run });
  const { thread, summary, me } = inbox;
  const section = summary ? sectionOf(summary, me.id) : null;
  const entries = [];
  if (more.undo) entries.push(entry(t("Undo what was done last"), "Z", more.undo));
  if (thread && section !== "closed") entries.push(entry(t("Write an answer"), "R", more.reply), entry(t("Insert a canned response"), "C", more.canned));
  if (more.preview && section !== "closed") entries.push(entry(t("See what the visitor will read"), PREVIEW_KEYS, more.preview));
  if (more.wrong) entries.push(entry(t("Mark a translation as wrong"), "W", more.wrong));
  if (section === "offered") {
    entries.push(entry(t("Accept this conversation"), "A", () => actions.take()), entry(t("Decline this conversation"), "D", () => actions.decline()));
  }
  if (section === "waiting") entries.push(entry(t("Take this conversation"), "A", () => actions.take()));
  if (section === "mine" || section === "waiting") entries.push(entry(t("Hand this conversation on"), "T", more.transfer));
  if (section === "others") entries.push(entry(t("Take this conversation over"), "", () => actions.takeOver()));
  if (section === "mine") entries.push(entry(t("Give this conversation back"), "", () => actions.release()));
  if (section === "closed") entries.push(entry(t("Reopen this conversation"), "", () => actions.reopen()));
  else if (section) entries.push(entry(t("Close this conversation"), "E", () => actions.close()));
  if (thread) entries.push(entry(thread.originals ? t("Show translations") : t("Show originals"), "O", () => actions.swapAll()));
  for (const state of AVAILABILITIES) {
    if (inbox.desk.seen !== state) entries.push(entry(t("Your availability: {state}", { state: availabilityName(state) }), "", () => actions.beAvailable(state)));
  }
  entries.push(entry(more.sounds ? t("Turn the sound off") : t("Turn the sound on"), "", more.sound));
  entries.push(entry(t("Keyboard shortcuts"), "?", more.help));
  return entries;
}

/** @param {import("./inbox.js").Inbox} inbox @param {(id: string) => void} open @returns {Entry[]} */
function conversationEntries(inbox, open) {
  const sections = arrange(inbox.summaries.values(), inbox.me.id);
  return SECTIONS.flatMap((section) => sections[section]).map((summary) => {
    const { visitor, last_message: last } = summary;
    const label = visitorName(visitor);
    const detail = (last?.translation ?? last?.text ?? format().language(visitor.language)).slice(0, 120);
    const search = [label, last?.translation, last?.text, format().language(visitor.language)].filter(Boolean).join(" ");
    return { label, detail, search, group: t("Conversations"), run: () => open(summary.id) };
  });
}

/** @param {import("./inbox.js").Inbox} inbox @returns {Entry[]} */
function pageEntries(inbox) {
  const pages = [["/console/profile", t("Your profile")]];
  if (inbox.me.role === "admin") {
    pages.push(["/console/team", t("Team")], ["/console/regions", t("Regions")],
      ["/console/coverage", t("Coverage")], ["/console/simulator", t("Simulator")], ["/console/promises", t("Promises")], ["/console/ratings", t("Ratings")], ["/console/install", t("Install the chat")], ["/console/languages", t("Languages")],
      ["/console/glossary", t("Glossary")], ["/console/api", t("Translation API")]);
  }
  return pages.map(([path, label]) => ({ label, search: label, group: t("Pages"), run: () => location.assign(path) }));
}
