// Why a translation is as it is, in sentences for an agent.

import { format, t } from "../../widget/lib/i18n.js";
import { inTurn } from "./arrow.js";
import { calledWrong } from "./reading.js";

/**
 * @typedef {import("../../widget/lib/protocol").Translation} Translation
 * @typedef {import("./types").Hop} Hop
 */

/** @type {Record<string, () => string>} */
const FLAGS = {
  numbers: () => t("The original and the translation have different numbers."),
  repetition: () => t("The translation repeats words that the original does not repeat."),
  length: () => t("The translation is far longer or shorter than the original."),
  echo: () => t("The translator gave a sentence back as it was."),
  script: () => t("The translation came out in the wrong script."),
  rejected: () => t("Somebody marked this translation of the same text as wrong."),
  memory: () => t("It is the wording that one of you wrote for the same text before."),
  glossary: () => t("The terms of your glossary were used."),
  fragments: () => t("A link, a number or a name had to stay as it is, so the text around it was translated in pieces."),
  long_word: () => t("A word too long for any language was left as it is."),
  repaired: () => t("Broken or invisible characters were taken out first."),
  unchanged: () => t("There was nothing to translate."),
};

/** What each flag means, the doubts first. @param {readonly string[]} flags @returns {string[]} */
export function flagSentences(flags) {
  const known = Object.keys(FLAGS);
  /** @param {string} flag */
  const rank = (flag) => (known.includes(flag) ? known.indexOf(flag) : known.length);
  return [...flags]
    .sort((a, b) => rank(a) - rank(b))
    .map((flag) => FLAGS[flag]?.() ?? t("The translator marked it as “{flag}”.", { flag }));
}

/** Why there is no translation. @param {string | null} reason @param {string} from @param {string} to */
export function reasonSentence(reason, from, to) {
  switch (reason) {
    case "no_route":
      return t("No installed language pack translates from {from} to {to}. An admin can add one.", {
        from: format().language(from), to: format().language(to),
      });
    case "engine_failed":
      return t("The translator stopped at this message. Trying again often helps.");
    case "too_long":
      return t("The message is too long to be translated at once.");
    case "busy":
      return t("The translator had too much to do. Try again in a moment.");
    default:
      return t("The translator did not say why.");
  }
}

/** Lithuanian → English → Portuguese. @param {readonly string[]} path */
export const pathWords = (path) => inTurn(path.map((tag) => format().language(tag)));

/** @param {string} engine */
const engineName = (engine) => ({ firefox: "Firefox Translations", argos: "Argos Translate" })[engine] ?? engine;

/**
 * All there is to say about a translation, one sentence each.
 * @param {Translation} translation @param {string} from the message's language @param {string} to
 * @param {string} me the reader's id @returns {string[]}
 */
export function sentences(translation, from, to, me) {
  const { by, status, flags, engine, machine } = translation;
  const wrong = calledWrong(translation);
  const said = [];
  if (wrong && by) said.push(by.id === me ? t("You marked this translation as wrong.") : t("{name} marked this translation as wrong.", { name: by.name }));
  else if (by) said.push(by.id === me ? t("You wrote this translation.") : t("{name} wrote this translation.", { name: by.name }));
  if (status === "failed") said.push(reasonSentence(translation.reason, from, to));
  said.push(...flagSentences(wrong ? flags.filter((flag) => flag !== "rejected") : flags));
  if (engine === "person" && machine) said.push(t("The translator had said: “{text}”", { text: machine }));
  if (!said.length) said.push(t("The translator saw nothing wrong with it."));
  return said;
}

/**
 * How a translation came about, as pairs of a name and a value.
 * @param {Translation} translation @param {readonly Hop[]} hops @returns {[string, string][]}
 */
export function facts({ path, engine }, hops) {
  /** @type {[string, string][]} */
  const found = [];
  if (engine === "person") return found;
  if (path.length) found.push([t("Route"), pathWords(path)]);
  for (const hop of hops) {
    const name = hops.length > 1 ? pathWords([hop.source, hop.target]) : t("Model");
    found.push([name, `${engineName(hop.engine)} · ${hop.model}`]);
    if (hop.quality !== null) found.push([t("Measured quality"), t("{score} of 100 (BLEU)", { score: hop.quality })]);
  }
  if (!hops.length && engine && engine !== "memory") {
    found.push([t("Translator"), engine.split("+").map(engineName).join(" · ")]);
  }
  return found;
}
