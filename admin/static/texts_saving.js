// What is done to texts at the server, with the way back. Each deed belongs to the text it began with, whichever is open when it ends or is undone.

import { t } from "../../widget/lib/i18n.js";
import { CallError } from "./calls.js";
import { again, asSeen, choices, since, standing, tidy, toSave, upon, wayBack } from "./texts_model.js";

/**
 * @typedef {import("./texts_types").Text} Text
 * @typedef {import("./texts_types").Edit} Edit
 * @typedef {import("./texts_types").Choice} Choice
 * @typedef {import("./texts_kept").Kept} Kept
 */

/**
 * What the page does of it.
 * @typedef {object} Host
 * @property {(text: Text | null) => void} changed what there is, or what one of the texts says, is drawn anew
 * @property {(id: string, locale?: string) => void} go opens a text
 * @property {(left: Text, at: number) => void} leave goes to the next text where one is no more
 * @property {(text: Text, error: unknown) => void} complain says what is wrong with a text where that can be mended
 * @property {(error: unknown) => void} trouble null: none any more
 * @property {(said: string, undo?: (() => unknown) | null) => void} done
 * @property {(text: Text) => string} titleOf
 * @property {(theirs: Text, found: readonly Choice[]) => Promise<Record<string, string> | null>} askWhoseCounts
 * @property {(text: Text) => Promise<true | null>} askWhetherToAddAgain
 * @property {(text: Text) => boolean} isOneOfMany
 */

/**
 * How an edit is saved.
 * @typedef {object} Manner
 * @property {Text | null} before what an undo brings back; null: there is none
 * @property {boolean} typed it stands in the fields, and among what is not saved yet
 */

export class Saving {
  /** @param {Kept} kept @param {Host} host @param {(path: string, body: object) => Promise<any>} call */
  constructor(kept, host, call) {
    this.kept = kept;
    this.host = host;
    this.call = call;
    /** One deed after the other: each begins with what the one before has left. @type {Promise<unknown>} */
    this.turn = Promise.resolve();
  }

  /** What is typed in a text. @param {string} id */
  save(id) {
    return this.inTurn(async () => {
      const text = this.kept.of(id);
      const edit = text && this.kept.edits.get(text.id);
      return !edit || this.#save(asSeen(text, edit), edit, { before: text, typed: true });
    });
  }

  /** A person stands by wordings of a text, as they are. @param {string} id @param {Record<string, string>} wordings */
  approve(id, wordings) {
    return this.inTurn(async () => {
      const text = this.kept.of(id);
      return !text || this.#send("approve", { id: text.id, wordings }, text, { wordings }, { before: text, typed: false });
    });
  }

  /** Drops a draft. @param {string} id @param {string} tag */
  discardDraft(id, tag) {
    return this.inTurn(async () => {
      const before = this.kept.of(id);
      const draft = before?.wordings[tag];
      if (!draft) return true;
      const after = await this.#ask("discard", { id: before.id, locales: [tag] });
      if (!after) return false;
      this.kept.take(after);
      this.host.changed(after);
      this.#offer(t("Removed."), () => this.#goBack({ wordings: {}, drafts: { [tag]: draft } }, after));
      return true;
    });
  }

  /** Forgets what is typed in a text. @param {string} id */
  discard(id) {
    const text = this.kept.of(id);
    const typed = text && this.kept.edits.get(text.id);
    if (!typed) return;
    this.kept.keep(text.id, undefined);
    this.host.changed(null);
    this.host.done(t("Your changes were discarded."), () => this.#giveBack(text.id, typed));
  }

  /** @param {string} id */
  remove(id) {
    return this.inTurn(() => this.#remove(id));
  }

  /** @param {string} id @returns {Promise<boolean>} */
  async #remove(id) {
    const { kept, host } = this;
    const text = kept.of(id);
    if (!text) return true;
    const typed = kept.edits.get(text.id);
    if (text.version) {
      try {
        await this.call("/api/wordings/remove", { id: text.id, expected: text.version });
      } catch (error) {
        const isGone = error instanceof CallError && error.code === "not_found";
        if (!isGone) return this.#failed(error, text, typed ?? { wordings: {} }, { before: text, typed: true });
      }
    }
    host.trouble(null);
    const at = kept.drop(text, host.isOneOfMany(text) ? undefined : { ...text, version: 0, wordings: {}, changed_at: null, changed_by: null });
    host.leave(text, at);
    this.#offer(t("Removed."), async () => {
      const back = text.version ? await this.#ask("restore", { id: text.id }) : text;
      if (!back) return false;
      kept.take(back);
      this.#giveBack(back.id, typed);
      return true;
    });
    return true;
  }

  /** What was typed stands in its fields again, under what was typed since. @param {string} id @param {Edit | undefined} typed */
  #giveBack(id, typed) {
    const text = this.kept.of(id);
    if (!text) return;
    if (typed) this.kept.keep(text.id, upon(typed, this.kept.edits.get(text.id)));
    this.host.changed(text);
    this.host.go(text.id);
  }

  /** Undoes what made a text what it was afterwards, as far as it still is. @param {Edit} back @param {Text} after @returns {Promise<boolean>} */
  async #goBack(back, after) {
    const now = this.kept.of(after.id);
    const edit = now && standing(back, after, now);
    return !edit || this.#save(now, edit, { before: null, typed: false });
  }

  /** @param {Text} base @param {Edit} edit @param {Manner} manner */
  #save(base, edit, manner) {
    return this.#send("save", toSave(base, edit), base, edit, manner);
  }

  /**
   * @param {"save" | "approve"} deed @param {object} body @param {Text} base what is changed @param {Edit} edit how it is changed @param {Manner} manner
   * @returns {Promise<boolean>} false: the server does not have it
   */
  async #send(deed, body, base, edit, manner) {
    const { kept, host } = this;
    const { before } = manner;
    kept.sent.set(base.id, edit);
    /** @type {Text} */
    let text;
    try {
      ({ text } = await this.call(`/api/wordings/${deed}`, body));
    } catch (error) {
      return this.#failed(error, base, edit, manner);
    }
    host.trouble(null);
    // An approval is taken whatever else somebody has changed meanwhile.
    kept.settle(text, base.id, edit, deed === "save" ? base : undefined);
    host.changed(text);
    const back = before?.version ? wayBack(before, text) : undefined;
    if (back) this.#offer(t("Saved."), () => this.#goBack(back, text));
    else if (before?.version === 0) this.#offer(t("Saved."), () => this.#remove(text.id));
    else host.done(t("Saved."));
    return true;
  }

  /** What a text is afterwards; null: it failed, which was said. @param {"discard" | "restore"} deed @param {object} body @returns {Promise<Text | null>} */
  async #ask(deed, body) {
    try {
      const { text } = await this.call(`/api/wordings/${deed}`, body);
      this.host.trouble(null);
      return text;
    } catch (error) {
      this.host.trouble(error);
      return null;
    }
  }

  /** @param {unknown} error @param {Text} base @param {Edit} edit @param {Manner} manner @returns {Promise<boolean>} */
  async #failed(error, base, edit, manner) {
    const isChanged = error instanceof CallError && error.code === "changed_meanwhile";
    if (!isChanged) this.host.complain(base, error);
    const theirs = /** @type {Text | null} */ (isChanged ? error.told?.theirs ?? null : null);
    const isSaved = isChanged && (theirs ? await this.#merge(base, edit, theirs, manner) : await this.#addAgain(base, edit, manner));
    if (!isSaved) this.kept.unsettle(base.id);
    return isSaved;
  }

  /** Somebody else has saved it. Nothing of what is chosen is let go of before the server has it. @param {Text} base @param {Edit} edit @param {Text} theirs @param {Manner} manner */
  async #merge(base, edit, theirs, manner) {
    const { kept, host } = this;
    const drafts = standing({ wordings: {}, drafts: edit.drafts ?? {} }, base, theirs)?.drafts ?? {};
    // Where only drafts come back, nobody has two versions to choose from.
    const isChoice = Object.keys(edit.wordings).length > 0 || !edit.drafts;
    const chosen = isChoice ? await host.askWhoseCounts(theirs, choices(base, edit, theirs)) : {};
    if (!chosen) return false;
    const merged = tidy(theirs, { ...edit, drafts, wordings: chosen, seen: {} });
    if (manner.typed) {
      const typed = kept.edits.get(base.id);
      kept.edits.set(base.id, upon(merged ?? { wordings: {} }, typed && since(typed, edit)));
    }
    kept.sent.delete(base.id);
    kept.take(theirs, base.id);
    host.changed(theirs);
    return !merged || this.#save(theirs, merged, { ...manner, before: manner.before && theirs });
  }

  /** Somebody else has removed it. @param {Text} base @param {Edit} edit @param {Manner} manner */
  async #addAgain(base, edit, manner) {
    const { kept, host } = this;
    if (base.region !== null) {
      // A region is more than its texts: it is added on its own page.
      const gone = kept.overview.texts.filter(({ region }) => region === base.region);
      const [at = 0] = gone.map((text) => kept.drop(text));
      host.leave(base, at);
      host.trouble(new CallError("not_found", t("“{name}” was removed.", { name: host.titleOf(base) })));
      return true;
    }
    if (!(await host.askWhetherToAddAgain(base))) return false;
    const fresh = { ...base, version: 0, wordings: {} };
    return this.#save(fresh, again(base, edit), { ...manner, before: manner.before && fresh });
  }

  /** Says what was done, and how it is undone; again where that failed. @param {string} said @param {() => Promise<boolean>} undo */
  #offer(said, undo) {
    this.host.done(said, () => this.inTurn(async () => {
      const isUndone = await undo();
      if (!isUndone) this.#offer(said, undo);
      return isUndone;
    }));
  }

  /** @template T @param {() => Promise<T>} deed @returns {Promise<T>} */
  inTurn(deed) {
    const mine = this.turn.then(deed);
    this.turn = mine.catch(() => {});
    return mine;
  }
}
