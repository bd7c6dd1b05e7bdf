// Sentences about conversations that more than one part of the console says.

import { format, t } from "../../widget/lib/i18n.js";
import { scoreName } from "../../widget/lib/scores.js";
import { sameLanguage } from "./reading.js";

/** @typedef {import("../../widget/lib/protocol").Item} Item */
/** @typedef {import("../../widget/lib/protocol").MessageEvent | import("../../widget/lib/protocol").RoutedEvent
 *   | import("../../widget/lib/protocol").PassedEvent | import("../../widget/lib/protocol").TransferredEvent} SaidElsewhere */

/** @param {{name: string | null, number: number}} visitor */
export const visitorName = (visitor) => visitor.name || t("Visitor {number}", { number: visitor.number });

/** @param {string} writes what the visitor seems to write @param {string} chosen */
export function writesText(writes, chosen) {
  const names = { writes: format().language(writes), chosen: format().language(chosen) };
  return t("The visitor seems to write in {writes}, but chose {chosen}, so translations may be odd. The chat has offered to switch.", names);
}

/** @param {string} theirs @param {string} mine @param {boolean} translated @returns {string} for hovering and screen readers */
export function languagePair(theirs, mine, translated) {
  if (sameLanguage(theirs, mine)) return t("Writes {language}, as you do", { language: format().language(theirs) });
  const names = { theirs: format().language(theirs), mine: format().language(mine) };
  return translated ? t("Translated between {theirs} and {mine}", names) : t("Not translated between {theirs} and {mine}", names);
}

/** @param {Exclude<Item, SaidElsewhere>} item those of routing are in `routing_wording` @param {string} me the agent's id */
export function lineText(item, me) {
  if (item.kind === "language") {
    return t("The visitor now reads {language}", { language: format().language(item.language) });
  }
  if (item.kind === "rated") return t("The visitor rated this conversation: {score}", { score: scoreName(item.score) });
  if (item.kind === "assigned") {
    if (!item.agent) return t("Given back to the queue");
    return item.agent.id === me ? t("You took this conversation") : t("{name} took this conversation", { name: item.agent.name });
  }
  const agent = item.by?.kind === "agent" ? item.by : null;
  if (item.state === "closed") {
    if (!agent) return t("The conversation was closed");
    return agent.id === me ? t("You closed this conversation") : t("{name} closed this conversation", { name: agent.name ?? "" });
  }
  if (!agent) return t("The visitor came back to this conversation");
  return agent.id === me ? t("You reopened this conversation") : t("{name} reopened this conversation", { name: agent.name ?? "" });
}

/** Said once for a conversation in which nothing can be translated. @param {string} theirs @param {import("./types").Me} me */
export function withoutRouteText(theirs, me) {
  const names = { theirs: format().language(theirs), mine: format().language(me.language) };
  return me.role === "admin"
    ? t("No language pack translates between {theirs} and {mine}, so each of you reads what the other wrote.", names)
    : t("No language pack translates between {theirs} and {mine}, so each of you reads what the other wrote. An admin can add one.", names);
}
