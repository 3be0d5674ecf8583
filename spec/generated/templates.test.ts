/** The rules that templates keep, and that what is compiled of them is current. */
import { readFileSync, writeFileSync } from "node:fs";
import { precompile, readTemplates } from "./precompile.js";

const sources = readTemplates("templates");
const output = "templates/precompiled.ts";

test("templates/precompiled.ts is current", async () => {
  const expected = await precompile(sources);
  if (process.env["MIZAN_BLESS"] === "1") writeFileSync(output, expected);
  if (readFileSync(output, "utf8") !== expected) {
    throw new Error(`${output} is stale: run \`npm run bless\``);
  }
});
