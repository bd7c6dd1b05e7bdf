// What stands beside the place that is pointed at or focused.

import { el } from "./dom.js";

/** @param {HTMLElement} tip of the page, fixed */
export function createTip(tip) {
  const hide = () => (tip.hidden = true);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  // What it stood beside is somewhere else now, perhaps out of sight.
  addEventListener("resize", hide);

  return {
    hide,
    /** @param {Element} beside @param {{title: string, state: string, when: string, there: string}} words */
    show(beside, words) {
      tip.replaceChildren(
        el("strong", {}, words.title),
        ...[words.state, words.when, words.there].filter(Boolean).map((line) => el("span", {}, line)));
      tip.hidden = false;
      const box = beside.getBoundingClientRect();
      const own = tip.getBoundingClientRect();
      const room = document.documentElement.clientWidth;
      const x = Math.min(Math.max(8, box.left + Math.min(box.width, room) / 2 - own.width / 2), room - own.width - 8);
      const below = box.bottom + 8 + own.height <= document.documentElement.clientHeight;
      const left = Math.max(8, x);
      const fromStart = getComputedStyle(tip).direction === "rtl" ? room - left - own.width : left;
      tip.style.setProperty("--x", `${fromStart}px`);
      tip.style.setProperty("--y", `${below ? box.bottom + 8 : Math.max(8, box.top - own.height - 8)}px`);
    },
  };
}
