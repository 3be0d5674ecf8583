/**
 * A machine in memory, for tests: the same rules as a POSIX disk, a clock that moves only when told, and a
 * log of every write, so that a test can say not only what the files hold but what was touched.
 *
 * Faults are injected by a function that sees each operation before it happens.
 */
import { posix } from "node:path";
import type { Formatter } from "../format/formatter.js";
import { FileFault, type Entry, type Files, type Host } from "../host.js";

type Node =
  | { readonly kind: "file"; readonly content: Uint8Array; readonly times: Times }
  | { readonly kind: "folder" }
  | { readonly kind: "link"; readonly target: string };

type Times = { modified: number; changed: number; inode: number };

/** An operation as the log and the fault hook see it. */
export type Operation = {
  readonly verb: keyof Files;
  readonly path: string;
};

export type MemoryHostOptions = {
  /** Content by absolute path; the folders come by themselves. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Targets by absolute path of the link. */
  readonly links?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly colour?: boolean;
  /** Answers the code with which an operation fails, or null to let it happen. */
  readonly fault?: (operation: Operation) => string | null;
  readonly running?: readonly number[];
  /** Stands for prettier; by default there is none. */
  readonly formatter?: Formatter;
  /** Called while a command sleeps: another process has its turn. */
  readonly whileAsleep?: () => void;
};

export type MemoryHost = Host & {
  /** All files as text, by path. */
  snapshot(): Readonly<Record<string, string>>;
  /** Operations that changed the disk, in order. */
  readonly writes: readonly Operation[];
  readonly reads: readonly Operation[];
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Puts a file there as another program would: new inode, new times. */
  put(path: string, content: string | Uint8Array): void;
  putLink(path: string, target: string): void;
  /** Removes a file or a folder with all below it. */
  drop(path: string): void;
};

export function memoryHost(options: MemoryHostOptions = {}): MemoryHost {
  const nodes = new Map<string, Node>([["/", { kind: "folder" }]]);
  const writes: Operation[] = [];
  const reads: Operation[] = [];
  let out = "";
  let err = "";
  const start = 1_700_000_000_000;
  let time = start;
  let inode = 1;

  /** Follows the links of all parts but the last, or of all. */
  function resolve(path: string, last: boolean, hops = 0): string {
    if (hops > 32) throw new FileFault("ELOOP", path);
    const parts = posix
      .normalize(path)
      .split("/")
      .filter((part) => part !== "");
    let at = "/";
    for (const [index, part] of parts.entries()) {
      at = posix.join(at, part);
      const node = nodes.get(at);
      const isLast = index === parts.length - 1;
      if (node?.kind === "link" && (last || !isLast)) {
        const target = posix.resolve(posix.dirname(at), node.target, ...parts.slice(index + 1));
        return resolve(target, last, hops + 1);
      }
      if (node?.kind === "file" && !isLast) throw new FileFault("ENOTDIR", path);
    }
    return at;
  }

  function enter(verb: keyof Files, path: string, changes: boolean): void {
    const operation = { verb, path };
    const code = options.fault?.(operation) ?? null;
    if (code !== null) throw new FileFault(code, path);
    (changes ? writes : reads).push(operation);
  }

  function times(): Times {
    time += 1;
    return { modified: time, changed: time, inode: inode++ };
  }

  function makeFolder(path: string): string | null {
    let topmost: string | null = null;
    let at = "/";
    for (const part of path.split("/").filter((name) => name !== "")) {
      at = resolve(posix.join(at, part), true);
      const node = nodes.get(at);
      if (node?.kind === "file") throw new FileFault(at === path ? "EEXIST" : "ENOTDIR", path);
      if (node === undefined) {
        nodes.set(at, { kind: "folder" });
        topmost ??= at;
      }
    }
    return topmost;
  }

  function parentOf(path: string): void {
    const parent = nodes.get(posix.dirname(path));
    if (parent === undefined) throw new FileFault("ENOENT", path);
    if (parent.kind !== "folder") throw new FileFault("ENOTDIR", path);
  }

  function put(path: string, content: string | Uint8Array): void {
    makeFolder(posix.dirname(path));
    nodes.set(resolve(path, false), { kind: "file", content: toBytes(content), times: times() });
  }

  const files: Files = {
    read(path) {
      enter("read", path, false);
      const node = nodes.get(resolve(path, true));
      if (node === undefined) throw new FileFault("ENOENT", path);
      if (node.kind !== "file") throw new FileFault("EISDIR", path);
      return node.content;
    },
    look(path) {
      enter("look", path, false);
      return look(path);
    },
    list(path) {
      enter("list", path, false);
      const folder = resolve(path, true);
      const node = nodes.get(folder);
      if (node === undefined) throw new FileFault("ENOENT", path);
      if (node.kind !== "folder") throw new FileFault("ENOTDIR", path);
      return [...nodes]
        .filter(([name]) => name !== "/" && posix.dirname(name) === folder)
        .map(([name, { kind }]) => ({ name: posix.basename(name), kind }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    realPath(path) {
      enter("realPath", path, false);
      try {
        const real = resolve(path, true);
        return nodes.has(real) ? real : null;
      } catch {
        return null;
      }
    },
    createFolder(path) {
      // Making what is there already changes nothing.
      enter("createFolder", path, look(path)?.kind !== "folder");
      return makeFolder(path);
    },
    create(path, content) {
      enter("create", path, true);
      const at = resolve(path, false);
      parentOf(at);
      if (nodes.has(at)) throw new FileFault("EEXIST", path);
      nodes.set(at, { kind: "file", content: toBytes(content), times: times() });
    },
    rename(from, to) {
      enter("rename", to, true);
      const [source, target] = [resolve(from, false), resolve(to, false)];
      const node = nodes.get(source);
      if (node === undefined) throw new FileFault("ENOENT", to);
      if (nodes.get(target)?.kind === "folder") throw new FileFault("EISDIR", to);
      parentOf(target);
      nodes.delete(source);
      nodes.set(target, node);
    },
    link(existing, added) {
      enter("link", added, true);
      const node = nodes.get(resolve(existing, false));
      const at = resolve(added, false);
      if (node === undefined) throw new FileFault("ENOENT", existing);
      if (nodes.has(at)) throw new FileFault("EEXIST", added);
      nodes.set(at, node);
    },
    remove(path) {
      enter("remove", path, true);
      const at = resolve(path, false);
      const node = nodes.get(at);
      if (node === undefined) throw new FileFault("ENOENT", path);
      if (node.kind === "folder") throw new FileFault("EISDIR", path);
      nodes.delete(at);
    },
    removeFolder(path) {
      enter("removeFolder", path, true);
      const at = resolve(path, false);
      if (!nodes.has(at)) throw new FileFault("ENOENT", path);
      if ([...nodes.keys()].some((name) => name !== "/" && posix.dirname(name) === at)) {
        throw new FileFault("ENOTEMPTY", path);
      }
      nodes.delete(at);
    },
  };

  function look(path: string): Entry | null {
    let at: string;
    try {
      at = resolve(path, false);
    } catch {
      return null;
    }
    const node = nodes.get(at);
    if (node === undefined) return null;
    if (node.kind !== "file")
      return { kind: node.kind, size: 0, modified: 0, changed: 0, inode: 0 };
    return { kind: "file", size: node.content.length, ...node.times };
  }

  for (const [path, content] of Object.entries(options.files ?? {})) put(path, content);
  makeFolder(options.cwd ?? "/project");
  makeFolder("/tmp");
  const putLink = (path: string, target: string): void => {
    makeFolder(posix.dirname(path));
    nodes.set(resolve(path, false), { kind: "link", target });
  };
  for (const [path, target] of Object.entries(options.links ?? {})) putLink(path, target);

  return {
    files,
    clock: {
      now: () => time,
      elapsed: () => time - start,
      sleep: (milliseconds) => {
        time += milliseconds;
        options.whileAsleep?.();
        return Promise.resolve();
      },
    },
    terminal: {
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      colour: { out: options.colour ?? false, err: options.colour ?? false },
      width: 100,
      readInput: () => toBytes(options.input ?? ""),
    },
    machine: {
      cwd: options.cwd ?? "/project",
      pid: 4711,
      hostname: "here",
      runtime: "20.19.0",
      env: options.env ?? {},
      temporary: "/tmp",
      isRunning: (pid) => pid === 4711 || (options.running ?? []).includes(pid),
      onInterrupt: () => undefined,
    },
    findFormatter: () => Promise.resolve(options.formatter ?? null),
    snapshot: () =>
      Object.fromEntries(
        [...nodes]
          .flatMap(([path, node]) =>
            node.kind === "file" ? [[path, Buffer.from(node.content).toString()] as const] : [],
          )
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      ),
    writes,
    reads,
    stdout: () => out,
    stderr: () => err,
    put,
    putLink,
    drop: (path) => {
      for (const name of [...nodes.keys()]) {
        if (name === path || name.startsWith(`${path}/`)) nodes.delete(name);
      }
    },
  };
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? Buffer.from(content) : content;
}
