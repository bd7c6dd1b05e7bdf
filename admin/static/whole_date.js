// A date with its weekday, in full.

/**
 * Thursday, 24 December 2026, with the time if asked for. For the Persian calendar CLDR has no such pattern of its own, and what it falls back to puts the year
 * first: there the weekday goes before the date that it has.
 * @param {(options: Intl.DateTimeFormatOptions) => Intl.DateTimeFormat} dates @param {number} at @param {Intl.DateTimeFormatOptions} [time]
 */
export function wholeDate(dates, at, time = {}) {
  const whole = dates({ dateStyle: "full", ...time });
  if (whole.resolvedOptions().calendar !== "persian") return whole.format(at);
  return `${dates({ weekday: "long" }).format(at)} ${dates({ dateStyle: "long", ...time }).format(at)}`;
}
