// Having a text drafted in one language after the other, saying how far it is and what could not be.

import { format, t, tn } from "../../widget/lib/i18n.js";
import { byId } from "./dom.js";
import { call, CallError, messageOf } from "./admin_page.js";
import { done } from "./undo_line.js";

/**
 * @param {string} id of the text @param {readonly string[]} tags @param {(tag: string) => string} nameOf
 * @param {(text: import("./texts_types").Text) => void} made what the text is with each draft
 */
export async function draftAll(id, tags, nameOf, made) {
  const bar = /** @type {HTMLProgressElement} */ (byId("progress"));
  bar.max = tags.length;
  byId("progress-part").hidden = false;
  /** What went wrong, with the languages it did in. @type {Map<string, string[]>} */
  const failed = new Map();
  let count = 0;
  for (const [at, tag] of tags.entries()) {
    bar.value = at;
    byId("progress-said").textContent = t("{done} of {total}", { done: at, total: tags.length });
    try {
      made((await call("/api/wordings/draft", { id, locale: tag })).text);
      count += 1;
    } catch (error) {
      const said = messageOf(error);
      failed.set(said, [...(failed.get(said) ?? []), nameOf(tag)]);
      if (error instanceof CallError && error.code === "offline") break;
    }
  }
  byId("progress-part").hidden = true;
  const place = byId("trouble");
  place.hidden = !failed.size;
  place.textContent = [...failed].map(([said, names]) => `${format().list(names)}: ${said}`).join(" ");
  if (count) done(tn("{n} draft is ready. Read it, then approve it.", "{n} drafts are ready. Read them, then approve them.", count));
}
