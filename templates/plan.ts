/**
 * The last pure stage: a contract becomes the text of every file to be written.
 *
 * Views (`views/`) decide what each file says and lay it out (`layout/`); templates put the pieces in order;
 * this file says which files there are. Nothing here knows a disk: what exists already, what was edited and
 * what may be written is the business of the one who writes.
 *
 * Invariants: the same contract and options give the same bytes; a client never mentions a private function;
 * text of the contract reaches a file only through the makers in `text.ts`.
 */
import type { Outcome } from "../ir/diagnostics/diagnostic.js";
import type { Canonical } from "../ir/model/canonical.js";
import type { Span } from "../ir/source/source.js";
import type { Layout } from "./layout/layout.js";
import type { PlanMemo } from "./memo/memo.js";
import { createPrinter, type Printer } from "./printer.js";
import { contractView, functionsView, indexView } from "./views/client.js";
import { contextView } from "./views/contexts.js";
import type { DeclarationsView } from "./views/declaration.js";
import { fakesView, handlersView } from "./views/handlers.js";
import { mizanView } from "./views/mizan.js";
import { createWorldMemo, handledNodes, toWorld, type Handled, type World } from "./views/names.js";
import { reactView } from "./views/react.js";
import { schemasView } from "./views/schemas.js";
import { toPublic } from "./views/public.js";
import { stubView } from "./views/stub.js";
import { testingView } from "./views/testing.js";
import { clientTypesView, serverTypesView } from "./views/types.js";

export type Target = "server" | "handlers" | `client:${number}`;

export type PlannedFile =
  | {
      readonly kind: "generated";
      readonly target: Target;
      /** Relative to the target's folder, with `/`. */
      readonly path: string;
      readonly text: string;
    }
  | {
      /** Created once, when it is missing, and never opened for writing again. */
      readonly kind: "stub";
      readonly target: "handlers";
      readonly path: string;
      /** Rendered when it is asked for: most stubs exist already, and their text is never used. */
      readonly text: string;
      /** The name of its function or view, and where the contract has it. */
      readonly handled: string;
      readonly span: Span;
    };

export type PlanOptions = {
  /** As the first line of each file shows it. */
  readonly contractPath: string;
  /** First 16 hex digits of the hash of the wire shape. */
  readonly hash: string;
  /** Imports between the two folders, without a final slash: `../../handlers`, `../mizan/server`. */
  readonly server: null | { readonly handlersImport: string; readonly serverImport: string };
  readonly clients: readonly { readonly react: boolean; readonly testing: boolean }[];
  readonly layout: Layout;
};

/** `memo`: of the caller's earlier plans, for the sake of time alone. */
export function plan(
  canonical: Canonical,
  options: PlanOptions,
  memo: PlanMemo | null = null,
): Outcome<readonly PlannedFile[]> {
  const settled = memo === null ? canonical : memo.settle(canonical);
  const world = toWorld(
    settled,
    options.layout,
    memo?.world ?? createWorldMemo(),
    memo?.of(options.layout) ?? null,
  );
  const printer = createPrinter(options);
  const server =
    options.server === null
      ? []
      : [
          ...serverFiles(world, options, options.server, printer),
          ...stubs(world, canonical, options.server.serverImport, printer),
        ];
  const clients = options.clients.flatMap((_, index) =>
    clientFiles(world, options, index, printer),
  );
  return { value: [...server, ...clients], diagnostics: [] };
}

// ---- targets

function serverFiles(
  world: World,
  options: PlanOptions,
  server: NonNullable<PlanOptions["server"]>,
  printer: Printer,
): readonly PlannedFile[] {
  const { hash } = options;
  const { handlersImport } = server;
  const file = generatedFor("server", world, options);
  const module = (path: "handlers.ts" | "schemas.ts" | "types.ts", view: ModuleView): PlannedFile =>
    file(path, `server/${path}`, [], (read) => printer.module(`server/${path}`, view(read)));
  return [
    file("mizan.ts", "server/mizan.ts", [hash, handlersImport], (read) =>
      printer.mizan(mizanView(read, hash, handlersImport)),
    ),
    module("handlers.ts", handlersView),
    module("schemas.ts", (read) => schemasView(read, "server")),
    module("types.ts", serverTypesView),
  ];
}

type ModuleView = (world: World) => DeclarationsView;

/** `canonical` is the contract as it is written now: settled nodes may have stood elsewhere. */
function stubs(
  world: World,
  canonical: Canonical,
  serverImport: string,
  printer: Printer,
): readonly PlannedFile[] {
  const written = [canonical.functions, canonical.views];
  const facts = [...written, world.functions, world.views, serverImport];
  return world.memo?.stubFiles(facts, planAll) ?? planAll();

  function planAll(): readonly PlannedFile[] {
    const nodes = written.flat();
    return handledNodes(world).map((named, index) => toStub(named, nodes[index] ?? named.node));
  }

  function toStub(named: Handled, node: Handled["node"]): PlannedFile {
    const make = (): string => printer.stub(stubView(named, world, serverImport));
    let text: string | null = null;
    return {
      kind: "stub",
      target: "handlers",
      path: named.names.handlerPath,
      get text() {
        const kept = world.memo?.stubs;
        return (text ??= kept === undefined ? make() : kept(named.node, [serverImport], make));
      },
      handled: named.node.name,
      span: node.place.name,
    };
  }
}

function clientFiles(
  world: World,
  options: PlanOptions,
  index: number,
  printer: Printer,
): readonly PlannedFile[] {
  const { hash } = options;
  const react = options.clients[index]?.react ?? false;
  const file = generatedFor(`client:${index}`, world, options);
  return [
    file("index.ts", `client/${react ? "react-" : ""}index.ts`, [], (read) =>
      printer.index(indexView(read, react)),
    ),
    file("contract.ts", "client/contract.ts", [hash], (read) =>
      printer.contract(contractView(read, hash, headerPrefix)),
    ),
    file("types.ts", "client/types.ts", [], (read) =>
      printer.module("client/types.ts", clientTypesView(read)),
    ),
    file("functions.ts", "client/functions.ts", [], (read) =>
      printer.functions(functionsView(read)),
    ),
    ...world.contexts.map((named) => {
      const { path } = named.names;
      return file(path, `client/${path}`, [named], (read) =>
        printer.context(contextView(named, read)),
      );
    }),
    ...(react
      ? [file("react.tsx", "client/react.tsx", [], (read) => printer.react(reactView(read)))]
      : []),
    file("schemas.ts", "client/schemas.ts", [], (read) =>
      printer.module("client/schemas.ts", schemasView(read, "client")),
    ),
    ...(options.clients[index]?.testing === true
      ? testingFiles(world, options, index, printer)
      : []),
  ];
}

/**
 * What tests import, and nothing else. Made anew with each plan, as it is about a contract of its own, in which
 * nothing is private.
 */
function testingFiles(
  { canonical, layout, forms }: World,
  options: PlanOptions,
  index: number,
  printer: Printer,
): readonly PlannedFile[] {
  const { hash } = options;
  const known = toWorld(toPublic(canonical, forms.client.printed), layout, createWorldMemo(), null);
  const world: World = { ...known, serverEntry: "testing" };
  const file = generatedFor(`client:${index}`, world, options);
  return [
    file("testing.ts", "client/testing.ts", [hash], (read) =>
      printer.testing(testingView(read, hash)),
    ),
    file("testing/handlers.ts", "client/testing/handlers.ts", [], (read) =>
      printer.module("client/testing/handlers.ts", fakesView(read)),
    ),
    file("testing/types.ts", "client/testing/types.ts", [], (read) =>
      printer.module("client/testing/types.ts", serverTypesView(read)),
    ),
  ];
}

/** Ours; a server of another prefix is spoken to by an option of the client. */
const headerPrefix = "X-Mizan-";

/**
 * Files of a target. `key`: what the memo calls the file; files of one text share theirs. `facts`: what the
 * text follows from beside the world, and beside the options that all files have in common.
 */
function generatedFor(target: Target, world: World, { contractPath }: PlanOptions) {
  return (
    path: string,
    key: string,
    facts: readonly unknown[],
    make: (world: World) => string,
  ): PlannedFile => {
    const whole = world.memo?.file(key).whole;
    const text = whole === undefined ? make(world) : whole(world, [contractPath, ...facts], make);
    return { kind: "generated", target, path, text };
  };
}
