import assert from "node:assert/strict";
import { test } from "node:test";

import { firstDayOf, hoursLocale } from "../static/hours_locale.js";
import { parseHours } from "../static/hours_text.js";

const NINE_TO_HALF_PAST_FIVE = { start: 540, end: 1050 };

test("the week begins as the reader's does", () => {
  assert.equal(hoursLocale("en-US").order[0], 6);
  assert.equal(hoursLocale("en-GB").order[0], 0);
  assert.equal(hoursLocale("fa").order[0], 5);
  assert.equal(hoursLocale("ja").order[0], 6);
  assert.deepEqual([...hoursLocale("fa").order].sort(), [0, 1, 2, 3, 4, 5, 6]);
  for (const [country, day] of [["US", 7], ["GB", 1], ["IR", 6], ["JP", 7], ["LT", 1]]) assert.equal(firstDayOf(country), day, country);
});

test("hours are written in the reader's hour cycle and digits", () => {
  const hours = (locale) => hoursLocale(locale).span(NINE_TO_HALF_PAST_FIVE).replace(/\s/g, " ");
  assert.equal(hours("en-US"), "9 AM–5:30 PM");
  assert.equal(hours("fa"), "۹:۰۰–۱۷:۳۰");
  assert.equal(hours("ja"), "9:00–17:30");
  assert.equal(hoursLocale("lt").time(1440), "24:00");
  assert.equal(hoursLocale("en-US").time(1440).replace(/\s/g, " "), "12 AM");
});

test("whatever is shown can be typed again", () => {
  for (const tag of ["en", "en-US", "en-GB", "en-AU", "lt", "tr", "fa", "ja", "zh-Hans", "zh-TW", "ko", "pt-BR", "de", "fr", "es", "ar", "hi", "fi", "da", "he", "ru", "th"]) {
    const locale = hoursLocale(tag);
    for (const spans of [[NINE_TO_HALF_PAST_FIVE], [{ start: 0, end: 1440 }], [{ start: 540, end: 720 }, { start: 780, end: 1050 }], [{ start: 1320, end: 1800 }], [{ start: 725, end: 1440 }]]) {
      const typed = parseHours(locale.hours(spans), locale.words());
      assert.deepEqual(typed.wrong, [], `${tag}: ${locale.hours(spans)}`);
      assert.deepEqual(typed.spans, spans, `${tag}: ${locale.hours(spans)}`);
      assert.equal(typed.question, null, `${tag}: ${locale.hours(spans)}`);
    }
  }
});
