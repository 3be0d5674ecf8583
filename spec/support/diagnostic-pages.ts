/**
 * The pages and fixtures of diagnostics as data, for the suite that holds them to the catalogue.
 *
 * A page is `spec/diagnostics/MZ1234.md`: a title, what, why, a failing example and the fixed one. A
 * fixture is a folder `spec/conformance/diagnostics/MZ1234-what-it-shows/` with the `.kdl` files of one
 * contract and `report.txt`, which shows them and the rendered report together. A code that no contract can
 * show names the test that does in `elsewhere.json` beside them.
 *
 * An example or fixture whose only file is `mizan.config.kdl` is a configuration instead of a contract.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "../../ir/diagnostics/diagnostic.js";
import { decodeSource } from "../../ir/source/decode.js";
import type { SourceFile } from "../../ir/source/source.js";

export const pagesFolder = join(__dirname, "../diagnostics");
const fixturesFolder = join(__dirname, "../conformance/diagnostics");

export type Page = {
  readonly code: string;
  readonly title: string;
  readonly sections: readonly string[];
  /** Each example is a contract of one or more files, or a configuration; empty where neither shows the code. */
  readonly failing: readonly SourceFile[];
  readonly fixed: readonly SourceFile[];
};

export function readPages(): readonly Page[] {
  return namesIn(pagesFolder)
    .filter((name) => /^MZ\d{4}\.md$/.test(name))
    .map((name) => toPage(name.slice(0, -3), readFileSync(join(pagesFolder, name), "utf8")));
}

function toPage(code: string, text: string): Page {
  const [head = "", ...parts] = text.split(/^## /m);
  const sections = new Map(
    parts.map((part) => {
      const end = part.indexOf("\n");
      return [part.slice(0, end), part.slice(end)] as const;
    }),
  );
  return {
    code,
    title: head.slice(0, head.indexOf("\n")),
    sections: [...sections.keys()],
    failing: contractIn(sections.get("Failing") ?? ""),
    fixed: contractIn(sections.get("Fixed") ?? ""),
  };
}

/** The `kdl` blocks of a section: the files of one contract, or a configuration where the block says so. */
function contractIn(section: string): readonly SourceFile[] {
  return [...section.matchAll(/^```kdl(?: (\S+))?\n(.*?)^```$/gms)].map(
    ([, path, text = ""], id) => ({
      id,
      path: path ?? `${id + 1}.kdl`,
      text,
    }),
  );
}

export type Fixture = {
  /** The folder's name. */
  readonly name: string;
  readonly code: string;
  readonly files: readonly SourceFile[];
  /** What was wrong with the bytes of a file. */
  readonly decoding: readonly Diagnostic[];
  readonly reportPath: string;
};

export function readFixtures(): readonly Fixture[] {
  return namesIn(fixturesFolder)
    .filter((name) => !name.endsWith(".json"))
    .map((name) => {
      const paths = namesIn(join(fixturesFolder, name)).filter((file) => file.endsWith(".kdl"));
      const read = paths.map((path, id) =>
        decodeSource(readFileSync(join(fixturesFolder, name, path)), id),
      );
      return {
        name,
        code: name.slice(0, 6),
        files: read.map(({ value: text, diagnostics }, id) => {
          const file = { id, path: paths[id] ?? "", text };
          return diagnostics.length === 0 ? file : { ...file, damaged: true };
        }),
        decoding: read.flatMap(({ diagnostics }) => diagnostics),
        reportPath: join(fixturesFolder, name, "report.txt"),
      };
    });
}

/** Every file below the fixtures that is no part of a contract. */
export function readReportPaths(): readonly string[] {
  return namesIn(fixturesFolder)
    .filter((name) => !name.endsWith(".json"))
    .flatMap((name) =>
      namesIn(join(fixturesFolder, name))
        .filter((file) => !file.endsWith(".kdl"))
        .map((file) => join(fixturesFolder, name, file)),
    );
}

/** Codes that no contract can show, and the test file that does. */
export function readElsewhere(): ReadonlyMap<string, string> {
  const parsed: unknown = JSON.parse(readFileSync(join(fixturesFolder, "elsewhere.json"), "utf8"));
  return new Map(Object.entries(parsed ?? {}).map(([code, path]) => [code, String(path)]));
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}
