// Asking the server over HTTP.

import { t } from "../../widget/lib/i18n.js";

/** What a call fails with. `code` is `offline` when no answer came. */
export class CallError extends Error {
  /**
   * @param {string} code @param {string} message in the reader's language @param {string | null} [field]
   * @param {any} [told] all that the server said
   */
  constructor(code, message, field = null, told = null) {
    super(message);
    this.code = code;
    this.field = field;
    this.told = told;
  }
}

/**
 * @typedef {object} Manner
 * @property {AbortSignal} [signal]
 * @property {string} [type] of a body of bytes
 * @property {string} [unreachable] what to say when no answer comes
 */

/**
 * @param {string} path @param {object | Blob} [body] JSON or bytes; without it the call is a GET @param {Manner} [manner]
 * @returns {Promise<any>}
 */
export async function call(path, body, manner = {}) {
  const bytes = body instanceof Blob;
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(path, {
      method: body === undefined ? "GET" : "POST",
      headers: body === undefined ? {} : { "content-type": bytes ? (manner.type ?? "application/octet-stream") : "application/json" },
      body: body === undefined ? null : bytes ? body : JSON.stringify(body),
      signal: manner.signal ?? null,
    });
  } catch (error) {
    if (manner.signal?.aborted) throw error;
    throw new CallError("offline", manner.unreachable ?? t("The server can't be reached. Try again in a moment."));
  }
  /** @type {any} */
  let told = null;
  try {
    told = await answer.json();
  } catch {
    // A proxy's page of its own.
  }
  if (answer.ok && told) return told;
  if (answer.status === 401) location.assign(`/console/sign-in?next=${encodeURIComponent(location.pathname)}`);
  const unclear = t("The server gave no clear answer. Try again in a moment.");
  throw new CallError(told?.code ?? "offline", told?.message ?? unclear, told?.field ?? null, told);
}

/** @param {unknown} error @returns {string} for people */
export const messageOf = (error) =>
  error instanceof CallError ? error.message : t("Something went wrong on this page. Load it again.");
