import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { toDiff } from "./diff.js";

const lines = (...items: readonly string[]): string => items.map((item) => `${item}\n`).join("");

test("shows hunks with three lines of context", () => {
  const before = lines("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m");
  const after = before.replace("b\n", "B\n").replace("l\n", "");
  expect(toDiff("x.ts", before, after)).toBe(
    lines(
      "--- x.ts",
      "+++ x.ts",
      "@@ -1,5 +1,5 @@",
      " a",
      "-b",
      "+B",
      " c",
      " d",
      " e",
      "@@ -9,5 +9,4 @@",
      " i",
      " j",
      " k",
      "-l",
      " m",
    ),
  );
});

test("shows new and deleted files", () => {
  expect(toDiff("x", null, "a\n")).toBe(lines("--- /dev/null", "+++ x", "@@ -0,0 +1 @@", "+a"));
  expect(toDiff("x", "a\n", null)).toBe(lines("--- x", "+++ /dev/null", "@@ -1 +0,0 @@", "-a"));
});

test("what it shows, patch applies", () => {
  const folder = mkdtempSync(join(tmpdir(), "mizan-diff-"));
  try {
    const hasPatch = spawnSync("git", ["--version"]).status === 0;
    expect(hasPatch).toBe(true);
    const text = fc
      .array(fc.constantFrom("a", "b", "c", ""), { maxLength: 14 })
      .map((all) => lines(...all));
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after && before !== "" && after !== "");
        writeFileSync(join(folder, "x.ts"), before);
        execFileSync("git", ["apply", "-p0", "--whitespace=nowarn", "-"], {
          cwd: folder,
          input: toDiff("x.ts", before, after),
        });
        expect(readFileSync(join(folder, "x.ts"), "utf8")).toBe(after);
      }),
      { numRuns: 60, seed: 7 },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
