// Languages: found by any name a person may know them by, in the order that serves the reader.

import { baseOf } from "./events.js";

/** @import {Language} from "../chat/types" */

/** Names that neither the language nor the browser gives it, but people do. @type {Record<string, string>} */
const ALSO = { fa: "farsi", zh: "mandarin putonghua zhongwen", ja: "nihongo", ko: "hangugeo", ru: "russkij", uk: "ukrainska", el: "ellinika", he: "ivrit" };

/** Letters without their marks, so that "turkce" finds Türkçe. @param {string} text */
const plain = (text) => text.normalize("NFKD").replace(/[\p{M}\u200c]/gu, "").toLowerCase().replaceAll("ı", "i");

/**
 * The languages that match by native name, by any of the names given, or by tag; those that begin so come first.
 * @param {readonly Language[]} languages @param {string} query
 * @param {readonly ((tag: string) => string)[]} naming e.g. the English names and the reader's
 */
export function search(languages, query, naming) {
  const sought = plain(query.trim());
  /** @param {(name: string) => boolean} test */
  const by = (test) => languages.filter(({ name, tag }) => [name, tag, ...naming.map((call) => call(tag)), ...(ALSO[tag.split("-")[0]] ?? "").split(" ")].map(plain).some(test));
  return [...new Set([...by((name) => name.startsWith(sought)), ...by((name) => name.includes(sought))])];
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
