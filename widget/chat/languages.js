// Which language: negotiated, searched, and the nearest one that the widget itself speaks.

import { baseOf } from "../lib/events.js";

/** @import {Language} from "./types" */

/**
 * The first of the wanted tags that is offered: the very tag, else the same base language.
 * @param {readonly (string | null | undefined)[]} wanted in order of preference
 * @param {readonly string[]} offered @returns {string | null}
 */
export function negotiate(wanted, offered) {
  for (const tag of wanted) {
    if (!tag) continue;
    const exact = offered.find((other) => other.toLowerCase() === tag.toLowerCase());
    const near = exact ?? offered.find((other) => baseOf(other) === baseOf(tag));
    if (near) return near;
  }
  return null;
}

/** Letters without their marks, so that "turkce" finds Türkçe. @param {string} text */
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ı", "i");

/**
 * The languages that match by native name, by any of the names given, or by tag; those that begin so come first.
 * @param {readonly Language[]} languages @param {string} query
 * @param {readonly ((tag: string) => string)[]} naming e.g. the English names and the reader's
 */
export function search(languages, query, naming) {
  const sought = plain(query.trim());
  if (!sought) return [...languages];
  const ranked = languages.map((language) => {
    const names = [language.name, language.tag, ...naming.map((name) => name(language.tag))].map(plain);
    const rank = names.some((name) => name.startsWith(sought)) ? 0 : names.some((name) => name.includes(sought)) ? 1 : 2;
    return { language, rank };
  });
  return ranked.filter(({ rank }) => rank < 2).sort((a, b) => a.rank - b.rank).map(({ language }) => language);
}

/**
 * The order of the list: what the browser asks for, then the rest by native name.
 * @param {readonly Language[]} languages @param {readonly string[]} wanted
 */
export function arrange(languages, wanted) {
  const bases = wanted.map(baseOf);
  /** @param {Language} language */
  const place = ({ tag }) => (bases.indexOf(baseOf(tag)) + 1 || bases.length + 1);
  const { compare } = new Intl.Collator();
  return [...languages].sort((a, b) => place(a) - place(b) || compare(a.name, b.name));
}
