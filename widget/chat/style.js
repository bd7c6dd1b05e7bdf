// The looks of what only some visitors see.

/** @type {Map<string, Promise<void>>} */
const coming = new Map();

/** Fetches a style sheet of this folder, once. What comes without it is better seen plain than not at all. @param {string} name */
export function withStyle(name) {
  const known = coming.get(name);
  if (known) return known;
  /** @type {Promise<void>} */
  const style = new Promise((done) => {
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href: new URL(name, import.meta.url).href, onload: () => done(), onerror: () => done() });
    document.head.append(link);
  });
  coming.set(name, style);
  return style;
}
