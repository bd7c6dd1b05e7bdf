// Finding what was meant by a few typed letters.

/** Letters that are typed for others, by what they stand for: the dotless i, Arabic keyboards' yeh and kaf. @type {Record<string, string>} */
const SAME = { ı: "i", ي: "ی", ى: "ی", ك: "ک" };

/**
 * Letters without their accents and case, so that "joao" finds "João" and "istanbul" finds "İSTANBUL"; Persian with and without its half-spaces is the same.
 * @param {string} text
 */
export const fold = (text) => text.normalize("NFKD").replace(/[\p{M}\u200c\u200d\u0640]/gu, "").toLowerCase().replace(/[ıيىك]/g, (letter) => SAME[letter]);

/**
 * How well a text answers a query: 0 not at all; more is better. Every word of the query must occur in it.
 * @param {string} query @param {string} text
 */
function score(query, text) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const folded = fold(text);
  let total = 1;
  for (const word of words) {
    const at = folded.indexOf(word);
    if (at < 0) return 0;
    const startsWord = at === 0 || !/[\p{L}\p{N}]/u.test(folded[at - 1]);
    total += (startsWord ? 4 : 1) + (at === 0 ? 2 : 0);
  }
  return total;
}

/**
 * The items that answer, best first; equal ones stay in the order given.
 * @template T
 * @param {string} query @param {readonly T[]} items @param {(item: T) => string} textOf @returns {T[]}
 */
export function best(query, items, textOf) {
  return items
    .map((item) => ({ item, rank: score(query, textOf(item)) }))
    .filter((found) => found.rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map((found) => found.item);
}
