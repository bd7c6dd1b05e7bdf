// What is wrong with a page as it is shown now, seen by measuring it. Runs in the page; gives plain data.
// Lengths are CSS pixels.
(options) => {
  /** Text that may be cut, or drawn over other text, where that is meant: a selector for each. */
  const mayBeCut = options.mayBeCut.join(",");
  const mayScroll = options.mayScroll.join(",");
  const data = options.data.join(",");
  const SLACK = 1.5;
  /** Of a line's height: what letters need less than the box that their font gives them. */
  const AIR = 0.3;

  const root = document.documentElement;
  const styles = new Map();
  const style = (element) => styles.get(element) ?? (styles.set(element, getComputedStyle(element)), styles.get(element));

  /** Rendered, for eyes or for screen readers alone. */
  const rendered = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });

  /** For screen readers alone, or faded out. */
  function unseen(element) {
    for (let at = element; at && at !== root; at = at.parentElement) {
      const its = style(at);
      if (its.opacity === "0" || its.clipPath.startsWith("inset(50%")) return true;
      if (its.overflowX !== "visible" && at.clientWidth <= 1 && at.clientHeight <= 1 && its.display !== "inline") return true;
    }
    return false;
  }

  const place = (element) => {
    const steps = [];
    for (let at = element; at && at !== document.body && steps.length < 3; at = at.parentElement) {
      const name = at.id ? `#${at.id}` : at.localName + [...at.classList].map((one) => `.${one}`).join("");
      steps.unshift(name);
      if (at.id) break;
    }
    return steps.join(" ");
  };
  const short = (text) => text.replace(/\s+/g, " ").trim().slice(0, 70);

  // 1. The words: of each block of text, and of each attribute that is read or shown.
  const words = [];
  const texts = [];
  const SKIPPED = "script,style,template,noscript,code,pre,kbd,svg,title";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const blocks = new Map();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || !parent || parent.closest("script,style,template,noscript,[hidden]")) continue;
    const option = parent.closest("option,optgroup");
    if (!rendered(option ? (option.closest("select") ?? option) : parent)) continue;
    if (!option && parent.localName !== "textarea") texts.push(node);
    if (parent.closest(SKIPPED) || parent.localName === "textarea" || (data && parent.closest(data))) continue;
    let block = option ?? parent;
    while (!option && block.parentElement && style(block).display === "inline") block = block.parentElement;
    if (!blocks.has(block)) blocks.set(block, []);
    blocks.get(block).push(node);
  }
  for (const [block, nodes] of blocks) {
    const said = nodes[0].parentElement.closest("[lang]");
    words.push({
      text: nodes.map((node) => node.data).join(" "),
      where: place(block),
      lang: said === root ? "" : (said?.lang ?? ""),
    });
  }
  for (const element of document.body.querySelectorAll("[aria-label],[title],[placeholder],[alt],[aria-valuetext],[aria-description],optgroup")) {
    if (!rendered(element) || (data && element.closest(data))) continue;
    for (const name of ["aria-label", "title", "placeholder", "alt", "aria-valuetext", "aria-description", "label"]) {
      const text = element.getAttribute(name);
      if (text?.trim() && !(name === "label" && element.localName !== "optgroup")) words.push({ text, where: `${place(element)}@${name}`, lang: "" });
    }
  }
  if (document.title) words.push({ text: document.title, where: "title", lang: "" });

  // 2. Foreign text: what language and direction each known piece of it is said to have.
  const foreign = [];
  for (const node of texts) {
    for (const [piece, lang] of options.foreign) {
      if (!node.data.includes(piece)) continue;
      const own = node.parentElement.closest("[lang]");
      const isolated = (() => {
        for (let at = node.parentElement; at && at !== document.body; at = at.parentElement) {
          if (at.hasAttribute("dir") || /isolate|plaintext/.test(style(at).unicodeBidi)) return true;
        }
        return false;
      })();
      if (own?.lang !== lang || !isolated) foreign.push(`“${short(piece)}” in ${place(node.parentElement)} is said to be in “${own?.lang}”${isolated ? "" : ", without a direction of its own"}`);
    }
  }

  // 3. The lines of text as they are drawn.
  const modal = document.querySelector("dialog:modal");
  const lines = [];
  const cut = new Set();
  const view = { left: 0, right: root.clientWidth };

  /** The nearest element around that is drawn as a box: its text should be in it. */
  const boxed = (element) => {
    const its = style(element);
    return its.display !== "inline" && its.display !== "contents" &&
      (parseFloat(its.borderInlineStartWidth) > 0 || (its.backgroundColor !== "rgba(0, 0, 0, 0)" && its.backgroundColor !== "transparent"));
  };

  for (const node of texts) {
    const parent = node.parentElement;
    if (modal && !modal.contains(parent)) continue;
    if (unseen(parent) || parent.closest("select,svg")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const free = mayBeCut && parent.closest(mayBeCut);
    for (const rect of range.getClientRects()) {
      if (rect.width < 2 || rect.height < 2) continue;
      let box = { left: rect.left, right: rect.right, top: rect.top, bottom: rect.bottom };
      const air = rect.height * AIR;
      let scrolledX = false;
      let scrolledY = false;
      let around = false;
      for (let at = parent; at && at !== root; at = at.parentElement) {
        const its = style(at);
        if (its.display === "inline" || its.display === "contents") continue;
        const own = at.getBoundingClientRect();
        const scrollsX = its.overflowX === "auto" || its.overflowX === "scroll";
        const scrollsY = its.overflowY === "auto" || its.overflowY === "scroll";
        const hidesX = its.overflowX === "hidden" || its.overflowX === "clip";
        const hidesY = its.overflowY === "hidden" || its.overflowY === "clip";
        const outX = !scrolledX && (rect.left < own.left - SLACK || rect.right > own.right + SLACK);
        const outY = !scrolledY && (rect.top + air < own.top - SLACK || rect.bottom - air > own.bottom + SLACK);
        if (!free && ((hidesX && outX) || (hidesY && outY))) {
          const whole = its.textOverflow === "ellipsis" && parent.closest("[title]")?.title.includes(node.data.trim());
          if (whole) {
            scrolledX = true;
            box = { ...box, left: Math.max(box.left, own.left), right: Math.min(box.right, own.right) };
            break;
          }
          cut.add(`${place(at)} cuts “${short(node.data)}” ${outX ? `${Math.round(own.left)}–${Math.round(own.right)} of ${Math.round(rect.left)}–${Math.round(rect.right)}` : "above or below"}`);
        } else if (!free && !around && boxed(at)) {
          if ((outX && !scrollsX) || (outY && !scrollsY)) cut.add(`“${short(node.data)}” sticks out of ${place(at)} ${outX ? "sideways" : "above or below"}`);
        }
        if (boxed(at)) around = true;
        if (hidesX || scrollsX) box = { ...box, left: Math.max(box.left, own.left), right: Math.min(box.right, own.right) };
        if (hidesY || scrollsY) box = { ...box, top: Math.max(box.top, own.top), bottom: Math.min(box.bottom, own.bottom) };
        scrolledX ||= scrollsX;
        scrolledY ||= scrollsY;
        if (its.position === "fixed") break;
      }
      if (!free && !scrolledX && (rect.left < view.left - SLACK || rect.right > view.right + SLACK)) {
        cut.add(`“${short(node.data)}” in ${place(parent)} runs out of the page: ${Math.round(rect.left)}–${Math.round(rect.right)} of ${view.right}`);
      }
      const top = box.top + air;
      const bottom = box.bottom - air;
      if (box.right - box.left > 2 && bottom > top) lines.push({ node, parent, left: box.left, right: box.right, top, bottom });
    }
  }

  /** The nearest element that lies over others and hides them: two texts in different ones can't be mixed up. */
  function layer(element) {
    let opaque = false;
    for (let at = element; at && at !== root; at = at.parentElement) {
      const its = style(at);
      opaque ||= its.backgroundColor !== "rgba(0, 0, 0, 0)";
      if (opaque && (/fixed|absolute|sticky/.test(its.position) || its.zIndex !== "auto")) return at;
    }
    return root;
  }

  const overlapping = new Set();
  lines.sort((a, b) => a.top - b.top);
  for (let i = 0; i < lines.length; i += 1) {
    for (let j = i + 1; j < lines.length && lines[j].top < lines[i].bottom; j += 1) {
      const [a, b] = [lines[i], lines[j]];
      if (a.node === b.node) continue;
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide <= SLACK || high <= 1) continue;
      if (layer(a.parent) !== layer(b.parent)) continue;
      if (mayBeCut && (a.parent.closest(mayBeCut) || b.parent.closest(mayBeCut))) continue;
      overlapping.add(`“${short(a.node.data)}” (${place(a.parent)}) and “${short(b.node.data)}” (${place(b.parent)}) overlap by ${Math.round(wide)} × ${Math.round(high)}`);
    }
  }

  // 4. What is typed into: its hint fits. An address as an example says enough by its beginning.
  const pen = document.createElement("canvas").getContext("2d");
  for (const field of document.querySelectorAll("input[placeholder],textarea[placeholder]")) {
    if (!rendered(field) || unseen(field) || field.value || field.title || /^https:|@/.test(field.placeholder) || (modal && !modal.contains(field))) continue;
    const its = style(field);
    pen.font = its.font;
    const room = field.clientWidth - parseFloat(its.paddingInlineStart) - parseFloat(its.paddingInlineEnd);
    const longest = field.localName === "textarea"
      ? Math.max(...field.placeholder.split(/\s+/).map((word) => pen.measureText(word).width))
      : pen.measureText(field.placeholder).width;
    const named = field.ariaLabel || field.labels?.length;
    if (longest > room + 2 && !(named && its.textOverflow === "ellipsis")) cut.add(`${place(field)} has no room for its hint “${short(field.placeholder)}”: ${Math.round(longest)} in ${Math.round(room)}`);
  }

  // 5. Nothing scrolls sideways but what is meant to.
  const wide = [];
  if (root.scrollWidth > innerWidth || document.body.scrollWidth > innerWidth) {
    wide.push(`the page is ${Math.max(root.scrollWidth, document.body.scrollWidth)} wide in ${innerWidth}`);
    for (const element of document.body.querySelectorAll("*")) {
      const box = element.getBoundingClientRect();
      if (wide.length < 4 && rendered(element) && box.width && (box.right > innerWidth + 1 || box.left < -1) && !element.closest(mayScroll || "no-such-element")) wide.push(`${place(element)} is at ${Math.round(box.left)}–${Math.round(box.right)}`);
    }
  }
  for (const element of document.body.querySelectorAll("*")) {
    const its = style(element);
    if (!/auto|scroll/.test(its.overflowX) || element.scrollWidth <= element.clientWidth + 1 || !element.clientWidth) continue;
    if (/^(textarea|input|select)$/.test(element.localName) || (mayScroll && element.closest(mayScroll)) || !rendered(element)) continue;
    wide.push(`${place(element)} scrolls sideways: ${element.scrollWidth} in ${element.clientWidth}`);
  }

  return { lang: root.lang, dir: root.dir, words, foreign, cut: [...cut], overlapping: [...overlapping], wide };
}
