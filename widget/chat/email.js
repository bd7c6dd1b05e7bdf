// An e-mail address for the answer: one field, which may be refused, and changed later. Loaded with what is said to who waits.

import { byId, make, say } from "../lib/dom.js";
import { t, tc } from "../lib/i18n.js";
import { ADDRESS } from "./address.js";
import { withStyle } from "./style.js";

/** @import {EmailOptions} from "./types" */

await withStyle("forms.css");

/** @param {EmailOptions} options */
export function createEmail({ store, give, redraw }) {
  const label = make("label", { htmlFor: "email" });
  const field = document.createElement("input");
  const save = make("button", { type: "submit" });
  const problem = make("p", { id: "email-problem", role: "alert" });
  const refuse = make("button", { type: "button", className: "quiet" });
  const form = make("form", { noValidate: true }, label, make("div", { className: "row" }, field, save), problem, refuse);
  const known = make("p", { tabIndex: -1 });
  const change = make("button", { type: "button", className: "quiet" });
  const line = make("div", { className: "kept" }, known, change);
  const part = make("div", { id: "email-part" }, form, line);
  Object.assign(field, { id: "email", type: "email", autocomplete: "email", dir: "ltr", maxLength: 254 });
  field.setAttribute("aria-describedby", "email-problem");

  let changing = false;
  /** what was asked to be kept and is not known to be; null in it takes the address back @type {{address: string | null} | null} */
  let pending = null;
  let sent = false;
  /** whether the server has just answered: what it says of its own next may come in two parts, of which the first alone would hide all this */
  let fresh = false;
  /** what the server has answered, before it says so by itself @type {boolean | null} */
  let answer = null;
  /** @type {() => string} said anew when the language changes */
  let trouble = () => "";

  /** @param {() => string} words */
  function complain(words) {
    trouble = words;
    field.ariaInvalid = `${!!words()}`;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = field.value.trim() || null;
    if (!(address ? ADDRESS.test(address) : changing)) {
      complain(() => t("An e-mail address looks like name@example.com."));
      field.focus();
    } else {
      complain(() => "");
      pending = { address };
      sent = false;
    }
    redraw();
  });
  field.addEventListener("input", () => {
    complain(() => "");
    say(problem, "");
  });
  refuse.addEventListener("click", () => {
    changing = false;
    complain(() => "");
    if (!store.get("email")) store.set("email", { refused: true });
    redraw();
    byId("text").focus();
  });
  change.addEventListener("click", () => {
    changing = true;
    field.value = store.get("email")?.address ?? "";
    redraw();
    field.focus();
  });

  return {
    part,

    /** The server's answer about what was given last. @param {string} error empty: it is kept */
    answered(error) {
      if (!pending) return;
      if (error) {
        complain(() => error);
        changing = true;
      } else {
        const { address } = pending;
        store.set("email", address ? { address } : { refused: true });
        answer = !!address;
        changing = false;
      }
      // Whoever has gone on to something else meanwhile is left there; a part that was hidden meanwhile has lost the focus.
      const moved = form.contains(document.activeElement) || document.activeElement === document.body;
      pending = null;
      fresh = true;
      redraw();
      if (moved) (error ? field : answer ? known : change).focus();
    },

    /** @param {boolean} has whether the server has an address @param {boolean} useful whether one would be @param {boolean} connected */
    draw(has, useful, connected) {
      if (has === answer) answer = null;
      has = answer ?? has;
      // What was on its way when the line broke is sent again.
      if (!connected) sent = false;
      else if (pending && !sent) sent = give(pending.address);
      const kept = store.get("email");
      const asking = changing || (!has && !kept?.refused);
      fresh &&= !useful || answer !== null;
      part.hidden = !useful && !changing && !fresh;
      form.hidden = !asking;
      line.hidden = asking;
      say(label, t("Leave your e-mail address, and we write to you there as well."));
      field.placeholder = "name@example.com";
      say(save, tc("button", "Save"));
      save.ariaDisabled = `${!!pending}`;
      say(problem, trouble());
      refuse.hidden = has;
      say(refuse, t("No, thanks"));
      say(known, !has ? "" : kept?.address ? t("We will write to {email} as well.", { email: kept.address }) : t("We will write to you by e-mail as well."));
      say(change, has ? tc("e-mail address", "Change") : t("Leave an e-mail address"));
    },
  };
}
