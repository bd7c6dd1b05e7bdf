import type { Face, Said, Waiting } from "../../widget/lib/protocol";

/** What the chat of the visitor would be told. */
export type Shown = {
  language: string;
  locale: string;
  direction: "ltr" | "rtl";
  zone: string;
  time: string;
  translated: boolean;
  state: {
    now: string;
    greeting: Said | null;
    agents: Face[];
    available: boolean;
    hours: { open: boolean; opens_at: string | null; closes_at: string | null; region: { id: string; name: string } };
    waiting: Waiting;
  };
};

export type Candidate = { kind: "region" | "agent"; id: string; name: string; chosen: boolean; text: string };

export type SimulatedRegion = { id: string; name: string; zone: string };

/** Instants are as the clocks of the reader's chosen zone show them. */
export type Simulation = {
  at: string;
  now: string;
  zone: string;
  country: string | null;
  decision: {
    outcome: "offered" | "queued" | "closed";
    summary: string;
    region: SimulatedRegion;
    own: SimulatedRegion;
    agent: string | null;
    open: boolean;
    closes_at: string | null;
    opens_at: string | null;
    candidates: Candidate[];
  };
  visitor: Shown;
};

export type YearDay = {
  date: string;
  minutes: number;
  by: "closure" | "exception" | "holiday" | "outside_hours";
  name: string | null;
  change: { at: string; before: number; after: number } | null;
};

/** `until` the next one; `names`: of the holidays, exceptions and closures meanwhile. */
export type Transition = { at: string; open: boolean; until: string | null; names: string[] };

/** Days and instants are those of the region's zone. */
export type Year = {
  region: { id: string; name: string };
  zone: string;
  days: YearDay[];
  open: boolean;
  transitions: Transition[];
  total: number;
  offset: number;
  page: number;
};
