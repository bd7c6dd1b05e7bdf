// The arrow between what comes first and what comes of it: a character that does not turn by itself from right to left.

import { isolate, reader } from "../../widget/lib/i18n.js";

export const arrow = () => (reader().direction === "rtl" ? "←" : "→");

/**
 * Lithuanian → English → Portuguese, in the direction of reading, whatever letters the parts are in.
 * @param {readonly string[]} parts
 */
export function inTurn(parts) {
  const text = parts.map((part) => isolate(part)).join(` ${arrow()} `);
  // Nothing but isolated parts would be laid out from the left where this is isolated itself.
  return reader().direction === "rtl" ? `\u2067${text}\u2069` : text;
}
