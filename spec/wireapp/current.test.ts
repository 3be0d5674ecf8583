/** The committed server is what the generator makes of the contract now. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compileForUse } from "../../ir/compile.js";
import { printWireShape } from "../../ir/print/wire-shape.js";
import { defaultLayout } from "../../templates/layout/layout.js";
import { plan } from "../../templates/plan.js";
import { expectGolden } from "../support/golden.js";

test("spec/wireapp/mizan/server is current", () => {
  const path = join(__dirname, "../conformance/wire/wireapp.kdl");
  const { value } = compileForUse([{ id: 0, path, text: readFileSync(path, "utf8") }]);
  const files = plan(value, {
    contractPath: "../conformance/wire/wireapp.kdl",
    hash: createHash("sha256").update(printWireShape(value)).digest("hex").slice(0, 16),
    server: { handlersImport: "../../handlers", serverImport: "../mizan/server" },
    clients: [],
    layout: { ...defaultLayout, printWidth: 100 },
  }).value;
  const generated = files.filter(({ kind }) => kind === "generated");
  expect(generated).toHaveLength(4);
  for (const { path: file, text } of generated) {
    expectGolden(join(__dirname, "mizan/server", file), text);
  }
});
