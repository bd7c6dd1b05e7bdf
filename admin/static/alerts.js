// Sound and title for what waits while the agent looks elsewhere.

import { isNewOffer } from "./offers.js";
import { callsFor } from "./sections.js";

/** @typedef {import("./types").Summary} Summary */

const SOUND = "dragoman.sound";
const HEARD = "dragoman.heard";
/** Several tabs of one agent ring once. */
const TOGETHER = 3_000;

/**
 * Whether a change is a visitor's new word that calls for this agent, or makes their word this agent's to answer.
 * @param {Summary | undefined} before @param {Summary} after @param {string} me
 */
export function isNews(before, after, me) {
  const last = after.last_message;
  if (last?.author !== "visitor" || !callsFor(after, me)) return false;
  return last.seq > (before?.last_message?.seq ?? 0) || isNewOffer(before, after, me) || (after.state === "queued" && !callsFor(before ?? after, me));
}

/** @param {string} title @param {number} count */
export const titleWith = (title, count) => (count ? `(${count}) ${title}` : title);

export class Alerts {
  /** @param {import("./storage.js").Remembers} storage */
  constructor(storage) {
    this.storage = storage;
    this.title = document.title;
    /** @type {AudioContext | null} */
    this.audio = null;
    // Browsers let a page sound only after its person has touched it.
    for (const type of ["pointerdown", "keydown"]) addEventListener(type, () => this.#ready(), { once: true });
  }

  get sounds() {
    return this.storage.getItem(SOUND) !== "off";
  }

  toggle() {
    this.storage.setItem(SOUND, this.sounds ? "off" : "on");
    if (this.sounds) this.#play();
  }

  /** @param {Iterable<Summary>} summaries @param {string} me @param {boolean} attentive */
  count(summaries, me, attentive) {
    let waiting = 0;
    if (!attentive) for (const summary of summaries) if (callsFor(summary, me)) waiting += 1;
    const title = titleWith(this.title, waiting);
    if (document.title !== title) document.title = title;
  }

  /** @param {Summary} summary */
  ring(summary) {
    if (!this.sounds) return;
    const [id, at] = (this.storage.getItem(HEARD) ?? "").split(" ");
    const word = `${summary.id}:${summary.last_message?.seq}:${summary.offer?.until ?? ""}`;
    if (id === word && Date.now() - Number(at) < TOGETHER) return;
    this.storage.setItem(HEARD, `${word} ${Date.now()}`);
    this.#play();
  }

  #ready() {
    this.audio ??= new AudioContext();
    if (this.audio.state === "suspended") this.audio.resume();
    return this.audio;
  }

  /** Two soft tones, a third of a second. */
  #play() {
    if (!navigator.userActivation?.hasBeenActive) return;
    const audio = this.#ready();
    [[659, 0], [880, 0.12]].forEach(([pitch, after]) => {
      const tone = audio.createOscillator();
      const loudness = audio.createGain();
      const start = audio.currentTime + after;
      tone.frequency.value = pitch;
      loudness.gain.setValueAtTime(0, start);
      loudness.gain.linearRampToValueAtTime(0.06, start + 0.015);
      loudness.gain.exponentialRampToValueAtTime(0.0001, start + 0.22);
      tone.connect(loudness).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.25);
    });
  }
}
