import assert from "node:assert/strict";
import { test } from "node:test";

import { simulatorLink } from "../static/why_here.js";
import { at, summary } from "./cast.js";

test("the simulator is asked with what is known of the visitor, and with nothing else", () => {
  const visitor = { ...summary({ id: "c" }).visitor, country: "BR" };
  const link = new URL(simulatorLink(visitor, summary({ id: "c", queued_at: at(3) })), "https://chat.example");
  assert.equal(link.pathname, "/console/simulator");
  assert.deepEqual(Object.fromEntries(link.searchParams), { country: "BR", visitor_zone: "America/Sao_Paulo", language: "pt-BR", at: at(3) });
  assert.deepEqual([...new URL(simulatorLink({ ...visitor, country: null, time_zone: null }, null), "https://chat.example").searchParams.keys()], ["language"]);
});
