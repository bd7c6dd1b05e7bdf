/** The schedule as it is exported and imported (docs/business-hours.md). */
export type Pair = [start: string, end: string];
export type DayName = "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun";

export interface HolidayDay {
  /** The holiday's English name in the library; the same for every reader. */
  holiday: string;
  name?: string;
  /** Kept on it, none for closed; absent: those of the weekday, together with `open`. */
  hours?: Pair[];
  open?: true;
}

export interface HolidayRule {
  country: string;
  subdivision?: string | null;
  hours?: Pair[];
  days?: HolidayDay[];
}

export interface Exception {
  date?: string;
  from?: string;
  to?: string;
  hours: Pair[];
  name?: string;
}

export interface Closure {
  from: string;
  to: string;
  name?: string;
}

export interface Schedule {
  timezone: string;
  weekly: Partial<Record<DayName, Pair[]>>;
  holidays?: HolidayRule | null;
  exceptions?: Exception[];
  closures?: Closure[];
}

/** Open from `start` until before `end`, in minutes after midnight of the day it starts on; above 1440 it ends on the next. */
export interface Span {
  start: number;
  end: number;
}

export interface Told {
  /** As in `weekly.mon[1]`. */
  place: string;
  text: string;
}

export interface Holiday {
  date: string;
  name: string;
  /** English names of what falls on this date. */
  holidays: string[];
}
