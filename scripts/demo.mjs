/**
 * `npm run demo`: from a fresh clone to the help desk in a browser, by one command.
 *
 * Installs what is missing, builds Mizan, generates the desk's code from its contract, builds its page and
 * server, and starts both on one address. Only `node:*` may be imported here, as nothing else is there yet.
 */
import { fork, spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { installPackages, requireNode, root } from "./setup.mjs";

const help = `npm run demo                    starts the help desk of examples/desk

  npm run demo -- --port 5000     on this port, or the next free one (default 4600)
  npm run demo -- --data ./desk   keeps its data in this folder (default: in memory, new each time)
  npm run demo -- --ssr           renders pages on the server (default: in the browser)
  DATABASE_URL=postgres://… npm run demo      keeps them in a real Postgres

Installs what is missing, builds, generates, starts. ctrl-C ends it.`;

const desk = join(root, "examples/desk");
const options = readOptions(process.argv.slice(2));

// What runs at the moment, to be ended together with this process.
let child = null;
let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    interrupted = true;
    child?.kill(signal);
    if (child === null) process.exit(130);
  });
}

requireNode();
installPackages();
await step("Building Mizan", process.execPath, ["scripts/build.mjs"], root);
await step("Generating code from the contract", "npm", ["run", "--silent", "gen"], desk);
await step("Building the page", "npm", ["run", "--silent", "build:page"], desk);
await step("Building the server", "npm", ["run", "--silent", "build:server"], desk);
await serve();

function readOptions(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        help: { type: "boolean", short: "h" },
        port: { type: "string" },
        data: { type: "string" },
        ssr: { type: "boolean", default: false },
      },
    });
    if (values.help) {
      console.log(help);
      process.exit(0);
    }
    const port = values.port ?? process.env.PORT ?? "4600";
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65535) throw new Error(`${port} is not a port`);
    const data = values.data === undefined ? undefined : resolve(values.data);
    return { port, data, ssr: values.ssr };
  } catch (error) {
    console.error(`${error.message}\n\n${help}`);
    return process.exit(2);
  }
}

/** Runs a command and shows one line for it; its own output only if it fails, which ends the demo. */
async function step(title, command, args, cwd) {
  const started = performance.now();
  process.stdout.write(`${title} …`);
  child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const output = [];
  child.stdout.on("data", (chunk) => output.push(chunk));
  child.stderr.on("data", (chunk) => output.push(chunk));
  const failure = await new Promise((done) => {
    child.on("error", (error) => done(error.message));
    child.on("close", (code, signal) => done(code === 0 ? null : `ended with ${signal ?? code}`));
  });
  child = null;
  if (interrupted) process.exit(130);
  if (failure === null) {
    console.log(` ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return;
  }
  console.log(` ${failure}\n`);
  process.stdout.write(Buffer.concat(output));
  process.exit(1);
}

/** Runs the server until it is interrupted. */
async function serve() {
  const env = { ...process.env, PORT: options.port };
  if (options.data !== undefined) env.DESK_DATA = options.data;
  if (options.ssr) env.DESK_SSR = "1";
  child = fork(join(desk, "dist/server/main.js"), [], {
    cwd: desk,
    env,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  child.on("message", ({ url }) => {
    console.log(`\n  The help desk is open:  ${url}\n\n  ctrl-C ends it.`);
  });
  const code = await new Promise((done) => child.on("close", done));
  process.exit(interrupted ? 0 : (code ?? 1));
}
