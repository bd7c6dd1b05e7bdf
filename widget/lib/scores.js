// What the marks are called that visitors give a conversation.

import { tc } from "./i18n.js";

/** @param {number} score from 1, very bad, to 5 */
export function scoreName(score) {
  switch (score) {
    case 1:
      return tc("how it was", "Very bad");
    case 2:
      return tc("how it was", "Bad");
    case 3:
      return tc("how it was", "Okay");
    case 4:
      return tc("how it was", "Good");
    default:
      return tc("how it was", "Very good");
  }
}
