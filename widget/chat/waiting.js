// What is said to who waits, or comes while nobody is there: when somebody will be, the place in the queue, a way to be told.
// Loaded when there is somebody to say it to.

import { byId, make, say, sayIn } from "../lib/dom.js";
import { format, t } from "../lib/i18n.js";
import { openingWords } from "../lib/opening.js";
import { newsOf, queueWords } from "../lib/queue.js";
import { createEmail } from "./email.js";

/** @import {ConversationView, WaitingOptions} from "./types" */
/** @import {Waiting} from "../lib/protocol" */

const MINUTE = 60_000;

/** @param {WaitingOptions} options */
export function createWaiting({ store, now, announce, give, redraw }) {
  const box = byId("wait");
  const moved = make("p", {});
  const first = make("p", { className: "now" });
  const second = make("p", {});
  const email = createEmail({ store, give, redraw });
  const third = make("p", {});
  box.append(moved, first, second, third, email.part);

  /** @type {Waiting | null} as a screen reader was last told */
  let told = null;
  let toldAt = 0;
  /** the region that took over while the visitor waited */
  let took = "";
  /** @type {any} */
  let timer = null;

  return {
    answered: email.answered,

    /** @param {ConversationView} state @returns {string} when somebody is back, for the header; empty: somebody is there */
    draw(state) {
      const { log, hours } = state;
      const waiting = log.agent || log.state === "closed" ? null : state.waiting;
      const closed = waiting ? !waiting.open : !log.agent && !!hours && !hours.open;
      const back = openingWords((waiting ?? hours)?.opens_at ?? null, now(), format());
      const own = closed ? (waiting ?? state).offline_text : null;
      const news = newsOf(told, waiting, Date.now() - toldAt);
      if (news === "region" || !waiting || closed) took = news === "region" && waiting ? waiting.region.id : "";

      clearTimeout(timer);
      // "In 3 minutes" is true for a minute.
      if (closed) timer = setTimeout(redraw, MINUTE - (now() % MINUTE));
      box.hidden = !waiting && !closed;
      const queued = waiting && !closed ? queueWords(waiting) : { place: back.whole, estimate: waiting ? t("We have your message and answer it here.") : t("Leave a message, and we answer it here.") };
      say(moved, took && waiting ? t("{region} takes over now.", { region: waiting.region.name }) : "");
      say(first, queued.place);
      sayIn(second, own, queued.estimate);
      sayIn(third, closed ? null : waiting?.queue_text);
      for (const line of [moved, second, third]) line.hidden = !line.textContent;
      email.draw(state.email, !!waiting && (waiting.ask_email || (closed && state.email)), state.status === "open");

      if (!waiting) told = null;
      else if (news) {
        told = waiting;
        toldAt = Date.now();
        announce([moved, first, second, third].filter(({ hidden }) => !hidden));
      }
      return closed ? back.line : "";
    },
  };
}
