/** What a load balancer is told, and an application about itself. */
import { memoryCache } from "@mizan/runtime/cache";
import { integer } from "@mizan/runtime/abi/v1/server";
import { ask, call, HASH, recorder, serverOf } from "./ask.js";

const health = (mizan: Parameters<typeof ask>[0], path = "/health/", method = "GET") =>
  ask(mizan, { path, method });

test("is not there unless it is asked for", async () => {
  expect(await health(serverOf({ functions: [] }, {}))).toMatchObject({ status: 404 });
  expect(await health(serverOf({ functions: [] }, {}, { health: false }))).toMatchObject({
    status: 404,
  });
});

test("is asked for nothing: no session, no token, no contract", async () => {
  const { lines, logger } = recorder();
  const asked: string[] = [];
  const authenticate = (): null => {
    asked.push("authenticate");
    return null;
  };
  const mizan = serverOf(
    { functions: [] },
    {},
    { health: true, contract: "strict", authenticate, logger },
  );
  for (const path of ["/health", "/health/"]) {
    const answer = await ask(mizan, {
      path,
      headers: { "x-mizan-token": "no token", "x-mizan-contract": "ffffffffffffffff" },
    });
    expect(answer).toMatchObject({ status: 200, headers: { "cache-control": "no-store" } });
    expect(answer.json).toEqual({ status: "ok", inFlight: 0, cache: null, contract: HASH });
  }
  expect(await health(mizan, "/health", "HEAD")).toMatchObject({ status: 200, body: "" });
  expect(await health(mizan, "/health", "OPTIONS")).toMatchObject({ status: 204 });
  expect(await health(mizan, "/health", "POST")).toMatchObject({
    status: 405,
    headers: { allow: "GET, HEAD, OPTIONS" },
  });
  expect(await health(mizan, "/health/x")).toMatchObject({ status: 404 });
  expect([asked, lines]).toEqual([[], []]);
});

test("says how much is under way, and 503 once the server closes", async () => {
  let finish: (value: number) => void = () => {};
  const mizan = serverOf(
    { functions: [{ name: "slow", output: integer() }] },
    { slow: () => new Promise((resolve) => (finish = resolve)) },
    { health: true },
  );
  const slow = call(mizan, "slow");
  await new Promise(setImmediate);
  expect((await health(mizan)).json).toMatchObject({ status: "ok", inFlight: 1 });
  expect(mizan.health()).toMatchObject({ status: "ok", inFlight: 1 });
  const closing = mizan.close();
  expect(await health(mizan)).toMatchObject({
    status: 503,
    json: { status: "closing", inFlight: 1 },
  });
  finish(1);
  await Promise.all([slow, closing]);
  expect(mizan.health()).toMatchObject({ status: "closing", inFlight: 0 });
});

test("says whether the cache can be relied on, and is no worse for it", async () => {
  let available = true;
  const cache = Object.defineProperty(memoryCache(), "available", { get: () => available });
  const mizan = serverOf({ functions: [] }, {}, { health: true, cache });
  expect((await health(mizan)).json).toMatchObject({ cache: { available: true } });
  available = false;
  expect(await health(mizan)).toMatchObject({ status: 200, json: { cache: { available: false } } });
  expect(serverOf({ functions: [] }, {}, { cache: memoryCache() }).health().cache).toEqual({
    available: true,
  });
});
