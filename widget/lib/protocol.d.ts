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

/** A line of why a visitor is where they are: a region or an agent that was looked at, in order. Agents only, as the next three are. */
export interface Explanation {
  kind: "region" | "agent";
  id: string;
  name: string | null;
  chosen: boolean;
  /** in the agent's language */
  text: string;
}

export interface RoutedEvent {
  seq: number;
  kind: "routed";
  at: Instant;
  decision: {
    cause: "arrived" | "declined" | "missed" | "released" | "transferred" | "agents_changed" | "region_opened"
      | "region_closed" | "waited" | "regions_changed";
    outcome: "offered" | "queued" | "closed";
    region: string;
    agent: string | null;
    until: Instant | null;
    /** with `closed`: the soonest that somebody will be there; null: not within a year */
    opens_at: Instant | null;
    /** what the explanation says in words */
    candidates: { kind: "region" | "agent"; id: string; chosen: boolean; reason: string; params: Record<string, string | number> }[];
  };
  /** whom the decision asks */
  offered: Agent | null;
  /** what was decided, in a sentence in the agent's language */
  summary: string;
  explanation: Explanation[];
}

export interface PassedEvent {
  seq: number;
  kind: "passed";
  at: Instant;
  agent: Agent;
  how: "declined" | "missed";
}

export interface TransferredEvent {
  seq: number;
  kind: "transferred";
  at: Instant;
  by: Author;
  /** one of the two */
  to_agent: Agent | null;
  to_region: string | null;
  note: string | null;
}

/** The visitor has said how it was, 1 to 5; the last one counts. */
export interface RatedEvent {
  seq: number;
  kind: "rated";
  at: Instant;
  score: number;
  comment: string | null;
  /** the visitor's */
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
  | RoutedEvent
  | PassedEvent
  | TransferredEvent
  | RatedEvent
  | NoneEvent;

/** What a conversation shows: everything but translations (folded into their message) and placeholders. */
export type Item = MessageEvent | AssignedEvent | StateEvent | LanguageEvent | RoutedEvent | PassedEvent | TransferredEvent | RatedEvent;

export interface Face {
  name: string;
  avatar: string;
}

export interface RegionName {
  id: string;
  name: string;
}

/** What an admin wrote, in the language that suits its reader best. */
export interface Said {
  text: string;
  /** the text's own, which may be another than its reader's */
  language: Language;
  direction: "ltr" | "rtl";
}

/** What admins wrote for visitors; null where nothing is approved. */
export interface Texts {
  /** the reader's */
  language: Language;
  greeting: Said | null;
  /** asked after a conversation; `{agent}` stands for who answered */
  survey: Said | null;
  /** asked before the first message */
  questions: Question[];
}

export interface Question {
  id: string;
  label: Said;
  answer: "text" | "email";
  required: boolean;
}

/** When somebody is there for this visitor. */
export interface Hours {
  open: boolean;
  /** null: not within a year, or open */
  opens_at: Instant | null;
  /** null: not within a year, or closed */
  closes_at: Instant | null;
  region: RegionName;
  /** the region's, IANA */
  zone: string;
}

/** What holds for a visitor apart from the conversation. */
export interface Reception {
  hours: Hours;
  /** what the region says while it is closed, or the workspace */
  offline_text: Said | null;
  /** to choose from; empty when there is only one */
  regions: (RegionName & { open: boolean })[];
  /** the chosen one's id */
  region: string | null;
  /** whether an address is known */
  email: boolean;
}

/** How a conversation waits. */
export interface Waiting {
  region: RegionName;
  /** from 1 */
  position: number | null;
  estimate_seconds: number | null;
  open: boolean;
  opens_at: Instant | null;
  promise: Instant | null;
  /** for who waits for an agent */
  queue_text: Said | null;
  offline_text: Said | null;
  ask_email: boolean;
}

/** Nothing waits any more. */
export interface NotWaiting {
  region: null;
  position: null;
  estimate_seconds: null;
  open: null;
  opens_at: null;
  promise: null;
  queue_text: null;
  offline_text: null;
  ask_email: null;
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

export interface VisitorWelcome extends Reception {
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
  waiting: Waiting | null;
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
  | ({ type: "presence"; available: boolean; agents: Face[] } & Reception)
  | ({ type: "waiting" } & (Waiting | NotWaiting))
  | { type: "ok"; ref: string | null }
  | { type: "suggestion"; suggestion: Suggestion | null }
  | { type: "pong"; now: Instant };

/** Any frame of either socket, before it is told apart by `type`. */
export interface Frame {
  type: string;
  [member: string]: any;
}
