export type Kind =
  | "greeting" | "queue" | "offline" | "survey" | "signature" | "question" | "canned" | "region_name" | "region_offline";

export interface Wording {
  text: string;
  draft: boolean;
  doubtful: boolean;
  flags: string[];
  source: string | null;
  /** What stood in `source` when it was translated. */
  made_from: string | null;
  outdated: boolean;
}

/** A text as `/api/wordings` tells it. `version` 0: nothing is stored yet; `id` of one that is new begins with “new-”. */
export interface Text {
  id: string;
  kind: Kind;
  title: string | null;
  region: string | null;
  version: number;
  shortcut: string | null;
  answer: "text" | "email";
  required: boolean;
  changed_at: string | null;
  changed_by: string | null;
  wordings: Record<string, Wording>;
}

export interface Locale {
  tag: string;
  name: string;
  native: string;
  direction: "ltr" | "rtl";
  used: boolean;
}

export interface Overview {
  texts: Text[];
  locales: Locale[];
  /** For a reader of each locale the others that suit them, best first. */
  nearest: Record<string, string[]>;
  /** Where the translator leads from each locale that something is written in. */
  leads: Record<string, string[]>;
  ours: Partial<Record<Kind, Record<string, string>>>;
}

export interface Purpose {
  limit: number;
  lines: boolean;
  placeholders: string[];
  many: boolean;
}

export interface Config {
  strings: string;
  language: string;
  locale: string;
  workspace: string;
  agent: string;
  purposes: Record<Kind, Purpose>;
  most: Partial<Record<Kind, number>>;
  shortcut: number;
}

/** What an admin has changed and not saved: only what differs from what is stored. */
export interface Edit {
  wordings: Record<string, string>;
  shortcut?: string;
  answer?: "text" | "email";
  required?: boolean;
  /** What was to be seen where a wording was typed, and in which version of the text, by locale. */
  seen?: Record<string, Seen>;
  /** Drafts that an undo puts back, by locale. */
  drafts?: Record<string, Wording>;
}

export interface Seen {
  version: number;
  wording: Wording | undefined;
}

/** `approved`, translated from a text that `outdated` it, a `draft`, read in another language, or read by nobody. */
export type Status = "approved" | "outdated" | "draft" | "fallback" | "empty";

/** Where two admins' versions differ. */
export interface Choice {
  locale: string;
  mine: string;
  theirs: string;
  by: "mine" | "theirs" | "both";
}

/** What the frame of the preview is told. */
export interface Shown {
  kind: Kind;
  text: string;
  /** Its locale and direction; of an empty text those of the reader. */
  lang: string;
  dir: "ltr" | "rtl";
  /** Of the other questions, in their order; null is the place of this one. */
  questions: ({ text: string; lang: string; dir: "ltr" | "rtl"; required: boolean; answer: "text" | "email" } | null)[];
  required: boolean;
  answer: "text" | "email";
  agent: string;
  dark: boolean;
  number: number;
}
