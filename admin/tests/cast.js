// The small cast of these tests, and surroundings that they can hold in their hands.

export const EMMA = { id: "emma", name: "Emma", avatar: "#3b6ef5", language: "en", role: "admin", time_zone: "Europe/Vilnius" };
export const JONAS = { id: "jonas", name: "Jonas", avatar: "#b5651d" };

/** An instant some minutes after the cast's morning. @param {number} minute */
export const at = (minute) => new Date(Date.UTC(2026, 10, 21, 9, 30) + minute * 60_000).toISOString();

/** How a waiting conversation stands. @param {"offered" | "queued" | "closed"} outcome @param {object} [more] */
export const standing = (outcome, more = {}) => ({ outcome, cause: "arrived", region: "vilnius", agent: null, opens_at: null, ...more });

/** @param {{id: string, name: string}} agent @param {number} minute until when */
export const offerTo = (agent, minute) => ({
  offer: { agent: { id: agent.id, name: agent.name, avatar: "#3b6ef5" }, until: at(minute) }, decision: standing("offered", { agent: agent.id }),
});

/** @param {number} seq @param {object} [decision] @param {object} [more] */
export const routed = (seq, decision = {}, more = {}) => ({
  seq, kind: "routed", at: at(seq), offered: null, summary: "", explanation: [],
  decision: { cause: "arrived", outcome: "offered", region: "vilnius", agent: null, until: null, opens_at: null, candidates: [], ...decision }, ...more,
});

/** @param {Partial<import("../static/types").Summary> & {id: string}} more */
export const summary = (more) => ({
  state: "queued", last_seq: 1, agent: null, opened_at: at(0), waiting_since: at(0), last_message: null, unread: 0,
  receipts: { delivered: 0, seen: 0 }, region: "vilnius", queued_at: at(0), offer: null, decision: standing("queued"),
  visitor: { id: `v-${more.id}`, name: null, number: 17, language: "pt-BR", time_zone: "America/Sao_Paulo", page: null, online: true },
  ...more,
});

/** @param {number} seq @param {string} text @param {object} [more] */
export const fromVisitor = (seq, text, more = {}) => ({
  seq, kind: "message", at: at(seq), author: { kind: "visitor", id: "v", name: null }, client_id: `v-${seq}`, text,
  language: "pt-BR", translations: {}, ...more,
});

/** @param {number} seq @param {string} text @param {object} [more] */
export const fromEmma = (seq, text, more = {}) => ({
  seq, kind: "message", at: at(seq), author: { kind: "agent", id: "emma", name: "Emma" }, client_id: `e-${seq}`, text,
  language: "en", translations: {}, ...more,
});

/** @param {string} text @param {object} [more] */
export const done = (text, more = {}) => ({
  status: "done", text, engine: "firefox", model: "firefox/pten-1", path: ["pt", "en"], flags: [], doubtful: false, reason: null, by: null, machine: null, ...more,
});

/** A browser's storage. @returns {import("../static/storage.js").Remembers} */
export function storage() {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    keys: () => [...kept.keys()],
  };
}

/** Lets everything that has been settled be told. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));
