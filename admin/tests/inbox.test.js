import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Inbox } from "../static/inbox.js";
import { at, done, EMMA, fromEmma, fromVisitor, JONAS, settled, storage, summary } from "./cast.js";

let sent, connected, later, kept, failures, inbox, count;

beforeEach(() => {
  sent = [];
  later = [];
  failures = [];
  connected = true;
  kept = storage();
  count = 0;
  inbox = freshInbox();
});

function freshInbox() {
  return new Inbox(EMMA, (frame) => connected && (sent.push(frame), true), {
    storage: kept, uuid: () => `m-${(count += 1)}`, now: () => Date.parse(at(60)), later: (run, ms) => later.push({ run, ms }),
  }, { changed: () => {}, failed: (message) => failures.push(message) });
}

const welcome = (...conversations) => inbox.receive({
  type: "welcome", agent: EMMA, conversations, living: conversations.length, closed_earlier: false, limits: { text: 5000, frame: 65536, page: 100 }, now: at(60),
});
const last = (type) => sent.findLast((frame) => frame.type === type);
const all = (type) => sent.filter((frame) => frame.type === type);
const details = { ...summary({ id: "c" }).visitor, first_seen_at: at(0), user_agent: null };

async function opened(events, more = {}) {
  inbox.receive({ type: "opened", conversation: "c", events, reset: true, earlier: false, visitor: details, ref: last("open").ref, ...more });
  await settled();
}

test("a conversation is opened from the last event that is known, also after a lost connection", async () => {
  welcome(summary({ id: "c" }));
  inbox.show("c");
  assert.equal(last("open").after, 0);
  await opened([fromVisitor(1, "a"), fromVisitor(2, "b")]);
  inbox.disconnected();
  welcome(summary({ id: "c" }));
  assert.equal(last("open").after, 2);
  await opened([fromVisitor(3, "c")], { reset: false });
  assert.deepEqual(inbox.thread.log.items.map(({ seq }) => seq), [1, 2, 3]);
});

test("an event that comes twice is there once; one after a gap asks for the rest", async () => {
  welcome(summary({ id: "c" }));
  inbox.show("c");
  await opened([fromVisitor(1, "a")]);
  for (const _ of [1, 2]) inbox.receive({ type: "event", conversation: "c", event: fromVisitor(2, "b") });
  assert.deepEqual(inbox.thread.log.items.map(({ seq }) => seq), [1, 2]);
  inbox.receive({ type: "event", conversation: "c", event: fromVisitor(4, "d") });
  assert.deepEqual([all("open").length, last("open").after], [2, 2]);
});

test("what was typed without a connection is sent when it is back, with one client id", async () => {
  welcome(summary({ id: "c" }));
  inbox.show("c");
  await opened([fromVisitor(1, "a")]);
  connected = false;
  inbox.disconnected();
  inbox.send("Hello");
  assert.deepEqual([all("send").length, inbox.outgoing.map(({ text }) => text)], [0, ["Hello"]]);
  connected = true;
  welcome(summary({ id: "c" }));
  welcome(summary({ id: "c" }));
  assert.deepEqual(all("send").map(({ client_id, text }) => [client_id, text]), [["m-1", "Hello"], ["m-1", "Hello"]]);
  inbox.receive({ type: "ack", client_id: "m-1", seq: 2, at: at(60), ref: null });
  assert.deepEqual([inbox.outbox.entries, inbox.outgoing.length], [[], 1], "shown until its event is here");
  inbox.receive({ type: "event", conversation: "c", event: fromEmma(2, "Hello", { client_id: "m-1" }) });
  assert.deepEqual(inbox.outgoing, []);
});

test("how many wait behind those that are listed goes down as they come forward", () => {
  const listed = summary({ id: "a" });
  inbox.receive({
    type: "welcome", agent: EMMA, conversations: [listed, summary({ id: "z", state: "closed" })], living: 3, closed_earlier: false,
    limits: { text: 5000, frame: 65536, page: 100 }, now: at(60),
  });
  assert.equal(inbox.more, 2);
  const tell = (more) => inbox.receive({ type: "summary", conversation: summary(more) });
  tell({ id: "a", unread: 2 });
  tell({ id: "new", opened_at: at(61) });
  assert.equal(inbox.more, 2);
  tell({ id: "b" });
  tell({ id: "b", unread: 2 });
  assert.equal(inbox.more, 1);
  welcome(listed);
  assert.equal(inbox.more, 0);
});

test("after a reload it is sent too", () => {
  inbox.show("c");
  connected = false;
  inbox.send("Hello");
  connected = true;
  inbox = freshInbox();
  welcome(summary({ id: "c" }));
  assert.deepEqual(all("send").map(({ conversation, text }) => [conversation, text]), [["c", "Hello"]]);
});

test("a refused message goes back into the draft, before what was begun since, with the reason", () => {
  welcome(summary({ id: "c" }));
  inbox.show("c");
  inbox.send("Hello");
  inbox.drafts.set("c", "And");
  inbox.receive({ type: "error", code: "storage_full", message: "The disk is full.", field: null, client_id: "m-1", ref: null, retry_after: null });
  assert.deepEqual([inbox.drafts.get("c"), inbox.refusals.get("c"), inbox.outgoing], ["Hello\nAnd", "The disk is full.", []]);
  inbox.draft("Hello");
  assert.equal(inbox.refusals.get("c"), undefined);
});

test("a message that came too fast waits and is sent again", () => {
  welcome(summary({ id: "c" }));
  inbox.show("c");
  inbox.send("Hello");
  inbox.receive({ type: "error", code: "too_fast", message: "Slower.", field: null, client_id: "m-1", ref: null, retry_after: 2 });
  assert.deepEqual([later.map(({ ms }) => ms), inbox.outgoing.length], [[2000], 1]);
  later[0].run();
  assert.equal(all("send").length, 2);
});

test("seen is said once, only while the agent looks", async () => {
  welcome(summary({ id: "c", unread: 1 }));
  inbox.look(false);
  inbox.show("c");
  await opened([fromVisitor(1, "a"), fromEmma(2, "b")]);
  assert.equal(all("seen").length, 0);
  inbox.look(true);
  inbox.look(false);
  inbox.look(true);
  assert.deepEqual(all("seen").map(({ seq }) => seq), [1]);
  assert.equal(inbox.summaries.get("c").unread, 0);
});

test("the unread ones are marked as new", async () => {
  welcome(summary({ id: "c", unread: 2 }));
  inbox.show("c");
  await opened([fromVisitor(1, "a"), fromEmma(2, "b"), fromVisitor(3, "c"), fromVisitor(4, "d")]);
  assert.equal(inbox.thread.unreadAfter, 2);
});

test("receipts only grow", async () => {
  welcome(summary({ id: "c", receipts: { delivered: 4, seen: 2 } }));
  inbox.show("c");
  inbox.receive({ type: "receipts", conversation: "c", delivered: 3, seen: 3 });
  assert.deepEqual(inbox.thread.receipts, { delivered: 4, seen: 3 });
});

test("typing is shown for a while, and ends with the message", async () => {
  welcome(summary({ id: "c" }));
  inbox.show("c");
  await opened([]);
  const typing = () => inbox.receive({ type: "typing", conversation: "c", author: { kind: "visitor", id: "v", name: null } });
  typing();
  assert.equal(inbox.thread.typing, true);
  later[0].run();
  assert.equal(inbox.thread.typing, false);
  typing();
  inbox.receive({ type: "event", conversation: "c", event: fromVisitor(1, "a") });
  assert.equal(inbox.thread.typing, false);
});

test("own typing is said at most every two seconds", () => {
  welcome(summary({ id: "c" }));
  inbox.show("c");
  inbox.draft("H");
  inbox.draft("He");
  inbox.draft(" ");
  assert.equal(all("typing").length, 1);
});

test("an answer and an error go to who asked", async () => {
  welcome(summary({ id: "c" }));
  const taking = inbox.ask("take", "c");
  inbox.receive({ type: "ok", ref: last("take").ref });
  assert.equal((await taking).type, "ok");
  const late = inbox.ask("take", "c");
  inbox.receive({ type: "error", code: "already_taken", message: "Jonas has it.", field: null, client_id: null, ref: last("take").ref, retry_after: null });
  await assert.rejects(late, { code: "already_taken", message: "Jonas has it." });
  assert.deepEqual(failures, []);
});

test("a request fails with the connection, and at once without one", async () => {
  welcome(summary({ id: "c" }));
  const taking = inbox.ask("take", "c");
  inbox.disconnected();
  await assert.rejects(taking, { code: "offline" });
  connected = false;
  await assert.rejects(inbox.ask("take", "c"), { code: "offline" });
});

test("an error that belongs to nothing is told", () => {
  inbox.receive({ type: "error", code: "internal", message: "Our mistake.", field: null, client_id: null, ref: null, retry_after: 1 });
  assert.deepEqual(failures, ["Our mistake."]);
});

test("a conversation that does not exist is left, and said", async () => {
  welcome();
  inbox.show("nowhere");
  inbox.receive({ type: "error", code: "not_found", message: "There is no such conversation.", field: "conversation", client_id: null, ref: last("open").ref, retry_after: null });
  await settled();
  assert.deepEqual([inbox.current, failures], [null, ["There is no such conversation."]]);
});

test("a conversation that can't be loaded now says so, and is asked for again", async () => {
  welcome(summary({ id: "c" }));
  inbox.show("c");
  inbox.receive({ type: "error", code: "busy", message: "Too much to do.", field: null, client_id: null, ref: last("open").ref, retry_after: 2 });
  await settled();
  assert.equal(inbox.thread.problem, "Too much to do.");
  inbox.openAgain();
  await opened([fromVisitor(1, "a")]);
  assert.deepEqual([inbox.thread.problem, inbox.thread.loaded], [null, true]);
});

test("the longest unused of many open conversations is left", () => {
  welcome(...Array.from({ length: 22 }, (_, n) => summary({ id: `c${n}` })));
  for (let n = 0; n < 21; n += 1) inbox.show(`c${n}`);
  assert.deepEqual(all("leave").map(({ conversation }) => conversation), ["c0"]);
  assert.equal(inbox.threads.size, 20);
});

test("older messages are put in front, once", async () => {
  welcome(summary({ id: "c" }));
  inbox.show("c");
  await opened([fromVisitor(3, "c")], { earlier: true });
  const loading = inbox.loadEarlier();
  inbox.loadEarlier();
  assert.deepEqual(all("history").map(({ before }) => before), [3]);
  inbox.receive({ type: "history", conversation: "c", events: [fromVisitor(1, "a"), fromVisitor(2, "b")], earlier: false, ref: last("history").ref });
  await loading;
  assert.deepEqual(inbox.thread.log.items.map(({ seq }) => seq), [1, 2, 3]);
  assert.equal(inbox.thread.log.earlier, false);
});

test("swapping all forgets what was swapped one by one", async () => {
  welcome(summary({ id: "c" }));
  inbox.show("c");
  await opened([fromVisitor(1, "a", { translations: { en: done("A") } })]);
  const { thread } = inbox;
  thread.swapOne(1);
  assert.deepEqual([thread.showsOriginal(1), thread.showsOriginal(2)], [true, false]);
  thread.swapAll();
  thread.swapOne(1);
  assert.deepEqual([thread.showsOriginal(1), thread.showsOriginal(2)], [false, true]);
  thread.swapAll();
  assert.equal(thread.showsOriginal(1), false);
});

test("a summary updates who has it and who is online", async () => {
  welcome(summary({ id: "c" }));
  inbox.show("c");
  await opened([]);
  const changed = summary({ id: "c", agent: JONAS, state: "assigned" });
  inbox.receive({ type: "summary", conversation: { ...changed, visitor: { ...changed.visitor, online: false } } });
  assert.deepEqual([inbox.summary.agent.name, inbox.thread.visitor.online, inbox.thread.visitor.first_seen_at], ["Jonas", false, at(0)]);
});

test("the agent's availability, the regions and the server's time are the desk's", () => {
  inbox.receive({
    type: "welcome", agent: EMMA, conversations: [], living: 0, closed_earlier: false, limits: { text: 5000, frame: 65536, page: 100 }, now: at(90),
    availability: "break", automatic_away: false, regions: [{ id: "vilnius", name: "Vilnius", open: true, mine: true }],
  });
  assert.deepEqual([inbox.desk.seen, inbox.desk.regionName("vilnius"), inbox.desk.now()], ["break", "Vilnius", Date.parse(at(90))]);
  inbox.receive({ type: "availability", state: "online", automatic: false });
  assert.equal(inbox.desk.seen, "online");
});

test("a conversation is followed without being shown, once", async () => {
  welcome(summary({ id: "c" }));
  inbox.follow("c");
  await opened([fromVisitor(1, "a")]);
  inbox.follow("c");
  assert.deepEqual([all("open").length, inbox.current, inbox.threads.get("c").log.items.length], [1, null, 1]);
});
