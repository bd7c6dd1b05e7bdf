import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Desk } from "../static/desk.js";
import { OfferNews } from "../static/offer_news.js";
import { at, EMMA, JONAS, offerTo, standing, summary } from "./cast.js";

let inbox, news, said, toasts, hidden;

beforeEach(() => {
  said = [];
  toasts = [];
  hidden = false;
  inbox = { me: EMMA, desk: new Desk(() => Date.parse(at(0))), current: null, summaries: new Map() };
  news = new OfferNews(inbox, { show: (text, action) => toasts.push({ text, action }) }, {
    say: (text) => said.push(text), open: (id) => (inbox.current = id), unseen: () => hidden,
  });
});

const tell = (after) => {
  const before = inbox.summaries.get("c");
  const next = summary({ id: "c", ...after });
  inbox.summaries.set("c", next);
  news.changed(before, next);
};

test("an offer is said once, with how long it is", () => {
  tell(offerTo(EMMA, 0.75));
  tell({ ...offerTo(EMMA, 0.75), unread: 2 });
  assert.deepEqual([said.length, toasts.length], [1, 0]);
  assert.match(said[0], /Visitor 17.*45 seconds/);
});

test("where another conversation hides the list it is a toast that opens it, while it stands", () => {
  hidden = true;
  tell(offerTo(EMMA, 1));
  assert.equal(said.length, 0);
  assert.equal(toasts[0].action.useful(), true);
  toasts[0].action.run();
  assert.equal(inbox.current, "c");
  tell({ state: "assigned", agent: EMMA, decision: null });
  assert.equal(toasts[0].action.useful(), false);
  assert.equal(toasts.length, 1, "whoever accepts is told nothing");
});

test("an offer that ran out is told, also when what comes of it is told later", () => {
  tell(offerTo(EMMA, 1));
  tell({ ...offerTo(EMMA, 1), offer: null });
  assert.equal(toasts.length, 0);
  tell({ ...offerTo(JONAS, 2), decision: standing("offered", { cause: "missed", agent: "jonas" }) });
  assert.match(toasts[0].text, /ran out.*Jonas/);
});

test("whoever declined is not told again; whoever was overtaken is", () => {
  tell(offerTo(EMMA, 1));
  tell({ decision: standing("queued", { cause: "declined" }) });
  assert.equal(toasts.length, 0);
  tell(offerTo(EMMA, 2));
  tell({ state: "assigned", agent: JONAS, decision: null });
  assert.match(toasts[0].text, /Jonas took/);
});
