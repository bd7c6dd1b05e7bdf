// Small helps on the pages: copying, the browser's time zone, the preview of the colour. All work without it too.

import { paint } from "./accent.js";
import { device } from "./user_agent.js";

paint(document.documentElement, document.documentElement.dataset.accent);

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!(button instanceof HTMLButtonElement)) continue;
  const label = button.textContent ?? "";
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById(button.dataset.copy ?? ""));
  field?.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    if (!field) return;
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Without a secure connection there is no clipboard: the text is selected, ready for the keyboard.
      field.focus();
      return;
    }
    button.textContent = button.dataset.copied ?? label;
    setTimeout(() => (button.textContent = label), 2_000);
  });
}

for (const select of document.querySelectorAll("[data-snippet]")) {
  if (!(select instanceof HTMLSelectElement)) continue;
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById(select.dataset.snippet ?? ""));
  if (!field) continue;
  const plain = field.value;
  select.addEventListener("change", () => {
    // A region's id has no letter that HTML would read as its own.
    field.value = select.value ? plain.replace("></script>", ` data-region="${select.value}"></script>`) : plain;
  });
}

for (const select of document.querySelectorAll("[data-time-zones]")) {
  if (!(select instanceof HTMLSelectElement)) continue;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = new Set([...select.options].map((option) => option.value));
  if (known.size <= 1) {
    for (const zone of Intl.supportedValuesOf("timeZone")) {
      if (!known.has(zone)) select.add(new Option(zone.replaceAll("_", " "), zone));
    }
  }
  if (select.dataset.guess !== undefined && own) {
    if (![...select.options].some((option) => option.value === own)) select.add(new Option(own.replaceAll("_", " "), own));
    select.value = own;
  }
}

for (const name of document.querySelectorAll("[data-user-agent]")) {
  if (!(name instanceof HTMLElement)) continue;
  const { browser, system } = device(name.dataset.userAgent);
  const words = [browser, system].filter(Boolean).join(" · ");
  if (!words) continue;
  name.title = name.dataset.userAgent ?? "";
  name.textContent = words;
}

for (const preview of document.querySelectorAll("[data-accent-preview]")) {
  if (!(preview instanceof HTMLElement)) continue;
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById(preview.dataset.accentPreview ?? ""));
  field?.addEventListener("input", () => paint(preview, field.value));
}

/** @type {HTMLElement | null} */ (document.querySelector("[data-focus]"))?.focus();
