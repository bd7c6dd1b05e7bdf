/** What /api/glossary and /api/memory answer (docs/protocol.md), as types. Types only: not sent to a browser. */

export interface Language {
  tag: string;
  name: string;
  direction: "ltr" | "rtl";
}

export interface Entry {
  id: number;
  keep: string | null;
  wordings: Record<string, string[]>;
  note: string | null;
}

export interface Terms {
  entries: Entry[];
  matching: number;
  total: number;
  languages: string[];
  version: string;
}

export interface Judgement {
  id: number;
  verdict: "approved" | "rejected";
  source: string;
  target: string;
  text: string;
  translation: string;
  by: string | null;
  at: string;
}

export interface Judgements {
  judgements: Judgement[];
  matching: number;
  total: number;
  most: number;
  pairs: [string, string][];
}

export interface Piece {
  text: string;
  term: boolean;
}

export interface Trial {
  failed: string | null;
  message?: string;
  source: Piece[];
  translation: Piece[];
  without: string | null;
  flags: string[];
  path: string[];
}

export interface Some<Row> {
  count: number;
  rows: Row[];
}

export interface Plan {
  added: Some<any>;
  changed: Some<{ before: any; after: any }>;
  removed?: Some<any>;
  unchanged: number;
  refused: Some<{ line: number; column: string; message: string }>;
  version: string;
}
