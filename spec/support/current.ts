/** Whether the code generated for one of our own applications is what the generator makes of its contract now. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compileForUse } from "../../ir/compile.js";
import { printWireShape } from "../../ir/print/wire-shape.js";
import { defaultLayout } from "../../templates/layout/layout.js";
import { plan, type PlanOptions } from "../../templates/plan.js";
import { expectGolden } from "./golden.js";

type Application = {
  /** Holds `handlers` and `mizan/{server,client}`. */
  readonly folder: string;
  /** Relative to the folder. */
  readonly contract: string;
  /** As generated files name it; default: as above. */
  readonly shownAs?: string;
  readonly clients: PlanOptions["clients"];
};

export function expectCurrent({
  folder,
  contract,
  shownAs = contract,
  clients,
}: Application): void {
  const path = join(folder, contract);
  const { value } = compileForUse([{ id: 0, path, text: readFileSync(path, "utf8") }]);
  const files = plan(value, {
    contractPath: shownAs,
    hash: createHash("sha256").update(printWireShape(value)).digest("hex").slice(0, 16),
    server: { handlersImport: "../../handlers", serverImport: "../mizan/server" },
    clients,
    layout: { ...defaultLayout, printWidth: 100 },
  }).value.filter(({ kind }) => kind === "generated");
  expect(files.length).toBeGreaterThan(0);
  for (const { target, path: file, text } of files) {
    expectGolden(join(folder, "mizan", target.replace(/:\d+$/, ""), file), text);
  }
}
