/** The agent's half of docs/protocol.md, as types. Types only: nothing of this file is sent to a browser. */
import type {
  Agent, Author, ConversationEvent, ConversationState, Instant, Language, Limits, RoutedEvent,
} from "../../widget/lib/protocol";

/** What an agent has chosen to be. */
export type Availability = "online" | "away" | "break" | "invisible";

/** A region as an agent sees it, its name in the agent's language. */
export interface RegionState {
  id: string;
  name: string;
  open: boolean;
  closes_at?: Instant | null;
  opens_at?: Instant | null;
  /** the agent looks after it */
  mine?: boolean;
}

/** How a waiting conversation stands. */
export interface Standing {
  outcome: RoutedEvent["decision"]["outcome"];
  cause: RoutedEvent["decision"]["cause"];
  region: string;
  agent: string | null;
  opens_at: Instant | null;
}

/** Whom a conversation can be handed to. */
export interface Colleague extends Agent {
  availability: Availability | "offline";
  languages: Language[];
  /** conversations they have, and may have */
  load: number;
  capacity: number;
  regions: string[];
}

export interface People {
  type: "people";
  agents: Colleague[];
  regions: { id: string; name: string; open: boolean; online: number; closes_at?: Instant | null; opens_at?: Instant | null }[];
  ref: string | null;
}

export interface SummaryVisitor {
  id: string;
  name: string | null;
  number: number;
  language: Language;
  time_zone: string | null;
  page: string | null;
  online: boolean;
  /** ISO 3166 */
  country?: string | null;
}

export interface VisitorDetails extends SummaryVisitor {
  first_seen_at?: Instant;
  user_agent?: string | null;
}

export interface LastMessage {
  seq: number;
  at: Instant;
  author: Author["kind"];
  text: string;
  language: Language;
  translation: string | null;
}

export interface Receipts {
  delivered: number;
  seen: number;
}

export interface Summary {
  id: string;
  state: ConversationState;
  last_seq: number;
  agent: Agent | null;
  visitor: SummaryVisitor;
  opened_at: Instant;
  waiting_since: Instant | null;
  last_message: LastMessage | null;
  unread: number;
  receipts: Receipts;
  /** the region that looks after it */
  region: string | null;
  /** since when it waits for an agent */
  queued_at: Instant | null;
  /** who is being asked to take it */
  offer: { agent: Agent; until: Instant } | null;
  decision: Standing | null;
}

export interface Me extends Agent {
  language: Language;
  role: "agent" | "admin";
  time_zone?: string | null;
}

export interface AgentWelcome {
  type: "welcome";
  agent: Me;
  conversations: Summary[];
  /** How many are not closed, in `conversations` or not. */
  living: number;
  closed_earlier: boolean;
  limits: Limits;
  now: Instant;
  availability: Availability;
  automatic_away: boolean;
  regions: RegionState[];
}

export interface Opened {
  type: "opened";
  conversation: string;
  events: ConversationEvent[];
  reset: boolean;
  earlier: boolean;
  visitor: VisitorDetails;
  /** The language the visitor seems to write instead of the one chosen. */
  suggestion: Language | null;
  ref: string | null;
}

export interface Config {
  agent: Me;
  strings: string;
  languages: {
    tag: Language;
    name: string;
    direction: "ltr" | "rtl";
    /** Messages are translated both ways between it and the agent's language. */
    translated: boolean;
  }[];
  socket: string;
  workspace: { name: string };
  /** Where the demo shop is, in a demo workspace. */
  demo?: string | null;
}

/** An agent's own translation of what they send. */
export interface Wording {
  language: Language;
  text: string;
}

/** An approved wording, in the direction of its language. */
export interface CannedWording extends Wording {
  direction: "ltr" | "rtl";
}

/** A response that can be inserted, with its placeholders. */
export interface Canned {
  id: string;
  shortcut: string | null;
  /** for the agent, perhaps in another language where there is none in theirs */
  own: CannedWording;
  /** approved in the visitor's language */
  theirs: CannedWording | null;
}

/** A message that was typed here and has not come back as an event yet. */
export interface Outgoing {
  client_id: string;
  conversation: string;
  text: string;
  at: Instant;
  translation?: Wording;
}

/** What the visitor would read of a text. */
export interface PreviewAnswer {
  type: "preview";
  conversation: string;
  language: Language | null;
  translation: string | null;
  engine: string | null;
  model: string | null;
  path: Language[];
  flags: string[];
  doubtful: boolean;
  reason: string | null;
  back: string | null;
  back_reason: string | null;
  ref: string | null;
}

/** One model's part in a translation. */
export interface Hop {
  source: Language;
  target: Language;
  engine: string;
  model: string;
  /** BLEU, 0 to 100; null where nobody measured it */
  quality: number | null;
}

export type Section = "offered" | "mine" | "waiting" | "others" | "closed";
