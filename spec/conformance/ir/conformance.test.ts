/**
 * Recorded documents of the family: every fixed point prints itself, every short form prints what was
 * recorded beside it, whatever the order of its files. A folder or file is a test by standing here.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compile } from "../../../ir/compile.js";
import { printCanonical } from "../../../ir/print/canonical.js";
import type { SourceFile } from "../../../ir/source/source.js";

const here = __dirname;

function load(folder: string): readonly SourceFile[] {
  return readdirSync(folder).map((name, id) => ({
    id,
    path: name,
    text: readFileSync(join(folder, name), "utf8"),
  }));
}

function canon(files: readonly SourceFile[], full = false): string {
  const { value, diagnostics } = compile(files);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect(errors).toEqual([]);
  return printCanonical(value, { full });
}

const one = (text: string): readonly SourceFile[] => [{ id: 0, path: "contract.kdl", text }];

describe("fixed points", () => {
  const folder = join(here, "fixed-points");
  test.each(readdirSync(folder))("%s", (name) => {
    const text = readFileSync(join(folder, name), "utf8");
    expect(canon(one(text))).toBe(text);
    const full = canon(one(text), true);
    expect(canon(one(full))).toBe(text);
    expect(canon(one(full), true)).toBe(full);
  });
});

describe("short forms", () => {
  const folder = join(here, "short-form");
  test.each(readdirSync(folder))("%s", (name) => {
    const expected = readFileSync(join(folder, name, "expected.kdl"), "utf8");
    const files = load(join(folder, name, "contract"));
    expect(canon(files)).toBe(expected);
    const reversed = [...files].reverse().map((file, id) => ({ ...file, id }));
    expect(canon(reversed)).toBe(expected);
    const full = canon(files, true);
    expect(canon(one(full))).toBe(expected);
    expect(canon(one(full), true)).toBe(full);
  });
});
