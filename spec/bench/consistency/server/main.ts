/**
 * One process with all servers of the benchmark, and the pages: `node server.mjs <folder of pages>
 * [<module with the peers' servers>]`. Tells its parent where it listens; `{ delays }` sets how long handlers
 * take and is confirmed.
 *
 * HTTP/2 is node's own, with a certificate made for this run, as browsers speak it over TLS only.
 */
import { readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { createSecureServer } from "node:http2";
import { extname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { nodeListener } from "@mizan/runtime/server";
import { listenOn } from "../../../support/listen.js";
import { quiet } from "../../../support/quiet.js";
import { createMizan } from "../mizan/server/mizan.js";
import { serveRest } from "./rest.js";
import { reads, rename, setDelays, type Delays } from "./store.js";

/** Answers whether it took the request. */
type Serve = (...args: Parameters<RequestListener>) => boolean;
/** What the module with the peers' servers exports. */
interface Peers {
  readonly createPeers: (store: { reads: typeof reads; rename: typeof rename }) => Serve;
}

const [pages = "", peersPath, keyPath, certPath] = process.argv.slice(2);
const mizan = createMizan({
  csrf: { secret: "a secret of the benchmark, long enough" },
  logger: { ...quiet, warn: console.warn, error: console.error },
});
const peers: Peers | null = peersPath
  ? ((await import(pathToFileURL(peersPath).href)) as Peers)
  : null;
const servePeers = peers?.createPeers({ reads, rename });

const TYPES: Readonly<Record<string, string>> = { ".js": "text/javascript", ".html": "text/html" };

function servePage(...[req, res]: Parameters<RequestListener>): void {
  const name = (req.url ?? "/").slice(1).replace(/[^\w.-]/g, "");
  const isScript = extname(name) === ".js";
  const html = `<!doctype html><title>${name}</title><link rel="icon" href="data:,"><div id="root"></div><script type="module" src="/${name}.js"></script>`;
  try {
    const body = isScript ? readFileSync(join(pages, name)) : html;
    res.writeHead(200, { "Content-Type": TYPES[isScript ? ".js" : ".html"] }).end(body);
  } catch {
    res.writeHead(404).end();
  }
}

const listener = nodeListener(mizan, {
  otherwise: (req, res) => {
    if (!serveRest(req, res) && !servePeers?.(req, res)) servePage(req, res);
  },
});

const port = await listenOn(createServer(listener));
const h2 =
  keyPath && certPath
    ? createSecureServer({ key: readFileSync(keyPath), cert: readFileSync(certPath) })
    : null;
// The compatibility layer of node gives what a listener of node:http uses.
h2?.on("request", listener as never);
const securePort = h2 === null ? null : await listenOn(h2);

process.on("message", ({ delays }: { delays: Delays }) => {
  setDelays(delays);
  process.send?.({ set: true });
});
process.on("disconnect", () => process.exit());
process.send?.({ port, securePort });
