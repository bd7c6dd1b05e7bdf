// Asking the server about language packs.

import { t } from "../../widget/lib/i18n.js";
import * as calls from "./calls.js";

export { CallError, messageOf } from "./calls.js";

/**
 * @param {string} path below `/api/packs` @param {object | Blob} [body] JSON or bytes; without it the call is a GET
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export const call = (path, body, signal) =>
  calls.call(`/api/packs${path}`, body, {
    ...(signal ? { signal } : {}),
    unreachable: t("The server can't be reached. It will be tried again."),
  });
