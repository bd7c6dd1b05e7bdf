import assert from "node:assert/strict";
import { test } from "node:test";

import { isBetween, isNewOffer, offerEnd, reasonFor, refusedTransfer, secondsLeft, shareLeft } from "../static/offers.js";
import { at, EMMA, JONAS, offerTo, routed, standing, summary } from "./cast.js";

const ms = (minute, seconds = 0) => Date.parse(at(minute)) + seconds * 1000;
const offered = (more = {}) => summary({ id: "c", ...offerTo(EMMA, 1), ...more });

test("the seconds that are left are whole, end at 0 and never go below", () => {
  assert.deepEqual([ms(0), ms(0, 15.2), ms(0, 59.9), ms(1), ms(9)].map((now) => secondsLeft(at(1), now)), [60, 45, 1, 0, 0]);
});

test("the line is whole at first and gone at the end, whatever the clocks say", () => {
  assert.deepEqual([ms(0), ms(0, 30), ms(1), ms(-5)].map((now) => shareLeft(at(1), now, 60)), [1, 0.5, 0, 1]);
  assert.equal(shareLeft(at(1), ms(2), 0), 0, "an offer that was over when it was first seen");
});

test("an offer is new when it comes, when it comes again, and only to whom it is made", () => {
  assert.equal(isNewOffer(undefined, offered(), "emma"), true);
  assert.equal(isNewOffer(summary({ id: "c" }), offered(), "emma"), true);
  assert.equal(isNewOffer(offered(), offered({ unread: 2 }), "emma"), false);
  assert.equal(isNewOffer(offered(), offered(offerTo(EMMA, 5)), "emma"), true);
  assert.equal(isNewOffer(undefined, offered(), "jonas"), false);
});

test("how an offer ended", () => {
  const end = (after, before = offered()) => offerEnd(before, summary({ id: "c", ...after }), "emma");
  assert.equal(end({ decision: standing("queued", { cause: "missed" }) }), "ran_out");
  assert.equal(end({ ...offerTo(JONAS, 2), decision: standing("offered", { cause: "missed", agent: "jonas" }) }), "ran_out");
  assert.equal(end({ decision: standing("queued", { cause: "declined" }) }), "withdrawn");
  assert.equal(end({ state: "assigned", agent: JONAS, decision: null }), "taken");
  assert.equal(end({ state: "assigned", agent: EMMA, decision: null }), null, "accepted");
  assert.equal(end({ ...offerTo(EMMA, 1), unread: 3 }), null);
  assert.equal(end({ decision: standing("queued", { cause: "missed" }) }, summary({ id: "c" })), null, "there was none");
  assert.equal(offerEnd(undefined, summary({ id: "c" }), "emma"), null);
});

test("between an offer's end and the next decision nothing is known yet", () => {
  assert.equal(isBetween(offered({ offer: null })), true);
  assert.deepEqual([offered(), summary({ id: "c" }), offered({ offer: null, state: "assigned", agent: EMMA })].map(isBetween), [false, false, false]);
});

test("why me: only what was said of the one who is asked, of the last decision", () => {
  const candidate = (kind, id, chosen, reason) => ({ kind, id, chosen, reason, params: { language: "lt" } });
  const candidates = [candidate("region", "emma", true, "by_country"), candidate("agent", "jonas", false, "away"), candidate("agent", "emma", true, "speaks")];
  const items = [routed(1, { agent: "jonas" }), routed(2, { agent: "emma", candidates })];
  assert.equal(reasonFor(items, "emma")?.reason, "speaks");
  assert.equal(reasonFor(items, "jonas"), null);
  assert.equal(reasonFor([...items, routed(3, { agent: "jonas" })], "emma"), null);
  assert.equal(reasonFor([], "emma"), null);
});

test("a colleague who does not take what was handed to them: said to whom handed it, once", () => {
  const by = (agent) => ({ kind: "agent", id: agent.id, name: agent.name });
  const handed = { seq: 4, kind: "transferred", at: at(4), by: by(EMMA), to_agent: JONAS, to_region: null, note: null };
  const passed = (seq, agent, how = "declined") => ({ seq, kind: "passed", at: at(seq), agent, how });
  const released = { seq: 5, kind: "assigned", at: at(5), agent: null };
  const before = [handed, released, routed(6, { agent: "jonas" })];
  assert.equal(refusedTransfer(before, passed(7, JONAS), "emma")?.how, "declined");
  assert.equal(refusedTransfer(before, passed(7, JONAS, "missed"), "emma")?.how, "missed");
  assert.equal(refusedTransfer(before, passed(7, JONAS), "jonas"), null, "not to another");
  assert.equal(refusedTransfer(before, passed(7, { id: "rui", name: "Rui" }), "emma"), null, "not of somebody it went on to");
  const taken = { seq: 8, kind: "assigned", at: at(8), agent: EMMA };
  assert.equal(refusedTransfer([...before, taken], passed(9, JONAS), "emma"), null, "it was taken meanwhile");
  assert.equal(refusedTransfer(before, routed(7), "emma"), null);
});

test("waiting for opening hours is no offer", () => {
  assert.equal(isNewOffer(undefined, summary({ id: "c", decision: standing("closed") }), "emma"), false);
});
