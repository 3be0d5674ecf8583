/**
 * Pages that reach the server through a real proxy: a development server's, which may rewrite `Host`, and the one
 * that ends TLS in front of production.
 */
import {
  createServer as createHttpServer,
  request,
  type RequestListener,
  type Server,
} from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Express } from "express";
import type { ServerOptions } from "@mizan/runtime/abi/v1/server";
import { nodeListener } from "@mizan/runtime/server";
import { send } from "../conformance/wire/replay.js";
import { recorder, serverOf } from "./ask.js";

const { lines, logger } = recorder();
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Listens for as long as the suite runs. */
function running(makeListener: () => RequestListener): { readonly port: number } {
  let server: Server;
  beforeAll(
    () =>
      new Promise<void>((resolve) => {
        server = createHttpServer(makeListener()).listen(0, "127.0.0.1", resolve);
      }),
  );
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  return {
    get port() {
      return portOf(server);
    },
  };
}

/** Forwards everything to `target`, with `rewrite` applied to the headers. */
const proxyTo =
  (
    target: { readonly port: number },
    rewrite: (headers: Record<string, unknown>) => object,
  ): RequestListener =>
  (req, res) => {
    const headers = { ...req.headers, ...rewrite(req.headers) };
    const { port } = target;
    const { method, url: path } = req;
    const onward = request(
      { host: "127.0.0.1", port, method, path, headers, agent: false },
      (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(res);
      },
    );
    onward.on("error", () => res.destroy());
    req.pipe(onward);
  };

const secret = "a secret that is long enough for anything";
const mizanIn = (mode: "development" | "production", options: ServerOptions = {}) =>
  serverOf(
    { functions: [{ name: "ping" }] },
    { ping: () => null },
    {
      mode,
      csrf: { secret },
      logger,
      ...options,
    },
  );

/** Opens a session and calls, as a page of `origin` does through whatever listens on `port`. */
async function visit(
  port: number,
  origin: string,
): Promise<{ cookie: string; status: number; reason: unknown }> {
  const at = `http://127.0.0.1:${port}`;
  const host = origin.replace(/^https?:\/\//, "");
  const session = await send(at, {
    method: "GET",
    path: "/api/mizan/session/",
    headers: { Host: host },
  });
  const cookie = session.headers["set-cookie"]?.[0] ?? "";
  const answer = await send(at, {
    method: "POST",
    path: "/api/mizan/call/",
    headers: {
      Host: host,
      Origin: origin,
      "Content-Type": "application/json",
      Cookie: cookie.split(";")[0] ?? "",
      "X-CSRFToken": JSON.parse(session.text).csrfToken,
    },
    body: '{"fn":"ping"}',
  });
  return { cookie, status: answer.status, reason: JSON.parse(answer.text).details?.reason };
}
beforeEach(() => {
  lines.length = 0;
});

describe.each<[string, () => RequestListener]>([
  ["Express", () => express().use("/api/mizan", mizanIn("development").router)],
  ["node:http", () => nodeListener(mizanIn("development"))],
])("a development proxy in front of %s", (_, listener) => {
  const server = running(listener);
  const rewriting = running(() => proxyTo(server, () => ({ host: `127.0.0.1:${server.port}` })));
  const keeping = running(() => proxyTo(server, () => ({})));

  test.each(["localhost", "127.0.0.1", "[::1]", "desk.localhost"])(
    "needs no configuration for a page of %s",
    async (name) => {
      for (const { port } of [rewriting, keeping]) {
        expect(await visit(port, `http://${name}:${port}`)).toMatchObject({ status: 200 });
      }
      expect(lines).toEqual([]);
    },
  );
  test("lets no page of elsewhere in", async () => {
    for (const origin of ["http://evil.example", "https://localhost.evil.example", "null"]) {
      expect(await visit(rewriting.port, origin)).toMatchObject({ status: 403, reason: "origin" });
    }
    expect(lines.at(-1)?.message).toContain("trustedOrigins or cors.origins");
  });
});

describe("a proxy that ends TLS", () => {
  const behind = (set: (app: Express) => unknown, options?: ServerOptions) => () => {
    const app = express();
    set(app);
    return app.use("/api/mizan", mizanIn("production", options).router);
  };
  const trusting = running(behind((app) => app.set("trust proxy", "loopback")));
  const wary = running(behind(() => {}));
  const named = running(behind(() => {}, { trustedOrigins: ["https://app.example"] }));
  const inFrontOf = (target: { readonly port: number }, rewrites: boolean) =>
    running(() =>
      proxyTo(target, ({ host }) => ({
        "x-forwarded-host": host,
        "x-forwarded-proto": "https",
        ...(rewrites && { host: "upstream.internal" }),
      })),
    );
  const rewritten = inFrontOf(trusting, true);
  const unbelieved = inFrontOf(wary, true);
  const kept = inFrontOf(wary, false);
  const trusted = inFrontOf(named, true);

  test("and is believed, makes the cookie secure and its host our own", async () => {
    const { cookie, status } = await visit(rewritten.port, "https://app.example");
    expect([status, cookie]).toEqual([200, expect.stringMatching(/; SameSite=Lax; Secure$/)]);
    // The browser's connection is known to be encrypted: a page that came without is somebody else's.
    expect(await visit(rewritten.port, "http://app.example")).toMatchObject({ reason: "origin" });
  });
  test("and is not believed, is refused with the option's name in the log", async () => {
    const { cookie, reason } = await visit(unbelieved.port, "https://app.example");
    expect([reason, cookie]).toEqual(["origin", expect.not.stringContaining("Secure")]);
    expect(lines).toEqual([
      {
        level: "warn",
        message: expect.stringMatching(
          /"https:\/\/app\.example".*trustedOrigins or cors\.origins.*trust proxy/,
        ),
      },
    ]);
  });
  test("needs not be believed where it keeps the host, or the origin is named", async () => {
    expect((await visit(kept.port, "https://app.example")).status).toBe(200);
    expect((await visit(trusted.port, "https://app.example")).status).toBe(200);
    expect((await visit(trusted.port, "http://localhost:5173")).status).toBe(403);
  });
});
