// The look of the forms that only some visitors see.

/** Fetches it; what comes without it is better seen plain than not at all. @param {() => void} then */
export function withStyle(then) {
  const known = document.querySelector("#forms-style");
  if (known) return then();
  const link = document.createElement("link");
  Object.assign(link, { id: "forms-style", rel: "stylesheet", href: new URL("forms.css", import.meta.url).href, onload: then, onerror: then });
  document.head.append(link);
}
