// Which of the languages offered suits a reader best. Fetched only where a site asks for one that is not among them by its
// very name: what the browser and the page want, the server has looked at already.

/** What else readers of a language read; as in the server's `domain/languages.py`. @type {Record<string, string>} */
const NEXT_BEST = { ca: "es", da: "nb nn", eu: "es", gl: "es", gsw: "de", lb: "de", nb: "nn da", nn: "nb da", sk: "cs", yue: "zh-Hant zh-Hans" };
/** The region whose standard the readers elsewhere follow, and where they don't. @type {Record<string, string>} */
const STANDARD = { en: "GB AS GU MH MP PH PR UM US VI", es: "419 EA ES GQ IC PH", pt: "PT BR" };

/** @param {any} tag from anywhere @returns null for what is no tag or names no language */
function partsOf(tag) {
  try {
    const own = new Intl.Locale(tag);
    const { language, script, region } = own.maximize();
    const name = language === "no" ? "nb" : language;
    return tag.length > 35 || /^und\b/i.test(tag) ? null : { tag, name, script, region, own: own.region, exact: own.toString() };
  } catch {
    return null;
  }
}

/**
 * The tag of those offered that suits a reader best, as it is written there; the server's `negotiate` answers alike.
 * @param {readonly any[]} wanted in order of preference, from browsers and other strangers
 * @param {readonly string[]} offered @returns {string | null} null: none suits
 */
export function negotiate(wanted, offered) {
  const offers = offered.map(partsOf).filter((offer) => !!offer);
  for (const wish of wanted) {
    const own = partsOf(wish);
    if (!own) continue;
    const more = (NEXT_BEST[own.name] ?? "").split(" ").map(partsOf).filter((other) => !!other);
    if (own.script === "Hans") more.reverse();
    for (const { name, script, region, exact } of [own, ...more]) {
      const alike = offers.filter((offer) => offer.name === name);
      const [standard, ...others] = (STANDARD[name] ?? "").split(" ");
      const home = new Intl.Locale(name).maximize().region;
      /** @param {typeof own} offer */
      const distance = (offer) =>
        offer.exact === exact ? 0 : offer.own === region ? 1 : offer.own && offer.own === standard && !others.includes(region ?? "") ? 2 : !offer.own ? 3 : offer.own === home ? 4 : 5;
      const [found] = alike.filter((offer) => offer.script === script).sort((a, b) => distance(a) - distance(b));
      if (found) return found.tag;
      // Their readers read both scripts, or better either than English.
      if (alike.length && /^(bs|sr|zh|yue)$/.test(name)) return alike[0].tag;
    }
  }
  return null;
}
