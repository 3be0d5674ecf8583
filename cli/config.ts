/**
 * The configuration of a run: `mizan.config.kdl`, found upward from the working directory or named by
 * `--config`, and over it whatever the command line says. Both are optional; together they must say where to
 * write.
 *
 * The result has absolute paths only, and none of them leaves the project unless `--allow-outside` is given.
 * Links count as where they lead. Mistakes are diagnostics with places in the file, exit code 2.
 */
import { basename, dirname, isAbsolute, join, resolve, sep } from "node:path";
import { report } from "../ir/diagnostics/catalogue.js";
import type { Diagnostic, Outcome } from "../ir/diagnostics/diagnostic.js";
import { parse } from "../ir/parse/parse.js";
import type { SourceFile } from "../ir/source/source.js";
import { decode } from "./contract-files.js";
import { findCache, findConfig, findProject } from "./config/find.js";
import { readSettings } from "./config/read-settings.js";
import type { ClientTarget, Format, Settings, WrittenPath } from "./config/settings.js";
import { FileFault, toReason, type Files } from "./host.js";
import { readSeen, type SeenFile } from "./seen-file.js";
import { isInside } from "./write/places.js";

export type Configuration = {
  /** Null when everything was said on the command line. */
  readonly file: string | null;
  /** The configuration's folder, else the working directory. */
  readonly folder: string;
  readonly contract: string;
  readonly server: { readonly folder: string; readonly handlers: string } | null;
  readonly clients: readonly {
    readonly folder: string;
    readonly react: boolean;
    readonly testing: boolean;
  }[];
  readonly format: Format;
  /** Outermost folder that may be written into. */
  readonly project: string;
  readonly cache: string;
};

/** What the command line says about the configuration; paths as typed, relative to the working directory. */
export type Overrides = {
  readonly config: string | null;
  readonly contract: string | null;
  readonly server: string | null;
  readonly handlers: string | null;
  readonly clients: readonly string[];
  /** What the clients are made for. */
  readonly targets: readonly ClientTarget[];
  readonly format: Format | null;
  readonly allowOutside: boolean;
};

export const noOverrides: Overrides = {
  config: null,
  contract: null,
  server: null,
  handlers: null,
  clients: [],
  targets: [],
  format: null,
  allowOutside: false,
};

/** `value` is null when the run cannot go on; `sources` has the configuration for the report. */
export type ConfigAnswer = Outcome<Configuration | null> & {
  readonly sources: readonly SourceFile[];
  /** Where the configuration was looked for and found, whatever it holds. */
  readonly file: string | null;
  /** The file as it was read. */
  readonly seen: SeenFile | null;
};

/** Not the index of any contract file. */
const configFileId = -1;

export function readConfig(files: Files, cwd: string, overrides: Overrides): ConfigAnswer {
  const named = overrides.config === null ? null : resolve(cwd, overrides.config);
  const file = named ?? findConfig(files, cwd);
  if (file === null && overrides.server === null && overrides.clients.length === 0) {
    const help = "run `mizan init`, or name the folders with --server and --client";
    return refusal(null, [report("MZ7001", null, {}, { help })]);
  }
  const folder = file === null ? cwd : dirname(file);
  const read = file === null ? nothingRead : readFile(files, file, cwd);
  if (read.value === null) return refusal(file, read.diagnostics, read.sources);

  const settings = override(read.value, overrides);
  const diagnostics = [...read.diagnostics];
  const project = findProject(files, folder);
  const toAbsolute = (path: WrittenPath): string =>
    resolve(path.at === null ? cwd : folder, path.text);
  const server =
    settings.server === null ? null : toServer(settings.server.path, settings.server.handlers);
  const clients = settings.clients.map(({ path, targets }) => ({
    folder: toAbsolute(path),
    react: targets.includes("react"),
    testing: targets.includes("testing"),
  }));
  const contract = toAbsolute(settings.contract ?? { text: join(folder, "contract"), at: null });

  const outputs = [
    ...(settings.server === null || server === null
      ? []
      : [
          toOutput(server.folder, settings.server.path),
          settings.server.handlers === null
            ? unwrittenHandlers(server.handlers, settings.server.path)
            : toOutput(server.handlers, settings.server.handlers),
        ]),
    ...settings.clients.map(({ path }) => toOutput(toAbsolute(path), path)),
  ];
  if (!overrides.allowOutside) {
    const read = toOutput(contract, settings.contract ?? { text: contract, at: null });
    for (const one of [read, ...outputs]) {
      if (!isWithin(files, project, one.path)) diagnostics.push(outside(one, project));
    }
  }
  for (const [index, output] of outputs.entries()) {
    const same = outputs.slice(0, index).find((other) => other.path === output.path);
    if (same !== undefined) diagnostics.push(overlap(same, output));
  }
  if (outputs.length === 0 && diagnostics.length === 0) {
    const help = 'add `server "src/mizan/server"` or `client "web/src/mizan"`';
    diagnostics.push(report("MZ7012", null, {}, { help }));
  }
  const value: Configuration = {
    file,
    folder,
    contract,
    server,
    clients,
    format: settings.format ?? "prettier",
    project,
    cache: findCache(files, folder, project),
  };
  return {
    value: diagnostics.length === 0 ? value : null,
    diagnostics,
    sources: read.sources,
    file,
    seen: read.seen,
  };

  function toServer(
    path: WrittenPath,
    handlers: WrittenPath | null,
  ): { folder: string; handlers: string } {
    const absolute = toAbsolute(path);
    return {
      folder: absolute,
      handlers: handlers === null ? defaultHandlers(absolute, folder) : toAbsolute(handlers),
    };
  }
}

/** A folder of the configuration as diagnostics speak of it. */
type Named = {
  readonly path: string;
  /** As written, where it is. */
  readonly shown: string;
  /** Whose it is, in words. */
  readonly name: string;
  readonly at: WrittenPath["at"];
  /** How to choose another one; null where that goes without saying. */
  readonly otherwise: string | null;
};

function toOutput(path: string, { text, at }: WrittenPath): Named {
  return { path, shown: text, name: JSON.stringify(text), at, otherwise: null };
}

/** Handlers whose folder follows from the server's. */
function unwrittenHandlers(path: string, { text, at }: WrittenPath): Named {
  const server = JSON.stringify(text);
  const otherwise =
    at === null
      ? "say where they go with --handlers"
      : `say where they go: \`server ${server} { handlers "handlers" }\``;
  const name = `the handlers of ${server}`;
  return { path, shown: `${path}, for ${name},`, name, at, otherwise };
}

function outside({ shown, at, otherwise }: Named, project: string): Diagnostic {
  return report(
    "MZ7006",
    at === null ? null : { span: at, text: "outside the project" },
    { path: shown, project },
    { help: otherwise ?? "choose a folder within it, or pass --allow-outside" },
  );
}

function overlap(first: Named, second: Named): Diagnostic {
  return report(
    "MZ7007",
    second.at === null ? null : { span: second.at, text: "the same folder" },
    { first: first.name, second: second.name },
    {
      related: first.at === null ? [] : [{ span: first.at, text: "first here" }],
      help: first.otherwise ?? second.otherwise ?? "give each a folder of its own",
    },
  );
}

/**
 * `src/handlers` for `src/mizan/server`: beside the innermost folder named `mizan` on the way from the
 * configuration's folder to the server's, else beside the server's. What the folders above are called is
 * nothing that the project says.
 */
export function defaultHandlers(server: string, folder: string): string {
  for (let at = server; !isInside(at, folder) && dirname(at) !== at; at = dirname(at)) {
    if (basename(at) === "mizan") return join(dirname(at), "handlers");
  }
  return join(dirname(server), "handlers");
}

type FileAnswer = {
  readonly value: Settings | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
  readonly seen: SeenFile | null;
};

const nothingRead: FileAnswer = {
  value: { contract: null, server: null, clients: [], format: null },
  diagnostics: [],
  sources: [],
  seen: null,
};

function readFile(files: Files, path: string, cwd: string): FileAnswer {
  const shown = path.startsWith(cwd + sep) ? path.slice(cwd.length + 1) : path;
  let read: ReturnType<typeof readSeen>;
  try {
    read = readSeen(files, path);
  } catch (fault) {
    if (!(fault instanceof FileFault)) throw fault;
    const facts = { path: shown, reason: toReason(fault) };
    return { value: null, diagnostics: [report("MZ7008", null, facts)], sources: [], seen: null };
  }
  const decoded = decode(configFileId, shown, read.bytes);
  const sources = [decoded.value];
  const { seen } = read;
  if (decoded.diagnostics.length > 0) {
    return { value: null, diagnostics: decoded.diagnostics, sources, seen };
  }
  const parsed = parse(decoded.value);
  const settings = readSettings(parsed.value, decoded.value.text);
  // No setting takes a keyword, and what has backslashes is a path: both are told by the setting that has them.
  const syntaxFaults = parsed.diagnostics.filter(
    ({ code }) => code !== "MZ1006" && code !== "MZ1007",
  );
  return {
    value: settings.value,
    diagnostics: [...syntaxFaults, ...settings.diagnostics],
    sources,
    seen,
  };
}

function override(settings: Settings, overrides: Overrides): Settings {
  const typed = (text: string): WrittenPath => ({ text, at: null });
  const handlers = overrides.handlers === null ? null : typed(overrides.handlers);
  const server =
    overrides.server === null ? settings.server : { path: typed(overrides.server), handlers };
  return {
    contract: overrides.contract === null ? settings.contract : typed(overrides.contract),
    server: server === null ? null : { path: server.path, handlers: handlers ?? server.handlers },
    clients: (overrides.clients.length === 0
      ? settings.clients
      : overrides.clients.map((path) => ({ path: typed(path), targets: [] }))
    ).map((client) => ({ ...client, targets: [...client.targets, ...overrides.targets] })),
    format: overrides.format ?? settings.format,
  };
}

/** Whether a path, which need not exist yet, lies in a folder, wherever links lead. */
function isWithin(files: Files, folder: string, path: string): boolean {
  if (!isAbsolute(path) || !isInside(folder, path)) return false;
  const realFolder = files.realPath(folder) ?? folder;
  for (let at = path; ; at = dirname(at)) {
    const real = files.realPath(at);
    if (real !== null) return isInside(realFolder, real);
    // A link that leads nowhere must not be written through.
    if (files.look(at)?.kind === "link" || dirname(at) === at) return false;
  }
}

function refusal(
  file: string | null,
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceFile[] = [],
): ConfigAnswer {
  return { value: null, diagnostics, sources, file, seen: null };
}
