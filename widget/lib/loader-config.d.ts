/** What the server fills into loader.js, and what loader.js gives to the page. */

/** To open, to close, and what is unread: its plural forms by CLDR category, with {n} */
export type LoaderLabels = [string, string, Record<string, string>];

export interface LoaderConfig {
  origin: string;
  accent: string;
  accentText: string;
  labels: Record<string, LoaderLabels>;
  /** languages whose readers get another one's labels */
  like: Record<string, string>;
}

declare global {
  const __CONFIG__: LoaderConfig;
  interface Window {
    Dragoman?: { open(): void; close(): void; setLanguage(tag: string): void };
  }
}
