// Says what happens to offers: to a screen reader, and in a toast where the list is out of sight or something has ended.

import { t } from "../../widget/lib/i18n.js";
import { isBetween, isNewOffer, offerEnd, refusedTransfer, secondsLeft } from "./offers.js";
import { offerEndText, offerText, refusedText } from "./routing_wording.js";
import { sectionOf } from "./sections.js";
import { visitorName } from "./wording.js";

/** @typedef {import("./types").Summary} Summary */

export class OfferNews {
  /**
   * @param {import("./inbox.js").Inbox} inbox @param {Pick<import("./toasts.js").Toasts, "show">} toasts
   * @param {{say: (text: string) => void, open: (id: string) => void, unseen: () => boolean}} more whether another
   *   conversation hides the list
   */
  constructor(inbox, toasts, more) {
    this.inbox = inbox;
    this.toasts = toasts;
    this.more = more;
    /** Offers that are over, until it is known how. @type {Map<string, Summary>} */
    this.ending = new Map();
  }

  /** @param {Summary | undefined} before @param {Summary} after */
  changed(before, after) {
    const { me, desk, current } = this.inbox;
    const offered = this.ending.get(after.id) ?? before;
    this.ending.delete(after.id);
    if (offered?.offer && isBetween(after)) {
      this.ending.set(after.id, offered);
      return;
    }
    if (isNewOffer(before, after, me.id)) {
      if (this.more.unseen() && current !== after.id) {
        const still = () => {
          const now = this.inbox.summaries.get(after.id);
          return now !== undefined && sectionOf(now, me.id) === "offered";
        };
        this.toasts.show(t("{name} is offered to you", { name: visitorName(after.visitor) }), { label: t("Open"), run: () => this.more.open(after.id), useful: still });
      } else {
        this.more.say(offerText(after, secondsLeft(after.offer?.until ?? "", desk.now())));
      }
      return;
    }
    const end = offerEnd(offered, after, me.id);
    // Whoever declined has been told what that does.
    if (end && end !== "withdrawn") this.toasts.show(offerEndText(end, after));
  }

  /** @param {import("./thread.js").Thread} thread @param {import("../../widget/lib/protocol").ConversationEvent} event */
  arrived(thread, event) {
    const refused = refusedTransfer(thread.log.items, event, this.inbox.me.id);
    const visitor = thread.visitor ?? this.inbox.summaries.get(thread.id)?.visitor;
    if (refused && visitor) {
      this.toasts.show(refusedText(refused.agent.name, refused.how, visitor), { label: t("Open"), run: () => this.more.open(thread.id) });
    }
  }
}
