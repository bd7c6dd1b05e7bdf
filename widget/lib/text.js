// What people wrote, shown as text and never as markup.

const URL_IN_TEXT = /https?:\/\/[^\s<>"'`\u0000-\u001f\u200e\u200f\u202a-\u202e\u2066-\u2069，。！？；：、（）「」『』【】《》]+/gi;
// No more than 64 letters before the @, so that a long word without one is soon passed over.
const MAIL_IN_TEXT = /(?<![\p{Script=Latin}\d._+-])[\p{Script=Latin}\d._+-]{1,64}@(?:[\p{Script=Latin}\d-]{1,63}\.){1,8}\p{Script=Latin}{2,24}/gu;
const TRAILING = /[.,;:!?…'"*_~»”’،؛؟]$/;

/** @typedef {{text: string, href?: string}} Piece */

/**
 * Splits a text into plain pieces and links. Only http, https and e-mail addresses become links; punctuation that ends a sentence
 * and a bracket that was opened before the address stay outside.
 * @param {string} text @returns {Piece[]} whose texts joined are the text
 */
export function pieces(text) {
  /** @type {Piece[]} */
  const found = [];
  let end = 0;
  /** @param {string} plain what stands between the addresses of pages */
  const withMail = (plain) => {
    let from = 0;
    for (const { 0: address, index } of plain.matchAll(MAIL_IN_TEXT)) {
      if (index > from) found.push({ text: plain.slice(from, index) });
      found.push({ text: address, href: `mailto:${address}` });
      from = index + address.length;
    }
    if (from < plain.length) found.push({ text: plain.slice(from) });
  };
  for (const match of text.matchAll(URL_IN_TEXT)) {
    const address = withoutTail(match[0]);
    let href;
    try {
      href = new URL(address).href;
    } catch {
      continue;
    }
    withMail(text.slice(end, match.index));
    found.push({ text: address, href });
    end = match.index + address.length;
  }
  withMail(text.slice(end));
  return found;
}

/** @param {string} address */
function withoutTail(address) {
  for (;;) {
    const unopened = /[)\]}]$/.test(address) && count(address, /[([{]/g) < count(address, /[)\]}]/g);
    if (!unopened && !TRAILING.test(address)) return address;
    address = address.slice(0, -1);
  }
}

/** @param {string} text @param {RegExp} pattern */
const count = (text, pattern) => text.match(pattern)?.length ?? 0;

/**
 * Puts a text into an element in place of what was there, with its own direction and language.
 * The element's style keeps line breaks (`white-space: pre-wrap`).
 * @param {HTMLElement} element @param {string} text @param {string} [language] BCP 47 tag
 */
export function showText(element, text, language) {
  element.dir = "auto";
  if (language) element.lang = language;
  else element.removeAttribute("lang");
  element.replaceChildren(
    ...pieces(text).map((piece) => {
      if (!piece.href) return document.createTextNode(piece.text);
      const link = document.createElement("a");
      link.href = piece.href;
      link.rel = "noopener noreferrer nofollow ugc";
      // An address for mail opens a program, not a page.
      if (!piece.href.startsWith("mailto:")) link.target = "_blank";
      link.dir = "ltr";
      link.textContent = piece.text;
      return link;
    }),
  );
}

/** The length as the server counts it: code points after trimming. @param {string} text */
export function lengthOf(text) {
  let n = 0;
  for (const _ of text.trim()) n += 1;
  return n;
}

/** The letter that stands in for a face: the first character as a person sees it. @param {string} name */
export function initial(name) {
  const [first] = new Intl.Segmenter().segment(name.trim());
  return first ? first.segment.toLocaleUpperCase() : "?";
}
