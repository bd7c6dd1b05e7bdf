/** The answers of `/api/packs…` (docs/protocol.md), as types. Nothing of this file is sent to a browser. */
import type { Instant, Language } from "../../widget/lib/protocol";

export interface Direction {
  from: Language;
  to: Language;
}

export interface MaybeDirection {
  from: Language | null;
  to: Language | null;
}

export interface Reach extends Direction {
  path: Language[];
}

export interface Shift extends Reach {
  before: Language[];
}

export interface Changes {
  gained: Reach[];
  nearer: Shift[];
  farther: Shift[];
  lost: Reach[];
}

export interface Problem {
  code: string;
  message: string;
  /** English, for whoever looks after the server. */
  detail: string;
}

export interface InstalledPack extends Direction {
  id: string;
  model: string;
  engine: string;
  version: string;
  bytes: number;
  quality: number | null;
  licence: string | null;
  origin: string | null;
  installed_at: Instant | null;
  built_in: boolean;
  live: boolean;
  used: boolean;
  loaded: boolean;
}

export interface Source {
  kind: "upload" | "import" | "offer" | "address";
  name: string;
  catalogue?: string;
  sha256?: string | null;
  from?: string;
  to?: string;
}

export interface Candidate extends MaybeDirection {
  source: Source;
  name: string;
  engine: string | null;
  version: string;
  download: number | null;
  bytes: number | null;
  quality: number | null;
  hosts: string[];
  installed: boolean;
  way: Language[] | null;
  problem: Problem | null;
}

export interface Upload {
  id: string;
  name: string;
  bytes: number;
  received: number;
  whole: boolean;
  by: string;
  pack: Candidate | null;
}

export interface Imported extends MaybeDirection {
  name: string;
  engine: string | null;
  version: string;
  bytes: number | null;
  problem: Problem | null;
}

export interface Room {
  disk: number;
  memory: number | null;
  workers: number;
}

export interface Preview extends Changes {
  packs: Candidate[];
  disk: number;
  memory: number;
  room: Room;
  fits: boolean;
  fits_memory: boolean;
}

export interface Gap {
  language: Language;
  who: "team" | "visitors";
  people: number;
  others: Language[];
  wanted: Direction[];
}

export interface JobResult {
  model: string;
  already: boolean;
  replaced: string[];
  gained: Reach[];
  sentence: string;
  translation: string;
  memory: number;
}

export interface Job extends MaybeDirection {
  id: string;
  kind: "install" | "verify";
  name: string;
  by: string;
  at: Instant;
  ended_at: Instant | null;
  state: "waiting" | "running" | "done" | "failed" | "cancelled";
  cancelling: boolean;
  stage: "download" | "unpack" | "verify" | "trial" | "live" | null;
  done: number;
  total: number | null;
  speed: number | null;
  error: Problem | null;
  result: JobResult | null;
}

export interface Jobs {
  revision: string;
  jobs: Job[];
}

export interface Overview extends Jobs {
  packs: InstalledPack[];
  damaged: { id: string; folder: string; detail: string }[];
  reachable: (Reach & { quality: (number | null)[] })[];
  gaps: Gap[];
  room: Room;
  uploads: Upload[];
  imports: Imported[];
  import_index: boolean;
  mirror: string | null;
}

export interface CatalogueAnswer {
  catalogue: string;
  where: string;
  offers: Candidate[];
  left_out: number;
  left_out_example: string | null;
}
