// The button on a customer's page. A classic script: one line of HTML, no global but Dragoman, nothing inline.
(() => {
  if (window.Dragoman) return;
  /** @type {import("./lib/loader-config").LoaderConfig} filled in by the server */
  const config = __CONFIG__;
  const { origin, labels } = config;
  const KEPT = "dragoman.";
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  const root = document.documentElement;
  // What the site says, unless it leaves the choice to the browser.
  const site = script?.dataset.language;
  const wanted = site === "auto" ? [] : [site ?? "", root.lang].filter((tag) => tag);
  const phone = matchMedia("(max-width: 480px), (max-height: 480px)");

  let chosen = "";
  let title = "";
  let isOpen = false;
  let ready = false;
  let broken = false;
  let quiet = false;
  let unread = 0;
  let giveScrollBack = () => {};

  // `!important` inside a shadow root wins over `!important` of the page.
  const css = `
:host { all: initial !important; position: fixed !important; z-index: 2147483647 !important;
  color-scheme: light dark !important; font: 600 12px/1 system-ui, sans-serif !important }
button { position: fixed; inset-block-end: max(20px, env(safe-area-inset-bottom)); inset-inline-end: 20px;
  inline-size: 56px; block-size: 56px; padding: 0; border: 0; border-radius: 50%; cursor: pointer;
  background: ${config.accent}; color: ${config.accentText}; box-shadow: 0 2px 6px #0003, 0 6px 24px #0003;
  transition: transform .12s; -webkit-tap-highlight-color: transparent }
button:hover { transform: scale(1.05) }
button:active { transform: scale(.96) }
button:focus-visible { outline: 3px solid ${config.accent}; outline-offset: 3px; box-shadow: 0 0 0 3px #fff }
svg { position: absolute; inset: 16px; inline-size: 24px; block-size: 24px; fill: none; stroke: currentColor; stroke-width: 2;
  stroke-linecap: round; stroke-linejoin: round; transition: opacity .12s, transform .12s }
[aria-expanded=true] .chat, [aria-expanded=false] .close { opacity: 0; transform: scale(.5) }
b { position: absolute; inset-block-start: -4px; inset-inline-end: -4px; min-inline-size: 20px; block-size: 20px; padding: 0 5px;
  box-sizing: border-box; border-radius: 10px; background: #c2293c; color: #fff; line-height: 20px; text-align: center }
b[hidden] { display: none }
span { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%) }
dialog { display: block; position: fixed; inset: auto; inset-block-end: 92px; inset-inline-end: 20px; margin: 0; padding: 0; border: 0;
  inline-size: 400px; max-inline-size: calc(100vw - 40px); block-size: 680px; max-block-size: calc(100vh - 112px);
  border-radius: 16px; overflow: hidden; background: Canvas; box-shadow: 0 8px 48px #0004, 0 0 0 1px #8883;
  transition: opacity .15s, transform .15s, visibility .15s }
dialog:not([open]) { visibility: hidden; opacity: 0; transform: translateY(12px) }
:host([data-position=start]) :is(button, dialog) { inset-inline: 20px auto }
dialog:focus { outline: 0 }
dialog::backdrop { background: none }
iframe { display: block; border: 0; inline-size: 100%; block-size: 100%; color-scheme: light dark }
@media (max-width: 480px), (max-height: 480px) {
  dialog, :host([data-position=start]) dialog { inset: 0; inline-size: 100%; block-size: 100dvh; max-inline-size: none; max-block-size: none;
    border-radius: 0; box-shadow: none }
}
@media (forced-colors: active) { button, dialog { border: 2px solid } b { border: 1px solid } }
@media (prefers-reduced-motion: reduce) { * { transition: none !important } }
@media print { :host { display: none !important } }`;

  /** @template {keyof HTMLElementTagNameMap} K @param {K} tag @param {Partial<HTMLElementTagNameMap[K]>} [members] */
  const make = (tag, members) => Object.assign(document.createElement(tag), members);

  /** @param {string} name @param {string} d */
  const icon = (name, d) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("class", name);
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", d);
    svg.append(path);
    return svg;
  };

  const host = document.createElement("dragoman-chat");
  const shadow = host.attachShadow({ mode: "open" });
  const button = make("button", { type: "button" });
  const badge = make("b", { hidden: true, ariaHidden: "true" });
  const news = make("span", { id: "news", role: "status" });
  const panel = make("dialog");
  /** @type {HTMLIFrameElement | undefined} */
  let frame;

  button.append(
    icon("chat", "M4 5h16v11H10l-5 4v-4H4z"),
    icon("close", "m6 9 6 6 6-6"),
    badge,
  );
  button.setAttribute("aria-describedby", "news");
  button.setAttribute("aria-haspopup", "dialog");
  if (script?.dataset.position === "start") host.dataset.position = "start";

  /** @param {"open" | "language"} key @param {string} [value] of this tab, from page to page */
  const kept = (key, value) => {
    try {
      if (value !== undefined) sessionStorage.setItem(KEPT + key, value);
      return sessionStorage.getItem(KEPT + key);
    } catch {
      // A page without storage opens with the chat closed, in its own language.
      return null;
    }
  };

  /** In order of preference: what was read on the page before, what the site says, what the browser does. */
  let languages = [kept("language") ?? "", ...wanted, ...navigator.languages];

  /** The locale of the labels. */
  function locale() {
    for (const tag of languages) {
      try {
        const { language, script, region } = new Intl.Locale(tag).maximize();
        for (const key of [`${language}-${region}`, `${language}-${script}`, language]) {
          const found = config.like[key] ?? key;
          if (Object.hasOwn(labels, found)) return found;
        }
      } catch {
        // No language: the next one.
      }
    }
    return "en";
  }

  function label() {
    const tag = locale();
    const [open, close, forms] = labels[tag];
    host.lang = tag;
    host.dir = getComputedStyle(document.body).direction;
    button.ariaLabel = isOpen ? close : open;
    panel.ariaLabel = title || open;
    if (frame) frame.title = title || open;
    button.ariaExpanded = `${isOpen}`;
    const number = new Intl.NumberFormat(tag).format(unread);
    badge.hidden = !unread || isOpen;
    badge.textContent = unread > 99 ? "99+" : number;
    const form = forms[new Intl.PluralRules(tag).select(unread)] || forms.other;
    news.textContent = badge.hidden ? "" : form.replace("{n}", number);
  }

  /** @param {object} message */
  function tell(message) {
    if (ready) frame?.contentWindow?.postMessage({ dragoman: 1, ...message }, origin);
  }

  function prepare() {
    if (frame && !broken) return;
    frame?.remove();
    broken = false;
    const query = wanted[0] ? `?lang=${encodeURIComponent(wanted.join().slice(0, 80))}` : "";
    frame = make("iframe", { src: `${origin}/widget/frame${query}#${location.origin}`, allow: "clipboard-write" });
    // Loaded, but nobody speaks: an error page. The next opening tries again.
    frame.onload = () => setTimeout(() => (broken = !ready), 3000);
    panel.append(frame);
    label();
  }

  /** The visible part of a phone's screen, without its keyboard. */
  function fit() {
    const view = window.visualViewport;
    const full = isOpen && phone.matches && view;
    panel.style.height = full ? `${view.height}px` : "";
    panel.style.top = full ? `${view.offsetTop}px` : "";
  }

  /** A full screen is modal and holds the page still; a panel is neither. */
  function show() {
    giveScrollBack();
    giveScrollBack = () => {};
    if (panel.open) panel.close();
    if (!isOpen) return;
    if (!phone.matches) {
      // Not `show()`: that would take the focus, also from a page that has just been loaded.
      panel.open = true;
      return;
    }
    const { scrollX, scrollY } = window;
    const before = root.style.overflow;
    root.style.overflow = "hidden";
    giveScrollBack = () => {
      root.style.overflow = before;
      scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
    };
    panel.showModal();
  }

  /** @param {boolean} next @param {boolean} [byItself] the visitor had it open on the page before */
  function set(next, byItself) {
    prepare();
    if (next === isOpen) return;
    isOpen = next;
    show();
    fit();
    label();
    tell({ type: isOpen ? "open" : "closed" });
    quiet = !!byItself;
    if (!quiet) (isOpen ? frame : button)?.focus();
    kept("open", isOpen ? "1" : "");
  }

  /** @param {KeyboardEvent} event */
  const escape = (event) => {
    if (event.key === "Escape" && isOpen) set(false);
  };

  button.onclick = () => set(!isOpen);
  button.onpointerenter = button.onfocus = prepare;
  button.onkeydown = panel.onkeydown = escape;
  panel.oncancel = (event) => {
    event.preventDefault();
    set(false);
  };
  phone.onchange = () => {
    show();
    fit();
  };
  window.visualViewport?.addEventListener("resize", fit);
  window.visualViewport?.addEventListener("scroll", fit);

  const page = () => location.href.slice(0, 2000);
  let toldPage = "";
  const tellPage = () => {
    if (page() !== toldPage) tell({ type: "page", page: (toldPage = page()) });
  };
  addEventListener("popstate", tellPage);
  /** @type {any} */ (window).navigation?.addEventListener("navigatesuccess", tellPage);

  addEventListener("message", ({ data, origin: from, source }) => {
    if (from !== origin || source !== frame?.contentWindow || data?.dragoman !== 1) return;
    if (data.type === "ready") {
      ready = true;
      toldPage = page();
      const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
      tell({ type: "start", page: toldPage, chosen, timeZone, site: script?.dataset.region, open: isOpen, quiet });
    } else if (data.type === "close") {
      set(false);
    } else if (data.type === "unread") {
      unread = data.n;
      label();
    } else if (data.type === "language") {
      title = data.title;
      languages = [data.language];
      // Another page may have another language; what the visitor chose holds for all.
      if (data.chosen) kept("language", data.language);
      label();
    }
  });

  window.Dragoman = {
    open: () => set(true),
    close: () => set(false),
    setLanguage(tag) {
      languages = [tag, ...languages];
      chosen = tag;
      prepare();
      tell({ type: "language", language: tag });
      label();
    },
  };

  function begin() {
    try {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      shadow.adoptedStyleSheets = [sheet];
    } catch {
      shadow.append(make("style", { textContent: css }));
    }
    shadow.append(panel, button, news);
    label();
    root.append(host);
    // From page to page the chat stays open; on a phone it would hide the page that was just asked for.
    if (kept("open") && !phone.matches) set(true, true);
    const idle = () => (window.requestIdleCallback ?? setTimeout)(prepare);
    if (document.readyState === "complete") idle();
    else addEventListener("load", idle);
  }

  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);
})();
