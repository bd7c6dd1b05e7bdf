// What differs between two versions of a region, part by part, and how parts of one get into the other.

/**
 * @typedef {import("./regions_types").Region} Region
 * @typedef {import("./regions_types").Difference} Difference
 * @typedef {import("./regions_types").Choice} Choice
 */

/** Parts that are objects of parts: each of theirs is compared by itself. */
const OPENED = ["names", "schedule", "waiting", "offline"];

/** In the order of the page. */
const ORDER = ["id", "names", "countries", "languages", "schedule", "agents", "overflow", "when_empty", "waiting", "offline"];

/**
 * @param {Region} before @param {Region} after
 * @returns {Difference[]} in the order of the page; what one lacks is `null`
 */
export function differences(before, after) {
  const from = partsOf(before);
  const to = partsOf(after);
  return [...new Set([...from.keys(), ...to.keys()])]
    .filter((path) => !same(from.get(path), to.get(path)))
    .sort((a, b) => placeOf(a) - placeOf(b))
    .map((path) => ({ path, from: from.get(path) ?? null, to: to.get(path) ?? null }));
}

/**
 * Two have changed the same region. What is different in the end, and who did it.
 * @param {Region} base what both began with @param {Region} mine @param {Region} theirs
 * @returns {Choice[]}
 */
export function choices(base, mine, theirs) {
  const changed = (/** @type {Region} */ other) => new Set(differences(base, other).map(({ path }) => path));
  const [byMe, byThem] = [changed(mine), changed(theirs)];
  return differences(mine, theirs).map(({ path, from, to }) => ({
    path, mine: from, theirs: to, by: byMe.has(path) && byThem.has(path) ? "both" : byThem.has(path) ? "theirs" : "mine",
  }));
}

/**
 * A region with some parts as another has them.
 * @param {Region} region @param {Region} other @param {readonly string[]} paths of these parts
 * @returns {Region}
 */
export function withParts(region, other, paths) {
  /** @type {any} */
  const result = structuredClone(region);
  /** @type {any} */
  const source = other;
  for (const path of paths) {
    const [first, second] = split(path);
    const value = second === null ? source[first] : source[first]?.[second];
    const place = second === null ? result : result[first];
    const key = second ?? first;
    if (value === undefined) delete place[key];
    else place[key] = structuredClone(value);
  }
  return result;
}

/** `names.pt-BR` → `["names", "pt-BR"]`. @param {string} path @returns {[string, string | null]} */
export function split(path) {
  const dot = path.indexOf(".");
  return dot < 0 ? [path, null] : [path.slice(0, dot), path.slice(dot + 1)];
}

/** @param {any} region @returns {Map<string, any>} without what is empty or absent */
function partsOf(region) {
  const parts = new Map();
  for (const [key, value] of Object.entries(region)) {
    if (!OPENED.includes(key)) parts.set(key, value);
    else for (const [inner, one] of Object.entries(value ?? {})) if (!isEmpty(one)) parts.set(`${key}.${inner}`, one);
  }
  return parts;
}

/** An empty list says as much as none. @param {any} value */
const isEmpty = (value) =>
  value === null || value === undefined || value === "" || (typeof value === "object" && Object.keys(value).length === 0);

/** @param {string} path */
const placeOf = (path) => ORDER.indexOf(split(path)[0]);

/** @param {any} a @param {any} b @returns {boolean} */
function same(a, b) {
  if (a === b || (isEmpty(a) && isEmpty(b) && Array.isArray(a) === Array.isArray(b))) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  if (Array.isArray(a)) return a.length === b.length && a.every((one, index) => same(one, b[index]));
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => same(a[key], b[key]));
}
