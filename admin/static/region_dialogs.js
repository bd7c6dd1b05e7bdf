// What a region's page asks before it acts: what will change, whose version counts, who takes over.

import { format, t, tn } from "../../widget/lib/i18n.js";
import { byId, el } from "./dom.js";
import { choices, withParts } from "./regions_differences.js";
import { labelOf, textOf } from "./regions_words.js";

/**
 * @typedef {import("./regions_types").Region} Region
 * @typedef {import("./regions_types").Kept} Kept
 * @typedef {import("./regions_types").Difference} Difference
 * @typedef {import("./regions_types").Uses} Uses
 * @typedef {import("./regions_words").Names} Names
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

/** @param {readonly Difference[]} changes @param {Names} names @returns {Promise<true | null>} */
export const askWhetherToSave = (changes, names) => asked(tn("Save {n} change?", "Save {n} changes?", changes.length), (answer) => [
  el("dl", { class: "region-changes" }, ...changes.map(({ path, from, to }) => el("div", {},
    el("dt", {}, labelOf(path)),
    el("dd", {}, el("del", {}, el("bdi", {}, textOf(path, from, names))), " ", el("ins", {}, el("bdi", {}, textOf(path, to, names))))))),
  el("p", { class: "help" }, t("They count at once, also for visitors who are waiting. Conversations under way go on.")),
  el("div", { class: "actions" }, button(() => answer(true), t("Save"), "button-primary"), cancel()),
]);

/**
 * Somebody else has saved the region meanwhile. Gives the region to save over theirs.
 * @param {Region} base @param {Region} mine @param {Kept} theirs @param {Names} names @returns {Promise<Region | null>}
 */
export function askWhoseCounts(base, mine, theirs, names) {
  const found = choices(base, mine, theirs.region);
  const who = theirs.changed_by ?? t("Somebody else");
  const time = format().full(theirs.changed_at);
  /** @type {Map<string, "mine" | "theirs">} */
  const chosen = new Map(found.map(({ path, by }) => [path, by === "theirs" ? "theirs" : "mine"]));
  return asked(t("{name} has saved this region meanwhile", { name: who }), (answer) => {
    /** @param {"mine" | "theirs"} side @param {import("./regions_types").Choice} choice */
    const option = (side, choice) => {
      const radio = el("input", { type: "radio", name: `whose-${choice.path}`, value: side, checked: chosen.get(choice.path) === side, onchange: () => chosen.set(choice.path, side) });
      return el("label", {}, radio, el("span", {},
        el("span", { class: "help" }, side === "mine" ? t("Yours") : t("Theirs")),
        el("bdi", {}, textOf(choice.path, choice[side], names))));
    };
    /** @param {"mine" | "theirs"} side */
    const all = (side) => {
      for (const { path } of found) chosen.set(path, side);
      for (const radio of byId("dialog").querySelectorAll(`input[value="${side}"]`)) /** @type {HTMLInputElement} */ (radio).checked = true;
    };
    return [
      el("p", {}, found.length
        ? t("It was saved on {time}. Nothing of yours is saved yet. Choose what counts where the two differ.", { time })
        : t("It was saved on {time}, exactly as you have it.", { time })),
      found.length > 1 ? el("div", { class: "actions" }, button(() => all("mine"), t("Keep all of mine"), "button-small"), button(() => all("theirs"), t("Take all of theirs"), "button-small")) : null,
      ...found.map((choice) => el("fieldset", { class: "region-whose" },
        el("legend", {}, labelOf(choice.path), choice.by === "both" ? el("span", { class: "help" }, ` · ${t("both changed it")}`) : null),
        option("mine", choice), option("theirs", choice))),
      el("div", { class: "actions" },
        button(() => answer(withParts(mine, theirs.region, [...chosen].filter(([, side]) => side === "theirs").map(([path]) => path))), found.length ? t("Save what is chosen") : t("Go on"), "button-primary"),
        cancel()),
    ];
  });
}

/** The region is gone: save it as a new one? @param {string} name @returns {Promise<true | null>} */
export const askWhetherToAddAgain = (name) => asked(t("“{name}” was removed meanwhile", { name }), (answer) => [
  el("p", {}, t("Somebody else has removed this region. You can add it again as you have it here.")),
  el("div", { class: "actions" }, button(() => answer(true), t("Add it again"), "button-primary"), cancel()),
]);

/**
 * @param {string} name @param {Uses | null} uses @param {readonly {id: string, name: string}[]} others
 * @returns {Promise<{move_to: string | null} | null>}
 */
export function askWhetherToRemove(name, uses, others) {
  return asked(t("Remove {name}?", { name }), (answer) => {
    if (uses?.default) {
      return [
        el("p", {}, t("Visitors whom no other region is for come to {name}, so it can't be removed. Make another region the default first.", { name })),
        el("div", { class: "actions" }, el("a", { class: "button button-primary", href: "/console/regions" }, t("All regions")), cancel()),
      ];
    }
    const select = el("select", { id: "move-to" },
      uses ? null : el("option", { value: "" }, t("No region in particular")),
      ...others.map((one) => el("option", { value: one.id }, one.name)));
    return [
      uses?.overflowing.length ? el("p", {}, t("It helps out {regions}.", { regions: format().list(uses.overflowing.map((one) => one.name)) })) : null,
      uses?.living ? el("p", {}, tn("{n} conversation in it is not closed.", "{n} conversations in it are not closed.", uses.living)) : null,
      el("div", { class: "field" }, el("label", { for: "move-to" }, t("Who takes over?")), select,
        el("p", { class: "help" }, t("That region then helps out in its place, gets its conversations, and stands in where your site names this one."))),
      el("div", { class: "actions" }, button(() => answer({ move_to: select.value || null }), t("Remove {name}", { name }), "button-danger"), cancel()),
    ];
  });
}
