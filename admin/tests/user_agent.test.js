import assert from "node:assert/strict";
import { test } from "node:test";

import { device } from "../static/user_agent.js";

const cases = {
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36": ["Chrome", "Windows"],
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0": ["Edge", "Windows"],
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1": ["Safari", "iPhone"],
  "Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36": ["Samsung Internet", "Android"],
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:127.0) Gecko/20100101 Firefox/127.0": ["Firefox", "macOS"],
  "curl/8.5.0": [null, null],
};

for (const [agent, [browser, system]] of Object.entries(cases)) {
  test(`${browser} on ${system}`, () => assert.deepEqual(device(agent), { browser, system }));
}

test("nothing is known of nothing", () => assert.deepEqual(device(null), { browser: null, system: null }));
