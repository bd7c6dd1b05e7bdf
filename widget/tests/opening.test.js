import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { createFormats, useCatalogue } from "../lib/i18n.js";
import { openingWords } from "../lib/opening.js";

const words = (locale, zone, now, opensAt) => openingWords(opensAt, Date.parse(now), createFormats(locale, zone));
/** As a reader sees it: Intl keeps "9:00" and "AM" together with a space of its own. */
const plain = (text) => text.replaceAll("\u202f", " ");
const whole = (...about) => plain(words(...about).whole);

/** One sentence of each, as a translator might have put it. */
const CATALOGUES = {
  lt: { "a time and how far it is\u0004{when}, {distance}.": "{when}, {distance}.", "We are back tomorrow at {time}": "Grįšime rytoj {time}", "We are back on Monday at {time}": "Grįšime pirmadienį {time}" },
  tr: { "a time and how far it is\u0004{when}, {distance}.": "{when}, {distance}.", "We are back tomorrow at {time}": "Yarın saat {time} itibarıyla buradayız", "We are back on {date} at {time}": "{date} saat {time} itibarıyla buradayız" },
  "zh-Hans": { "a time and how far it is\u0004{when}, {distance}.": "{when}（{distance}）。", "We are back today at {time}": "我们今天 {time} 回来" },
  fa: { "a time and how far it is\u0004{when}, {distance}.": "{when}، {distance}.", "We are back tomorrow at {time}": "فردا ساعت {time} برمی‌گردیم", "We are back on {date} at {time}": "{date} ساعت {time} برمی‌گردیم" },
  ja: { "a time and how far it is\u0004{when}, {distance}.": "{when}（{distance}）。", "We are back today at {time}": "本日 {time} に再開します" },
  "pt-BR": { "a time and how far it is\u0004{when}, {distance}.": "{when}, {distance}.", "We are back on Monday at {time}": "Voltamos segunda-feira às {time}" },
};
const speak = (locale) => useCatalogue({ locale, direction: locale === "fa" ? "rtl" : "ltr", messages: CATALOGUES[locale] });

afterEach(() => useCatalogue());

const EVENING = "2026-11-22T20:00:00Z";
const MORNING = "2026-11-23T07:00:00Z";

test("the same opening has another day and hour wherever one reads of it", () => {
  assert.equal(whole("en-GB", "Europe/Vilnius", EVENING, MORNING), "We are back tomorrow at 09:00, in 11 hours.");
  assert.equal(whole("en-US", "America/New_York", EVENING, MORNING), "We are back tomorrow at 2:00 AM, in 11 hours.");
  assert.equal(whole("en-US", "America/Los_Angeles", EVENING, MORNING), "We are back today at 11:00 PM, in 11 hours.");
  assert.equal(whole("en-GB", "Asia/Tokyo", EVENING, MORNING), "We are back today at 16:00, in 11 hours.");
  assert.equal(whole("en-GB", "Asia/Kathmandu", EVENING, MORNING), "We are back today at 12:45, in 11 hours.");
});

test("the line for the header is without the distance and the full stop", () => {
  assert.equal(words("en-GB", "Europe/Vilnius", EVENING, MORNING).line, "We are back tomorrow at 09:00");
});

test("every reader in their own words, digits and hours", () => {
  speak("lt");
  assert.match(whole("lt", "Europe/Vilnius", EVENING, MORNING), /^Grįšime rytoj 09:00, po 11 valandų\.$/);
  speak("tr");
  assert.match(whole("tr", "Europe/Istanbul", EVENING, MORNING), /^Yarın saat 10:00 itibarıyla buradayız, 11 saat sonra\.$/);
  speak("zh-Hans");
  assert.match(whole("zh-Hans", "Asia/Shanghai", EVENING, MORNING), /^我们今天 15:00 回来（11 ?小时后）。$/);
  speak("fa");
  assert.equal(whole("fa", "Asia/Tehran", EVENING, MORNING), "فردا ساعت ۱۰:۳۰ برمی‌گردیم، ۱۱ ساعت بعد.");
  speak("ja");
  assert.match(whole("ja", "Asia/Tokyo", EVENING, MORNING), /^本日 16:00 に再開します（11 ?時間後）。$/);
});

test("a day of the week is named as the language has it in a sentence", () => {
  const [friday, monday] = ["2026-11-20T18:00:00Z", "2026-11-23T12:00:00Z"];
  assert.equal(whole("en-GB", "UTC", friday, monday), "We are back on Monday at 12:00, in 3 days.");
  speak("lt");
  assert.equal(whole("lt", "Europe/Vilnius", friday, monday), "Grįšime pirmadienį 14:00, po 3 dienų.");
  speak("pt-BR");
  assert.match(whole("pt-BR", "America/Sao_Paulo", friday, monday), /^Voltamos segunda-feira às 09:00, em 3 dias\.$/);
});

test("all days of the week", () => {
  const named = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].map((name, index) => {
    // Two days before noon of each; the first is Monday, 7 December 2026.
    const noon = Date.UTC(2026, 11, 7 + index, 12);
    const { line } = openingWords(new Date(noon).toISOString(), noon - 2 * 86_400_000, createFormats("en-GB", "UTC"));
    return [name, line];
  });
  for (const [name, line] of named) assert.equal(line, `We are back on ${name} at 12:00`);
});

test("a week from now and later has a date, of another year with the year", () => {
  assert.equal(whole("en-GB", "UTC", "2026-11-23T12:00:00Z", "2026-11-29T09:00:00Z"), "We are back on Sunday at 09:00, in 6 days.");
  assert.match(whole("en-GB", "UTC", "2026-11-23T12:00:00Z", "2026-11-30T09:00:00Z"), /^We are back on Monday,? 30 November at 09:00, in 7 days\.$/);
  assert.equal(whole("en-GB", "UTC", "2026-12-23T12:00:00Z", "2027-01-04T09:00:00Z"), "We are back on 4 January 2027 at 09:00, in 12 days.");
});

test("dates are those of the reader's calendar", () => {
  speak("fa");
  // Nowruz: the first day of 1406.
  assert.match(whole("fa", "Asia/Tehran", "2027-03-10T12:00:00Z", "2027-03-21T05:30:00Z"), /^۱ فروردین ۱۴۰۶ ساعت ۹:۰۰ برمی‌گردیم، ۱۱ روز (بعد|دیگر)\.$/);
  speak("tr");
  assert.match(whole("tr", "Europe/Istanbul", "2026-12-01T12:00:00Z", "2026-12-24T06:00:00Z"), /^24 Aralık Perşembe saat 09:00 itibarıyla buradayız, 23 gün sonra\.$/);
});

test("in the nights when the clocks change the hours are those that really pass", () => {
  // Vilnius: an hour is left out on 29 March 2026, and comes twice on 25 October.
  assert.equal(whole("en-GB", "Europe/Vilnius", "2026-03-28T20:00:00Z", "2026-03-29T06:00:00Z"), "We are back tomorrow at 09:00, in 10 hours.");
  assert.equal(whole("en-GB", "Europe/Vilnius", "2026-10-24T19:00:00Z", "2026-10-25T07:00:00Z"), "We are back tomorrow at 09:00, in 12 hours.");
  assert.equal(whole("en-GB", "America/New_York", "2026-03-08T01:00:00Z", "2026-03-08T13:00:00Z"), "We are back tomorrow at 09:00, in 12 hours.");
});

test("around midnight tomorrow may be a minute away, and today a day less a minute", () => {
  assert.equal(whole("en-US", "Asia/Tokyo", "2026-11-22T14:59:00Z", "2026-11-22T15:00:00Z"), "We are back tomorrow at 12:00 AM, in 1 minute.");
  assert.equal(whole("en-GB", "Asia/Tokyo", "2026-11-22T15:00:00Z", "2026-11-23T14:59:00Z"), "We are back today at 23:59, in 24 hours.");
});

test("minutes are rounded up, so that nobody is promised too much", () => {
  const at = (ms) => openingWords(MORNING, Date.parse(MORNING) - ms, createFormats("en-GB", "UTC")).whole;
  assert.equal(at(1_000), "We are back today at 07:00, in 1 minute.");
  assert.equal(at(60_001), "We are back today at 07:00, in 2 minutes.");
  assert.equal(at(59 * 60_000), "We are back today at 07:00, in 59 minutes.");
  assert.equal(at(59.5 * 60_000), "We are back today at 07:00, in 1 hour.");
  assert.equal(at(2 * 3_600_000), "We are back today at 07:00, in 2 hours.");
});

test("an opening that should have come, and none within a year, are said as they are", () => {
  assert.equal(whole("en", "UTC", MORNING, MORNING), "We are back in a moment.");
  assert.equal(whole("en", "UTC", MORNING, EVENING), "We are back in a moment.");
  assert.deepEqual(words("en", "UTC", MORNING, null), { line: "We cannot say yet when we are back.", whole: "We cannot say yet when we are back." });
});
