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

  test.each([...recorded.keys()])("%s", async (name) => {
    expect(await replay(origin(), probeOf(recorded, name), resetState)).toEqual([]);
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
