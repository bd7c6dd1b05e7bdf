// How it was: one question after a conversation that an agent has answered and closed, five faces and room for a few words.
// Loaded when there is such a conversation.

import { byId, make, say, sayIn } from "../lib/dom.js";
import { isolate, t, tc, tn } from "../lib/i18n.js";
import { scoreName } from "../lib/scores.js";
import { lengthOf } from "../lib/text.js";

/** @import {SurveyOptions, ConversationView} from "./types" */
/** @import {RatedEvent, Said} from "../lib/protocol" */

const LONGEST = 1000;

/** From very bad to very good: the mouths of the faces. */
const MOUTHS = ["M8 17q4-5 8 0", "M8 16.5q4-2.5 8 0", "M8 15.5h8", "M8 14.5q4 2.5 8 0", "M7.5 14q4.5 6 9 0"];

/**
 * The conversation that has ended, as far as there is something to be said about it.
 * @param {Pick<ConversationView["log"], "items" | "state">} log
 * @returns {{closed: number, agent: string, rated: RatedEvent | null} | null} `closed`: the number of the event; `agent`: who answered last
 */
export function endedOf({ items, state }) {
  if (state !== "closed") return null;
  let closed = 0;
  let agent = "";
  /** @type {RatedEvent | null} */
  let rated = null;
  for (let at = items.length - 1; at >= 0; at -= 1) {
    const item = items[at];
    if (item.kind === "state" && item.state === "closed") closed ||= item.seq;
    // Here the visitor began anew: what lies before was another conversation.
    else if (item.kind === "state" && item.by?.kind === "visitor") break;
    else if (item.kind === "rated") rated ??= item;
    else if (item.kind === "message" && item.author.kind === "agent") agent ||= item.author.name ?? "";
  }
  return agent && closed ? { closed, agent, rated } : null;
}

/** With the name of whom it is about. @param {Said} question @param {string} agent @returns {Said} */
export const addressed = (question, agent) => ({ ...question, text: question.text.replaceAll("{agent}", () => isolate(agent, question.direction)) });

/** @param {SurveyOptions} options */
export function createSurvey({ store, rate, redraw, announce }) {
  const question = make("legend");
  const names = [1, 2, 3, 4, 5].map(() => make("span", { className: "sr" }));
  const radios = names.map((_, at) => Object.assign(document.createElement("input"), { type: "radio", name: "score", value: `${at + 1}`, className: "sr" }));
  const row = make("div", { className: "scores" }, ...radios.map((radio, at) => make("label", {}, radio, face(at), names[at])));
  const chosen = make("p", { className: "chosen", ariaHidden: "true" });
  const label = make("label", { htmlFor: "comment" });
  const comment = document.createElement("textarea");
  Object.assign(comment, { id: "comment", rows: 2, dir: "auto" });
  const problem = make("p", { id: "comment-problem", className: "problem" });
  problem.role = "alert";
  comment.setAttribute("aria-describedby", problem.id);
  const send = make("button", { type: "submit", className: "go" });
  const later = make("button", { type: "button", className: "quiet" });
  const words = make("div", { className: "words" }, label, comment, problem);
  const form = make("form", { noValidate: true }, make("fieldset", {}, question, row, chosen), words, make("div", { className: "row" }, send, later));
  const thanks = make("p", { tabIndex: -1 });
  const change = make("button", { type: "button", className: "quiet" });
  const done = make("div", { className: "done" }, thanks, change);
  const box = make("section", { id: "survey", className: "card", hidden: true }, form, done);
  byId("list").after(box);

  /** the number of the event that ended the conversation */
  let closed = 0;
  /** @type {{score: number, comment: string | null} | null} asked to be kept, and not known to be */
  let pending = null;
  let given = false;
  /** @type {{score: number, comment: string | null} | null} what the server has kept, before it says so by itself */
  let kept = null;
  let changing = false;
  /** @type {() => string} said anew when the language changes */
  let trouble = () => "";

  const score = () => radios.findIndex(({ checked }) => checked) + 1;

  /** What was chosen and typed outlives the page. @param {object} [more] */
  const remember = (more) => store.set("survey", { closed, score: score(), comment: comment.value, ...more });

  /** @param {() => string} said */
  function complain(said) {
    trouble = said;
    comment.ariaInvalid = `${!!said()}`;
  }

  /** @param {{score: number, comment: string | null}} from */
  function fill(from) {
    radios.forEach((radio, at) => (radio.checked = at + 1 === from.score));
    comment.value = from.comment ?? "";
  }

  form.addEventListener("change", () => {
    remember();
    redraw();
  });
  comment.addEventListener("input", () => {
    complain(() => "");
    remember();
    redraw();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!score() || pending) return;
    const over = lengthOf(comment.value) - LONGEST;
    if (over > 0) {
      complain(() => tn("This comment is {n} character too long. Shorten it, then send it.", "This comment is {n} characters too long. Shorten it, then send it.", over));
      comment.focus();
    } else {
      complain(() => "");
      pending = { score: score(), comment: comment.value.trim() || null };
      given = false;
    }
    redraw();
  });
  later.addEventListener("click", () => {
    remember({ hidden: !changing });
    changing = false;
    redraw();
    if (box.hidden) byId("text").focus();
    else change.focus();
  });
  change.addEventListener("click", () => {
    changing = true;
    redraw();
    (radios[score() - 1] ?? radios[0]).focus();
  });

  return {
    /** The server's answer. @param {string} error empty: it is kept */
    answered(error) {
      if (!pending) return;
      const moved = form.contains(document.activeElement) || document.activeElement === document.body;
      if (error) {
        complain(() => error);
      } else {
        kept = pending;
        changing = false;
      }
      pending = null;
      redraw();
      if (moved) (error ? comment : thanks).focus();
    },

    /** @param {ConversationView} state */
    draw({ log, texts, status }) {
      const ended = texts?.survey ? endedOf(log) : null;
      if (ended && ended.closed !== closed) {
        closed = ended.closed;
        kept = pending = null;
        changing = false;
        complain(() => "");
        const before = store.get("survey");
        fill(before?.closed === closed ? before : ended.rated ?? { score: 0, comment: null });
      }
      const rated = kept ?? ended?.rated ?? null;
      const asking = changing || !rated;
      const hidden = !ended || (asking && !changing && store.get("survey")?.closed === closed && store.get("survey").hidden);
      // What was on its way when the line broke is sent again.
      if (status !== "open") given = false;
      else if (pending && !given) given = rate(pending.score, pending.comment);

      const news = box.hidden && !hidden && asking;
      box.hidden = !!hidden;
      if (!ended || !texts?.survey) return;
      form.hidden = !asking;
      done.hidden = asking;
      sayIn(question, addressed(texts.survey, ended.agent));
      names.forEach((name, at) => {
        say(name, scoreName(at + 1));
        radios[at].parentElement?.setAttribute("title", scoreName(at + 1));
      });
      say(chosen, score() ? scoreName(score()) : "");
      say(label, t("Would you like to say more?"));
      say(problem, trouble());
      say(send, tc("button", "Send"));
      send.ariaDisabled = `${!!pending}`;
      say(later, changing ? t("Cancel") : t("Not now"));
      words.hidden = send.hidden = !score();
      say(thanks, t("Thank you for telling us."));
      say(change, t("Change your answer"));
      if (news) announce(make("p", { textContent: question.textContent, lang: question.lang, dir: question.dir }));
    },
  };
}

/** @param {number} at from 0, the saddest */
function face(at) {
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  picture.setAttribute("viewBox", "0 0 24 24");
  picture.setAttribute("aria-hidden", "true");
  const circle = document.createElementNS("http://www.w3.org/2000/svg", "circle");
  for (const [name, value] of [["cx", "12"], ["cy", "12"], ["r", "10"]]) circle.setAttribute(name, value);
  const lines = document.createElementNS("http://www.w3.org/2000/svg", "path");
  lines.setAttribute("d", `M9 9.5v.01M15 9.5v.01${MOUTHS[at]}`);
  picture.append(circle, lines);
  return picture;
}
