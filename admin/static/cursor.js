// Where the cursor of the list goes when the list changes under it.

/** @typedef {{id: string, section: import("./types").Section}} Place */

/** @type {ReadonlySet<import("./types").Section>} between which a conversation goes without this agent's doing */
const ASKING = new Set(/** @type {import("./types").Section[]} */ (["offered", "waiting"]));

/**
 * A row that stays in its section keeps the cursor; one that leaves it, taken or closed, hands the cursor to the row that
 * comes to stand in its place, so that the next one is at hand.
 * @param {readonly Place[]} before @param {readonly Place[]} after both from top to bottom
 * @param {string} pointed the conversation the cursor was on @returns {string | null} null: the list has nothing for it
 */
export function cursorAfter(before, after, pointed) {
  const index = before.findIndex(({ id }) => id === pointed);
  if (index < 0 || !after.length) return null;
  const { section } = before[index];
  const now = after.find(({ id }) => id === pointed);
  if (now?.section === section) return pointed;
  // The server offers and withdraws at any moment: the key that is about to be pressed is meant for this conversation.
  if (now && ASKING.has(section) && ASKING.has(now.section)) return pointed;
  const left = after.filter((place) => place.section === section && place.id !== pointed);
  const nth = before.slice(0, index).filter((place) => place.section === section).length;
  const neighbour = left[Math.min(nth, left.length - 1)];
  if (neighbour) return neighbour.id;
  // Its section is empty now: the conversation itself where it went, else what stands there.
  if (now) return pointed;
  return after[Math.min(index, after.length - 1)].id;
}
