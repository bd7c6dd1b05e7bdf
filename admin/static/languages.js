// Between which languages messages are translated for this agent.

import { baseOf } from "../../widget/lib/events.js";

/** The server's word of now, for a console that was open while language packs came or went. @returns {Promise<Languages>} */
export async function languagesNow() {
  const answer = await fetch("/api/agent/languages");
  if (!answer.ok) throw new Error(`languages: ${answer.status}`);
  return (await answer.json()).languages;
}

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
