// A person as a coloured circle with a letter.

import { initial } from "./text.js";

/** Black or white, whichever is easier to read on a colour. @param {string} color #rrggbb */
export function textOn(color) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000" : "#fff";
}

/** Decorative: the name stands beside it. @param {import("./protocol").Face} face */
export function makeFace({ name, avatar }) {
  const color = /^#[0-9a-f]{6}$/i.test(avatar) ? avatar : "#5b6270";
  const face = document.createElement("span");
  face.className = "face";
  face.ariaHidden = "true";
  face.textContent = initial(name);
  face.style.background = color;
  face.style.color = textOn(color);
  return face;
}
