// Who is there, and whether the line holds.

import { format, t, tn } from "../lib/i18n.js";
import { byId, makeFace, say, sayIn } from "../lib/dom.js";

const PATIENCE = 1_200;

/** @import {ConversationView} from "./types" */

/** @param {string} workspace its name @param {() => void} tryNow @param {() => void} redraw */
export function createHeader(workspace, tryNow, redraw) {
  const line = byId("presence");
  const again = byId("again");
  let lostAt = 0;
  let facesDrawn = "";

  again.addEventListener("click", tryNow);

  /** @param {ConversationView} state @param {boolean} translated @param {string} back when somebody is, empty: no need to say */
  function draw(state, translated, back) {
    const { presence, log, status } = state;
    const faces = log.agent ? [log.agent] : back ? [] : presence?.agents.slice(0, 3) ?? [];
    const key = JSON.stringify(faces);
    if (key !== facesDrawn) {
      byId("faces").replaceChildren(...faces.map(makeFace));
      facesDrawn = key;
    }
    say(byId("title"), log.agent?.name ?? workspace);
    sayIn(byId("greeting"), state.texts?.greeting, t("Hello! How can we help?"));
    say(byId("promise"), translated ? t("Write in your language. We read it in ours, and you read our answers in yours.") : t("Write to us. This language is not translated: messages are shown as they were written."));
    say(byId("there"), whoIsThere(presence));
    byId("there").hidden = !!back;

    const away = status === "waiting" || status === "offline" || status === "connecting";
    if (!away) lostAt = 0;
    else if (!lostAt) {
      // A blink of the line is nobody's business.
      lostAt = Date.now();
      setTimeout(redraw, PATIENCE);
    }
    const lost = away && Date.now() - lostAt >= PATIENCE;
    say(line, lost ? (status === "offline" ? t("You are offline") : t("Reconnecting…")) : log.state === "closed" ? t("Conversation closed") : back || !presence ? back : presence.available ? t("Here now") : t("Away"));
    line.className = lost ? "lost" : presence?.available && !back && log.state !== "closed" ? "here" : "";
    say(again, t("Try now"));
    again.hidden = !lost;
    // The line that says who types is free when nobody can be heard.
    say(byId("typing"), state.typing && !lost ? t("{name} is typing…", { name: state.typing.name }) : lost ? t("What you write is sent later.") : "");
  }

  return { draw };
}

/** @param {ConversationView["presence"]} presence */
function whoIsThere(presence) {
  if (!presence) return "";
  if (!presence.available) return t("We answer as soon as someone is back.");
  const named = presence.agents.slice(0, 3).map(({ name }) => name);
  if (!named.length) return t("We are here now.");
  return tn("{names} is here now.", "{names} are here now.", named.length, { names: format().list(named) });
}
