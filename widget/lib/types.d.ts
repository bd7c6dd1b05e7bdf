/** The shapes that the modules of this folder speak of. Types only: nothing of this file is sent to a browser. */

import type { Agent, ConversationEvent, ConversationState, Frame, Item } from "./protocol";

/** The words of one locale, as the server serves them; a missing one falls back to English. */
export interface Catalogue {
  locale: string;
  direction: "ltr" | "rtl";
  messages: Record<string, string | Record<string, string>>;
  /** what time zones are called after, where it isn't the last part of their name; only the console's has them */
  cities?: Record<string, string>;
}

/** What fills the placeholders of a text. */
export type Values = Record<string, string | number>;

/**
 * How a connection stands. idle: not started, or stopped; open: welcomed; waiting: lost, will try again; offline: lost,
 * and the browser says there is no network; refused: closed with 4401, stays so until `start()`.
 */
export type Status = "idle" | "connecting" | "open" | "waiting" | "offline" | "refused";

export interface ConnectionOptions {
  /** of the socket: a path, http(s) or ws(s) */
  url: string;
  /** the first frame, asked for at every connection */
  hello(): Frame | Promise<Frame>;
  /** every frame of the server but pong; `welcome` comes after the status is open */
  onFrame(frame: Frame): void;
  onStatus?(status: Status): void;
  /** the server's clock, in milliseconds, whenever a frame tells it */
  onTime?(now: number): void;
  /** between two attempts, in milliseconds */
  longestDelay?: number;
  /** for tests */
  surroundings?: Surroundings;
}

/** The clock, the network and the window. */
export interface Surroundings {
  open(url: string): WebSocket;
  /** milliseconds */
  now(): number;
  /** 0 to 1 */
  random(): number;
  later(run: () => void, ms: number): any;
  cancel(timer: any): void;
  online(): boolean;
  /** to the window's and the document's events */
  listen(types: string[], run: (event: Event) => void): void;
}

/** A conversation. A value: `apply` and the others return a new one; an item that changed is a new object. */
export interface Log {
  /** the lowest seq that was loaded (1 when all are) */
  first: number;
  /** the highest seq up to which every event was applied; say it as `after` */
  last: number;
  /** whether there are older events to ask for */
  earlier: boolean;
  /** an event arrived whose forerunners are missing: ask for what follows `last` */
  gap: boolean;
  /** messages, assignments, states and languages, oldest first */
  items: readonly Item[];
  /** who has the conversation */
  agent: Agent | null;
  state: ConversationState | null;
  /** events that wait for the gap to be filled */
  held: readonly ConversationEvent[];
}
