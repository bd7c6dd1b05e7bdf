/** What the server fills into loader.js, and what loader.js gives to the page. */

export interface LoaderLabels {
  open: string;
  close: string;
  /** plural forms by CLDR category, with {n} */
  unread: Record<string, string>;
}

export interface LoaderConfig {
  origin: string;
  accent: string;
  accentText: string;
  labels: Record<string, LoaderLabels>;
  direction: Record<string, "ltr" | "rtl">;
}

declare global {
  const __CONFIG__: LoaderConfig;
  interface Window {
    Dragoman?: { open(): void; close(): void; setLanguage(tag: string): void };
  }
}
