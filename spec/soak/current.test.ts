/** The committed server and client are what the generator makes of the contract now. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compileForUse } from "../../ir/compile.js";
import { printWireShape } from "../../ir/print/wire-shape.js";
import { defaultLayout } from "../../templates/layout/layout.js";
import { plan } from "../../templates/plan.js";
import { expectGolden } from "../support/golden.js";

test("spec/soak/mizan is current", () => {
  const path = join(__dirname, "contract.kdl");
  const { value } = compileForUse([{ id: 0, path, text: readFileSync(path, "utf8") }]);
  const files = plan(value, {
    contractPath: "contract.kdl",
    hash: createHash("sha256").update(printWireShape(value)).digest("hex").slice(0, 16),
    server: { handlersImport: "../../handlers", serverImport: "../mizan/server" },
    clients: [{ react: false }],
    layout: { ...defaultLayout, printWidth: 100 },
  }).value;
  for (const { kind, target, path: file, text } of files) {
    const folder = target.replace(/:\d+$/, "");
    if (kind === "generated") expectGolden(join(__dirname, "mizan", folder, file), text);
  }
});
