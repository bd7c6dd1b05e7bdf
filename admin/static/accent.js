// The workspace's accent, with text on it that can be read (the contrast formula of WCAG 2).

/** @param {string} colour `#rrggbb` @returns {number | null} relative luminance, 0 to 1 */
function luminance(colour) {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour.trim());
  if (!found) return null;
  const [red, green, blue] = found.slice(1).map((part) => {
    const value = parseInt(part, 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/**
 * White or near-black, whichever reads better on a colour; one of them always has 4.5:1.
 * @param {string} colour `#rrggbb` @returns {"#ffffff" | "#000000"}
 */
export function textOn(colour) {
  const light = luminance(colour) ?? 0;
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? "#ffffff" : "#000000";
}

/** @param {HTMLElement} element @param {string | undefined} colour anything but `#rrggbb` changes nothing */
export function paint(element, colour) {
  if (!colour || luminance(colour) === null) return;
  element.style.setProperty("--accent", colour);
  element.style.setProperty("--accent-text", textOn(colour));
}
