/** The server processes: started, killed, ended, asked how they are; each by its own id. */
import { fork, type ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { FromServer, ToServer } from "../server/messages.js";
import type { Faults } from "./faults.js";

export type Report = Extract<FromServer, { kind: "report" }>;

/** After which a balancer knows that a process refuses. Processes have to live for longer. */
const NOTICED_MS = 100;
/** For a machine on which much else is going on. */
const PATIENCE_MS = 60_000;

export class ServerProcess {
  /** Of the place in the fleet; whoever is restarted takes the place of the former one. */
  readonly place: number;
  /** New requests may go there. */
  isRouted = false;
  /** Whatever was under way there is lost. */
  isKilled = false;
  /** May refuse what arrives late. */
  isClosing = false;
  origin = "";
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  readonly #reports = new Map<number, (report: Report | null) => void>();
  #lastReport = 0;

  constructor(place: number, child: ChildProcess, onMessage: (message: FromServer) => void) {
    this.place = place;
    this.#child = child;
    this.ended = new Promise((resolve) => child.once("exit", () => resolve()));
    void this.ended.then(() => {
      for (const resolve of this.#reports.values()) resolve(null);
    });
    child.on("message", (message: FromServer) => {
      if (message.kind === "report") this.#reports.get(message.id)?.(message);
      else onMessage(message);
    });
  }

  /** Null when it is not there any more. */
  report(collect: boolean): Promise<Report | null> {
    if (this.#child.exitCode !== null || !this.#child.connected) return Promise.resolve(null);
    const id = (this.#lastReport += 1);
    return new Promise((resolve) => {
      this.#reports.set(id, (report) => {
        this.#reports.delete(id);
        resolve(report);
      });
      this.#child.send({ kind: "report", id, collect } satisfies ToServer);
    });
  }

  async kill(): Promise<void> {
    this.isKilled = true;
    this.isRouted = false;
    this.#child.kill("SIGKILL");
    await this.ended;
  }

  /** As an orchestrator ends it. The balancer hears of it a little later. */
  async terminate(): Promise<void> {
    this.isClosing = true;
    this.#child.kill("SIGTERM");
    await sleep(NOTICED_MS);
    this.isRouted = false;
    await this.ended;
  }
}

export class Fleet {
  /** By place; null while one is missing. */
  readonly #places: (ServerProcess | null)[];
  readonly #script: string;
  readonly #envOf: (place: number) => NodeJS.ProcessEnv;
  readonly #faults: Faults;
  #isOver = false;
  /** Outages of the cache that processes told of. */
  outages = 0;

  constructor(
    script: string,
    size: number,
    envOf: (place: number) => NodeJS.ProcessEnv,
    faults: Faults,
  ) {
    this.#script = script;
    this.#envOf = envOf;
    this.#faults = faults;
    this.#places = Array.from({ length: size }, () => null);
  }

  get routed(): readonly ServerProcess[] {
    return this.#places.flatMap((process) => (process?.isRouted === true ? process : []));
  }

  /** Resolves when all places are taken by a process that can be asked. */
  async fill(): Promise<void> {
    await Promise.all(
      this.#places.map((process, place) => (process === null ? this.start(place) : null)),
    );
  }

  async start(place: number): Promise<void> {
    const child = fork(this.#script, {
      env: { ...process.env, ...this.#envOf(place) },
      execArgv: ["--expose-gc"],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    const kill = (): void => void child.kill("SIGKILL");
    // Also where a run ends without having ended its processes.
    process.once("exit", kill);
    child.stderr?.on("data", (text: Buffer) => {
      this.#faults.add("process", `place ${place} wrote to its standard error: ${text}`);
    });
    const listening = new Promise<number>((resolve, reject) => {
      const started = new ServerProcess(place, child, (message) => {
        if (message.kind === "listening") resolve(message.port);
        else if (message.kind === "error") this.#faults.add("process", message.message);
        else if (message.kind === "warning") this.outages += 1;
      });
      this.#places[place] = started;
      child.once("error", reject);
      child.once("exit", (code) => {
        process.off("exit", kill);
        reject(new Error(`a server process ended with ${code} before it listened`));
        const isExpected = started.isKilled || (started.isClosing && code === 0);
        if (!isExpected && !this.#isOver) {
          this.#faults.add("process", `place ${place} ended by itself with ${code}`);
        }
        started.isRouted = false;
        if (this.#places[place] === started) this.#places[place] = null;
      });
    });
    const port = await listening;
    const started = this.#places[place];
    if (started === null || started === undefined) return;
    started.origin = `http://127.0.0.1:${port}`;
    started.isRouted = true;
  }

  at(place: number): ServerProcess | null {
    return this.#places[place] ?? null;
  }

  /** Resolves when every process is there and says that its cache can be relied on. */
  async healthy(): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const reports = await Promise.all(
        this.#places.map((process) => process?.report(false) ?? null),
      );
      if (reports.every((report) => report?.isAvailable === true)) return;
      if (performance.now() > until) throw new Error("the cache did not come back");
      await sleep(20);
    }
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#places.map((process) => process?.kill()));
  }
}
