/** The shapes that the parts of the chat hand to each other. Types only: nothing of this file is sent to a browser. */

import type { Status } from "../lib/types";
import type { ErrorFrame, Face, Item, MessageEvent, Reception, Translation, Waiting } from "../lib/protocol";
import type { createStore } from "./session.js";

export type Store = ReturnType<typeof createStore>;

/** A language of the list. */
export interface Language {
  tag: string;
  /** its own name for itself */
  name: string;
  /** messages are translated to and from it */
  translated: boolean;
}

/** The visitor's credential. */
export interface Session {
  token: string;
  conversation: string;
  /** there are messages, so it is worth listening while the chat is closed */
  talked: boolean;
}

export interface SessionOptions {
  url: string;
  store: Store;
  /** what the server may know of the visitor */
  about(): object;
  /** the server's words while it can't be begun; empty: it could */
  onProblem(problem: string): void;
}

/** A message on its way. */
export interface Entry {
  /** the same at every attempt, so that nothing is stored twice */
  client_id: string;
  text: string;
  language: string;
  /** milliseconds */
  at: number;
  /** sent: acknowledged, its event has not come yet */
  state: "sending" | "sent" | "failed";
  /** why it failed, in the visitor's language */
  problem?: string;
}

export interface OutboxOptions {
  store: Store;
  /** false: not connected */
  transmit(entry: Entry): boolean;
  onChange(): void;
  /** the server asked to wait; empty: it goes on */
  onWait(problem: string): void;
  /** for tests */
  later?(run: () => void, ms: number): any;
  cancel?(timer: any): void;
}

/** How one's own message fared. */
export type Fate = "sending" | "sent" | "delivered" | "seen" | "failed";

export interface DayRow {
  kind: "day";
  key: string;
  at: number;
}

export interface NoticeRow {
  kind: "notice";
  key: string;
  notice: "joined" | "left" | "closed";
  name: string;
}

export interface MessageRow {
  kind: "message";
  /** stays the same from the first attempt to the stored message */
  key: string;
  mine: boolean;
  /** 0 while it is only here */
  seq: number;
  /** the client id of one's own */
  id: string;
  author: string;
  text: string;
  language: string;
  translation: Translation | null;
  at: number;
  /** of its group */
  first: boolean;
  last: boolean;
  /** shown under one's own last message and under what failed */
  fate: Fate | null;
  problem: string;
}

export type Row = DayRow | NoticeRow | MessageRow;

/** What rows are made of. */
export interface Source {
  items: readonly Item[];
  outbox: readonly Entry[];
  /** the reader's */
  language: string;
  receipts: { delivered: number; seen: number };
  /** the calendar day as a number */
  dayOf(at: number): number;
}

/** What a message needs to know to be drawn. */
export interface Context {
  /** the reader's */
  readonly language: string;
  avatarOf(name: string): string;
  /** whether the reader asked for the original */
  asWritten(seq: number): boolean;
  swap(seq: number): void;
  retry(id: string): void;
  remove(id: string): void;
}

export interface ListOptions {
  /** milliseconds, by the server's clock */
  now(): number;
  readonly language: string;
  avatarOf(name: string): string;
  retry(id: string): void;
  remove(id: string): void;
  redraw(): void;
}

/** What the loader says first. */
export interface Start {
  page: string;
  /** by the site's script: `Dragoman.setLanguage` */
  chosen?: string;
  timeZone?: string;
  /** the site's `data-region` */
  site?: string;
  open: boolean;
  /** it opened by itself: the focus stays where it is */
  quiet?: boolean;
}

/** What the loader may say. */
export interface Listener {
  start(start: Start): void;
  open(): void;
  closed(): void;
  page(told: { page: string }): void;
  language(told: { language: string }): void;
}

export interface ComposerOptions {
  store: Store;
  /** what a message begins with; null: something is missing first */
  before(): Promise<string | null>;
  /** trimmed, within the limit, with its beginning */
  onSend(text: string): void;
  /** at most every two seconds */
  onTyping(): void;
}

export interface LanguageOptions {
  button: HTMLElement;
  languages: readonly Language[];
  current(): string;
  onChoose(tag: string): void;
}

export interface RegionOptions {
  button: HTMLElement;
  regions(): Reception["regions"];
  /** the id of the one that answers now */
  current(): string | undefined;
  onChoose(id: string): void;
}

/** A line of a list to choose from. */
export interface Choice {
  id: string;
  name: string;
  /** of the name */
  lang?: string;
  dir?: "ltr" | "rtl";
  /** small, beside the name */
  notes: string[];
  /** a drawback */
  mark: string;
  chosen: boolean;
}

/** A list to choose from; words are asked for anew when the language changes. */
export interface Choices {
  /** there is a field to search with */
  searched: boolean;
  title(): string;
  /** in the empty field */
  hint(): string;
  /** what the list is called */
  list(): string;
  /** above the list: how many were found, or what it is for */
  count(n: number): string;
  choices(query: string): Choice[];
  onChoose(id: string): void;
}

export interface EmailOptions {
  store: Store;
  /** false: not connected, asked again at the next drawing */
  give(address: string | null): boolean;
  redraw(): void;
}

export interface AskingOptions {
  store: Store;
  conversation: ReturnType<typeof import("./conversation.js").createConversation>;
  redraw(): void;
}

export interface PrechatOptions {
  store: Store;
  /** false: not connected, asked again at the next drawing */
  give(address: string): boolean;
  /** the conversation's id; undefined before there is one */
  current(): string | undefined;
}

export interface SurveyOptions {
  store: Store;
  /** `comment` may be null; false: not connected, asked again at the next drawing */
  rate(score: number, comment: string | null): boolean;
  redraw(): void;
  /** to screen readers, politely, after what is being said */
  announce(line: HTMLElement): void;
}

export interface WaitingOptions extends EmailOptions {
  /** by the server's clock, in milliseconds */
  now(): number;
  /** to screen readers, politely */
  announce(lines: HTMLElement[]): void;
}

export interface ConversationOptions {
  urls: { session: string; socket: string };
  /** for the language that the page was asked for in */
  texts: import("../lib/protocol").Texts | null;
  store: Store;
  about(): { language: string; page: string | null; time_zone: string | null; region: string | null; site: string | null };
  /** whether the newest messages are before the visitor's eyes */
  reading(): boolean;
  /** something of `state` changed */
  onChange(): void;
  /** an agent wrote, just now */
  onMessage(message: MessageEvent): void;
  /** an agent ended it, just now */
  onClosed(): void;
  /** a translation came for it, just now */
  onTranslation(message: MessageEvent, before: MessageEvent): void;
  /** a message can't be sent as it is; true: it stands in the field again */
  onRefused(text: string): boolean;
  /** what became of an e-mail address or a rating; empty: it is kept */
  onAnswer(to: "email" | "rate", error: string): void;
}

/** What is known of the conversation. */
export interface ConversationView {
  log: import("../lib/types").Log;
  receipts: { delivered: number; seen: number };
  /** null until the server has said who is there */
  presence: { available: boolean; agents: Face[] } | null;
  /** null: somebody has the conversation, or nothing was written yet */
  waiting: Waiting | null;
  hours: Reception["hours"] | null;
  /** the region's own words for while it is closed, or the workspace's */
  offline_text: import("../lib/protocol").Said | null;
  /** what admins wrote, for the reader's language; null: nothing */
  texts: import("../lib/protocol").Texts | null;
  /** those that can be chosen */
  regions: Reception["regions"];
  /** the chosen one */
  region: string | null;
  /** the server knows an address of the visitor */
  email: boolean;
  suggestion: import("../lib/protocol").Suggestion | null;
  typing: Face | null;
  status: Status;
  limit: number;
  unread: number;
  /** the server's words about what doesn't work now */
  problem: string;
  /** the session before this one had ended */
  renewed: boolean;
  loadingEarlier: boolean;
}

export type Refusal = ErrorFrame;
