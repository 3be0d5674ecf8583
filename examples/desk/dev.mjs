/**
 * `npm run dev`: the desk while you work on it. Three watchers on one terminal: `mizan gen --watch` for the
 * contract, esbuild for the server, which is started anew after each change, and Vite for the page.
 *
 * Needs the built Mizan (`npm run build` in the root). Data are kept in `dist/dev-data`, so that a restart
 * loses nothing. ctrl-C ends all of it.
 */
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import { context } from "esbuild";
import { createServer } from "vite";

const pagePort = Number(process.env.PORT ?? 4600);
const apiPort = pagePort + 1;
let server = null;
let ending = false;

const generator = spawn(process.execPath, ["../../dist/mizan.js", "gen", "--watch"], {
  stdio: "inherit",
});

async function stopServer() {
  const stopping = server;
  server = null;
  if (stopping === null || stopping.exitCode !== null) return;
  stopping.kill("SIGTERM");
  await once(stopping, "exit");
}

async function restartServer() {
  await stopServer();
  if (ending) return;
  server = fork("dist/dev/main.js", [], {
    env: { DESK_DATA: "dist/dev-data", ...process.env, PORT: String(apiPort) },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

const bundle = await context({
  entryPoints: ["src/server/main.ts"],
  outdir: "dist/dev",
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: true,
  logLevel: "warning",
  plugins: [
    {
      name: "restart",
      setup: ({ onEnd }) => onEnd(({ errors }) => (errors.length === 0 ? restartServer() : null)),
    },
  ],
});
await bundle.watch();

const page = await createServer({
  server: {
    host: "127.0.0.1",
    port: pagePort,
    strictPort: true,
    proxy: { "/api": `http://127.0.0.1:${apiPort}` },
  },
});
await page.listen();
page.printUrls();

async function end() {
  if (ending) return;
  ending = true;
  generator.kill();
  await Promise.all([bundle.dispose(), page.close(), stopServer()]);
  process.exit(0);
}
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, end);
