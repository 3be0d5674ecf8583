/** The plan of a configuration in one layout. */
import type { Outcome } from "../../ir/diagnostics/diagnostic.js";
import type { Canonical } from "../../ir/model/canonical.js";
import { printWireShape, type WireMemory } from "../../ir/print/wire-shape.js";
import type { Layout } from "../../templates/layout/layout.js";
import type { PlanMemo } from "../../templates/memo/memo.js";
import { plan, type PlannedFile } from "../../templates/plan.js";
import type { Configuration } from "../config.js";
import { toContractPath, toImportPath } from "../project-paths.js";
import type { Stopwatch } from "../stopwatch.js";
import { sha256 } from "../write/fingerprint.js";

export type PlanRequest = {
  readonly canonical: Canonical;
  readonly configuration: Configuration;
  /** Whether texts that were formatted before may be used. */
  readonly cache: boolean;
  /** The caller asks for the confirmation when it has time. */
  readonly confirmLater: boolean;
  /** What earlier plans left; null where none will follow. */
  readonly memo: PlanMemo | null;
  /** What was printed for the hash of nodes that earlier runs had too. */
  readonly wire: WireMemory;
  readonly watch: Stopwatch;
};

export function planLaid(
  { canonical, configuration, memo, wire, watch }: PlanRequest,
  layout: Layout,
): Outcome<readonly PlannedFile[]> {
  const { server, clients } = configuration;
  return watch.time("plan", () => {
    const options = {
      contractPath: toContractPath(configuration),
      hash: sha256(printWireShape(canonical, wire)).slice(0, 16),
      server:
        server === null
          ? null
          : {
              handlersImport: toImportPath(server.folder, server.handlers),
              serverImport: toImportPath(server.handlers, server.folder),
            },
      clients: clients.map(({ react, testing }) => ({ react, testing })),
      layout,
    };
    return plan(canonical, options, memo);
  });
}
