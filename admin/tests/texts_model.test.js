import assert from "node:assert/strict";
import { test } from "node:test";

import {
  additions, again, arranged, choices, fill, insertAt, measure, missing, readIn, since, standing, statusOf, tidy, toSave, unknownIn, wayBack,
} from "../static/texts_model.js";

const wording = (text, more = {}) => ({ text, draft: false, doubtful: false, flags: [], source: null, made_from: null, outdated: false, ...more });
const draft = (text) => wording(text, { draft: true, source: "en", made_from: "Hello" });
const text = (wordings, more = {}) => ({
  id: "greeting", kind: "greeting", title: null, region: null, version: 3, shortcut: null, answer: "text", required: false,
  changed_at: null, changed_by: null, wordings, ...more,
});
const greeting = text({ en: wording("Hello"), lt: draft("Labas"), tr: wording("Selam", { source: "en", outdated: true }) });
const NEAREST = { "pt-PT": ["pt-BR"], "pt-BR": ["pt-PT"], en: [] };

test("each language is approved, outdated, a draft, read in another, or read by nobody", () => {
  assert.deepEqual(["en", "lt", "tr", "ja"].map((tag) => statusOf(greeting, tag)), ["approved", "draft", "outdated", "fallback"]);
  assert.equal(statusOf(text({ lt: draft("Labas") }), "en"), "empty");
  assert.deepEqual(measure(greeting, ["en", "lt", "tr"]), { done: 1, total: 3 });
});

test("a reader gets the nearest language, else English, else the first; never a draft", () => {
  assert.equal(readIn(greeting, "lt", NEAREST), "en");
  assert.equal(readIn(text({ en: wording("Hi"), "pt-BR": wording("Oi") }), "pt-PT", NEAREST), "pt-BR");
  assert.equal(readIn(text({ ja: wording("やあ"), fa: wording("سلام") }), "de", NEAREST), "ja");
  assert.equal(readIn(text({ lt: draft("Labas") }), "lt", NEAREST), null);
});

test("drafts are offered for what is empty, and it is told where no pack leads", () => {
  assert.deepEqual(missing(greeting, ["en", "lt", "pt", "fa"], { en: ["pt", "lt"] }), { reachable: ["pt"], unreachable: ["fa"] });
  assert.deepEqual(missing(text({}), ["en", "pt"], {}), { reachable: [], unreachable: [] });
});

test("a draft that nobody touched stays one, one that was changed is approved, one that was emptied is dropped", () => {
  const both = text({ ...greeting.wordings, ja: draft("やあ"), fa: draft("سلام") });
  const sent = toSave(both, { wordings: { lt: " Sveiki ", ja: "", en: "Hi" } });
  assert.deepEqual(sent.wordings, { en: "Hi", lt: "Sveiki", tr: "Selam" });
  assert.deepEqual(sent.dropped, ["ja"]);
  assert.equal(sent.expected, 3);
  assert.equal(toSave(text({}, { id: "new-1", version: 0 }), { wordings: { en: "x" } }).id, null);
});

test("typing something and taking it back is no change", () => {
  assert.equal(tidy(greeting, { wordings: { en: "Hello", ja: "" }, required: false }), undefined);
  assert.deepEqual(tidy(greeting, { wordings: { en: "Hi" }, shortcut: "hi" }), { wordings: { en: "Hi" }, shortcut: "hi" });
});

test("undoing a save brings back what was written before", () => {
  const after = text({ en: wording("Hi"), lt: wording("Sveiki"), ja: wording("やあ") }, { version: 4 });
  const before = text({ en: wording("Hello"), lt: wording("Labas") });
  assert.deepEqual(wayBack(before, after), { wordings: { en: "Hello", lt: "Labas", ja: "" } });
});

test("undoing a save makes drafts again of what was one, approved or emptied since, and leaves others alone", () => {
  const before = text({ en: wording("Hello"), lt: draft("Labas"), fa: draft("سلام"), ja: draft("やあ") });
  const after = text({ en: wording("Hello"), lt: wording("Sveiki"), ja: draft("やあ"), tr: draft("Selam") }, { version: 4 });
  const back = wayBack(before, after);
  assert.deepEqual(back, { wordings: {}, drafts: { lt: draft("Labas"), fa: draft("سلام") } });
  const sent = toSave(after, back);
  assert.deepEqual([sent.wordings, sent.dropped, sent.drafts], [{ en: "Hello" }, [], { lt: draft("Labas"), fa: draft("سلام") }]);
  const now = text({ en: wording("Hello"), lt: wording("Labas!") }, { version: 5 });
  assert.deepEqual(standing(back, after, now), { wordings: {}, drafts: { fa: draft("سلام") } });
});

test("what was typed since something was sent is what differs from it", () => {
  const sent = { wordings: { en: "Hi", lt: "Labas" }, shortcut: "hi" };
  assert.deepEqual(since({ wordings: { en: "Hi", lt: "Laba", fa: "سلام" }, shortcut: "hello", required: true }, sent), {
    wordings: { lt: "Laba", fa: "سلام" }, shortcut: "hello", required: true,
  });
  assert.deepEqual(tidy(greeting, { wordings: { en: "Hello" } }, sent), { wordings: { en: "Hello" } });
});

test("what is added again has what was approved and what was typed; a draft stays a draft", () => {
  const gone = text({ ...greeting.wordings, ja: draft("やあ") });
  const edit = again(gone, { wordings: { ja: "どうも", en: "Hi" } });
  assert.deepEqual(edit, { wordings: { en: "Hi", tr: "Selam", ja: "どうも" }, drafts: { lt: draft("Labas") } });
});

test("of two who change a text it is told where they differ, and who did it", () => {
  const theirs = text({ en: wording("Welcome"), lt: wording("Labas"), tr: wording("Selam") });
  assert.deepEqual(choices(greeting, { wordings: { en: "Hi", tr: "Merhaba" } }, theirs), [
    { locale: "en", mine: "Hi", theirs: "Welcome", by: "both" },
    { locale: "tr", mine: "Merhaba", theirs: "Selam", by: "mine" },
  ]);
});

test("placeholders that there are none of are named, others are filled", () => {
  assert.deepEqual(unknownIn("{workspace} {agnet} {agnet}", ["workspace"]), ["{agnet}"]);
  assert.deepEqual(unknownIn("{Workspace} { workspace } {workspace1} {first-name}", ["workspace"]), ["{Workspace}", "{ workspace }", "{workspace1}", "{first-name}"]);
  assert.equal(fill("{agent} of {workspace}, {x} {toString}", { agent: "Emma", workspace: "<b>" }, "ltr"), "Emma of <b>, {x} {toString}");
  assert.deepEqual(insertAt("Hello !", 6, 6, "{visitor}"), { said: "Hello {visitor}!", at: 15 });
});

test("braces of any other kind are named as they stand", () => {
  const odd = ["{{workspace}}", "${workspace}", "{workspace}}", "｛workspace｝", "｛workspace}", "{}", "}", "{{}}"];
  for (const piece of odd) assert.deepEqual(unknownIn(`Hello ${piece} and {workspace}!`, ["workspace"]), [piece]);
  assert.deepEqual(unknownIn("Welcome to {workspace\nHello", ["workspace"]), ["{workspace"]);
  assert.deepEqual(unknownIn("one { two {workspace}", ["workspace"]), ["{ two "]);
  assert.deepEqual(unknownIn("{workspace}{workspace}, $5 for {workspace} (:", ["workspace"]), []);
  assert.deepEqual(unknownIn("{workspace}", []), ["{workspace}"]);
});

test("names of the other direction are set apart in a wording, as they are for its readers", () => {
  const names = { agent: "Emma", workspace: "لومینا" };
  assert.equal(fill("{agent} در {workspace}", names, "rtl"), "\u2068Emma\u2069 در لومینا");
  assert.equal(fill("{agent} of {workspace}", names, "ltr"), "Emma of \u2068لومینا\u2069");
});

test("our own wordings go where nobody has written", () => {
  const ours = { en: "Hello!", lt: "Sveiki!", ja: "こんにちは", de: "Hallo" };
  assert.deepEqual(additions(greeting, ours, { wordings: { ja: "やあ" } }), { lt: "Sveiki!", de: "Hallo" });
});

test("languages in use come first, one's own and English before others, all in the order of the reader's alphabet", () => {
  const locale = (tag, name, used = false) => ({ tag, name, used });
  const sorted = arranged([
    locale("hu", "vengrų"), locale("et", "estų"), locale("en", "anglų", true), locale("cs", "čekų", true), locale("lt", "lietuvių", true), locale("da", "danų", true),
  ], "lt");
  assert.deepEqual(sorted.map(({ tag }) => tag), ["lt", "en", "cs", "da", "et", "hu"]);
});
