import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setFlagsFromString } from "node:v8";
import express from "express";
import { shareShapes } from "./express-shapes.js";

const express4 = jest.requireActual<typeof express>("express-4");

setFlagsFromString("--allow-natives-syntax");
// oxlint-disable-next-line no-new-func -- only V8 itself knows which objects share a shape
const haveSameShape = new Function("a", "b", "return %HaveSameMap(a, b)");
setFlagsFromString("--no-allow-natives-syntax");

const REQUESTS = 40;

let server: Server;

afterEach(() => {
  server.close();
  server.closeAllConnections();
});

/** Answers all at once, so that all are compared at the same point of their lives. */
async function arrive(
  toListener: (take: (...pair: object[]) => void) => RequestListener,
): Promise<(readonly object[])[]> {
  const pairs: (readonly object[])[] = [];
  server = createServer(toListener((...pair) => pairs.push(pair)));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const answers = Array.from({ length: REQUESTS }, () => fetch(`http://127.0.0.1:${port}/below`));
  while (pairs.length < REQUESTS) await new Promise((resolve) => setTimeout(resolve, 5));
  for (const [, response] of pairs) (response as { end: () => void }).end();
  await Promise.all(answers);
  return pairs;
}

test.each([
  ["5", express],
  ["4", express4],
])("requests and responses of Express %s have one shape for all", async (_, framework) => {
  const keys: string[][] = [];
  const pairs = await arrive((take) =>
    framework().use("/below", (req: IncomingMessage & { next?: unknown }, res: object) => {
      const { next } = req;
      const before = [Object.keys(req).sort(), Object.keys(res).sort()];
      shareShapes(req, res);
      expect([Object.keys(req).sort(), Object.keys(res).sort()]).toEqual(before);
      expect(req.next).toBe(next);
      expect(Reflect.get(res, "req")).toBe(req);
      keys.push(...before);
      take(req, res);
    }),
  );
  // The shapes of the first requests are still in the making.
  const [request, response] = pairs[REQUESTS / 2] ?? [];
  for (const [otherRequest, otherResponse] of pairs.slice(REQUESTS / 2)) {
    expect(haveSameShape(request, otherRequest)).toBe(true);
    expect(haveSameShape(response, otherResponse)).toBe(true);
  }
  expect(keys[0]).toEqual(expect.arrayContaining(["next", "baseUrl", "originalUrl"]));
});

test("what no framework has touched is left as it is", async () => {
  await arrive((take) => (req, res) => {
    const before = Object.keys(req);
    shareShapes(req, res);
    expect(Object.keys(req)).toEqual(before);
    expect("next" in req).toBe(false);
    take(req, res);
  });
});
