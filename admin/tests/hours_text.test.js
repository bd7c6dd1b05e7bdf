import assert from "node:assert/strict";
import { test } from "node:test";

import { parseHours } from "../static/hours_text.js";
import { clock } from "../static/hours_times.js";

const PERSIAN = { am: ["ق.ظ."], pm: ["ب.ظ."], closed: ["بسته"], day: ["تمام روز"] };

/** “09:00-12:00 13:00-17:30” */
const read = (text, words) => parseHours(text, words).spans.map(({ start, end }) => `${clock(start)}-${clock(end)}`).join(" ");

test("hours as people type them", () => {
  for (const [typed, meant] of [
    ["9-12, 13:30–17:30", "09:00-12:00 13:30-17:30"],
    ["09:00 - 17:00", "09:00-17:00"],
    ["9.15—12.45", "09:15-12:45"],
    ["0900-1730", "09:00-17:30"],
    ["9h-12h30", "09:00-12:30"],
    ["9am to 5pm", "09:00-17:00"],
    ["9 a.m. – 5:30 p.m.", "09:00-17:30"],
    ["12am-12pm", "00:00-12:00"],
    ["noon-midnight", "12:00-24:00"],
    ["10 until 14 and 15 until 18", "10:00-14:00 15:00-18:00"],
    ["8:00–12:00; 14:00–18:00", "08:00-12:00 14:00-18:00"],
    ["0-24", "00:00-24:00"],
    ["24h", "00:00-24:00"],
    ["24/7", "00:00-24:00"],
    ["午前9時〜午後5時30分", "09:00-17:30"],
    ["9：00～17：00", "09:00-17:00"],
    ["오전 9시~오후 6시", "09:00-18:00"],
  ]) assert.equal(read(typed), meant, typed);
});

test("the reader's digits and words", () => {
  assert.equal(read("۹:۰۰–۱۲:۰۰، ۱۳:۳۰ تا ۱۷:۳۰", PERSIAN), "09:00-12:00 13:30-17:30");
  assert.equal(read("٩-١٢"), "09:00-12:00");
  assert.equal(read("۵:۰۰ ب.ظ.–۸:۰۰ ب.ظ.", PERSIAN), "17:00-20:00");
  assert.equal(read("تمام روز", PERSIAN), "00:00-24:00");
  assert.equal(read("\u200e9:00\u200f–17:00"), "09:00-17:00");
});

test("a closed day", () => {
  for (const typed of ["", "  ", "closed", "Closed", "off", "-", "–"]) assert.deepEqual(parseHours(typed), { spans: [], wrong: [], question: null });
  assert.deepEqual(parseHours("بسته", PERSIAN).wrong, []);
});

test("a night runs into the next day", () => {
  assert.deepEqual(parseHours("22:00-6:00").spans, [{ start: 1320, end: 1800 }]);
  assert.deepEqual(parseHours("10pm-2am").spans, [{ start: 1320, end: 1560 }]);
  assert.equal(parseHours("22-6").question, null);
  assert.equal(parseHours("09:00-05:00").question, null, "a zero in front is the clock of 24 hours");
});

test("9-5 is asked about, not guessed", () => {
  assert.deepEqual(parseHours("9-5").question, { index: 0, span: { start: 540, end: 1020 } });
  assert.deepEqual(parseHours("9:30-5:30").question, { index: 0, span: { start: 570, end: 1050 } });
  assert.deepEqual(parseHours("9-12, 1-5").question, { index: 1, span: { start: 780, end: 1020 } });
  for (const sure of ["9-17", "9am-5am", "8-12", "9-12, 13-17", "7-11"]) assert.equal(parseHours(sure).question, null, sure);
});

test("one afternoon counts for both ends", () => {
  assert.equal(read("1-5pm"), "13:00-17:00");
  assert.equal(read("9-5pm"), "09:00-17:00");
  assert.equal(read("10-2pm"), "10:00-14:00");
});

test("what is wrong is shown where it is", () => {
  const wrong = (text) => parseHours(text).wrong.map(({ code, from, to }) => [code, text.slice(from, to)]);
  assert.deepEqual(wrong("9-12, 13:70-17"), [["time", "13:70"]]);
  assert.deepEqual(wrong("9-12, 13-25:00"), [["time", "25:00"]]);
  assert.deepEqual(wrong("9-24:30"), [["time", "24:30"]]);
  assert.deepEqual(wrong("9-9"), [["same", "9-9"]]);
  assert.deepEqual(wrong("24-8"), [["start", "24"]]);
  assert.deepEqual(wrong("9"), [["unclear", "9"]]);
  assert.deepEqual(wrong("whenever"), [["time", "whenever"]]);
  assert.deepEqual(wrong("x-12, 14-y"), [["time", "x"], ["time", "y"]]);
  assert.deepEqual(wrong("14pm-99pm"), [["time", "99pm"]]);
});
