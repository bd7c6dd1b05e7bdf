// Draws the rows: one element a row, kept by its key, redrawn when the row changed.

import { reader, format, t } from "../lib/i18n.js";
import { drawMessage } from "./bubble.js";
import { byId, make, say } from "../lib/dom.js";

/** @import {Context, ListOptions, Row} from "./types" */

/** @param {ListOptions} options */
export function createList(options) {
  const list = byId("list");
  /** @type {Map<string, {element: HTMLLIElement, drawn: string}>} */
  let known = new Map();
  /** @type {Set<number>} */
  const swapped = new Set();
  let allAsWritten = false;

  /** @type {Context} */
  const context = {
    get language() {
      return options.language;
    },
    avatarOf: options.avatarOf,
    retry: options.retry,
    remove: options.remove,
    asWritten: (seq) => swapped.has(seq) !== allAsWritten,
    swap(seq) {
      if (!swapped.delete(seq)) swapped.add(seq);
      options.redraw();
      const element = known.get(`s${seq}`)?.element;
      element?.querySelector("button")?.focus();
    },
  };

  /** @param {HTMLLIElement} element @param {Row} row */
  function draw(element, row) {
    if (row.kind === "message") {
      drawMessage(element, row, context);
    } else if (row.kind === "day") {
      element.className = "day";
      const days = format().daysFromNow(row.at);
      say(element, days === 0 ? t("Today") : days === -1 ? t("Yesterday") : format().day(row.at));
    } else {
      element.className = "notice";
      const { name } = row;
      if (row.notice === "joined") say(element, t("{name} is answering you", { name }));
      else if (row.notice === "left") say(element, t("{name} left. Somebody else will answer you.", { name }));
      else say(element, t("This conversation was closed. Write again whenever you like."));
    }
  }

  return {
    /** @param {readonly Row[]} rows */
    draw(rows) {
      const now = new Map();
      const manner = `${reader().locale} ${format().locale} ${options.language}`;
      let place = list.firstElementChild;
      for (const row of rows) {
        const written = row.kind === "message" && context.asWritten(row.seq);
        const drawn = JSON.stringify([manner, row, written, row.kind === "message" && !row.mine && context.avatarOf(row.author)]);
        const old = known.get(row.key);
        const element = old?.element ?? make("li");
        if (old?.drawn !== drawn) draw(element, row);
        now.set(row.key, { element, drawn });
        if (element === place) place = place.nextElementSibling;
        else list.insertBefore(element, place);
      }
      for (const [key, { element }] of known) if (!now.has(key)) element.remove();
      known = now;
    },

    /** Every message as written, or every one translated again. */
    swapAll() {
      allAsWritten = !allAsWritten;
      swapped.clear();
      options.redraw();
    },
  };
}
