/**
 * Every exchange of `probes/` (recorded) and `own-probes/` (written from spec/protocol.md), replayed against the
 * probed application.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { nodeListener } from "@mizan/runtime/server";
import { createWireapp } from "../../wireapp/app.js";
import { resetState } from "../../wireapp/state.js";
import { loadProbes, type Probe } from "./probe.js";
import { replay } from "./replay.js";

const recorded = loadProbes(join(__dirname, "probes"));
const own = loadProbes(join(__dirname, "own-probes"));

function probeOf(probes: ReadonlyMap<string, Probe>, name: string): Probe {
  const probe = probes.get(name);
  if (!probe) throw new Error(`${name} is no probe`);
  return probe;
}

/** What the server does not do yet. A probe named here must fail: when it holds, take it out. */
const notYet = new Map<string, string>([
  ...[
    "cache/02-hit",
    "cache/04-extra-param-misses",
    "cache/05-second-param-misses",
    "cache/06-other-param-order-hits",
    "cache/12-all-purged",
    "cache/15-merge-does-not-purge-stale",
    "cache/45-anonymous-stale",
    "cache/73-unicode",
    "cache/75-bool-true",
    "extras/purge-by-explicit-scope",
    "extras/purge-by-function",
  ].map((name) => [name, "answers are not cached yet"] as const),
]);

/** Starts what `make` makes before the suite and stops it after; where it listens is known once it does. */
function running(make: () => Server): () => string {
  let server: Server;
  beforeAll(() => {
    server = make();
    return new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  return () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const behindExpress = (): Server => createServer(createWireapp().app);

/** The same application without a framework; what is outside the mount is still Express's. */
function behindNode(): Server {
  const { app, mizan } = createWireapp();
  return createServer(nodeListener(mizan, { otherwise: app }));
}

describe("recorded exchanges", () => {
  const origin = running(behindExpress);

  test.each([...recorded.keys()].filter((name) => !notYet.has(name)))("%s", async (name) => {
    expect(await replay(origin(), probeOf(recorded, name), resetState)).toEqual([]);
  });
  test.each([...notYet])("%s does not hold yet: %s", async (name) => {
    expect(await replay(origin(), probeOf(recorded, name), resetState)).not.toEqual([]);
  });
});

describe.each([
  ["Express 5", behindExpress],
  ["node:http", behindNode],
])("our own exchanges behind %s", (_, make) => {
  const origin = running(make);

  test.each([...own.keys()])("%s", async (name) => {
    expect(await replay(origin(), probeOf(own, name), resetState)).toEqual([]);
  });
});
