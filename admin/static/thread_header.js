// Above the messages: with whom, in which languages, who has the conversation, and what can be done with it.

import { t, tc } from "../../widget/lib/i18n.js";
import { byId, setText } from "./dom.js";
import { sameLanguage } from "./reading.js";
import { waitingText } from "./routing_wording.js";
import { sectionOf } from "./sections.js";
import { languagePair, visitorName, writesText } from "./wording.js";

/** @typedef {import("./inbox.js").Inbox} Inbox */

export class ThreadHeader {
  /** @param {Inbox} inbox @param {import("./formats.js").Formats} formats @param {import("./actions.js").Actions} actions @param {() => void} transfer */
  constructor(inbox, formats, actions, transfer) {
    this.inbox = inbox;
    this.formats = formats;
    byId("transfer-button").addEventListener("click", transfer);
    byId("take").addEventListener("click", () => actions.take());
    byId("release").addEventListener("click", () => actions.release());
    byId("close").addEventListener("click", () => actions.close());
    byId("reopen").addEventListener("click", () => actions.reopen());
    byId("reopen-below").addEventListener("click", () => actions.reopen());
    byId("originals").addEventListener("click", () => actions.swapAll());
    byId("notice-action").addEventListener("click", () => actions.takeOver());
  }

  render() {
    const { summary, thread, me } = this.inbox;
    byId("nothing-open").hidden = Boolean(thread);
    byId("conversation").hidden = !thread;
    if (!thread) return;
    const visitor = thread.visitor ?? summary?.visitor;
    setText(byId("visitor-name"), visitor ? visitorName(visitor) : t("Loading…"));
    const foreign = Boolean(visitor && !sameLanguage(visitor.language, me.language));
    const pair = byId("pair");
    pair.hidden = !visitor;
    if (visitor) {
      setText(byId("pair-theirs"), visitor.language);
      setText(byId("pair-mine"), foreign ? me.language : "");
      const translated = this.inbox.translates(visitor.language);
      pair.querySelector(".icon-arrow")?.toggleAttribute("hidden", !foreign || !translated);
      pair.querySelector(".icon-apart")?.toggleAttribute("hidden", !foreign || translated);
      setText(byId("pair-words"), languagePair(visitor.language, me.language, translated));
      pair.title = languagePair(visitor.language, me.language, translated);
      byId("visitor-online").hidden = !visitor.online;
    }

    const writes = visitor && thread.writes && !sameLanguage(thread.writes, visitor.language) ? thread.writes : null;
    byId("writes").hidden = !writes;
    if (visitor && writes) setText(byId("writes"), writesText(writes, visitor.language));

    const section = summary ? sectionOf(summary, me.id) : null;
    byId("take").hidden = section !== "waiting";
    byId("release").hidden = byId("transfer-button").hidden = section !== "mine";
    byId("close").hidden = section === "closed" || section === null;
    byId("reopen").hidden = section !== "closed";
    const originals = byId("originals");
    originals.hidden = !foreign;
    originals.setAttribute("aria-pressed", String(thread.originals));

    const owner = section === "others" ? summary?.agent?.name ?? null : null;
    setText(byId("owner"), summary && section ? this.#owner(summary, section) : "");
    byId("owner").dataset.section = section ?? "";
    const notice = byId("notice");
    notice.hidden = owner === null;
    if (owner !== null) {
      setText(byId("notice-text"), thread.beaten
        ? t("{name} was quicker and has this conversation now.", { name: owner })
        : t("{name} has this conversation. You can read along and write too.", { name: owner }));
    }
  }

  /** @param {import("./types").Summary} summary @param {import("./types").Section} section */
  #owner(summary, section) {
    switch (section) {
      case "mine":
        return tc("conversation", "Yours");
      case "closed":
        return t("Closed");
      case "offered":
        // The card below says it.
        return "";
      case "waiting":
        return waitingText(summary, this.inbox.desk, this.formats);
      default:
        return summary.agent?.name ?? "";
    }
  }
}
