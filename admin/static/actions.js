// What an agent does with the open conversation: by button, by key and from the palette alike.

import { t } from "../../widget/lib/i18n.js";
import { RequestError } from "./requests.js";
import { visitorName } from "./wording.js";

/** @typedef {import("./inbox.js").Inbox} Inbox */

export class Actions {
  /** @param {Inbox} inbox @param {import("./toasts.js").Toasts} toasts */
  constructor(inbox, toasts) {
    this.inbox = inbox;
    this.toasts = toasts;
  }

  async take() {
    const { thread, summary } = this.inbox;
    if (!thread || !summary || summary.state === "closed" || summary.agent?.id === this.inbox.me.id) return;
    try {
      await this.inbox.ask("take", thread.id);
    } catch (error) {
      if (error instanceof RequestError && error.code === "already_taken") {
        thread.takenBy = this.inbox.summaries.get(thread.id)?.agent?.name ?? "";
        this.inbox.touch("thread");
      } else {
        this.#failed(error);
      }
    }
  }

  async takeOver() {
    const { thread } = this.inbox;
    if (!thread) return;
    const done = await this.#ask("take", thread.id, { force: true });
    if (done) thread.takenBy = null;
  }

  async release() {
    const { summary } = this.inbox;
    if (summary?.agent?.id !== this.inbox.me.id || summary.state === "closed") return;
    if (!(await this.#ask("release", summary.id))) return;
    this.toasts.show(t("{name} waits for another agent now.", { name: visitorName(summary.visitor) }), {
      label: t("Undo"), run: () => this.#ask("take", summary.id),
    });
  }

  async close() {
    const { summary } = this.inbox;
    if (!summary || summary.state === "closed") return;
    if (!(await this.#ask("close", summary.id))) return;
    this.toasts.show(t("The conversation with {name} is closed.", { name: visitorName(summary.visitor) }), {
      label: t("Undo"), run: () => this.#ask("reopen", summary.id),
    });
  }

  async reopen() {
    const { summary } = this.inbox;
    if (summary?.state === "closed") await this.#ask("reopen", summary.id);
  }

  swapAll() {
    this.inbox.thread?.swapAll();
    this.inbox.touch("thread");
  }

  /** @param {number} seq */
  swap(seq) {
    this.inbox.thread?.swapOne(seq);
    this.inbox.touch("thread");
  }

  /** @param {number} seq @param {string} language */
  async translate(seq, language) {
    const { thread } = this.inbox;
    if (thread) await this.#ask("translate", thread.id, { seq, language });
  }

  /**
   * @param {"take" | "release" | "close" | "reopen" | "translate"} type @param {string} conversation
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
