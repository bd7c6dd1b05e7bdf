// Between which languages messages are translated for this agent.

import { baseOf } from "../../widget/lib/events.js";

/** @typedef {import("./types").Config["languages"]} Languages */

/**
 * Says of a visitor's language whether messages are translated both ways between it and the agent's.
 * A language that is not offered is not translated; of another variant (pt for pt-BR) the same is true.
 * @param {Languages} languages @returns {(tag: string) => boolean}
 */
export function translatedAmong(languages) {
  return (tag) => {
    const found = languages.find((each) => each.tag === tag) ?? languages.find((each) => baseOf(each.tag) === baseOf(tag));
    return found?.translated ?? false;
  };
}
