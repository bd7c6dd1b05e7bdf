// What the page of texts asks before it acts: whose wording counts, which drafts are right, what our own wordings would fill.

import { format, t, tn } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";
import { own } from "./admin_page.js";
import { flagSentences } from "./explanations.js";
import { changedSince } from "./texts_labels.js";

/**
 * @typedef {import("./texts_types").Text} Text
 * @typedef {import("./texts_types").Locale} Locale
 * @typedef {import("./texts_types").Choice} Choice
 */

/**
 * Opens the dialog and waits for an answer; null: it was closed without one.
 * @template T @param {string} title @param {(answer: (value: T) => void) => readonly (Node | null)[]} contents
 * @returns {Promise<T | null>}
 */
function asked(title, contents) {
  const dialog = /** @type {HTMLDialogElement} */ (byId("dialog"));
  return new Promise((resolve) => {
    /** @type {T | null} */
    let given = null;
    const parts = contents((value) => ((given = value), dialog.close()));
    dialog.replaceChildren(el("div", { class: "editor-form" }, el("h2", { id: "dialog-title" }, title), ...parts.filter((part) => part !== null)));
    dialog.addEventListener("close", () => resolve(given), { once: true });
    dialog.showModal();
  });
}

/** @param {() => void} go @param {string} label @param {string} [style] */
const button = (go, label, style = "") => el("button", { type: "button", class: `button ${style}`, onclick: go }, label);

const cancel = () => button(() => /** @type {HTMLDialogElement} */ (byId("dialog")).close(), t("Cancel"));

/** A wording in its language; a dash for none. @param {string} said @param {Locale} locale */
const shown = (said, locale) => (said ? el("bdi", { lang: locale.tag, dir: locale.direction, class: "text-said" }, said) : el("span", {}, "–"));

/**
 * Somebody else has saved the text meanwhile. Gives the wording that counts in each locale where the two differ.
 * @param {Text} theirs @param {readonly Choice[]} found @param {(tag: string) => Locale} localeOf
 * @returns {Promise<Record<string, string> | null>}
 */
export function askWhoseCounts(theirs, found, localeOf) {
  /** @type {Map<string, "mine" | "theirs">} */
  const chosen = new Map(found.map(({ locale, by }) => [locale, by === "theirs" ? "theirs" : "mine"]));
  const who = theirs.changed_by ?? t("Somebody else");
  const time = theirs.changed_at ? format().full(theirs.changed_at) : "";
  return asked(t("{name} has saved this text meanwhile", { name: who }), (answer) => {
    /** @param {"mine" | "theirs"} side @param {Choice} choice */
    const option = (side, choice) => el("label", {},
      el("input", { type: "radio", name: `whose-${choice.locale}`, value: side, checked: chosen.get(choice.locale) === side, onchange: () => chosen.set(choice.locale, side) }),
      el("span", {}, el("span", { class: "help" }, side === "mine" ? t("Yours") : t("Theirs")), shown(choice[side], localeOf(choice.locale))));
    return [
      el("p", {}, found.length
        ? t("It was saved on {time}. Nothing of yours is saved yet. Choose what counts where the two differ.", { time })
        : t("It was saved on {time}, exactly as you have it.", { time })),
      ...found.map((choice) => el("fieldset", { class: "region-whose" },
        el("legend", {}, localeOf(choice.locale).name, choice.by === "both" ? el("span", { class: "help" }, ` · ${t("both changed it")}`) : null),
        option("mine", choice), option("theirs", choice))),
      el("div", { class: "actions" },
        button(() => answer(Object.fromEntries(found.map((choice) => [choice.locale, choice[chosen.get(choice.locale) ?? "mine"]]))), found.length ? t("Save what is chosen") : t("Go on"), "button-primary"),
        cancel()),
    ];
  });
}

/** The text is gone: save it as a new one? @param {string} name @returns {Promise<true | null>} */
export const askWhetherToAddAgain = (name) => asked(t("“{name}” was removed meanwhile", { name }), (answer) => [
  el("div", { class: "actions" }, button(() => answer(true), t("Add it again"), "button-primary"), cancel()),
]);

/**
 * Shows all drafts to be read before they are approved.
 * @param {Text} text @param {readonly string[]} drafts @param {(tag: string) => Locale} localeOf @returns {Promise<true | null>}
 */
export const askWhetherToApprove = (text, drafts, localeOf) =>
  asked(tn("Approve {n} draft?", "Approve {n} drafts?", drafts.length), (answer) => {
    const sources = [...new Set(drafts.map((tag) => text.wordings[tag]?.source ?? ""))].filter((tag) => text.wordings[tag]);
    return [
      ...sources.map((tag) => el("p", {}, el("span", { class: "help" }, localeOf(tag).name), " ", shown(text.wordings[tag]?.text ?? "", localeOf(tag)))),
      el("dl", { class: "region-changes" }, ...drafts.map((tag) => {
        const wording = text.wordings[tag];
        const changed = changedSince(wording, (one) => localeOf(one).name);
        return el("div", {}, el("dt", {}, localeOf(tag).name), el("dd", {}, shown(wording?.text ?? "", localeOf(tag)),
          changed ? el("p", { class: "text-doubt" }, changed) : null,
          wording?.doubtful ? el("p", { class: "text-doubt" }, flagSentences(wording.flags)[0] ?? "") : null));
      })),
      el("div", { class: "actions" }, button(() => answer(true), t("Approve all"), "button-primary"), cancel()),
    ];
  });

/** @param {Record<string, string>} wordings what would be added @param {(tag: string) => Locale} localeOf @returns {Promise<true | null>} */
export const askWhetherToFill = (wordings, localeOf) => asked(t("Use our wording"), (answer) => [
  el("p", {}, tn("It fills {n} language in which you have written nothing. What you have written stays.", "It fills {n} languages in which you have written nothing. What you have written stays.", Object.keys(wordings).length)),
  el("dl", { class: "region-changes" }, ...Object.entries(wordings).map(([tag, said]) =>
    el("div", {}, el("dt", {}, localeOf(tag).name), el("dd", { dir: localeOf(tag).direction }, own(said, tag))))),
  el("div", { class: "actions" }, button(() => answer(true), t("Use our wording"), "button-primary"), cancel()),
]);
