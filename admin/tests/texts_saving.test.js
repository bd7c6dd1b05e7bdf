import assert from "node:assert/strict";
import { test } from "node:test";

import { CallError } from "../static/calls.js";
import { Kept } from "../static/texts_kept.js";
import { Saving } from "../static/texts_saving.js";

const said = (text, more = {}) => ({ text, draft: false, doubtful: false, flags: [], source: null, made_from: null, outdated: false, ...more });
const draft = (text, more = {}) => said(text, { draft: true, source: "en", made_from: "Hello", ...more });
const text = (id, wordings, more = {}) => ({
  id, kind: "greeting", title: null, region: null, version: 1, shortcut: null, answer: "text", required: false,
  changed_at: null, changed_by: null, wordings, ...more,
});
const copy = (value) => structuredClone(value);
const wordsOf = (one) => Object.fromEntries(Object.entries(one.wordings).map(([tag, { text: words, draft: isDraft }]) => [tag, isDraft ? `(${words})` : words]));

/** The server's part, as docs/protocol.md has it. */
class Server {
  constructor(texts) {
    this.texts = new Map(texts.map((one) => [one.id, copy(one)]));
    this.removed = new Map();
    this.offline = false;
    /** What happens while the next call is under way. */
    this.meanwhile = () => {};
  }

  call = async (path, body) => {
    await null;
    const { meanwhile } = this;
    this.meanwhile = () => {};
    meanwhile();
    if (this.offline) throw new CallError("offline", "The server can't be reached.");
    return copy(this[path.split("/").at(-1)](copy(body)));
  };

  save({ id, kind, wordings, dropped, drafts, expected, shortcut }) {
    const known = this.texts.get(id);
    if (id && known?.version !== expected) throw new CallError("changed_meanwhile", "…", null, { theirs: copy(known) ?? null });
    for (const [tag, words] of Object.entries(wordings)) if (words.length > 30) throw new CallError("wording_too_long", "That is too long.", tag);
    const one = known ?? text(kind === "greeting" ? kind : `${kind}-${this.texts.size}`, {}, { kind, version: 0 });
    const kept = Object.fromEntries(Object.entries(one.wordings).filter(([tag, was]) => was.draft && !dropped.includes(tag)));
    const approved = Object.fromEntries(Object.entries(wordings).map(([tag, words]) => [tag, said(words)]));
    Object.assign(one, { wordings: { ...kept, ...drafts, ...approved }, shortcut });
    this.texts.set(one.id, one);
    return this.lifted(one);
  }

  approve({ id, wordings }) {
    const one = this.texts.get(id);
    const isNew = Object.entries(wordings).some(([tag, words]) => one.wordings[tag]?.draft !== false || one.wordings[tag].text !== words);
    for (const [tag, words] of Object.entries(wordings)) one.wordings[tag] = said(words);
    // Of a region only what its visitors read counts.
    return one.region && !isNew ? { text: one } : this.lifted(one);
  }

  draft({ id, locale, words }) {
    const one = this.texts.get(id);
    one.wordings[locale] = draft(words);
    return one.region ? { text: one } : this.lifted(one);
  }

  /** A version later, as is the other text of its region. */
  lifted(one) {
    one.version += 1;
    for (const other of this.texts.values()) if (one.region && other.region === one.region) other.version = one.version;
    return { text: one };
  }

  discard({ id, locales }) {
    const one = this.texts.get(id);
    for (const tag of locales) delete one.wordings[tag];
    return one.region ? { text: one } : this.lifted(one);
  }

  remove({ id }) {
    this.removed.set(id, this.texts.get(id));
    this.texts.delete(id);
    return { id };
  }

  restore({ id }) {
    const one = this.removed.get(id);
    this.texts.set(id, one);
    one.version += 1;
    return { text: one };
  }

  words(id) {
    return wordsOf(this.texts.get(id));
  }
}

/** An admin at the page. */
class Admin {
  constructor(...texts) {
    this.server = new Server(texts.filter(({ version }) => version));
    this.kept = new Kept({ texts: copy(texts), locales: [], nearest: {}, leads: {}, ours: {} });
    this.open = texts[0].id;
    this.undo = null;
    this.said = "";
    this.wrong = null;
    this.complained = [];
    this.saving = new Saving(this.kept, {
      changed() {},
      go: (id) => (this.open = id),
      leave: (left) => this.open === left.id && (this.open = this.kept.overview.texts[0]?.id),
      complain: (one, error) => this.complained.push([one.id, error.message]),
      trouble: (error) => (this.wrong = error?.message ?? null),
      done: (words, undo = null) => ([this.said, this.undo] = [words, undo]),
      titleOf: ({ id }) => id,
      askWhoseCounts: async (theirs, found) => this.chooses(found),
      askWhetherToAddAgain: async () => true,
      isOneOfMany: ({ kind }) => kind === "canned",
    }, this.server.call);
  }

  chooses = (found) => Object.fromEntries(found.map(({ locale, mine, theirs, by }) => [locale, by === "theirs" ? theirs : mine]));

  types(id, tag, words) {
    this.kept.change(id, { wordings: { [tag]: words } });
  }

  /** Presses what is offered, which is gone then. */
  undoes() {
    const { undo } = this;
    this.undo = null;
    return undo();
  }

  async drafts(id, locale, words) {
    this.kept.take((await this.server.call("/api/wordings/draft", { id, locale, words })).text);
  }

  /** The page is told all anew, as after an import. */
  refreshes() {
    this.kept.renew({ ...this.kept.overview, texts: copy([...this.server.texts.values()]) });
  }

  /** Somebody else has saved a text with these words besides. */
  somebodySays(id, wordings) {
    const one = this.server.texts.get(id);
    Object.assign(one.wordings, Object.fromEntries(Object.entries(wordings).map(([tag, words]) => [tag, said(words)])));
    this.server.lifted(one);
  }

  unsaved(id) {
    return this.kept.edits.get(id)?.wordings ?? {};
  }

  ids() {
    return this.kept.overview.texts.map(({ id }) => id);
  }
}

const NAME = text("region_name:japan", { en: said("Japan"), lt: said("Japonija") }, { kind: "region_name", region: "japan" });
const CLOSED = text("region_offline:japan", { en: said("Closed") }, { kind: "region_offline", region: "japan" });
const GREETING = text("greeting", { en: said("Hello") }, { version: 3 });
const ORDER = text("canned-9", { en: said("Your order?") }, { kind: "canned", shortcut: "order" });

test("an undo is of the text it was offered for, whichever is open by then", async () => {
  const admin = new Admin(GREETING, text("new-1", {}, { kind: "canned", version: 0 }));
  admin.types("new-1", "en", "We are closed.");
  await admin.saving.save("new-1");
  assert.deepEqual(admin.ids(), ["greeting", "canned-1"]);
  admin.open = "greeting";
  await admin.undoes();
  assert.deepEqual(admin.ids(), ["greeting"]);
  assert.deepEqual([...admin.server.texts.keys()], ["greeting"]);
  assert.equal(admin.open, "greeting");
  await admin.undoes();
  assert.deepEqual(admin.server.words("canned-1"), { en: "We are closed." });
});

test("a saved text becomes what it was", async () => {
  const admin = new Admin(GREETING, ORDER);
  admin.types("greeting", "en", "Hi");
  admin.types("greeting", "lt", "Labas");
  await admin.saving.save("greeting");
  assert.deepEqual(admin.server.words("greeting"), { en: "Hi", lt: "Labas" });
  admin.open = "canned-9";
  await admin.undoes();
  assert.deepEqual(admin.server.words("greeting"), { en: "Hello" });
  assert.deepEqual(admin.server.words("canned-9"), { en: "Your order?" });
});

test("a draft that was changed, emptied or approved is the same draft again after an undo", async () => {
  const wordings = { en: said("Hello"), lt: draft("Labas", { doubtful: true, flags: ["numbers"] }), fa: draft("سلام"), ja: draft("やあ") };
  const admin = new Admin(text("greeting", wordings));
  admin.types("greeting", "lt", "Sveiki");
  admin.types("greeting", "fa", "");
  await admin.saving.save("greeting");
  assert.deepEqual(admin.server.words("greeting"), { en: "Hello", ja: "(やあ)", lt: "Sveiki" });
  await admin.undoes();
  assert.deepEqual(admin.server.texts.get("greeting").wordings, wordings);
  await admin.saving.approve("greeting", { ja: "やあ", lt: "Labas" });
  assert.deepEqual(admin.server.words("greeting"), { en: "Hello", fa: "(سلام)", ja: "やあ", lt: "Labas" });
  await admin.undoes();
  assert.deepEqual(admin.server.texts.get("greeting").wordings, wordings);
});

test("a draft that was discarded comes back as it was, and what is typed in other texts is left alone", async () => {
  const lithuanian = draft("Labas", { doubtful: true, flags: ["numbers"], made_from: "Hello there" });
  const admin = new Admin(text("greeting", { en: said("Hello"), lt: lithuanian }), ORDER);
  admin.types("canned-9", "lt", "Jūsų užsakymas?");
  admin.server.meanwhile = () => (admin.open = "canned-9");
  await admin.saving.discardDraft("greeting", "lt");
  assert.deepEqual(admin.server.words("greeting"), { en: "Hello" });
  assert.deepEqual(admin.unsaved("canned-9"), { lt: "Jūsų užsakymas?" });
  await admin.undoes();
  assert.deepEqual(admin.server.texts.get("greeting").wordings.lt, lithuanian);
  assert.deepEqual(admin.unsaved("canned-9"), { lt: "Jūsų užsakymas?" });
});

test("a discarded draft comes back though somebody has saved the text meanwhile, but not over their words", async () => {
  for (const [theirs, expected] of [[{ ja: said("やあ") }, { en: "Hello", ja: "やあ", lt: "(Labas)" }], [{ lt: said("Sveiki") }, { en: "Hello", lt: "Sveiki" }]]) {
    const admin = new Admin(text("greeting", { en: said("Hello"), lt: draft("Labas") }));
    await admin.saving.discardDraft("greeting", "lt");
    const there = admin.server.texts.get("greeting");
    Object.assign(there, { wordings: { ...there.wordings, ...theirs }, version: 7 });
    admin.chooses = () => assert.fail("there is nothing to choose");
    await admin.undoes();
    assert.deepEqual(admin.server.words("greeting"), expected);
  }
});

test("words that were discarded come back to where they were typed, under what was typed since", () => {
  const admin = new Admin(GREETING, ORDER);
  admin.types("greeting", "lt", "Labas");
  admin.types("greeting", "en", "Hi");
  admin.saving.discard("greeting");
  assert.deepEqual(admin.unsaved("greeting"), {});
  admin.open = "canned-9";
  admin.types("canned-9", "lt", "Užsakymas?");
  admin.types("greeting", "en", "Good morning");
  admin.undoes();
  assert.deepEqual(admin.unsaved("greeting"), { lt: "Labas", en: "Good morning" });
  assert.deepEqual(admin.unsaved("canned-9"), { lt: "Užsakymas?" });
  assert.equal(admin.open, "greeting");
});

test("what is typed while a text is saved is still there, and is saved next", async () => {
  const admin = new Admin(GREETING);
  admin.types("greeting", "en", "Hi");
  admin.types("greeting", "lt", "Labas");
  admin.server.meanwhile = () => {
    admin.types("greeting", "en", "Hi there");
    admin.types("greeting", "fa", "سلام");
  };
  await admin.saving.save("greeting");
  assert.deepEqual(admin.server.words("greeting"), { en: "Hi", lt: "Labas" });
  assert.deepEqual(admin.unsaved("greeting"), { en: "Hi there", fa: "سلام" });
  await admin.saving.save("greeting");
  assert.deepEqual(admin.server.words("greeting"), { en: "Hi there", lt: "Labas", fa: "سلام" });
  assert.deepEqual(admin.unsaved("greeting"), {});
});

test("what is typed back to what it was while a text is saved is a change of what was saved", async () => {
  const admin = new Admin(GREETING);
  admin.types("greeting", "en", "Hi");
  admin.server.meanwhile = () => admin.types("greeting", "en", "Hello");
  await admin.saving.save("greeting");
  assert.deepEqual(admin.unsaved("greeting"), { en: "Hello" });
});

test("a new text that is typed on while it is added is not added twice", async () => {
  const admin = new Admin(GREETING, text("new-1", {}, { kind: "canned", version: 0 }));
  admin.types("new-1", "en", "We are");
  let second;
  admin.server.meanwhile = () => {
    admin.types("new-1", "en", "We are closed.");
    second = admin.saving.save("new-1");
  };
  await admin.saving.save("new-1");
  assert.deepEqual(admin.unsaved("canned-1"), { en: "We are closed." });
  await second;
  assert.deepEqual(admin.ids(), ["greeting", "canned-1"]);
  assert.deepEqual(admin.server.words("canned-1"), { en: "We are closed." });
});

test("what is typed before an undo is not lost to it", async () => {
  const admin = new Admin(GREETING);
  admin.types("greeting", "en", "Hi");
  await admin.saving.save("greeting");
  admin.types("greeting", "lt", "Labas");
  admin.types("greeting", "en", "Hi there");
  await admin.undoes();
  assert.deepEqual(admin.server.words("greeting"), { en: "Hello" });
  assert.deepEqual(admin.unsaved("greeting"), { lt: "Labas", en: "Hi there" });
});

test("an undo that did not reach the server is offered again", async () => {
  const admin = new Admin(GREETING);
  admin.types("greeting", "en", "Hi");
  await admin.saving.save("greeting");
  admin.server.offline = true;
  await admin.undoes();
  assert.deepEqual(admin.complained, [["greeting", "The server can't be reached."]]);
  assert.deepEqual(admin.unsaved("greeting"), {});
  admin.server.offline = false;
  await admin.undoes();
  assert.deepEqual(admin.server.words("greeting"), { en: "Hello" });
});

test("where two have saved a text, what was chosen stays until the server has it, with what was typed meanwhile", async () => {
  const admin = new Admin(GREETING);
  Object.assign(admin.server.texts.get("greeting"), { version: 4, wordings: { en: said("Welcome"), fa: said("سلام") } });
  admin.types("greeting", "en", "Hi");
  admin.types("greeting", "lt", "Labas");
  admin.server.meanwhile = () => admin.types("greeting", "ja", "やあ");
  const { chooses } = admin;
  admin.chooses = (found) => {
    admin.server.offline = true;
    return chooses(found);
  };
  await admin.saving.save("greeting");
  assert.deepEqual(admin.unsaved("greeting"), { en: "Hi", lt: "Labas", ja: "やあ" });
  admin.server.offline = false;
  await admin.saving.save("greeting");
  assert.deepEqual(admin.server.words("greeting"), { en: "Hi", fa: "سلام", lt: "Labas", ja: "やあ" });
  assert.deepEqual(admin.unsaved("greeting"), {});
});

test("who closes the choice between two versions keeps what they typed", async () => {
  const admin = new Admin(GREETING);
  admin.server.texts.get("greeting").version = 4;
  admin.types("greeting", "en", "Hi");
  admin.chooses = () => null;
  await admin.saving.save("greeting");
  assert.deepEqual(admin.unsaved("greeting"), { en: "Hi" });
  assert.deepEqual(admin.server.words("greeting"), { en: "Hello" });
});

test("a text that is added again publishes no draft", async () => {
  const admin = new Admin(text("canned-9", { en: said("Your order?"), lt: draft("Užsakymas?"), fa: draft("سفارش") }, { kind: "canned", shortcut: "order" }));
  admin.server.texts.clear();
  admin.types("canned-9", "fa", "سفارش شما؟");
  await admin.saving.save("canned-9");
  const [id] = admin.ids();
  assert.notEqual(id, "canned-9");
  assert.deepEqual(admin.server.words(id), { en: "Your order?", lt: "(Užsakymas?)", fa: "سفارش شما؟" });
  assert.equal(admin.server.texts.get(id).shortcut, "order");
  await admin.undoes();
  assert.equal(admin.server.texts.size, 0);
});

test("of a region that was removed it is said once, and its texts are gone", async () => {
  const region = (kind) => text(`${kind}:japan`, { en: said("Japan") }, { kind, region: "japan" });
  const admin = new Admin(GREETING, region("region_name"), region("region_offline"));
  admin.server.texts.delete("region_name:japan");
  admin.open = "region_name:japan";
  admin.types("region_name:japan", "en", "Nippon");
  admin.types("region_offline:japan", "en", "Closed");
  await admin.saving.save("region_name:japan");
  assert.equal(admin.wrong, "“region_name:japan” was removed.");
  assert.deepEqual(admin.ids(), ["greeting"]);
  assert.equal(admin.open, "greeting");
  assert.equal(admin.kept.edits.size, 0);
});

test("a text that was removed comes back with what was typed in it", async () => {
  const admin = new Admin(GREETING, ORDER);
  admin.open = "canned-9";
  admin.types("canned-9", "lt", "Užsakymas?");
  await admin.saving.remove("canned-9");
  assert.deepEqual([admin.open, admin.kept.edits.size], ["greeting", 0]);
  await admin.undoes();
  assert.deepEqual(admin.server.words("canned-9"), { en: "Your order?" });
  assert.deepEqual([admin.open, admin.unsaved("canned-9")], ["canned-9", { lt: "Užsakymas?" }]);
  await admin.saving.remove("greeting");
  assert.deepEqual(wordsOf(admin.kept.of("greeting")), {}, "the one of its kind says nothing");
});

test("what the server does not take is complained about at its text, and stays typed", async () => {
  const admin = new Admin(GREETING);
  admin.types("greeting", "en", "Hello ".repeat(9));
  await admin.saving.save("greeting");
  assert.deepEqual(admin.complained, [["greeting", "That is too long."]]);
  assert.deepEqual(admin.unsaved("greeting"), { en: "Hello ".repeat(9) });
  admin.types("greeting", "en", "Hello");
  assert.deepEqual(admin.unsaved("greeting"), {}, "nothing is changed any more");
});

test("who does something to one text of a region doesn't overwrite what somebody has changed in the other", async () => {
  const deeds = [
    (admin) => admin.drafts(NAME.id, "fa", "ژاپن"),
    (admin) => admin.saving.approve(NAME.id, { lt: "Japonija" }),
    (admin) => admin.saving.approve(NAME.id, { fa: "ژاپن" }),
    (admin) => admin.saving.discardDraft(NAME.id, "de"),
    async (admin) => {
      admin.types(NAME.id, "en", "Nippon");
      await admin.saving.save(NAME.id);
    },
  ];
  for (const deed of deeds) {
    const admin = new Admin({ ...NAME, wordings: { ...NAME.wordings, de: draft("Japan") } }, CLOSED);
    admin.somebodySays(CLOSED.id, { en: "Closed for the holidays" });
    await deed(admin);
    assert.ok(admin.kept.isBehind(admin.kept.of(NAME.id)), "the page asks for what it doesn't know");
    let asked = 0;
    const { chooses } = admin;
    admin.chooses = (found) => {
      asked += found.length;
      return chooses(found);
    };
    admin.types(CLOSED.id, "lt", "Uždaryta");
    await admin.saving.save(CLOSED.id);
    assert.equal(asked, 2);
    assert.deepEqual(admin.server.words(CLOSED.id), { en: "Closed for the holidays", lt: "Uždaryta" });
  }
});

test("who alone writes both texts of a region is never asked whose counts", async () => {
  const admin = new Admin(NAME, CLOSED);
  admin.chooses = () => assert.fail("nobody else has changed anything");
  for (const [id, words] of [[NAME.id, "Nippon"], [CLOSED.id, "We are closed"], [NAME.id, "Japan"]]) {
    admin.types(id, "en", words);
    await admin.saving.save(id);
    assert.equal(admin.kept.isBehind(admin.kept.of(id)), false);
  }
  await admin.undoes();
  assert.deepEqual([admin.server.words(NAME.id).en, admin.server.words(CLOSED.id).en], ["Nippon", "We are closed"]);
});

test("who goes on typing over words that somebody else has changed since is asked whose count", async () => {
  const deeds = [
    (admin) => admin.drafts("greeting", "fa", "سلام"),
    (admin) => admin.saving.approve("greeting", { ja: "やあ" }),
    (admin) => admin.saving.discardDraft("greeting", "ja"),
    (admin) => admin.refreshes(),
  ];
  for (const deed of deeds) {
    for (const before of [{}, { lt: said("Labas") }, { lt: draft("Labas") }]) {
      const admin = new Admin(text("greeting", { en: said("Hello"), ja: draft("やあ"), ...before }, { version: 5 }));
      admin.types("greeting", "lt", "Sve");
      admin.types("greeting", "de", "Hallo");
      admin.somebodySays("greeting", { lt: "Laba diena" });
      await deed(admin);
      admin.types("greeting", "lt", "Sveiki");
      const asked = [];
      admin.chooses = (found) => (asked.push(found), null);
      await admin.saving.save("greeting");
      await admin.saving.save("greeting");
      assert.equal(asked.length, 2, "closing the question decides nothing");
      assert.deepEqual(asked[1].find(({ locale }) => locale === "lt"), { locale: "lt", mine: "Sveiki", theirs: "Laba diena", by: "both" });
      assert.equal(admin.server.words("greeting").lt, "Laba diena");
      assert.deepEqual(admin.unsaved("greeting"), { lt: "Sveiki", de: "Hallo" });
      admin.chooses = (found) => Object.fromEntries(found.map(({ locale, mine }) => [locale, mine]));
      await admin.saving.save("greeting");
      assert.deepEqual([admin.server.words("greeting").lt, admin.server.words("greeting").de], ["Sveiki", "Hallo"]);
      assert.deepEqual(admin.unsaved("greeting"), {});
    }
  }
});

test("words that somebody has removed since they were changed here are not saved again unasked", async () => {
  const admin = new Admin(text("greeting", { en: said("Hello"), lt: said("Labas") }));
  admin.types("greeting", "lt", "Sveiki");
  delete admin.server.texts.get("greeting").wordings.lt;
  admin.somebodySays("greeting", {});
  admin.refreshes();
  admin.chooses = (found) => Object.fromEntries(found.map(({ locale, theirs }) => [locale, theirs]));
  await admin.saving.save("greeting");
  assert.deepEqual(admin.server.words("greeting"), { en: "Hello" });
  assert.deepEqual(admin.unsaved("greeting"), {});
});

test("who alone changes a text is never asked whose counts", async () => {
  const admin = new Admin(text("greeting", { en: said("Hello"), lt: said("Labas"), ja: draft("やあ") }));
  admin.chooses = () => assert.fail("nobody else has changed anything");
  admin.types("greeting", "lt", "Sveiki");
  await admin.saving.save("greeting");
  admin.types("greeting", "lt", "Laba diena");
  admin.types("greeting", "fa", "سلام");
  await admin.undoes();
  await admin.drafts("greeting", "fa", "درود");
  admin.types("greeting", "ja", "どうも");
  await admin.saving.approve("greeting", { ja: "やあ" });
  admin.refreshes();
  await admin.saving.save("greeting");
  assert.deepEqual(admin.server.words("greeting"), { en: "Hello", lt: "Laba diena", fa: "سلام", ja: "どうも" });
});

test("what somebody else has written in other languages is kept without asking, where it was seen", async () => {
  const admin = new Admin(GREETING);
  admin.types("greeting", "lt", "Labas");
  admin.somebodySays("greeting", { en: "Welcome" });
  admin.refreshes();
  admin.chooses = () => assert.fail("nobody wrote in Lithuanian");
  await admin.saving.save("greeting");
  assert.deepEqual(admin.server.words("greeting"), { en: "Welcome", lt: "Labas" });
});

test("the same words that somebody else has saved meanwhile are saved", () => {
  const admin = new Admin(GREETING);
  admin.types("greeting", "lt", "Labas");
  admin.somebodySays("greeting", { lt: "Labas" });
  admin.refreshes();
  assert.equal(admin.kept.edits.size, 0);
});
