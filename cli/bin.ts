/** The process around `main`: its arguments, its machine, its exit code. */
import { join } from "node:path";
import type { ExitCode, Installation } from "./installation.js";
import { main, toBug } from "./main.js";
import { nodeHost, workingDirectory } from "./node-host.js";
import { showDiagnostics } from "./show.js";
import { UsageError } from "./usage.js";

/** Set by the bundler. */
declare const MIZAN_VERSION: string;
declare const MIZAN_BUILD: string;

const installation: Installation = {
  version: MIZAN_VERSION,
  build: MIZAN_BUILD,
  pages: join(__dirname, "..", "spec", "diagnostics"),
  starter: join(__dirname, "starter"),
};

/** What nobody caught, wherever it was thrown, is a bug of ours as well. */
function onBug(error: unknown): never {
  const host = nodeHost();
  showDiagnostics(host, [toBug(host, error, installation.version)], []);
  process.exit(70);
}

async function start(): Promise<ExitCode> {
  const host = nodeHost();
  if (workingDirectory() !== null) return main(process.argv.slice(2), host, installation);
  const { diagnostic } = new UsageError("the working directory does not exist any more");
  showDiagnostics(host, [diagnostic], []);
  return 2;
}

process.on("uncaughtException", onBug);
process.on("unhandledRejection", onBug);
start().then((code) => {
  process.exitCode = code;
}, onBug);
