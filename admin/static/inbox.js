// The agent's inbox without its looks: summaries, open conversations, and the protocol that keeps them true.

import { Desk } from "./desk.js";
import { Drafts } from "./drafts.js";
import { Outbox } from "./outbox.js";
import { RequestError, Requests } from "./requests.js";
import { Thread } from "./thread.js";

/**
 * @typedef {import("../../widget/lib/protocol").Frame} Frame
 * @typedef {import("../../widget/lib/protocol").ErrorFrame} ErrorFrame
 * @typedef {import("./types").Summary} Summary
 * @typedef {import("./types").Outgoing} Outgoing
 *
 * @typedef {"list" | "thread" | "status" | "composer" | "desk"} Topic what a view has to look at again
 *
 * @typedef {object} Surroundings
 * @property {import("./storage.js").Remembers} storage
 * @property {() => string} uuid
 * @property {() => number} now milliseconds
 * @property {(run: () => void, ms: number) => any} later
 *
 * @typedef {object} Listener
 * @property {(topics: Set<Topic>) => void} changed after every change, once for all that happened together
 * @property {(thread: Thread, event: import("../../widget/lib/protocol").ConversationEvent) => void} [arrived] live, not from a page
 * @property {(before: Summary | undefined, after: Summary) => void} [summary]
 * @property {(message: string) => void} [failed] something nobody asked for went wrong
 */

/** Conversations kept subscribed, so that going back to one is instant. */
const KEPT = 20;
const TYPING_SHOWN = 6_000;
const TYPING_SAID = 2_000;

export class Inbox {
  /**
   * @param {import("./types").Me} me @param {(frame: Frame) => boolean} send @param {Surroundings} surroundings
   * @param {Listener} listener
   */
  constructor(me, send, surroundings, listener) {
    this.me = me;
    this.limits = { text: 5000, frame: 65536, page: 100 };
    this.surroundings = surroundings;
    this.listener = listener;
    this.transmit = send;
    this.requests = new Requests(send);
    this.desk = new Desk(surroundings.now);
    this.drafts = new Drafts(surroundings.storage);
    this.outbox = new Outbox(surroundings.storage, me.id);
    /** @type {Map<string, Summary>} */
    this.summaries = new Map();
    /** @type {Map<string, Thread>} the one used last comes last */
    this.threads = new Map();
    /** @type {string | null} */
    this.current = null;
    /** Whether there are closed conversations that are not in `summaries`. */
    this.closedEarlier = false;
    /** Conversations that are not closed and not in `summaries`: they come when there is room for them. */
    this.more = 0;
    this.welcomedAt = "";
    this.welcomed = false;
    this.connected = false;
    /** Whether the agent looks at this page. */
    this.attentive = true;
    /** @type {(tag: string) => boolean} whether messages are translated both ways between this language and the agent's */
    this.translates = () => true;
    /** @type {Map<string, string>} why a conversation's last message was not taken */
    this.refusals = new Map();
    this.typingSaid = 0;
    /** @type {Set<Topic>} */
    this.pending = new Set();
  }

  /** @param {...Topic} topics */
  touch(...topics) {
    if (!this.pending.size) {
      queueMicrotask(() => {
        const happened = this.pending;
        this.pending = new Set();
        this.listener.changed(happened);
      });
    }
    for (const topic of topics) this.pending.add(topic);
  }

  /** @returns {Thread | null} */
  get thread() {
    return this.current ? this.threads.get(this.current) ?? null : null;
  }

  /** @returns {Summary | null} */
  get summary() {
    return this.current ? this.summaries.get(this.current) ?? null : null;
  }

  // The connection

  disconnected() {
    this.connected = false;
    for (const thread of this.threads.values()) thread.subscribed = false;
    this.requests.abandon();
    this.touch("status", "thread", "composer");
  }

  /** @param {Frame} frame */
  receive(frame) {
    if (this.requests.settle(frame)) return;
    switch (frame.type) {
      case "welcome":
        return this.#welcome(/** @type {any} */ (frame));
      case "summary":
        return this.#summary(frame.conversation);
      case "event":
        return this.#event(frame.conversation, frame.event);
      case "ack":
        return this.#acknowledged(frame.client_id);
      case "typing":
        return this.#typing(frame.conversation, frame.author);
      case "receipts":
        return this.#receipts(frame.conversation, { delivered: frame.delivered, seen: frame.seen });
      case "suggestion":
        return this.#suggestion(frame.conversation, frame.language);
      case "error":
        return this.#error(/** @type {any} */ (frame));
      default:
        if (this.desk.receive(frame)) this.touch("desk", "list", "thread");
    }
  }

  /** @param {import("./types").AgentWelcome} welcome */
  #welcome(welcome) {
    this.me = { ...this.me, ...welcome.agent };
    this.limits = welcome.limits;
    this.desk.welcome(welcome);
    this.closedEarlier = welcome.closed_earlier;
    this.summaries = new Map(welcome.conversations.map((summary) => [summary.id, summary]));
    this.more = welcome.living - welcome.conversations.filter(({ state }) => state !== "closed").length;
    this.welcomedAt = welcome.now;
    this.welcomed = true;
    this.connected = true;
    for (const thread of this.threads.values()) thread.seenSaid = 0;
    for (const outgoing of this.outbox.entries) this.#transmit(outgoing);
    if (this.current) this.#subscribe(this.current);
    this.touch("list", "thread", "status", "composer", "desk");
  }

  /** @param {Summary} summary */
  #summary(summary) {
    const before = this.summaries.get(summary.id);
    this.summaries.set(summary.id, summary);
    this.desk.notBefore(summary.last_message?.at);
    // One of those behind has come forward; what was opened since the welcome was not among them.
    if (!before && this.more > 0 && summary.opened_at <= this.welcomedAt) this.more -= 1;
    const thread = this.threads.get(summary.id);
    if (thread) {
      thread.receive(summary.receipts);
      if (thread.visitor) thread.visitor = { ...thread.visitor, ...summary.visitor };
    }
    this.listener.summary?.(before, summary);
    this.touch("list", "thread");
  }

  /** @param {string} id @param {import("../../widget/lib/protocol").ConversationEvent} event */
  #event(id, event) {
    const thread = this.threads.get(id);
    if ("at" in event) this.desk.notBefore(event.at);
    if (!thread?.add(event)) return;
    if (thread.log.gap) this.#subscribe(id);
    if (event.kind === "message" && event.author.kind === "visitor") {
      thread.typing = false;
      const looking = this.attentive && this.current === id;
      if (!looking && thread.unreadAfter === 0) thread.unreadAfter = event.seq - 1 || -1;
    }
    this.listener.arrived?.(thread, event);
    this.touch("thread");
    this.sayItIsSeen();
  }

  /** @param {string} clientId */
  #acknowledged(clientId) {
    const outgoing = this.outbox.remove(clientId);
    if (!outgoing) return;
    this.refusals.delete(outgoing.conversation);
    const thread = this.threads.get(outgoing.conversation);
    const back = thread?.log.items.some((item) => item.kind === "message" && item.client_id === clientId);
    if (thread && !back) thread.acknowledged = [...thread.acknowledged, outgoing];
    this.touch("thread", "composer");
  }

  /** @param {string} id @param {import("../../widget/lib/protocol").Author} author */
  #typing(id, author) {
    const thread = this.threads.get(id);
    if (!thread || author.kind !== "visitor") return;
    thread.typing = true;
    const until = (thread.typingUntil = this.surroundings.now() + TYPING_SHOWN);
    this.surroundings.later(() => {
      if (thread.typingUntil !== until) return;
      thread.typing = false;
      this.touch("thread", "list");
    }, TYPING_SHOWN);
    this.touch("thread", "list");
  }

  /** @param {string} id @param {import("./types").Receipts} receipts */
  #receipts(id, receipts) {
    this.threads.get(id)?.receive(receipts);
    this.touch("thread");
  }

  /** @param {string} id @param {string | null} language */
  #suggestion(id, language) {
    const thread = this.threads.get(id);
    if (thread) thread.writes = language;
    this.touch("thread");
  }

  /** @param {ErrorFrame} error */
  #error(error) {
    const outgoing = this.outbox.entries.find((entry) => entry.client_id === error.client_id);
    if (!outgoing) {
      this.listener.failed?.(error.message);
      return;
    }
    this.refusals.set(outgoing.conversation, error.message);
    if (error.retry_after !== null) {
      this.surroundings.later(() => this.#transmit(outgoing), error.retry_after * 1000);
    } else {
      this.outbox.remove(outgoing.client_id);
      const begun = this.drafts.get(outgoing.conversation);
      this.drafts.set(outgoing.conversation, begun ? `${outgoing.text}\n${begun}` : outgoing.text);
      const { translation, text } = outgoing;
      if (translation && !this.drafts.wording(outgoing.conversation)) {
        this.drafts.setWording(outgoing.conversation, { ...translation, of: text });
      }
    }
    this.touch("thread", "composer");
  }

  // Conversations

  /** Shows a conversation, or none. @param {string | null} id */
  show(id) {
    if (id === this.current) return;
    const left = this.thread;
    if (left) {
      left.unreadAfter = 0;
      left.beaten = false;
    }
    this.current = id;
    if (id) {
      const thread = this.follow(id);
      if (thread.subscribed) {
        thread.markUnread(this.summaries.get(id)?.unread ?? 0);
        this.sayItIsSeen();
      }
    }
    this.touch("list", "thread", "composer");
  }

  /** Listens to a conversation, shown or not. @param {string} id */
  follow(id) {
    const thread = this.threads.get(id) ?? new Thread(id);
    this.threads.delete(id);
    this.threads.set(id, thread);
    const summary = this.summaries.get(id);
    if (summary) thread.receive(summary.receipts);
    if (!thread.subscribed) this.#subscribe(id);
    this.#forgetOldest();
    return thread;
  }

  /** @param {string} id */
  async #subscribe(id) {
    const thread = this.threads.get(id);
    if (!thread || !this.connected) return;
    const first = !thread.loaded;
    try {
      const opened = await this.requests.ask({ type: "open", conversation: id, after: thread.log.last });
      thread.open(opened);
      if (first && this.current === id) thread.markUnread(this.summaries.get(id)?.unread ?? 0);
      this.sayItIsSeen();
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      if (error.code === "not_found" && this.current === id) {
        this.listener.failed?.(error.message);
        this.show(null);
      } else if (error.code !== "offline") {
        thread.problem = error.message;
      }
    }
    this.touch("thread", "list");
  }

  /** Another try after `problem`. */
  openAgain() {
    const { thread } = this;
    if (!thread) return;
    thread.problem = null;
    this.touch("thread");
    this.#subscribe(thread.id);
  }

  #forgetOldest() {
    const [oldest] = this.threads.keys();
    if (this.threads.size <= KEPT || oldest === this.current) return;
    this.threads.delete(oldest);
    this.transmit({ type: "leave", conversation: oldest });
  }

  /** @returns {Promise<void>} */
  async loadEarlier() {
    const thread = this.thread;
    if (!thread?.log.earlier || thread.loadingEarlier || !this.connected) return;
    thread.loadingEarlier = true;
    this.touch("thread");
    try {
      const answer = await this.requests.ask({ type: "history", conversation: thread.id, before: thread.log.first });
      thread.addEarlier(answer.events, answer.earlier);
    } catch {
      // The button stays where it is for another try.
    } finally {
      thread.loadingEarlier = false;
      this.touch("thread");
    }
  }

  /** Tells the server, and so the visitor, that what came has been read: only when it is looked at. */
  sayItIsSeen() {
    const thread = this.thread;
    if (!thread?.subscribed || !this.attentive || !this.connected) return;
    const seq = thread.lastFromVisitor;
    if (seq <= thread.seenSaid) return;
    thread.seenSaid = seq;
    this.transmit({ type: "seen", conversation: thread.id, seq });
    const summary = this.summaries.get(thread.id);
    if (summary?.unread) {
      this.summaries.set(thread.id, { ...summary, unread: 0 });
      this.touch("list");
    }
  }

  /** @param {boolean} attentive */
  look(attentive) {
    if (attentive === this.attentive) return;
    this.attentive = attentive;
    this.sayItIsSeen();
    this.touch("list");
  }

  // Writing

  /** @param {string} text @param {import("./types").Wording | null} [translation] the agent's own; both not empty, within the limit */
  send(text, translation) {
    const thread = this.thread;
    if (!thread) return;
    const { uuid, now } = this.surroundings;
    /** @type {Outgoing} */
    const outgoing = { client_id: uuid(), conversation: thread.id, text, at: new Date(now()).toISOString() };
    if (translation) outgoing.translation = translation;
    thread.unreadAfter = 0;
    this.refusals.delete(thread.id);
    this.drafts.set(thread.id, "");
    this.drafts.setWording(thread.id, null);
    this.drafts.setCanned(thread.id, null);
    this.outbox.add(outgoing);
    this.#transmit(outgoing);
    this.touch("thread", "composer", "list");
  }

  /** @param {Outgoing} outgoing nothing happens when it has been acknowledged or taken back meanwhile */
  #transmit({ client_id, conversation, text, translation }) {
    if (!this.outbox.entries.some((entry) => entry.client_id === client_id)) return;
    this.transmit({ type: "send", conversation, client_id, text, ...(translation && { translation }) });
  }

  /** What is shown of the current conversation but is not an event yet. */
  get outgoing() {
    const thread = this.thread;
    return thread ? [...thread.acknowledged, ...this.outbox.of(thread.id)] : [];
  }

  /** The composer's text changed: what was said about the last one is settled. @param {string} text */
  draft(text) {
    if (!this.current) return;
    this.drafts.set(this.current, text);
    this.refusals.delete(this.current);
    if (text.trim()) this.#sayTyping();
    else {
      this.drafts.setWording(this.current, null);
      this.drafts.setCanned(this.current, null);
    }
  }

  #sayTyping() {
    const now = this.surroundings.now();
    if (!this.current || now - this.typingSaid < TYPING_SAID) return;
    this.typingSaid = now;
    this.transmit({ type: "typing", conversation: this.current });
  }

  /**
   * Asks for something that is answered.
   * @param {"take" | "accept" | "decline" | "transfer" | "release" | "close" | "reopen" | "translate" | "correct" | "reject" | "restore" | "preview" | "why"} type
   * @param {string} conversation @param {Record<string, unknown>} [more]
   */
  ask(type, conversation, more = {}) {
    return this.requests.ask({ type, conversation, ...more });
  }
}
