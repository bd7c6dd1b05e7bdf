// Routing as this agent's console knows it: availability, regions, what admins are told, and the server's clock.

/**
 * @typedef {import("../../widget/lib/protocol").Frame} Frame
 * @typedef {import("./types").Availability} Availability
 * @typedef {import("./types").RegionState} RegionState
 *
 * @typedef {object} Notice an open region where nobody is
 * @property {string} region its id
 * @property {string} since
 */

/** @type {readonly Availability[]} in the order in which they are offered */
export const AVAILABILITIES = ["online", "away", "break", "invisible"];

export class Desk {
  /** @param {() => number} now this machine's clock, in milliseconds */
  constructor(now) {
    this.clock = now;
    /** How far the server's clock is ahead of this machine's. */
    this.ahead = 0;
    /** @type {Availability | null} null until it is known */
    this.availability = null;
    /** Whether they count as away without having chosen it. */
    this.automatic = false;
    /** @type {RegionState[]} in the admins' order */
    this.regions = [];
    /** @type {Notice[]} the oldest first */
    this.notices = [];
  }

  /** The server's time, in milliseconds: what instants of the server are compared with. */
  now() {
    return this.clock() + this.ahead;
  }

  /** @param {number} now the server's time, in milliseconds */
  timeIs(now) {
    this.ahead = now - this.clock();
  }

  /** Something has happened at this time: it is that late at least. @param {string | undefined} at */
  notBefore(at) {
    if (at && Date.parse(at) > this.now()) this.timeIs(Date.parse(at));
  }

  /** What the agent is for the others; null until it is known. @returns {Availability | null} */
  get seen() {
    return this.automatic ? "away" : this.availability;
  }

  /** @param {Partial<import("./types").AgentWelcome> & {now: string}} welcome */
  welcome({ now, availability, automatic_away: automatic, regions }) {
    this.timeIs(Date.parse(now));
    this.availability = availability ?? null;
    this.automatic = automatic ?? false;
    this.regions = regions ?? [];
    // They are told again after each welcome; what ended meanwhile would not be.
    this.notices = [];
  }

  /** @param {Frame} frame @returns {boolean} whether it was about routing */
  receive(frame) {
    switch (frame.type) {
      case "availability":
        this.availability = frame.state;
        this.automatic = frame.automatic;
        return true;
      case "regions":
        this.regions = frame.regions;
        return true;
      case "notice":
        if (frame.code === "nobody_there") this.#nobodyThere(frame.region, frame.since);
        return true;
      default:
        return false;
    }
  }

  /** @param {string} region @param {string | null} since null: somebody is there, or it has closed */
  #nobodyThere(region, since) {
    this.notices = this.notices.filter((notice) => notice.region !== region);
    if (!since) return;
    this.notices = [...this.notices, { region, since }].sort((a, b) => Date.parse(a.since) - Date.parse(b.since));
  }

  /** @param {string | null | undefined} id */
  region(id) {
    return this.regions.find((region) => region.id === id) ?? null;
  }

  /** What a region is called; one that is gone since by its id. @param {string | null | undefined} id */
  regionName(id) {
    return this.region(id)?.name ?? id ?? "";
  }

  /** Whether there is more than one to tell apart. */
  get manyRegions() {
    return this.regions.length > 1;
  }
}
