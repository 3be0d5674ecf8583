/**
 * Real Redis servers for tests: single, with a replica, or a cluster of three masters, on free ports of this
 * machine. Each ends with its test, by process id; nothing is found by name.
 *
 * `MIZAN_REDIS_SERVER` is the path of `redis-server`; without it the one in the PATH is taken.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { eventually } from "./eventually.js";

const HOST = "127.0.0.1";

/** Writes nothing to disk, and lets replicas in without waiting for more of them. */
const QUIET = ["--save", "", "--appendonly", "no", "--repl-diskless-sync-delay", "0"] as const;

export class RedisServer {
  readonly port: number;
  readonly folder: string;
  readonly #args: readonly string[];
  readonly #file: readonly string[];
  #process: ChildProcess | null = null;
  #admin: Redis | null = null;

  /** `file` holds configuration that cannot be given as arguments. */
  constructor(port: number, folder: string, args: readonly string[], file?: string) {
    this.#file = file === undefined ? [] : [file];
    this.port = port;
    this.folder = folder;
    this.#args = args;
  }

  get url(): string {
    return `redis://${HOST}:${this.port}`;
  }

  /** A connection of the test's own. */
  get admin(): Redis {
    return (this.#admin ??= new Redis(this.port, HOST, {
      retryStrategy: () => 20,
      enableReadyCheck: false,
      // So long it would hold the process where the server is gone before it.
      disconnectTimeout: 50,
    }).on("error", () => {}));
  }

  /** Resolves when it answers. */
  async start(): Promise<this> {
    const command = process.env["MIZAN_REDIS_SERVER"] || "redis-server";
    const args = [
      ...this.#file,
      "--port",
      String(this.port),
      "--bind",
      HOST,
      "--dir",
      this.folder,
      ...this.#args,
    ];
    const child = spawn(command, args, { stdio: "ignore" });
    this.#process = child;
    // Also where a test run ends without having ended its tests.
    const kill = (): void => void child.kill("SIGKILL");
    process.once("exit", kill);
    child.once("exit", () => process.off("exit", kill));
    const failed = new Promise<never>((_, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`redis-server ended with ${code}`)));
    });
    failed.catch(() => {});
    await Promise.race([failed, eventually(() => this.admin.ping())]);
    return this;
  }

  /** As a power failure does. Answers when it is gone. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGCONT");
    child.kill("SIGKILL");
    await gone;
    this.#process = null;
  }

  /** Keeps its connections and answers nothing until `resume`. */
  pause(): void {
    this.#process?.kill("SIGSTOP");
  }

  resume(): void {
    this.#process?.kill("SIGCONT");
  }

  async stop(): Promise<void> {
    this.#admin?.disconnect();
    this.#admin = null;
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** `args` as on the command line of redis-server; nothing is written to disk unless they say so. */
export async function startRedis(args: readonly string[] = []): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "mizan-redis-"));
  const port = await freePort();
  return new RedisServer(port, folder, [...QUIET, ...args]).start();
}

/** Connected and in step with its master. */
export async function startReplica(master: RedisServer): Promise<RedisServer> {
  const replica = await startRedis(["--replicaof", HOST, String(master.port)]);
  await eventually(async () => {
    const info = await replica.admin.info("replication");
    if (!info.includes("master_link_status:up")) throw new Error("not in step yet");
  });
  return replica;
}

/** Watches a master under the name `main`, and replaces it soon after it is gone. */
export async function startSentinel(master: RedisServer): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), "mizan-redis-"));
  const file = join(folder, "sentinel.conf");
  const lines = [
    `sentinel monitor main ${HOST} ${master.port} 1`,
    "sentinel down-after-milliseconds main 300",
    "sentinel failover-timeout main 2000",
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  return new RedisServer(await freePort(), folder, ["--sentinel"], file).start();
}

/** Resolves when the replica has heard of every key, and there are some. */
export const haveSameKeys = (master: RedisServer, replica: RedisServer): Promise<void> =>
  eventually(async () => {
    const [there, here] = await Promise.all([replica.admin.dbsize(), master.admin.dbsize()]);
    if (here === 0 || there !== here) throw new Error("the replica lags behind");
  });

export type RedisCluster = {
  readonly masters: readonly RedisServer[];
  readonly replicas: readonly RedisServer[];
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  stop(): Promise<void>;
};

const SLOTS = 16_384;

/** Three masters; with `replicas`, one replica each, which takes over half a second after its master is gone. */
export async function startCluster({ replicas: wanted = false } = {}): Promise<RedisCluster> {
  const clustered = ["--cluster-enabled", "yes", "--cluster-node-timeout", "500"];
  const start = (): Promise<RedisServer[]> =>
    Promise.all([1, 2, 3].map(() => startRedis(clustered)));
  const masters = await start();
  const replicas = wanted ? await start() : [];
  const stop = async (): Promise<void> => {
    await Promise.all([...masters, ...replicas].map((server) => server.stop()));
  };
  try {
    await joinUp(masters, replicas);
  } catch (error) {
    await stop();
    throw error;
  }
  return { masters, replicas, nodes: masters.map(({ port }) => ({ host: HOST, port })), stop };
}

async function joinUp(
  masters: readonly RedisServer[],
  replicas: readonly RedisServer[],
): Promise<void> {
  const all = [...masters, ...replicas];
  for (const [index, { admin }] of all.entries())
    await admin.cluster("SET-CONFIG-EPOCH", index + 1);
  for (const [index, { admin }] of masters.entries()) {
    const first = Math.ceil((index * SLOTS) / masters.length);
    const last = Math.ceil(((index + 1) * SLOTS) / masters.length) - 1;
    await admin.call("CLUSTER", "ADDSLOTSRANGE", first, last);
    for (const { port } of all) await admin.cluster("MEET", HOST, port);
  }
  await eventually(() => areJoined(all, 0));
  for (const [index, replica] of replicas.entries()) {
    const master = masters[index]?.admin;
    if (master) await replica.admin.cluster("REPLICATE", String(await master.cluster("MYID")));
  }
  await eventually(() => areJoined(all, replicas.length));
}

async function areJoined(servers: readonly RedisServer[], replicas: number): Promise<void> {
  for (const { admin } of servers) {
    const info = await admin.cluster("INFO");
    const nodes = String(await admin.cluster("NODES"))
      .trim()
      .split("\n");
    const linked = nodes.filter(
      (line) => line.includes(" connected") && !/handshake|fail/.test(line),
    );
    const slaves = nodes.filter((line) => line.includes("slave"));
    const ok = String(info).includes("cluster_state:ok");
    if (!ok || linked.length !== servers.length || slaves.length !== replicas) {
      throw new Error("the cluster is not joined yet");
    }
  }
  const links = await Promise.all(servers.map(({ admin }) => admin.info("replication")));
  if (links.some((info) => info.includes("master_link_status:down"))) {
    throw new Error("a replica is not in step yet");
  }
}

/** Whose port for the cluster's own talk, 10,000 above, is free too. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 30_000);
    if ((await isFree(port)) && (await isFree(port + 10_000))) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, HOST, () => probe.close(() => resolve(true)));
  });
}
