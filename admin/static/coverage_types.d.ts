/** Instants are as the clocks of the chosen zone show them: `2026-11-23T09:00:00+02:00`. */
export type Stretch = { start: string; end: string; state: "open" | "covered" | "closed"; by: string | null };

export type RegionLine = {
  id: string;
  name: string;
  zone: string;
  countries: string[];
  overflow: string[];
  stretches: Stretch[];
  minutes: { open: number; covered: number; closed: number };
};

export type Present = { start: string; end: string; regions: string[] };

export type ZoneChange = { at: string; zone: string; before: number; after: number; regions: string[] };

export type Week = {
  zone: string;
  now: string;
  start: string;
  end: string;
  days: { date: string; start: string; end: string; marks: string[] }[];
  regions: RegionLine[];
  all: { id: string; name: string; countries: string[] }[];
  present: Present[];
  gaps: { start: string; end: string }[];
  changes: ZoneChange[];
  always_open: boolean;
};
