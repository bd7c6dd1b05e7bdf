// When somebody will be there, as a person says it: in the visitor's own words, time, calendar and hour cycle.

import { t, tc } from "./i18n.js";

/** @typedef {ReturnType<typeof import("./i18n.js").createFormats>} Formats */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * @param {string | null} opensAt an instant; null: not within a year
 * @param {number} now milliseconds, by the server's clock
 * @param {Formats} formats of the visitor's locale and zone
 * @returns {{line: string, whole: string}} for a line's room, without a full stop; as a sentence with how long it is until then
 */
export function openingWords(opensAt, now, formats) {
  if (!opensAt) return alone(t("We cannot say yet when we are back."));
  const at = Date.parse(opensAt);
  if (at <= now) return alone(t("We are back in a moment."));
  const days = formats.daysFromNow(at, now);
  const line = day(days, at, now, formats);
  return { line, whole: tc("a time and how far it is", "{when}, {distance}.", { when: line, distance: distance(days, at - now, formats) }) };
}

/** @param {string} sentence */
const alone = (sentence) => ({ line: sentence, whole: sentence });

/** @param {number} days @param {number} at @param {number} now @param {Formats} formats */
function day(days, at, now, formats) {
  const time = formats.time(at);
  if (days === 0) return t("We are back today at {time}", { time });
  if (days === 1) return t("We are back tomorrow at {time}", { time });
  // A week from now has the name of today.
  if (days > 6) return t("We are back on {date} at {time}", { date: formats.day(at, now), time });
  switch (formats.weekday(at)) {
    case 1:
      return t("We are back on Monday at {time}", { time });
    case 2:
      return t("We are back on Tuesday at {time}", { time });
    case 3:
      return t("We are back on Wednesday at {time}", { time });
    case 4:
      return t("We are back on Thursday at {time}", { time });
    case 5:
      return t("We are back on Friday at {time}", { time });
    case 6:
      return t("We are back on Saturday at {time}", { time });
    default:
      return t("We are back on Sunday at {time}", { time });
  }
}

/** Hours as they pass, also through a night when the clocks change; days as they are counted. @param {number} days @param {number} ms @param {Formats} formats */
function distance(days, ms, formats) {
  if (days > 1) return formats.ahead(days, "day");
  const minutes = Math.ceil(ms / MINUTE);
  return minutes < 60 ? formats.ahead(minutes, "minute") : formats.ahead(Math.round(ms / HOUR), "hour");
}
