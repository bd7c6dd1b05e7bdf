/** The frames and events of docs/protocol.md, as types. Types only: nothing of this file is sent to a browser. */

export type Instant = string;
export type Language = string;

export interface Agent {
  id: string;
  name: string;
  avatar: string;
}

export interface Author {
  kind: "visitor" | "agent" | "system";
  id: string;
  name: string | null;
}

export interface Translation {
  status: "pending" | "done" | "failed";
  /** null with `done`: there was nothing to translate */
  text: string | null;
  /** `person`: an agent has written it */
  engine: string | null;
  model: string | null;
  path: Language[];
  flags: string[];
  /** the original is the better reading */
  doubtful: boolean;
  reason: "no_route" | "engine_failed" | "too_long" | "busy" | "doubtful" | null;
  /** the agent who has written it, or called it wrong */
  /** the language the message turned out to be in, where it was taken for another */
  source: Language | null;
  by: Agent | null;
  /** what the machine had said before */
  machine: string | null;
}

export interface MessageEvent {
  seq: number;
  kind: "message";
  at: Instant;
  author: Author;
  client_id: string | null;
  text: string;
  language: Language;
  translations: Record<Language, Translation>;
}

export interface TranslationEvent {
  seq: number;
  kind: "translation";
  at: Instant;
  message: number;
  language: Language;
  translation: Translation;
}

export interface AssignedEvent {
  seq: number;
  kind: "assigned";
  at: Instant;
  agent: Agent | null;
}

export type ConversationState = "queued" | "assigned" | "closed";

export interface StateEvent {
  seq: number;
  kind: "state";
  at: Instant;
  state: ConversationState;
  by: Author | null;
}

export interface LanguageEvent {
  seq: number;
  kind: "language";
  at: Instant;
  language: Language;
}

export interface NoneEvent {
  seq: number;
  kind: "none";
}

export type ConversationEvent =
  | MessageEvent
  | TranslationEvent
  | AssignedEvent
  | StateEvent
  | LanguageEvent
  | NoneEvent;

/** What a conversation shows: everything but translations (folded into their message) and placeholders. */
export type Item = MessageEvent | AssignedEvent | StateEvent | LanguageEvent;

export interface Face {
  name: string;
  avatar: string;
}

export interface Limits {
  text: number;
  frame: number;
  page: number;
}

export interface ErrorFrame {
  type: "error";
  code: string;
  message: string;
  field: string | null;
  client_id: string | null;
  ref: string | null;
  retry_after: number | null;
}

export interface VisitorWelcome {
  type: "welcome";
  visitor: { id: string; language: Language; name: string | null };
  conversation: {
    id: string;
    state: ConversationState;
    last_seq: number;
    agent: Agent | null;
    receipts: { delivered: number; seen: number };
    own_seen: number;
  };
  events: ConversationEvent[];
  reset: boolean;
  earlier: boolean;
  presence: { available: boolean; agents: Face[] };
  suggestion: Suggestion | null;
  limits: Limits;
  now: Instant;
}

/** The visitor seems to write another language: an offer in that language, in the server's words. */
export interface Suggestion {
  language: Language;
  /** of the words */
  locale: Language;
  direction: "ltr" | "rtl";
  text: string;
  accept: string;
  decline: string;
}

export interface Ack {
  type: "ack";
  client_id: string;
  seq: number;
  at: Instant;
  /** the message as an event, when no frame of its own brings it */
  event: ConversationEvent | null;
  ref: string | null;
}

export interface HistoryAnswer {
  type: "history";
  conversation?: string;
  events: ConversationEvent[];
  earlier: boolean;
  ref: string | null;
}

/** What the visitor's socket may say. */
export type VisitorFrame =
  | VisitorWelcome
  | Ack
  | HistoryAnswer
  | ErrorFrame
  | { type: "event"; event: ConversationEvent }
  | { type: "typing"; agent: Face }
  | { type: "receipts"; delivered: number; seen: number }
  | { type: "presence"; available: boolean; agents: Face[] }
  | { type: "suggestion"; suggestion: Suggestion | null }
  | { type: "pong"; now: Instant };

/** Any frame of either socket, before it is told apart by `type`. */
export interface Frame {
  type: string;
  [member: string]: any;
}
