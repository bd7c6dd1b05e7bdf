// Asking the server about language packs.

import { t } from "../../widget/lib/i18n.js";

/** What a call fails with. `code` is `offline` when no answer came. */
export class CallError extends Error {
  /** @param {string} code @param {string} message in the reader's language @param {string | null} [field] */
  constructor(code, message, field = null) {
    super(message);
    this.code = code;
    this.field = field;
  }
}

/**
 * @param {string} path below `/api/packs` @param {object | Blob} [body] JSON or bytes; without it the call is a GET
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export async function call(path, body, signal) {
  const bytes = body instanceof Blob;
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(`/api/packs${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: body === undefined ? {} : { "content-type": bytes ? "application/octet-stream" : "application/json" },
      body: body === undefined ? null : bytes ? body : JSON.stringify(body),
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new CallError("offline", t("The server can't be reached. It will be tried again."));
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
  throw new CallError(told?.code ?? "offline", told?.message ?? unclear, told?.field ?? null);
}

/** @param {unknown} error @returns {string} for people */
export const messageOf = (error) =>
  error instanceof CallError ? error.message : t("Something went wrong on this page. Load it again.");
