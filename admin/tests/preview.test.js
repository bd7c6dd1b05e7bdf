import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Inbox } from "../static/inbox.js";
import { Preview } from "../static/preview.js";
import { at, EMMA, settled, storage, summary } from "./cast.js";

let sent, connected, later, kept, inbox, preview, count;

beforeEach(() => {
  sent = [];
  later = [];
  connected = true;
  kept = storage();
  count = 0;
  begin();
});

function begin() {
  inbox = new Inbox(EMMA, (frame) => connected && (sent.push(frame), true), {
    storage: kept, uuid: () => `m-${(count += 1)}`, now: () => Date.parse(at(60)), later: (run, ms) => later.push({ run, ms }),
  }, { changed: () => {} });
  preview = new Preview(inbox);
  welcome(summary({ id: "c" }), summary({ id: "d", visitor: { ...summary({ id: "d" }).visitor, language: "en-GB" } }));
  inbox.show("c");
}

const welcome = (...conversations) => inbox.receive({
  type: "welcome", agent: EMMA, conversations, living: conversations.length, closed_earlier: false, limits: { text: 20, frame: 65536, page: 100 }, now: at(60),
});
const asked = () => sent.filter(({ type }) => type === "preview");
/** The agent types, and what follows from it happens. */
function type(text) {
  inbox.draft(text);
  preview.check();
}
function rest() {
  for (const { run, ms } of later.splice(0)) if (ms < 1000) run();
}
async function answer(more = {}, to = asked().at(-1)) {
  inbox.receive({
    type: "preview", conversation: to.conversation, language: "pt-BR", translation: `[pt] ${to.text}`, engine: "firefox", model: "m", path: ["en", "pt"],
    flags: [], doubtful: false, reason: null, back: to.text, back_reason: null, ...more, ref: to.ref,
  });
  await settled();
}

test("closed, it asks for nothing", () => {
  type("Hello");
  rest();
  assert.deepEqual(asked(), []);
});

test("opened, it asks at once, and shows what comes", async () => {
  type("Hello");
  preview.toggle();
  assert.deepEqual(asked().map(({ conversation, text }) => [conversation, text]), [["c", "Hello"]]);
  assert.equal(preview.standing, "working");
  await answer();
  assert.deepEqual([preview.standing, preview.answer.translation], ["ready", "[pt] Hello"]);
});

test("while one types it waits, and asks for the last of it only", async () => {
  preview.toggle();
  for (const text of ["H", "He", "Hel"]) type(text);
  assert.deepEqual([asked().length, preview.standing], [0, "working"]);
  rest();
  assert.deepEqual(asked().map(({ text }) => text), ["Hel"]);
});

test("what is of an earlier text is stale, and an answer to it changes nothing", async () => {
  type("Hello");
  preview.toggle();
  await answer();
  type("Hello you");
  assert.deepEqual([preview.stale, preview.standing], [true, "working"]);
  rest();
  await answer({}, asked()[0]);
  assert.equal(preview.standing, "working");
  await answer();
  assert.deepEqual([preview.stale, preview.answer.translation], [false, "[pt] Hello you"]);
});

test("text typed while an answer is on its way is not taken for answered", async () => {
  type("Hello");
  preview.toggle();
  type("Hello you");
  await answer();
  assert.deepEqual([preview.stale, preview.standing], [true, "working"]);
});

test("an empty text and one that is too long are not sent", () => {
  preview.toggle();
  type("   ");
  rest();
  assert.equal(preview.standing, "empty");
  type("x".repeat(21));
  rest();
  assert.deepEqual([preview.standing, asked()], ["long", []]);
});

test("a failed one says so; a refused one gives the reason; without a connection it comes back with it", async () => {
  type("Hello");
  preview.toggle();
  await answer({ translation: null, back: null, reason: "no_route" });
  assert.deepEqual([preview.standing, preview.answer.reason], ["failed", "no_route"]);
  type("Hello you");
  rest();
  inbox.receive({ type: "error", code: "internal", message: "Our mistake.", field: null, client_id: null, ref: asked().at(-1).ref, retry_after: 5 });
  await settled();
  assert.deepEqual([preview.standing, preview.problem], ["problem", "Our mistake."]);
  type("Hello");
  rest();
  connected = false;
  inbox.disconnected();
  preview.check();
  rest();
  await settled();
  assert.deepEqual([preview.standing, preview.problem], ["problem", "offline"]);
  connected = true;
  const before = asked().length;
  welcome(summary({ id: "c" }));
  preview.check();
  rest();
  assert.equal(asked().length, before + 1);
});

test("the agent's own wording is translated back, survives a reload, and goes along", async () => {
  type("Hello");
  preview.toggle();
  await answer();
  preview.reword(" Oi ");
  preview.check();
  rest();
  assert.equal(asked().at(-1).translation, " Oi ");
  begin();
  assert.equal(preview.wording.text, " Oi ");
  assert.equal(preview.mayGo(), true);
  inbox.send("Hello", preview.toSend);
  assert.deepEqual(sent.at(-1), { type: "send", conversation: "c", client_id: "m-1", text: "Hello", translation: { language: "pt-BR", text: "Oi" } });
  assert.equal(preview.wording, null, "the next message begins without");
});

test("a wording belongs to its message: of a changed one it goes only when that is said twice", () => {
  type("On Friday");
  preview.reword("Na sexta");
  type("On Monday");
  assert.equal(preview.outdated, true);
  assert.equal(preview.mayGo(), false);
  assert.equal(preview.open, true, "so that it is seen");
  assert.equal(preview.mayGo(), true);
  type("On Tuesday");
  assert.equal(preview.mayGo(), false);
  preview.reword("Na terça");
  assert.deepEqual([preview.outdated, preview.mayGo()], [false, true]);
});

test("a message begun anew has no wording left from the one before", () => {
  type("On Friday");
  preview.reword("Na sexta");
  type("");
  type("Good morning");
  assert.equal(preview.wording, null);
});

test("an empty wording and one that is too long do not go", () => {
  type("Hello");
  preview.reword(" ");
  assert.deepEqual([preview.fault, preview.mayGo()], ["empty", false]);
  preview.reword("x".repeat(21));
  assert.deepEqual([preview.fault, preview.mayGo()], ["long", false]);
  preview.reword(null);
  assert.deepEqual([preview.fault, preview.toSend], ["", null]);
});

test("a wording for a language the visitor reads no more stays behind", () => {
  type("Hello");
  preview.reword("Oi");
  inbox.receive({ type: "summary", conversation: summary({ id: "c", visitor: { ...summary({ id: "c" }).visitor, language: "fa" } }) });
  assert.deepEqual([preview.language, preview.wording, preview.toSend], ["fa", null, null]);
});

test("where both write one language there is nothing to preview", () => {
  inbox.show("d");
  preview.toggle();
  type("Hello");
  rest();
  assert.deepEqual([preview.language, asked()], [null, []]);
});

test("of one conversation nothing is seen in another", async () => {
  type("Hello");
  preview.toggle();
  await answer();
  welcome(summary({ id: "c" }), summary({ id: "e" }));
  inbox.show("e");
  preview.check();
  assert.deepEqual([preview.answer, preview.standing], [null, "empty"]);
});

test("a refused message comes back with its wording", () => {
  type("Hello");
  preview.reword("Oi");
  inbox.send("Hello", preview.toSend);
  inbox.receive({ type: "error", code: "storage_full", message: "Full.", field: null, client_id: "m-1", ref: null, retry_after: null });
  assert.deepEqual([inbox.drafts.get("c"), preview.wording.text, preview.outdated], ["Hello", "Oi", false]);
});

test("sent again after a lost connection, the wording goes along again", () => {
  connected = false;
  inbox.send("Hello", { language: "pt-BR", text: "Oi" });
  connected = true;
  begin();
  assert.deepEqual(sent.filter(({ type: kind }) => kind === "send").map(({ translation }) => translation), [{ language: "pt-BR", text: "Oi" }]);
});

const REFUND = { own: { language: "en", direction: "ltr", text: "Back, {visitor}." }, theirs: { language: "pt-PT", direction: "ltr", text: "Volta, {visitor}." } };
const wordingSent = () => {
  const { toSend } = preview;
  return toSend && [toSend.language, toSend.text];
};

test("a canned response goes out in the wording that was approved, with the names that were put in", async () => {
  inbox.drafts.setCanned("c", REFUND);
  type("Back, Rui.");
  assert.deepEqual(wordingSent(), ["pt-BR", "Volta, Rui."]);
  preview.toggle();
  assert.equal(asked().at(-1).translation, "Volta, Rui.");
  await answer({ translation: "Volta, Rui.", engine: "person" });
  assert.equal(preview.standing, "ready");
});

test("edited, it is translated like anything else, and undone it is approved again", () => {
  inbox.drafts.setCanned("c", REFUND);
  type("Back soon, Rui.");
  assert.equal(wordingSent(), null);
  type("Back, Rui.");
  assert.deepEqual(wordingSent(), ["pt-BR", "Volta, Rui."]);
});

test("the agent's own translation comes before the approved one", () => {
  inbox.drafts.setCanned("c", REFUND);
  type("Back, Rui.");
  preview.reword("Já volta.");
  assert.deepEqual(wordingSent(), ["pt-BR", "Já volta."]);
  preview.reword(null);
  assert.deepEqual(wordingSent(), ["pt-BR", "Volta, Rui."]);
});

test("once it was sent or thrown away, nothing of it is left", () => {
  inbox.drafts.setCanned("c", REFUND);
  type("Back, Rui.");
  inbox.send("Back, Rui.", preview.toSend);
  assert.deepEqual(sent.at(-1).translation, { language: "pt-BR", text: "Volta, Rui." });
  type("Back, Rui.");
  assert.equal(wordingSent(), null);
  inbox.drafts.setCanned("c", REFUND);
  type("");
  type("Back, Rui.");
  assert.equal(wordingSent(), null);
});

test("of a response in another language than the agent's it is said, until it is another text", () => {
  inbox.drafts.setCanned("c", { own: { language: "lt", direction: "ltr", text: "Grįš, {visitor}." }, theirs: null });
  type("Grįš, Rui.");
  assert.equal(preview.foreign, "lt");
  type("Back, Rui.");
  assert.equal(preview.foreign, "");
});

test("what a browser kept of another version is no canned response", () => {
  for (const odd of ["null", "{}", '{"own":{"language":"en"},"theirs":null}', '{"own":{"language":"en","text":"Back."},"theirs":null}', "[", '{"own":{"language":"en","text":"Back."}}']) {
    inbox.drafts.set("c canned", odd);
    assert.equal(inbox.drafts.canned("c"), null, odd);
  }
});
