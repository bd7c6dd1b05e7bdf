// Small helpers for making and finding elements.

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag @param {Partial<HTMLElementTagNameMap[K]>} [members] @param {...(Node | string)} children
 */
export function make(tag, members, ...children) {
  const element = Object.assign(document.createElement(tag), members);
  element.append(...children);
  return element;
}

/**
 * An element of the frame's page.
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id @param {new () => T} [_kind] what it is, for the type checker
 */
export const byId = (id, _kind) => /** @type {T} */ (document.getElementById(id));

/** Sets a text only when it differs, so that live regions stay quiet. @param {Element} element @param {string} text */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
