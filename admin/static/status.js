// What the line at the top says while there is no connection.

import { t } from "../../widget/lib/i18n.js";

/** @param {import("../../widget/lib/connection.js").Status} status @param {boolean} welcomed whether there ever was one @returns {string} */
export function connectionText(status, welcomed) {
  if (status === "offline") return t("You are offline. What you write is kept and sent when the connection is back.");
  if (status === "waiting" || (status === "connecting" && welcomed)) {
    return t("The connection was lost. What you write is kept and sent when it is back.");
  }
  if (status === "refused") return t("You have been signed out.");
  return "";
}
