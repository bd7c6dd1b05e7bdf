// What an agent does with a conversation: by button, by key and from the palette alike.

import { t } from "../../widget/lib/i18n.js";
import { translationFor } from "../../widget/lib/events.js";
import { calledWrong } from "./reading.js";
import { RequestError } from "./requests.js";
import { availabilityName } from "./routing_wording.js";
import { sectionOf } from "./sections.js";
import { visitorName } from "./wording.js";

/**
 * @typedef {import("./inbox.js").Inbox} Inbox
 * @typedef {import("./types").Summary} Summary
 */

export class Actions {
  /** @param {Inbox} inbox @param {import("./toasts.js").Toasts} toasts */
  constructor(inbox, toasts) {
    this.inbox = inbox;
    this.toasts = toasts;
    /** Says something to a screen reader. @type {(text: string) => void} */
    this.said = () => {};
  }

  // `id` says which conversation; without one it is the open one.

  /** @param {string | null} [id] */
  async take(id) {
    const summary = this.#summary(id);
    if (!summary || summary.state === "closed" || summary.agent?.id === this.inbox.me.id) return;
    try {
      await this.inbox.ask(sectionOf(summary, this.inbox.me.id) === "offered" ? "accept" : "take", summary.id);
      // What happens to another conversation than the one before one's eyes is said.
      if (summary.id !== this.inbox.current) this.#taken(summary);
    } catch (error) {
      if (error instanceof RequestError && error.code === "already_taken") this.#tooLate(summary.id, error.message);
      else this.#failed(error);
    }
  }

  /** Leaves an offer to the next. @param {string | null} [id] */
  async decline(id) {
    const summary = this.#summary(id);
    if (!summary || sectionOf(summary, this.inbox.me.id) !== "offered") return;
    if (!(await this.#ask("decline", summary.id))) return;
    this.toasts.show(t("You declined. {name} goes to whoever is next.", { name: visitorName(summary.visitor) }), {
      label: t("Undo"), undoes: true, run: () => this.take(summary.id),
      useful: onceTrue(() => this.#now(summary.id)?.state === "queued" && this.#now(summary.id)?.offer?.agent.id !== this.inbox.me.id),
    });
  }

  /**
   * Hands a conversation to a colleague or a region.
   * @param {string} id @param {{agent?: string, region?: string, note: string | null}} to @param {string} name of whom it goes to
   * @returns {Promise<string>} what went wrong, or ""
   */
  async transfer(id, to, name) {
    const summary = this.#now(id);
    try {
      await this.inbox.ask("transfer", id, to);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      return error.code === "offline" ? t("There is no connection at the moment. Nothing was changed.") : error.message;
    }
    if (summary) {
      this.toasts.show(t("You handed {name} to {other}.", { name: visitorName(summary.visitor), other: name }), {
        label: t("Take back"), undoes: true, run: () => this.take(id), useful: onceTrue(() => this.#now(id)?.state === "queued"),
      });
    }
    return "";
  }

  /** What this agent is for the others from now on. @param {import("./types").Availability} state */
  async beAvailable(state) {
    const { desk } = this.inbox;
    const before = { availability: desk.availability, automatic: desk.automatic };
    Object.assign(desk, { availability: state, automatic: false });
    this.inbox.touch("desk");
    try {
      await this.inbox.requests.ask({ type: "availability", state });
      this.said(availabilityName(state));
    } catch (error) {
      Object.assign(desk, before);
      this.inbox.touch("desk");
      this.#failed(error);
    }
  }

  /** @param {string | null} [id] */
  async takeOver(id) {
    const summary = this.#summary(id);
    if (!summary || !(await this.#ask("take", summary.id, { force: true }))) return;
    const thread = this.inbox.threads.get(summary.id);
    if (thread) thread.beaten = false;
  }

  /** @param {string | null} [id] */
  async release(id) {
    const summary = this.#summary(id);
    if (!summary || summary.agent?.id !== this.inbox.me.id || summary.state === "closed") return;
    if (!(await this.#ask("release", summary.id))) return;
    this.toasts.show(t("{name} waits for another agent now.", { name: visitorName(summary.visitor) }), {
      label: t("Undo"), undoes: true, run: () => this.#ask("take", summary.id), useful: onceTrue(() => !this.#now(summary.id)?.agent),
    });
  }

  /** @param {string | null} [id] */
  async close(id) {
    const summary = this.#summary(id);
    if (!summary || summary.state === "closed") return;
    if (!(await this.#ask("close", summary.id))) return;
    this.toasts.show(t("The conversation with {name} is closed.", { name: visitorName(summary.visitor) }), {
      label: t("Undo"), undoes: true,
      run: () => this.#ask("reopen", summary.id),
      useful: onceTrue(() => this.#now(summary.id)?.state === "closed"),
    });
  }

  /** @param {string | null} [id] */
  async reopen(id) {
    const summary = this.#summary(id);
    if (summary?.state === "closed") await this.#ask("reopen", summary.id);
  }

  swapAll() {
    this.inbox.thread?.swapAll();
    this.inbox.touch("thread");
  }

  /** @param {number} seq @param {boolean} doubted */
  swap(seq, doubted) {
    this.inbox.thread?.swapOne(seq, doubted);
    this.inbox.touch("thread");
  }

  /** @param {number} seq @param {string} language */
  async translate(seq, language) {
    const { thread } = this.inbox;
    if (!thread) return;
    thread.retrying.add(seq);
    this.inbox.touch("thread");
    if (await this.#ask("translate", thread.id, { seq, language })) return;
    thread.retrying.delete(seq);
    this.inbox.touch("thread");
  }

  /** Says that a translation is wrong. @param {number} seq @param {string} language */
  async reject(seq, language) {
    const { thread } = this.inbox;
    if (!thread || !(await this.#ask("reject", thread.id, { seq, language }))) return;
    this.toasts.show(t("Marked as wrong. The original is shown."), {
      label: t("Undo"), undoes: true, run: () => this.#ask("restore", thread.id, { seq, language }),
      useful: onceTrue(() => calledWrong(this.#translation(thread.id, seq, language))),
    });
  }

  /** Takes back what was said about a translation last. @param {number} seq @param {string} language */
  async restore(seq, language) {
    if (this.inbox.thread) await this.#ask("restore", this.inbox.thread.id, { seq, language });
  }

  /** Opens or closes the place to write a translation. @param {number} seq */
  reword(seq) {
    const { thread } = this.inbox;
    if (!thread) return;
    if (!thread.rewording.delete(seq)) thread.rewording.add(seq);
    this.inbox.touch("thread");
  }

  /** What was begun there, also before a reload. @param {number} seq */
  begun(seq) {
    return this.inbox.thread ? this.inbox.drafts.get(`${this.inbox.thread.id} ${seq}`) : "";
  }

  /** @param {number} seq @param {string} text */
  begin(seq, text) {
    if (this.inbox.thread) this.inbox.drafts.set(`${this.inbox.thread.id} ${seq}`, text);
  }

  /** @param {number} seq @param {string} language @param {string} text @returns {Promise<string>} what went wrong, or "" */
  async correct(seq, language, text) {
    const { thread, drafts } = this.inbox;
    if (!thread) return "";
    try {
      await this.inbox.ask("correct", thread.id, { seq, language, text });
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      return error.code === "offline" ? t("There is no connection at the moment. Nothing was changed.") : error.message;
    }
    drafts.set(`${thread.id} ${seq}`, "");
    thread.rewording.delete(seq);
    this.inbox.touch("thread");
    return "";
  }

  /** The models behind a translation; none where that can't be told now. @param {number} seq @param {string} language @returns {Promise<import("./types").Hop[]>} */
  async why(seq, language) {
    const { thread } = this.inbox;
    try {
      return thread ? (await this.inbox.ask("why", thread.id, { seq, language })).hops : [];
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      return [];
    }
  }

  /** @param {string} id @param {number} seq @param {string} language */
  #translation(id, seq, language) {
    const message = this.inbox.threads.get(id)?.log.items.find((item) => item.seq === seq);
    return message?.kind === "message" ? translationFor(message, language) : null;
  }

  /** @param {Summary} summary as it was before */
  #taken({ id, visitor }) {
    this.toasts.show(t("You took the conversation with {name}.", { name: visitorName(visitor) }), {
      label: t("Undo"), undoes: true,
      run: () => this.#ask("release", id),
      useful: onceTrue(() => this.#now(id)?.agent?.id === this.inbox.me.id),
    });
  }

  /** @param {string | null} [id] */
  #summary(id) {
    return this.#now(id ?? this.inbox.current);
  }

  /** @param {string | null} id @returns {Summary | null} */
  #now(id) {
    return id ? this.inbox.summaries.get(id) ?? null : null;
  }

  /** Somebody else was quicker: the open conversation says who, and offers to take it over. @param {string} id @param {string} message */
  #tooLate(id, message) {
    const thread = this.inbox.threads.get(id);
    if (thread && this.inbox.current === id) {
      thread.beaten = true;
      this.inbox.touch("thread");
    } else {
      this.toasts.show(message, { label: t("Take over"), run: () => this.takeOver(id) });
    }
  }

  /**
   * @param {"take" | "decline" | "release" | "close" | "reopen" | "translate" | "reject" | "restore"} type @param {string} conversation
   * @param {Record<string, unknown>} [more] @returns {Promise<boolean>}
   */
  async #ask(type, conversation, more) {
    try {
      await this.inbox.ask(type, conversation, more);
      return true;
    } catch (error) {
      this.#failed(error);
      return false;
    }
  }

  /** @param {unknown} error */
  #failed(error) {
    if (!(error instanceof RequestError)) throw error;
    this.toasts.show(error.code === "offline" ? t("There is no connection at the moment. Nothing was changed.") : error.message);
  }
}

/**
 * The answer to a request comes before the summary that shows its effect: a test that is true until it has been true
 * once, and then says what is.
 * @param {() => boolean} test
 */
function onceTrue(test) {
  let been = false;
  return () => {
    const now = test();
    been ||= now;
    return now || !been;
  };
}
