import type { Schedule } from "./hours_types";

export interface Waiting {
  offer_seconds: number;
  overflow_minutes: number | null;
  queue_limit: number | null;
}

/** A region as docs/regions.md has it. */
export interface Region {
  id: string;
  names: Record<string, string>;
  schedule: Schedule;
  countries: string[];
  languages: string[];
  agents: string[] | null;
  overflow: string[];
  offline: Record<string, string>;
  waiting: Waiting;
  when_empty: "wait" | "overflow" | "closed";
}

export interface Told {
  place: string;
  code: string;
  message: string;
}

export interface Status {
  open: boolean;
  opens_at: string | null;
  closes_at: string | null;
  reason: string | null;
  name: string | null;
}

/** A region as `/api/regions` tells it. */
export interface Kept {
  region: Region;
  version: number;
  name: string;
  default: boolean;
  changed_at: string;
  changed_by: string | null;
  zone_rules: string;
  status: Status;
  notes: Told[];
}

export interface Overview {
  regions: Kept[];
  default: string;
  zone_rules: string;
  now: string;
}

export interface Person {
  id: string;
  name: string;
  email: string;
  avatar: string;
  active: boolean;
  language: string;
  spoken: string[];
  capacity: number;
  availability: string;
  regions: string[];
}

export interface Preset {
  country: string;
  name: string;
  region: Region;
  zones: string[];
  first_day: number;
  weekend: number[];
}

export interface Uses {
  default: boolean;
  overflowing: { id: string; name: string }[];
  living: number;
}

export interface Config {
  strings: string;
  time_zone: string;
  language: string;
  countries: { code: string; name: string }[];
  languages: string[];
  locales: string[];
  zones: string[];
  limits: Record<string, any>;
  region?: string | null;
}

/** A part of a region that is compared and chosen as one. */
export interface Difference {
  /** `names.en`, `schedule.weekly`, `countries` */
  path: string;
  from: any;
  to: any;
}

export interface Choice {
  path: string;
  mine: any;
  theirs: any;
  /** Who has changed it since both looked at it. */
  by: "mine" | "theirs" | "both";
}
