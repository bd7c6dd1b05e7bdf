// The visitor's side of the protocol: what is known of the conversation, and how it is kept true. No elements here.

import { createConnection } from "../lib/connection.js";
import { addEarlier, apply, emptyLog, startFrom } from "../lib/events.js";
import { createOutbox } from "./outbox.js";
import { createSession } from "./session.js";

/** @import {ConversationOptions, ConversationView} from "./types" */
/** @import {ConversationEvent, ErrorFrame, Face, MessageEvent, VisitorFrame, VisitorWelcome} from "../lib/protocol" */

const TYPING_SHOWN = 6_000;
const OUT_OF_ORDER = 400;
const JUMP = 30_000;

/** @param {ConversationOptions} options */
export function createConversation({ urls, store, texts, about, reading, onChange, onMessage, onClosed, onTranslation, onRefused, onAnswer }) {
  /** @type {ConversationView} */
  const state = {
    log: emptyLog(),
    receipts: { delivered: 0, seen: 0 },
    presence: null,
    waiting: null,
    hours: null,
    offline_text: null,
    texts,
    regions: [],
    region: null,
    email: false,
    suggestion: null,
    typing: null,
    status: "idle",
    limit: 5000,
    unread: 0,
    problem: "",
    renewed: false,
    loadingEarlier: false,
  };
  let ownSeen = 0;
  let toldDelivered = 0;
  let refusals = 0;
  let token = "";
  let conversation = "";
  /** milliseconds that the server's clock is ahead of this one */
  let ahead = 0;
  /** @type {any} */
  let typingTimer = null;
  /** @type {any} */
  let gapTimer = null;

  const session = createSession({ url: urls.session, store, about: () => ({ ...about(), name: null }), onProblem });

  const outbox = createOutbox({
    store,
    transmit: ({ client_id, text }) => connection.send({ type: "send", client_id, text }),
    onChange,
    onWait: onProblem,
  });

  const connection = createConnection({
    url: urls.socket,
    hello() {
      const known = session.known();
      if (known) {
        token = known.token;
        if (conversation !== known.conversation) startOver(known.conversation);
      }
      return { type: "hello", token, after: state.log.last, ...about() };
    },
    onFrame: (frame) => hear(/** @type {VisitorFrame} */ (frame)),
    onTime(now) {
      const jump = now - Date.now() - ahead;
      ahead += jump;
      // Somebody has set one of the clocks.
      if (Math.abs(jump) > JUMP) onChange();
    },
    onStatus(status) {
      state.status = status;
      if (status !== "open") state.loadingEarlier = false;
      onChange();
      if (status === "refused") {
        session.drop(token);
        state.renewed ||= conversation !== "";
        // Once is an expired token; again and again is a server that needs to be left in peace.
        setTimeout(start, refusals ? Math.min(60, 2 ** refusals) * 1000 : 0);
        refusals += 1;
      }
    },
  });

  /** @param {string} problem */
  function onProblem(problem) {
    state.problem = problem;
    onChange();
  }

  /** @param {string} id */
  function startOver(id) {
    conversation = id;
    state.log = emptyLog();
    state.receipts = { delivered: 0, seen: 0 };
    ownSeen = toldDelivered = 0;
  }

  async function start() {
    await session.need();
    connection.start();
  }

  /** @param {VisitorFrame} frame */
  function hear(frame) {
    switch (frame.type) {
      case "welcome":
        return welcome(frame);
      case "event":
        return take([frame.event]);
      case "ack":
        refusals = 0;
        state.problem = "";
        if (frame.event) take([frame.event]);
        return outbox.acknowledged(frame.client_id);
      case "history":
        state.loadingEarlier = false;
        state.log = addEarlier(state.log, frame.events, frame.earlier);
        onChange();
        return somethingToRead();
      case "receipts":
        state.receipts = { delivered: frame.delivered, seen: frame.seen };
        return onChange();
      case "presence":
        state.presence = { available: frame.available, agents: frame.agents };
        return desk(frame);
      case "waiting":
        return desk({ waiting: frame.region ? frame : null });
      case "ok":
        return answered(frame.ref, "");
      case "suggestion":
        state.suggestion = frame.suggestion;
        return onChange();
      case "typing":
        return agentTypes(frame.agent);
      case "error":
        return error(frame);
    }
  }

  /** Who is there, when, and what there is to choose. @param {Partial<ConversationView>} told */
  function desk({ hours = state.hours, offline_text = state.offline_text, regions = state.regions, region = state.region, email = state.email, waiting = state.waiting }) {
    Object.assign(state, { hours, offline_text, regions, region, email, waiting });
    onChange();
  }

  /** @param {VisitorWelcome} frame */
  function welcome(frame) {
    const { id, agent, state: stands, receipts, own_seen } = frame.conversation;
    if (id !== conversation) startOver(id);
    if (frame.reset) state.log = startFrom(frame.events, frame.earlier);
    else take(frame.events);
    state.log = { ...state.log, agent, state: stands };
    state.receipts = receipts;
    state.presence = frame.presence;
    desk(frame);
    state.suggestion = frame.suggestion;
    state.limit = frame.limits.text;
    state.problem = "";
    ownSeen = Math.max(ownSeen, own_seen);
    toldDelivered = own_seen;
    settle();
    outbox.connected();
    somethingToRead();
  }

  /** The newest events may all be none of the visitor's business; what was written lies before them. */
  function somethingToRead() {
    if (!state.log.items.length) earlier();
  }

  function earlier() {
    const { log, loadingEarlier } = state;
    if (!log.earlier || loadingEarlier) return;
    if (connection.send({ type: "history", before: log.first })) {
      state.loadingEarlier = true;
      onChange();
    }
  }

  /** News. @param {ConversationEvent[]} events */
  function take(events) {
    const before = state.log;
    state.log = apply(before, events);
    if (state.log.gap) fillGap();
    if (state.log === before) return;
    settle();
    if (state.log.state === "closed" && before.state !== "closed") onClosed();
    const known = new Set(before.items);
    for (const item of state.log.items) {
      if (item.kind !== "message" || item.author.kind === "visitor" || known.has(item)) continue;
      if (item.seq > before.last) {
        agentTypes(null);
        onMessage(item);
      } else {
        onTranslation(item, /** @type {MessageEvent} */ (before.items.find(({ seq }) => seq === item.seq)));
      }
    }
  }

  /** What follows from a changed conversation: the outbox, the receipts, the unread count. */
  function settle() {
    /** @type {string[]} */
    const own = [];
    let newest = 0;
    state.unread = 0;
    for (const item of state.log.items) {
      if (item.kind !== "message") continue;
      if (item.author.kind === "visitor") {
        if (item.client_id) own.push(item.client_id);
      } else {
        newest = item.seq;
        if (item.seq > ownSeen) state.unread += 1;
      }
    }
    if (newest > toldDelivered && connection.send({ type: "delivered", seq: newest })) toldDelivered = newest;
    if (state.log.last) session.talked();
    outbox.arrived(own);
    look();
    onChange();
  }

  /** Says that the messages are seen when they are. */
  function look() {
    if (!state.unread || !reading()) return;
    const newest = state.log.items.findLast((item) => item.kind === "message" && item.author.kind !== "visitor")?.seq ?? 0;
    if (!connection.send({ type: "seen", seq: newest })) return;
    ownSeen = newest;
    state.unread = 0;
    onChange();
  }

  /** What is missing may just be late; else a new hello brings all that follows `last`. */
  function fillGap() {
    gapTimer ??= setTimeout(() => {
      gapTimer = null;
      if (state.log.gap) connection.restart();
    }, OUT_OF_ORDER);
  }

  /** @param {Face | null} agent */
  function agentTypes(agent) {
    clearTimeout(typingTimer);
    if (agent) typingTimer = setTimeout(() => agentTypes(null), TYPING_SHOWN);
    if (state.typing === agent) return;
    state.typing = agent;
    onChange();
  }

  /** @param {string | null} to what was asked with this `ref` @param {string} error empty: it is done */
  function answered(to, error) {
    if (to === "email" || to === "rate") onAnswer(to, error);
  }

  /** @param {ErrorFrame} frame */
  function error(frame) {
    if (frame.code === "token_invalid") return;
    if (frame.ref) return answered(frame.ref, frame.message);
    if (!frame.client_id) {
      state.loadingEarlier = false;
      return onProblem(frame.message);
    }
    const failed = outbox.refused(frame);
    // What can't be sent as it is goes back to where it can be changed; what may pass later stays in the list.
    const hopeless = ["text_empty", "text_too_long", "bad_field", "frame_too_large"].includes(frame.code);
    if (failed && hopeless && onRefused(failed.text)) {
      outbox.remove(failed.client_id);
      onProblem(frame.message);
    }
  }

  return {
    state,
    outbox,
    /** Begins, with a session where there is none. */
    start,
    /** Listens only when there is something to listen for. */
    startIfTalked() {
      if (session.known()?.talked || outbox.entries.length) start();
    },
    look,
    /** by the server's clock, in milliseconds */
    now: () => Date.now() + ahead,
    retryNow: connection.wake,
    /** @param {string} text @param {string} language */
    send(text, language) {
      outbox.add(text, language);
      start();
    },
    typing: () => connection.send({ type: "typing" }),
    /** @param {string} language */
    speak: (language) => connection.send({ type: "language", language }),
    /** @param {string} region an id */
    choose(region) {
      store.set("region", region);
      state.region = region;
      connection.send({ type: "region", region });
      onChange();
    },
    /** `onAnswer` says how the conversation was kept. @param {number} score 1 to 5 @param {string | null} comment @returns {boolean} false: not connected */
    rate: (score, comment) => connection.send({ type: "rate", score, comment, ref: "rate" }),
    /** `onAnswer` says what became of it. @param {string | null} email null takes it back @returns {boolean} false: not connected */
    give: (email) => connection.send({ type: "email", email, ref: "email" }),
    earlier,
  };
}
