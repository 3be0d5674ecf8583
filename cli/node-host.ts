/** The machine we run on, as a `Host`. Its files are in `node-files.ts`, which the launcher loads alone. */
import { readFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import type { Host, Machine, Terminal } from "./host.js";
import { codeOf, guard, nodeFiles } from "./node-files.js";
import { isColoured, widthOf, writeAll } from "./streams.js";

export function nodeHost(): Host {
  return {
    files: nodeFiles,
    clock: {
      now: () => Date.now(),
      elapsed: () => performance.now(),
      sleep: async (milliseconds) => {
        await wait(milliseconds);
      },
    },
    terminal: nodeTerminal(),
    machine: nodeMachine(),
    findFormatter: async (folder) => {
      const { findNodeFormatter } = await import("./format/node-formatter.js");
      return findNodeFormatter(folder);
    },
  };
}

function nodeTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  return {
    out: (text) => writeAll(1, text),
    err: (text) => writeAll(2, text),
    colour: {
      out: isColoured(env, stdout.isTTY),
      err: isColoured(env, stderr.isTTY),
    },
    width: widthOf(stderr),
    readInput: () => guard("standard input", () => readFileSync(0)),
  };
}

function nodeMachine(): Machine {
  return {
    cwd: workingDirectory() ?? tmpdir(),
    pid: process.pid,
    hostname: hostname(),
    runtime: process.versions.node,
    env: process.env,
    temporary: tmpdir(),
    isRunning: (pid) => {
      try {
        process.kill(pid, 0);
        return true;
      } catch (error) {
        // Somebody else's process may not be signalled, but it is there.
        return codeOf(error) === "EPERM";
      }
    },
    onInterrupt: (callback) => {
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, callback);
    },
  };
}

/** Null when it has been removed from under the process. */
export function workingDirectory(): string | null {
  try {
    return process.cwd();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}
