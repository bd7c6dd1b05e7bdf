// What people type for opening hours: “9-12, 13:30–17:30”, “22:00-6:00”, “9am to 5pm”, “24h”, “午前9時〜午後5時”.

import { DAY, checked } from "./hours_times.js";

/**
 * @typedef {import("./hours_types").Span} Span
 *
 * Words of the reader's language, in lower case.
 * @typedef {{am: readonly string[], pm: readonly string[], closed: readonly string[], day: readonly string[]}} Words
 *
 * What is wrong with the characters `from` … `to` of the text.
 * @typedef {{from: number, to: number, code: "time" | "same" | "unclear" | "start" | "long", value: string}} Wrong
 *
 * `question`: what was probably meant, with the number of its interval; `spans` has it as it was typed.
 * @typedef {{spans: Span[], wrong: Wrong[], question: {index: number, span: Span} | null}} Typed
 *
 * @typedef {{minutes: number, isSure: boolean, half: "am" | "pm" | null}} Time
 */

/** @type {Words} */
const NONE = { am: [], pm: [], closed: [], day: [] };
const AM = ["a.m.", "am", "a", "午前", "上午", "오전"];
const PM = ["p.m.", "pm", "p", "午後", "下午", "오후"];
const CLOSED = ["closed", "off", "none", "-", "–", "—", "x"];
const WHOLE = ["24h", "24 h", "24hr", "24hrs", "24/7", "24 hours", "24時間", "24小时", "24小時", "24시간", "all day", "always"];
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xf20, 0x1040, 0x1c50, 0xff10];
const NOON = 720;

/** @param {string} text @param {Words} [words] @returns {Typed} */
export function parseHours(text, words = NONE) {
  const plain = normalized(text);
  /** @type {Typed} */
  const typed = { spans: [], wrong: [], question: null };
  const whole = plain.trim();
  if (!whole || [...CLOSED, ...words.closed].includes(whole)) return typed;
  for (const { piece, at } of pieces(plain)) readPiece(piece, at, words, typed);
  return typed;
}

/** European digits, plain spaces and lower case, each character where it was. @param {string} text */
function normalized(text) {
  return [...text].map((one) => {
    const code = one.codePointAt(0) ?? 0;
    const zero = ZEROS.find((start) => code >= start && code < start + 10);
    if (zero !== undefined) return String(code - zero);
    if (/[\s\u200b-\u200f\u2028-\u202f\u2060-\u2069\u061c]/u.test(one)) return " ".repeat(one.length);
    const lower = one.replace("：", ":").replace("．", ".").toLowerCase();
    return lower.length === one.length ? lower : one;
  }).join("");
}

/** @param {string} plain */
function* pieces(plain) {
  const pattern = /[,;،؛、，；\n&+]|\sand\s/gu;
  let at = 0;
  for (const match of plain.matchAll(pattern)) {
    yield* trimmed(plain.slice(at, match.index), at);
    at = match.index + match[0].length;
  }
  yield* trimmed(plain.slice(at), at);
}

/** @param {string} piece @param {number} at */
function* trimmed(piece, at) {
  const lead = piece.length - piece.trimStart().length;
  if (piece.trim()) yield { piece: piece.trim(), at: at + lead };
}

const BETWEEN = /\s*(?:[-‐‑‒–—―−~〜～→]|\b(?:to|until|till|bis|iki|até)\b|\sà\s|تا|から|까지|至|到)\s*/u;

/** @param {string} piece @param {number} at @param {Words} words @param {Typed} typed */
function readPiece(piece, at, words, typed) {
  /** @param {Wrong["code"]} code @param {string} value @param {number} [from] */
  const wrong = (code, value, from = at) => void typed.wrong.push({ from, to: from + value.length, code, value });
  if (WHOLE.includes(piece) || words.day.includes(piece)) return void typed.spans.push({ start: 0, end: DAY });
  const between = BETWEEN.exec(piece);
  if (!between) return wrong(readTime(piece, words) ? "unclear" : "time", piece);
  const first = piece.slice(0, between.index);
  const rest = piece.slice(between.index + between[0].length).replace(/\s*(?:まで|까지)$/u, "");
  const restAt = at + between.index + between[0].length;
  if (!first || !rest) return wrong("unclear", piece);
  const start = readTime(first, words);
  const end = readTime(rest, words);
  if (!start) wrong("time", first);
  if (!end) wrong("time", rest, restAt);
  if (!start || !end) return;
  const [from, to] = halves(start, end);
  if (from === DAY) return wrong("start", first);
  if (from === to) return wrong("same", piece);
  const span = checked({ start: from, end: to < from ? to + DAY : to });
  if (!span) return wrong("long", piece);
  const meant = guess(span, start, end, typed.spans.at(-1));
  typed.spans.push(span);
  if (meant && !typed.question) typed.question = { index: typed.spans.length - 1, span: meant };
}

/** “1-5pm” is all in the afternoon, “9-5pm” begins in the morning. @param {Time} start @param {Time} end @returns {[number, number]} */
function halves(start, end) {
  if (!start.half && end.half === "pm" && !start.isSure && start.minutes < NOON && start.minutes + NOON < end.minutes) {
    return [start.minutes + NOON, end.minutes];
  }
  return [start.minutes, end.half === "am" && end.minutes === 0 ? DAY : end.minutes];
}

/**
 * “9-5” hardly means the night, nor does the second of “9-12, 1-5” come before the first.
 * @param {Span} span @param {Time} start @param {Time} end @param {Span | undefined} before @returns {Span | null}
 */
function guess(span, start, end, before) {
  if (start.isSure || end.isSure || start.minutes > NOON || end.minutes > NOON) return null;
  if (end.minutes < start.minutes && end.minutes > 0) return checked({ start: span.start, end: end.minutes + NOON });
  if (before && span.start < before.end && before.end <= DAY && span.start + NOON >= before.end && span.end + NOON <= DAY) {
    return { start: span.start + NOON, end: span.end + NOON };
  }
  return null;
}

/** @param {string} text @param {Words} words @returns {Time | null} */
function readTime(text, words) {
  if (text === "noon") return { minutes: NOON, isSure: true, half: null };
  if (text === "midnight") return { minutes: 0, isSure: true, half: null };
  /** @type {Time["half"]} */
  let half = null;
  let rest = text.trim();
  /** @type {["am" | "pm", readonly string[]][]} */
  const sides = [["am", [...words.am, ...AM]], ["pm", [...words.pm, ...PM]]];
  for (const [name, list] of sides) {
    const word = [...list].sort((one, other) => other.length - one.length).find((one) => one && (rest.startsWith(one) || rest.endsWith(one)));
    if (!word || half) continue;
    half = name;
    rest = (rest.startsWith(word) ? rest.slice(word.length) : rest.slice(0, -word.length)).trim();
  }
  const match = /^(\d{1,2})(?:\s*(?:[:.h時点點시]|uhr)\s*(?:(\d{2})\s*(?:分|분|uhr)?)?)?$/u.exec(rest) ?? /^(\d{1,2})(\d{2})$/.exec(rest);
  if (!match) return null;
  let hour = Number(match[1]);
  const minute = Number(match[2] ?? 0);
  if (minute > 59 || hour > 24 || (hour === 24 && minute)) return null;
  if (half && (hour > 12 || (hour === 0 && half === "pm"))) return hour > 12 && half === "pm" && hour < 24 ? { minutes: hour * 60 + minute, isSure: true, half } : null;
  if (half) hour = (hour % 12) + (half === "pm" ? 12 : 0);
  const isSure = half !== null || hour > 12 || hour === 0 || /^0/.test(match[1] ?? "");
  return { minutes: hour * 60 + minute, isSure, half };
}
