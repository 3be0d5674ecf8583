/**
 * Documents of the family: every fixed point prints itself, every short form prints what stands beside it,
 * whatever the order of its files. A folder or file is a test by standing here. Those in `own/` were written for
 * the rules of spec/language.md; the others were recorded from another implementation.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileToPrint } from "../../../ir/compile.js";
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
  const { value, diagnostics } = compileToPrint(files);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  expect(errors).toEqual([]);
  return printCanonical(value, { full });
}

const one = (text: string): readonly SourceFile[] => [{ id: 0, path: "contract.kdl", text }];

describe.each(["fixed-points", "own/fixed-points"])("%s", (kind) => {
  const folder = join(here, kind);
  test.each(readdirSync(folder))("%s", (name) => {
    const text = readFileSync(join(folder, name), "utf8");
    expect(canon(one(text))).toBe(text);
    const full = canon(one(text), true);
    expect(canon(one(full))).toBe(text);
    expect(canon(one(full), true)).toBe(full);
  });
});

describe.each(["short-form", "own/short-form"])("%s", (kind) => {
  const folder = join(here, kind);
  test.each(readdirSync(folder))("%s", (name) => {
    const expected = readFileSync(join(folder, name, "expected.kdl"), "utf8");
    const files = load(join(folder, name, "contract"));
    expect(canon(files)).toBe(expected);
    const reversed = [...files].reverse().map((file, id) => ({ ...file, id }));
    expect(canon(reversed)).toBe(expected);
    expect(canon(one(expected))).toBe(expected);
    const full = canon(files, true);
    expect(canon(one(full))).toBe(expected);
    expect(canon(one(full), true)).toBe(full);
  });
});
