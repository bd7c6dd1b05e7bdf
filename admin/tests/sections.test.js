import assert from "node:assert/strict";
import { test } from "node:test";

import { arrange, callsFor, inRegion, positions, SECTIONS, urgency } from "../static/sections.js";
import { at, EMMA, JONAS, offerTo, standing, summary } from "./cast.js";

const ids = (list) => list.map(({ id }) => id);

test("each conversation is in one section", () => {
  const sections = arrange([
    summary({ id: "a" }),
    summary({ id: "b", state: "assigned", agent: EMMA }),
    summary({ id: "c", state: "assigned", agent: JONAS }),
    summary({ id: "d", state: "closed", agent: EMMA }),
  ], "emma");
  assert.deepEqual(
    { waiting: ids(sections.waiting), mine: ids(sections.mine), others: ids(sections.others), closed: ids(sections.closed) },
    { waiting: ["a"], mine: ["b"], others: ["c"], closed: ["d"] },
  );
});

test("whoever waits longest is first, and who doesn't wait comes after by the latest word", () => {
  const word = (minute) => ({ seq: 1, at: at(minute), author: "agent", text: "", language: "en", translation: null });
  const { waiting } = arrange([
    summary({ id: "answered-early", waiting_since: null, last_message: word(1) }),
    summary({ id: "late", waiting_since: at(9) }),
    summary({ id: "answered-late", waiting_since: null, last_message: word(8) }),
    summary({ id: "early", waiting_since: at(2) }),
  ], "emma");
  assert.deepEqual(ids(waiting), ["early", "late", "answered-late", "answered-early"]);
});

test("closed conversations go by the latest word", () => {
  const { closed } = arrange([
    summary({ id: "a", state: "closed", waiting_since: at(0), opened_at: at(0) }),
    summary({ id: "b", state: "closed", waiting_since: null, opened_at: at(5) }),
  ], "emma");
  assert.deepEqual(ids(closed), ["b", "a"]);
});

test("urgency grows with the wait", () => {
  assert.deepEqual([0, 119_999, 120_000, 299_999, 300_000, 899_999, 900_000].map(urgency), [0, 0, 1, 1, 2, 2, 3]);
});

test("only what nobody has, or what is mine and unread, calls", () => {
  const cases = [
    [summary({ id: "a" }), true],
    [summary({ id: "a", waiting_since: null }), false],
    [summary({ id: "a", state: "assigned", agent: EMMA, unread: 1 }), true],
    [summary({ id: "a", state: "assigned", agent: EMMA, unread: 0 }), false],
    [summary({ id: "a", state: "assigned", agent: JONAS, unread: 3 }), false],
    [summary({ id: "a", state: "closed", unread: 3 }), false],
  ];
  assert.deepEqual(cases.map(([each]) => callsFor(each, "emma")), cases.map(([, expected]) => expected));
});

test("what is offered to this agent stands first, what is offered to another waits", () => {
  const sections = arrange([
    summary({ id: "late", ...offerTo(EMMA, 9) }), summary({ id: "soon", ...offerTo(EMMA, 5) }), summary({ id: "theirs", ...offerTo(JONAS, 5) }),
  ], "emma");
  assert.deepEqual([ids(sections.offered), ids(sections.waiting)], [["soon", "late"], ["theirs"]]);
  assert.equal(SECTIONS[0], "offered");
});

test("of what is offered until the same moment, who waits longest stands first", () => {
  const sections = arrange([
    summary({ id: "a", ...offerTo(EMMA, 5), queued_at: at(2) }), summary({ id: "b", ...offerTo(EMMA, 5), queued_at: at(1) }),
  ], "emma");
  assert.deepEqual(ids(sections.offered), ["b", "a"]);
});

test("whoever waits for opening hours comes after who waits now, the next opening first", () => {
  const later = (id, hour) => summary({ id, waiting_since: at(0), decision: standing("closed", { opens_at: hour === null ? null : at(hour * 60) }) });
  const { waiting } = arrange([later("tomorrow", 20), later("today", 3), summary({ id: "now", waiting_since: at(8) })], "emma");
  assert.deepEqual(ids(waiting), ["now", "today", "tomorrow"]);
});

test("positions count each region's queue by arrival, without those who wait for opening hours", () => {
  const found = positions([
    summary({ id: "b", queued_at: at(2) }), summary({ id: "a", queued_at: at(1), ...offerTo(JONAS, 5) }), summary({ id: "l", queued_at: at(3), region: "lisbon" }),
    summary({ id: "night", queued_at: at(0), decision: standing("closed") }), summary({ id: "taken", state: "assigned", agent: EMMA, queued_at: null }),
    summary({ id: "new", region: null, decision: null }),
  ]);
  assert.deepEqual(Object.fromEntries(found), { a: 1, b: 2, l: 1 });
});

test("a choice of regions hides others' and waiting ones, never one's own", () => {
  const regions = [{ id: "vilnius", name: "Vilnius", open: true, mine: true }, { id: "lisbon", name: "Lisbon", open: true, mine: false }];
  const shown = (section, choice, region = "lisbon") => inRegion(summary({ id: "c", region }), section, choice, regions);
  assert.deepEqual([shown("waiting", "all"), shown("waiting", "mine"), shown("waiting", "lisbon"), shown("waiting", "vilnius")], [true, false, true, false]);
  assert.deepEqual([shown("offered", "vilnius"), shown("mine", "vilnius"), shown("others", "vilnius"), shown("closed", "vilnius")], [true, true, false, false]);
  assert.deepEqual([shown("waiting", "mine", "vilnius"), shown("waiting", "vilnius", null)], [true, true], "what is not placed yet is for everybody");
});

test("an offer calls, one to another does not, nor does who waits for opening hours or is not placed yet", () => {
  assert.equal(callsFor(summary({ id: "a", ...offerTo(EMMA, 5) }), "emma"), true);
  assert.equal(callsFor(summary({ id: "a", ...offerTo(JONAS, 5) }), "emma"), false);
  assert.equal(callsFor(summary({ id: "a", decision: standing("closed") }), "emma"), false);
  assert.equal(callsFor(summary({ id: "a", decision: null }), "emma"), false);
});
