// Which key means what. Keys are told by letter, and by place on keyboards that write no Latin letters.

/**
 * @typedef {"next" | "previous" | "open" | "reply" | "close" | "take" | "decline" | "transfer" | "availability" | "originals" | "visitor" | "undo" | "filter" | "help"
 *   | "palette" | "back" | "waiting" | "mine" | "others" | "closed" | "preview" | "wrong" | "glossary" | "canned"} Command
 * @typedef {Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "isComposing" | "repeat">} Press
 */

/** @type {Record<string, Command>} */
const BY_LETTER = {
  j: "next", k: "previous", r: "reply", e: "close", a: "take", d: "decline", t: "transfer", s: "availability", o: "originals", i: "visitor", z: "undo", w: "wrong", g: "glossary", c: "canned",
  "/": "filter", "?": "help", escape: "back",
  1: "mine", 2: "waiting", 3: "others", 4: "closed",
};

/** Moving may be held down; everything else happens once a press. @type {ReadonlySet<Command>} */
const REPEATABLE = new Set(/** @type {Command[]} */ (["next", "previous"]));

/**
 * @param {Press} press
 * @param {"page" | "field"} where `field`: the person is typing, so only the palette, the preview and Escape are shortcuts
 * @returns {Command | null}
 */
export function commandFor(press, where) {
  if (press.isComposing || press.key === "Process") return null;
  const letter = letterOf(press);
  if ((press.ctrlKey || press.metaKey) && !press.altKey && !press.shiftKey && letter === "k") return "palette";
  if ((press.ctrlKey || press.metaKey) && !press.altKey && press.shiftKey && letter === "enter") return press.repeat ? null : "preview";
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  const command = BY_LETTER[letter] ?? null;
  if (where === "field") return command === "back" ? command : null;
  if (press.shiftKey && /^[a-z]$/.test(letter)) return null;
  return command && press.repeat && !REPEATABLE.has(command) ? null : command;
}

/** @param {Press} press */
function letterOf(press) {
  const key = press.key.toLowerCase();
  const place = /^Key([A-Z])$/.exec(press.code)?.[1].toLowerCase();
  const digit = /^Digit([1-4])$/.exec(press.code)?.[1];
  // A letter of another script (о, ت): go by the place of the key. A Latin layout keeps its own letters.
  if (place && key.length === 1 && key > "\u02af") return place;
  if (digit && /^\p{Nd}$/u.test(key)) return digit;
  return key === "؟" ? "?" : key;
}

/** Whether what is typed now goes into this element. @param {EventTarget | null} target */
export function takesText(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["button", "checkbox", "radio", "submit"].includes(target.type);
}

/**
 * Whether a key sends what is being written.
 * @param {KeyboardEvent} press 229: some input methods end their composition with a key that looks like Enter
 */
export function sends(press) {
  const { key, shiftKey, altKey, isComposing, keyCode } = press;
  return key === "Enter" && !shiftKey && !altKey && !isComposing && keyCode !== 229;
}
