// A socket that says hello, notices when it is dead, and comes back.

/** @import {ConnectionOptions, Surroundings} from "./types" */
/** @import {Frame} from "./protocol" */
/** @typedef {import("./types").Status} Status */

const SILENCE = 20_000;
const ANSWER = 10_000;
const ANSWER_AFTER_WAKING = 4_000;
const CONNECTING = 15_000;
const BEAT = 2_000;
const SLEPT = 15_000;
const FIRST_DELAY = 500;
const LONGEST_DELAY = 15_000;
const SETTLED = 10_000;

/** @type {Surroundings} */
const BROWSER = {
  open: (url) => new WebSocket(url),
  now: () => Date.now(),
  random: () => Math.random(),
  later: (run, ms) => setTimeout(run, ms),
  cancel: (timer) => clearTimeout(timer),
  online: () => navigator.onLine,
  listen: (types, run) => {
    for (const type of types) (type === "visibilitychange" ? document : window).addEventListener(type, run);
  },
};

/** @param {ConnectionOptions} options */
export function createConnection({ url, hello, onFrame, onStatus = () => {}, onTime = () => {}, longestDelay = LONGEST_DELAY, surroundings = BROWSER }) {
  const { open, now, random, later, cancel, online, listen } = surroundings;
  /** @type {WebSocket | null} */
  let socket = null;
  /** @type {Status} */
  let status = "idle";
  let failures = 0;
  let openedAt = 0;
  let heardAt = 0;
  let askedAt = 0;
  let patience = ANSWER;
  /** @type {any} */
  let retry = null;
  /** @type {any} */
  let beat = null;
  let beatAt = 0;

  /** @param {Status} next */
  function become(next) {
    if (next === status) return;
    status = next;
    onStatus(next);
  }

  function connect() {
    cancel(retry);
    retry = null;
    drop();
    become("connecting");
    openedAt = heardAt = now();
    askedAt = 0;
    const mine = (socket = open(url));
    const current = () => socket === mine;
    mine.onopen = async () => {
      try {
        const frame = await hello();
        if (current()) mine.send(JSON.stringify(frame));
      } catch {
        if (current()) lost();
      }
    };
    mine.onmessage = (event) => current() && hear(event.data);
    mine.onclose = (event) => {
      if (!current()) return;
      if (event.code === 4401) {
        stop("refused");
      } else {
        lost();
      }
    };
    tick();
  }

  /** @param {string} data */
  function hear(data) {
    heardAt = now();
    askedAt = 0;
    patience = ANSWER;
    const frame = JSON.parse(data);
    if (frame.now) onTime(Date.parse(frame.now));
    if (frame.type === "pong") return;
    if (frame.type === "welcome") become("open");
    onFrame(frame);
  }

  /** Lets go of the socket; what it still says is not listened to. */
  function drop() {
    const old = socket;
    socket = null;
    old?.close();
  }

  function lost() {
    if (status === "open" && now() - openedAt >= SETTLED) failures = 0;
    drop();
    become(online() ? "waiting" : "offline");
    const longest = Math.min(longestDelay, FIRST_DELAY * 2 ** failures);
    failures += 1;
    cancel(retry);
    retry = later(connect, longest * (0.5 + random() / 2));
  }

  /** Asks whether anybody is still there. @param {number} within milliseconds */
  function probe(within) {
    if (status !== "open" || askedAt) return;
    askedAt = now();
    patience = within;
    send({ type: "ping" });
  }

  function tick() {
    cancel(beat);
    const at = now();
    // Timers stand still while the machine sleeps: a beat that comes late is the sign of it.
    if (beatAt && at - beatAt > SLEPT) wake();
    beatAt = at;
    if (status === "connecting" && at - openedAt > CONNECTING) lost();
    else if (status === "open" && askedAt && at - askedAt > patience) lost();
    else if (status === "open" && at - heardAt > SILENCE) probe(ANSWER);
    beat = later(tick, BEAT);
  }

  function wake() {
    if (status === "open") probe(ANSWER_AFTER_WAKING);
    else if (status === "waiting" || status === "offline") connect();
  }

  /** @param {Status} as */
  function stop(as) {
    cancel(retry);
    cancel(beat);
    beatAt = 0;
    drop();
    become(as);
  }

  /** @param {Frame} frame @returns {boolean} false: not connected, nothing was sent */
  function send(frame) {
    if (status !== "open" || socket?.readyState !== 1) return false;
    socket.send(JSON.stringify(frame));
    return true;
  }

  listen(["online", "pageshow", "visibilitychange"], (event) => {
    if (event.type !== "visibilitychange" || document.visibilityState === "visible") wake();
  });
  listen(["offline"], () => probe(ANSWER_AFTER_WAKING));

  return {
    send,
    get status() {
      return status;
    },
    /** Connects unless it is connected or trying. */
    start() {
      if (status === "idle" || status === "refused") connect();
    },
    /** Connects anew at once, with a new hello. */
    restart: connect,
    /** "Try now": doesn't wait for the delay to pass. */
    wake,
    stop: () => stop("idle"),
  };
}
