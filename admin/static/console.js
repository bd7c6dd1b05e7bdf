// The agents' console: reads its configuration, puts the parts together, and starts.

import { createConnection } from "../../widget/lib/connection.js";
import { format, loadCatalogue, useCatalogue, variantOf } from "../../widget/lib/i18n.js";
import { paint } from "./accent.js";
import { Actions } from "./actions.js";
import { Alerts, isNews } from "./alerts.js";
import { Announcer } from "./announcer.js";
import { AvailabilityMenu } from "./availability_menu.js";
import { commandsNow } from "./commands.js";
import { Composer } from "./composer.js";
import { byId, setText } from "./dom.js";
import { renderEmptiness } from "./emptiness.js";
import { createAgentFormats } from "./formats.js";
import { Idle } from "./idle.js";
import { Inbox } from "./inbox.js";
import { Help, listenToKeys } from "./keyboard.js";
import { languagesNow, translatedAmong } from "./languages.js";
import { Layout } from "./layout.js";
import { ListView } from "./list_view.js";
import { Notices } from "./notices.js";
import { OfferCard } from "./offer_card.js";
import { OfferNews } from "./offer_news.js";
import { isNewOffer } from "./offers.js";
import { Palette } from "./palette.js";
import { Preview } from "./preview.js";
import { sectionOf } from "./sections.js";
import { connectionText } from "./status.js";
import { memory } from "./storage.js";
import { ThreadHeader } from "./thread_header.js";
import { ThreadView } from "./thread_view.js";
import { Toasts } from "./toasts.js";
import { TransferDialog } from "./transfer_dialog.js";
import { VisitorPanel } from "./visitor_panel.js";
import { WhyHere } from "./why_here.js";

/**
 * @typedef {import("./types").Config} Config
 * @typedef {import("./inbox.js").Topic} Topic
 */

const TICK = 15_000;
const SECOND = 1_000;
const HIDDEN = 250;
/** An agent at work wants to be back at once, and there are few of them. */
const LONGEST_DELAY = 5_000;

async function start() {
  /** @type {Config} */
  const config = JSON.parse(byId("config").textContent ?? "");
  paint(document.documentElement, document.documentElement.dataset.accent);
  try {
    const catalogue = await loadCatalogue(config.strings);
    useCatalogue(catalogue, variantOf(catalogue.locale, navigator.languages));
  } catch {
    // English is better than nothing: the inbox works without its catalogue.
    useCatalogue();
  }
  run(config);
}

/** @param {Config} config */
function run(config) {
  const formats = createAgentFormats(format().locale, config.agent.time_zone);
  const storage = memory(() => localStorage);
  const toasts = new Toasts();
  const alerts = new Alerts(storage);
  const announcer = new Announcer();

  const inbox = new Inbox(config.agent, (frame) => connection.send(frame), {
    storage, uuid: () => crypto.randomUUID(), now: Date.now, later: setTimeout.bind(window),
  }, {
    changed: (topics) => renderSoon(topics),
    failed: (message) => toasts.show(message),
    summary: (before, after) => {
      if ((!inbox.attentive || isNewOffer(before, after, inbox.me.id)) && isNews(before, after, inbox.me.id)) alerts.ring(after);
      offers.changed(before, after);
    },
    arrived: (thread, event) => {
      offers.arrived(thread, event);
      if (event.kind === "translation" && event.translation.status === "done") noticeNewPack(thread);
      if (thread.id === inbox.current) announcer.hear(thread, event, inbox.me.language);
    },
  });

  inbox.translates = translatedAmong(config.languages);
  /** Something is translated that could not be: language packs have come since the page was loaded. @param {import("./thread.js").Thread} thread */
  async function noticeNewPack(thread) {
    if (!thread.visitor || inbox.translates(thread.visitor.language)) return;
    try {
      inbox.translates = translatedAmong(await languagesNow());
      inbox.touch("list", "thread", "composer");
    } catch {
      // What was known stays; the next translation asks again.
    }
  }

  const connection = createConnection({
    url: config.socket,
    longestDelay: LONGEST_DELAY,
    hello: () => ({ type: "hello" }),
    onTime: (now) => inbox.desk.timeIs(now),
    onFrame: (frame) => {
      inbox.receive(frame);
      if (frame.type === "welcome") idle.sayAgain();
    },
    onStatus: (status) => {
      if (status === "refused") location.assign(`/console/sign-in?next=${encodeURIComponent(location.pathname)}`);
      if (status !== "open" && inbox.connected) inbox.disconnected();
      inbox.touch("status");
    },
  });

  const idle = new Idle(() => performance.timeOrigin + performance.now(), (value) => {
    connection.send({ type: "idle", idle: value });
    inbox.touch("desk");
  });
  const actions = new Actions(inbox, toasts);
  actions.said = (text) => announcer.say(text);
  const list = new ListView(inbox, formats, storage);
  const transfer = new TransferDialog(inbox, formats, actions);
  const header = new ThreadHeader(inbox, formats, actions, () => transfer.show());
  const availability = new AvailabilityMenu(inbox, (state) => actions.beAvailable(state));
  const notices = new Notices(inbox, formats, { back: () => actions.beAvailable("online"), idle: () => idle.idle });
  const card = new OfferCard(inbox, formats, actions);
  const messages = new ThreadView(inbox, formats, {
    swap: (seq, doubted) => actions.swap(seq, doubted), translate: (seq, language) => actions.translate(seq, language),
    reject: (seq, language) => actions.reject(seq, language), restore: (seq, language) => actions.restore(seq, language),
    reword: (seq) => actions.reword(seq), begun: (seq) => actions.begun(seq), begin: (seq, text) => actions.begin(seq, text),
    correct: (seq, language, text) => actions.correct(seq, language, text), why: (seq, language) => actions.why(seq, language),
  });
  const preview = new Preview(inbox);
  const composer = new Composer(inbox, preview, config.workspace.name, () => messages.toEnd());
  const panel = new VisitorPanel(inbox, formats);
  const why = new WhyHere(inbox, formats);
  const help = new Help();
  let focusMessages = false;
  /** @type {Set<Topic>} */
  const waiting = new Set();

  const layout = new Layout((id) => {
    inbox.show(id);
    focusMessages = id !== null;
  });
  const offers = new OfferNews(inbox, toasts, {
    say: (text) => announcer.say(text), open: (id) => layout.go(id), unseen: () => layout.narrow && inbox.current !== null,
  });
  const sound = () => {
    alerts.toggle();
    byId("sound").setAttribute("aria-pressed", String(alerts.sounds));
  };
  const reply = () => {
    if (inbox.summary && inbox.summary.state !== "closed") composer.focus();
  };
  const canned = () => {
    if (inbox.summary && inbox.summary.state !== "closed") composer.canned.begin();
  };
  const showPreview = () => {
    if (!preview.language || inbox.summary?.state === "closed") return;
    if (preview.open) return composer.view.close();
    preview.toggle();
    composer.focus();
  };
  const wrong = () => {
    const message = messages.pointed;
    if (message) actions.reject(message.seq, inbox.me.language);
  };
  const palette = new Palette(() =>
    commandsNow(inbox, actions, { open: (id) => layout.go(id), reply, canned, help: () => help.show(), sound, sounds: alerts.sounds,
      transfer: () => transfer.show(), undo: toasts.undoable ? () => toasts.undo() : null,
      preview: preview.language ? showPreview : null, wrong: messages.pointed ? wrong : null }));

  /** Draws once a frame, however much happens. A tab in the background has no frames, but its title counts. @param {Set<Topic>} topics */
  function renderSoon(topics) {
    if (!waiting.size) {
      if (document.visibilityState === "visible") requestAnimationFrame(render);
      else setTimeout(render, HIDDEN);
    }
    for (const topic of topics) waiting.add(topic);
  }

  function render() {
    const topics = new Set(waiting);
    waiting.clear();
    if (topics.has("list") || topics.has("thread")) toasts.check();
    if (topics.has("list")) {
      list.render();
      renderEmptiness(inbox, config.demo ?? null);
      alerts.count(inbox.summaries.values(), inbox.me.id, inbox.attentive);
    }
    if (topics.has("thread")) {
      header.render();
      messages.render();
      panel.render();
      why.render();
    }
    if (topics.has("list") || topics.has("thread")) card.render();
    if (topics.has("desk")) {
      availability.render();
      notices.render();
    }
    if (focusMessages) {
      // The messages get the keyboard: they scroll, and every shortcut works there. An offer waits for yes or no.
      focusMessages = false;
      (card.open ? card.accept : byId("log")).focus({ preventScroll: true });
    }
    if (topics.has("thread") || topics.has("composer")) composer.render();
    if (topics.has("status")) {
      const text = connectionText(connection.status, inbox.welcomed);
      setText(byId("status"), text);
      byId("status-line").classList.toggle("shown", text !== "");
      byId("status-now").hidden = text === "" || connection.status === "refused";
    }
  }

  listenToKeys({
    next: () => list.move(1),
    previous: () => list.move(-1),
    reply,
    canned,
    close: () => actions.close(list.pointed),
    take: () => actions.take(list.pointed),
    decline: () => actions.decline(list.pointed),
    transfer: () => transfer.show(list.pointed),
    availability: () => availability.toggle(),
    originals: () => actions.swapAll(),
    undo: () => toasts.undo(),
    preview: showPreview,
    wrong,
    glossary: () => inbox.me.role === "admin" && location.assign("/console/glossary"),
    visitor: () => layout.toggleVisitor(),
    filter: () => list.filter.focus(),
    help: () => help.show(),
    palette: () => palette.toggle(),
    waiting: () => list.go("waiting"),
    mine: () => list.go("mine"),
    others: () => list.go("others"),
    closed: () => list.go("closed"),
    back: () => stepBack(),
  });

  /** Escape: out of a field, then of what is open. */
  function stepBack() {
    const menu = /** @type {HTMLDetailsElement} */ (byId("menu"));
    const active = document.activeElement;
    if (menu.open) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    } else if (active === list.filter) {
      list.filter.value = "";
      list.render();
      if (!list.point(inbox.current)) list.move(1);
    } else if (preview.open && byId("composer").contains(active)) {
      composer.view.close();
    } else if (active === composer.field) {
      byId("log").focus();
    } else {
      const left = inbox.current;
      if (layout.back() && left && !inbox.current) list.rows.get(left)?.link.focus();
    }
  }

  byId("menu-name").textContent = config.agent.name;
  for (const item of document.querySelectorAll("[data-admin]")) item.toggleAttribute("hidden", config.agent.role !== "admin");
  byId("palette-button").addEventListener("click", () => palette.toggle());
  byId("status-now").addEventListener("click", () => connection.wake());
  byId("help-button").addEventListener("click", () => help.show());
  byId("sound").addEventListener("click", sound);
  byId("sound").setAttribute("aria-pressed", String(alerts.sounds));
  byId("back").addEventListener("click", (event) => {
    event.preventDefault();
    layout.go(null);
  });
  document.querySelector("[data-skip]")?.addEventListener("click", (event) => {
    event.preventDefault();
    byId(inbox.current ? "log" : "thread").focus();
  });
  document.addEventListener("click", (event) => {
    const menu = /** @type {HTMLDetailsElement} */ (byId("menu"));
    if (menu.open && event.target instanceof Node && !menu.querySelector("summary")?.contains(event.target)) {
      setTimeout(() => (menu.open = false));
    }
  });
  const look = () => inbox.look(document.visibilityState === "visible" && document.hasFocus());
  for (const type of ["focus", "blur"]) addEventListener(type, look);
  document.addEventListener("visibilitychange", look);
  idle.listen(window);
  setInterval(() => {
    idle.check();
    inbox.touch("list", "thread");
  }, TICK);
  // An offer counts down; without one nothing is drawn.
  setInterval(() => {
    for (const summary of inbox.summaries.values()) if (sectionOf(summary, inbox.me.id) === "offered") return inbox.touch("list");
  }, SECOND);

  look();
  layout.follow();
  inbox.touch("list", "thread", "status", "composer", "desk");
  connection.start();
}

start();
