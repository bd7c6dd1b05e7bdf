import assert from "node:assert/strict";
import test from "node:test";

import { wholeDate } from "../../widget/lib/i18n.js";

const AT = Date.UTC(2026, 11, 24, 9, 5);
/** @param {string} locale @param {Intl.DateTimeFormatOptions} [time] */
const said = (locale, time) => wholeDate((options) => new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options }), AT, time);

test("a whole date reads as its locale writes it, the Persian one with the weekday first too", () => {
  assert.equal(said("en-GB"), "Thursday, 24 December 2026");
  assert.equal(said("fa"), "پنجشنبه ۳ دی ۱۴۰۵");
  assert.equal(said("fa", { timeStyle: "short" }), "پنجشنبه ۳ دی ۱۴۰۵ ساعت ۹:۰۵");
  assert.match(said("lt", { timeStyle: "short" }), /ketvirtadienis.*09:05/);
});
