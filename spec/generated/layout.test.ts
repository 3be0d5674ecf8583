/** Our layout is prettier's: what we print, prettier leaves as it is. */
import fc from "fast-check";
import * as estree from "prettier/plugins/estree";
import * as typescript from "prettier/plugins/typescript";
import { format } from "prettier/standalone";
import { declarations, layouts } from "./random-declarations.js";

test("any declaration, in any layout, is a fixed point of prettier", async () => {
  await fc.assert(
    fc.asyncProperty(layouts, declarations, async (layout, print) => {
      const ours = `${print(layout)}\n`;
      const theirs = await format(ours, { ...layout, parser: "typescript", plugins: [estree, typescript] });
      expect(ours).toBe(theirs);
    }),
    { numRuns: Number(process.env["RUNS"] ?? 1000), seed: Number(process.env["SEED"] ?? 20240817) },
  );
});
