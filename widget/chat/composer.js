// The one field: Enter sends, Shift+Enter breaks the line, a draft outlives the page, what is too long stays.

import { format, t, tc, tn } from "../lib/i18n.js";
import { lengthOf } from "../lib/text.js";
import { byId, say } from "../lib/dom.js";

const TYPING_EVERY = 2_000;

/** @import {ComposerOptions} from "./types" */

/** @param {ComposerOptions} options */
export function createComposer({ store, before, onSend, onTyping }) {
  const field = byId("text", HTMLTextAreaElement);
  const button = byId("send", HTMLButtonElement);
  const counter = byId("count");
  const problem = byId("problem");
  let limit = 5000;
  let typedAt = 0;
  /** @type {() => string} said anew when the language changes */
  let trouble = () => "";
  let warning = "";

  // Somebody quick may have typed before this ran.
  if (field.value) store.set("draft", field.value);
  else field.value = store.get("draft") ?? "";

  /** Fits everything to the text. */
  function changed() {
    const length = lengthOf(field.value);
    const over = length > limit;
    button.ariaDisabled = `${!length}`;
    counter.hidden = length < limit * 0.9;
    counter.classList.toggle("over", over);
    say(counter, t("{length} of {limit}", { length, limit }));
    if (!over && field.ariaInvalid === "true") complain(() => "");
    // An empty field has no direction of its own: its placeholder takes the page's.
    field.dir = field.value ? "auto" : document.documentElement.dir;
    // The height of the text, up to what the style sheet allows.
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }

  /** @param {() => string} words */
  function complain(words) {
    trouble = words;
    field.ariaInvalid = `${!!words()}`;
    tell();
  }

  function tell() {
    const words = trouble() || warning;
    say(problem, words);
    problem.hidden = !words;
  }

  /** @param {string} text */
  function write(text) {
    field.value = text;
    store.set("draft", text);
    complain(() => "");
    changed();
  }

  async function send() {
    const written = field.value;
    const text = written.trim().toWellFormed?.() ?? written.trim();
    if (!text) return;
    const start = await before();
    // Sent twice while the questions came, or gone on with: whoever writes on sends it again.
    if (start === null || field.value !== written) return;
    if (lengthOf(start + text) > limit) {
      complain(() => {
        const n = lengthOf(start + field.value) - limit;
        return tn("This message is {n} character too long. Shorten it, then send it.", "This message is {n} characters too long. Shorten it, then send it.", n);
      });
      return;
    }
    write("");
    typedAt = 0;
    onSend(start + text);
  }

  field.addEventListener("input", () => {
    store.set("draft", field.value);
    changed();
    if (Date.now() - typedAt >= TYPING_EVERY && field.value.trim()) {
      typedAt = Date.now();
      onTyping();
    }
  });
  field.addEventListener("keydown", (event) => {
    // Enter that ends a composition belongs to the input method; Safari says so by 229 only.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  });
  button.addEventListener("click", () => {
    send();
    field.focus();
  });
  addEventListener("resize", changed);

  return {
    focus: () => field.focus(),

    /** @param {number} characters */
    limitTo(characters) {
      if (limit === characters) return;
      limit = characters;
      changed();
    },

    /** The server's words about what doesn't work now. @param {string} words */
    warn(words) {
      if (warning === words) return;
      warning = words;
      tell();
    },

    /** Puts a text that was refused back, unless something else is being written. @param {string} text */
    putBack(text) {
      if (field.value.trim()) return false;
      write(text);
      return true;
    },

    /** Every word anew, in the language that is now in use. What was typed stays. */
    label() {
      field.placeholder = t("Write a message…");
      field.ariaLabel = t("Your message");
      button.ariaLabel = tc("button", "Send");
      button.title = tc("button", "Send");
      tell();
      changed();
      counter.lang = format().locale;
    },
  };
}
