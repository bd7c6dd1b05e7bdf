// Whether anybody is at this page: without a touch for ten minutes the server is told, and again at the first one after.

export const IDLE_AFTER = 10 * 60_000;
const TOUCHES = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"];

export class Idle {
  /** @param {() => number} now milliseconds @param {(idle: boolean) => void} changed */
  constructor(now, changed) {
    this.now = now;
    this.changed = changed;
    this.touchedAt = now();
    this.idle = false;
  }

  /** @param {EventTarget} target hears every touch of the page */
  listen(target) {
    for (const type of TOUCHES) target.addEventListener(type, () => this.touched(), { passive: true, capture: true });
  }

  touched() {
    this.touchedAt = this.now();
    this.#become(false);
  }

  /** Called now and then, however late: browsers slow down the timers of pages in the background. */
  check() {
    if (this.now() - this.touchedAt >= IDLE_AFTER) this.#become(true);
  }

  /** A new connection knows nothing of it. */
  sayAgain() {
    if (this.idle) this.changed(true);
  }

  /** @param {boolean} idle */
  #become(idle) {
    if (idle === this.idle) return;
    this.idle = idle;
    this.changed(idle);
  }
}
