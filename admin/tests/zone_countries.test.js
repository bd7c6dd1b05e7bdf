import assert from "node:assert/strict";
import { test } from "node:test";

import { countryOfZone } from "../static/zone_countries.js";

test("zones and their older names have a country", () => {
  const zones = ["America/Sao_Paulo", "Europe/Vilnius", "Asia/Tehran", "Asia/Kolkata", "Asia/Calcutta", "Europe/Kyiv", "Europe/Kiev",
    "America/Argentina/Buenos_Aires", "US/Eastern"];
  assert.deepEqual(zones.map(countryOfZone), ["BR", "LT", "IR", "IN", "IN", "UA", "UA", "AR", "US"]);
});

test("what has no country has none", () => {
  assert.deepEqual(["UTC", "Etc/GMT+3", "", null, undefined, "AD", "toString"].map(countryOfZone), Array(7).fill(null));
});

test("nearly every zone that this engine knows has one", () => {
  const missing = Intl.supportedValuesOf("timeZone").filter((zone) => zone.includes("/") && !zone.startsWith("Etc/") && !countryOfZone(zone));
  assert.deepEqual(missing, []);
});
