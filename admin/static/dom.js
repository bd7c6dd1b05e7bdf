// Making elements. Text is always set as text, so nothing that people write becomes markup.

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [settings] `class`, `on…` listeners, `dataset`; null and false leave out; others are attributes
 * @param {...(Node | string | null | false)} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function el(tag, settings = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(settings)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "dataset") Object.assign(element.dataset, value);
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter(isShown));
  return element;
}

/** @param {Node | string | null | false} child @returns {child is Node | string} */
const isShown = (child) => child !== null && child !== false && child !== "";

/** The element of the page with this id. @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/**
 * Makes the children of an element these, moving and removing as few as possible, so that focus and selection stay.
 * @param {Element} parent @param {readonly Node[]} wanted
 */
export function setChildren(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.childNodes]) if (!keep.has(child)) child.remove();
  wanted.forEach((node, index) => {
    const there = parent.childNodes[index];
    if (there !== node) parent.insertBefore(node, there ?? null);
  });
}

/** Sets text only when it differs: a live region would read it again. @param {Element} element @param {string} text */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const SVG = "http://www.w3.org/2000/svg";

/** Drawn on 16 × 16, stroked in the colour of the text. */
const PATHS = {
  arrow: "M3 8h10M9 4l4 4-4 4",
  apart: "M3 8h10M9 4l4 4-4 4M5 13 11 3",
  back: "M13 8H3M7 4 3 8l4 4",
  chevron: "M6 3l5 5-5 5",
  check: "M3 8.5 6.5 12 13 4.5",
  checks: "M1 8.5 4.5 12 10.5 5M7.5 11l1 1L15 5",
  clock: "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8ZM8 4.5V8l2.3 1.6",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3 14 14",
  swap: "M2.5 5.5h9M9 3l2.7 2.5L9 8M13.5 10.5h-9M7 8l-2.7 2.5L7 13",
  person: "M8 2.2a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4ZM2.8 13.8c.5-2.8 2.5-4.2 5.2-4.2s4.7 1.4 5.2 4.2",
  sound: "M2 6v4h2.6L8 13V3L4.6 6H2ZM10.5 5.8a3 3 0 0 1 0 4.4M12.4 3.8a6 6 0 0 1 0 8.4",
  mute: "M2 6v4h2.6L8 13V3L4.6 6H2ZM11 6l3.5 4M14.5 6 11 10",
  alert: "M8 2 14.5 13.5h-13ZM8 6.5v3.2M8 11.4v.2",
  cross: "M3.5 3.5l9 9M12.5 3.5l-9 9",
};

/** They show where something is or goes along the line, and turn with the direction of reading. @type {ReadonlySet<string>} */
const POINTING = new Set(["arrow", "apart", "back", "chevron"]);

/**
 * @param {keyof typeof PATHS} name
 * @returns {SVGSVGElement} decoration: what it means is said in words beside it
 */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", `icon icon-${name}${POINTING.has(name) ? " points" : ""}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
