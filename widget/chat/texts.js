// The texts that admins write, where there are any: fetched for another language, asked before the first message and after the last.

import { byId, once } from "../lib/dom.js";
import { withStyle } from "./style.js";

/** @import {AskingOptions} from "./types" */
/** @import {Texts} from "../lib/protocol" */

/** For a reader of another language; null: they did not come. @param {string} language @returns {Promise<Texts | null>} */
export async function fetchTexts(language) {
  try {
    const answer = await fetch(`/api/texts?language=${language}`, { signal: AbortSignal.timeout(5_000) });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** @param {AskingOptions} options */
export function createAsking({ store, conversation, redraw }) {
  /** @type {ReturnType<typeof import("./prechat.js").createPrechat> | null} */
  let prechat = null;
  /** @type {ReturnType<typeof import("./survey.js").createSurvey> | null} */
  let survey = null;
  const { state, outbox, give, rate } = conversation;
  const current = () => store.get("session")?.conversation;

  const loadPrechat = once(async () => (await withForms(import("./prechat.js"))).createPrechat, (createPrechat) => {
    prechat = createPrechat({ store, give, current });
    redraw();
  });
  const loadSurvey = once(async () => (await withForms(import("./survey.js"))).createSurvey, (createSurvey) => {
    survey = createSurvey({ store, rate, redraw, announce: (line) => byId("announcer").append(line) });
    redraw();
  });

  /** What is to be asked before the first message. */
  function questions() {
    const begun = store.get("session")?.talked || outbox.entries.length || (current() && store.get("asked") === current());
    return begun ? [] : state.texts?.questions ?? [];
  }

  return {
    /** What the first message begins with. @returns {Promise<string | null>} null: something is missing */
    async before() {
      if (!questions().length) return "";
      await loadPrechat();
      return prechat ? prechat.before() : "";
    },

    /** The first message is on its way, with the answers in it. */
    sent: () => prechat?.sent(),

    /** Goes to the first question without an answer. @returns {boolean} whether there is one */
    focus: () => prechat?.focus() ?? false,

    /** The server's answer. @param {"email" | "rate"} to @param {string} error empty: it is done */
    answered(to, error) {
      if (to === "rate") survey?.answered(error);
      else prechat?.answered(error);
    },

    draw() {
      if (questions().length || store.get("given")) loadPrechat();
      prechat?.draw(questions(), state.status === "open");
      if (state.log.state === "closed" && state.texts?.survey) loadSurvey();
      survey?.draw(state);
    },
  };
}

/** A part and the style of its form. @template T @param {Promise<T>} part */
const withForms = async (part) => (await Promise.all([part, withStyle("forms.css")]))[0];
