// Sentences about availability, offers, queues and handing on.

import { format, t, tc, tn } from "../../widget/lib/i18n.js";
import { visitorName } from "./wording.js";

/**
 * @typedef {import("./desk.js").Desk} Desk
 * @typedef {import("./formats.js").Formats} Formats
 * @typedef {import("./types").Summary} Summary
 * @typedef {import("../../widget/lib/protocol").RoutedEvent} RoutedEvent
 * @typedef {RoutedEvent | import("../../widget/lib/protocol").PassedEvent | import("../../widget/lib/protocol").TransferredEvent} RoutingEvent
 */

/** @param {import("./types").Availability | "offline"} state */
export function availabilityName(state) {
  return {
    online: tc("availability of an agent", "Online"), away: tc("availability of an agent", "Away"),
    break: tc("availability of an agent", "On a break"), invisible: tc("availability of an agent", "Invisible"),
    offline: tc("availability of an agent", "Offline"),
  }[state];
}

/** What a choice does. @param {import("./types").Availability} state */
export function availabilityEffect(state) {
  return {
    online: t("Conversations are offered to you."), away: t("Nothing is offered to you. Visitors don’t see you."),
    break: t("As away; your colleagues see that you are back soon."), invisible: t("You work unseen, and nothing is offered to you."),
  }[state];
}

/** @param {boolean} idle whether nothing was touched here */
export function automaticText(idle) {
  return idle
    ? t("You are away, because you have not touched anything here for a while.")
    : t("You are away, because two offers in a row ran out. Nothing is offered to you until you are back.");
}

/** Who is asked, who waits where: beside the owner of a conversation. @param {Summary} summary @param {Desk} desk @param {Formats} formats */
export function waitingText({ offer, region, decision }, desk, formats) {
  if (offer) return t("Offered to {name}", { name: offer.agent.name });
  if (decision?.outcome === "closed") return waitsUntil(decision.opens_at, desk.regionName(region), desk, formats);
  return region && desk.manyRegions ? t("Not taken yet · {region}", { region: desk.regionName(region) }) : t("Not taken yet");
}

/** @param {string | null} opens @param {string} region its name @param {Desk} desk @param {Formats} formats */
export function waitsUntil(opens, region, desk, formats) {
  return opens
    ? t("Waits until {time}, when {region} opens", { time: formats.soon(opens, desk.now()), region })
    : t("Waits; {region} has no opening hours within a year", { region });
}

/** A line among the messages. @param {RoutingEvent} item @param {import("./routing_lines.js").Turn | null} turn @param {string} me @param {Desk} desk @param {Formats} formats */
export function routingLine(item, turn, me, desk, formats) {
  if (item.kind === "passed") {
    const name = item.agent.name;
    if (item.agent.id === me) return item.how === "declined" ? t("You declined") : t("You did not answer in time");
    return item.how === "declined" ? t("{name} declined", { name }) : t("{name} did not answer in time", { name });
  }
  if (item.kind === "transferred") {
    const name = item.by.name ?? "";
    if (item.to_agent?.id === me) return t("{name} handed this to you", { name });
    const other = item.to_agent?.name ?? desk.regionName(item.to_region);
    return item.by.id === me ? t("You handed this to {other}", { other }) : t("{name} handed this to {other}", { name, other });
  }
  const region = desk.regionName(item.decision.region);
  if (turn === "closed") return waitsUntil(item.decision.opens_at, region, desk, formats);
  return turn === "opened" ? t("{region} is open", { region }) : t("{region} looks after this conversation now", { region });
}

/**
 * Why a conversation is offered to whom reads this; "" for a reason that this page does not know.
 * @param {string} reason a key of the server's table of reasons @param {string} language what the visitor writes
 */
export function reasonText(reason, language) {
  const names = { language: format().language(language) };
  switch (reason) {
    case "transferred":
      return t("It was handed to you.");
    case "former":
      return t("You had this visitor’s last conversation.");
    case "speaks":
      return t("You speak {language}.", names);
    case "translated":
      return t("Nobody who is free speaks {language}, but translation reaches you.", names);
    case "untranslated":
      return t("No translation from {language} reaches anybody free: you read the original.", names);
    case "again":
      return t("It was offered to you before, and nobody else is free.");
    default:
      return "";
  }
}

/** Said to whom a conversation is offered. @param {Summary} summary @param {number} seconds */
export function offerText({ visitor }, seconds) {
  return tn("{name}, who writes {language}, is offered to you for {n} second. A accepts, D declines.",
    "{name}, who writes {language}, is offered to you for {n} seconds. A accepts, D declines.",
    seconds, { name: visitorName(visitor), language: format().language(visitor.language) });
}

/** How an offer to this agent ended. @param {"ran_out" | "taken"} end @param {Summary} after */
export function offerEndText(end, after) {
  const name = visitorName(after.visitor);
  if (end === "taken") return t("{agent} took the conversation with {name}.", { agent: after.agent?.name ?? "", name });
  const next = after.offer?.agent.name;
  return next
    ? t("Your time for {name} ran out. {agent} is asked now.", { name, agent: next })
    : t("Your time for {name} ran out.", { name });
}

/** @param {string} who did not take what was handed to them @param {"declined" | "missed"} how @param {{name: string | null, number: number}} visitor */
export function refusedText(who, how, visitor) {
  const names = { who, name: visitorName(visitor) };
  return how === "declined"
    ? t("{who} declined the conversation with {name} that you handed on.", names)
    : t("{who} did not answer in time for the conversation with {name} that you handed on.", names);
}
