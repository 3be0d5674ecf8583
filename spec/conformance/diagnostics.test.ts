/** Every code has a page, a fixture and a message, and each of them is true. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { renderPretty } from "../../cli/report/pretty.js";
import { plainStyle } from "../../cli/report/style.js";
import { noOverrides, readConfig } from "../../cli/config.js";
import { memoryHost } from "../../cli/testing/memory-host.js";
import { compile, compileForUse } from "../../ir/compile.js";
import { catalogue, type CatalogueEntry } from "../../ir/diagnostics/catalogue.js";
import type { Diagnostic } from "../../ir/diagnostics/diagnostic.js";
import type { SourceFile } from "../../ir/source/source.js";
import { expectGolden, expectNoOrphans } from "../support/golden.js";
import {
  pagesFolder,
  readElsewhere,
  readFixtures,
  readPages,
  readReportPaths,
  type Fixture,
} from "../support/diagnostic-pages.js";

const codes: readonly (readonly [string, CatalogueEntry])[] = Object.entries(catalogue).sort(
  ([a], [b]) => (a < b ? -1 : 1),
);
const pages = readPages();
const fixtures = readFixtures();
const elsewhere = readElsewhere();

/** What `check` and `gen` say beyond `canon`. */
const codesOfUse = new Set(["MZ4001"]);

type Answer = {
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
};

function diagnose(code: string, files: readonly SourceFile[]): Answer {
  const config = files.find((file) => file.path === "mizan.config.kdl");
  if (config === undefined) {
    const run = codesOfUse.has(code) ? compileForUse : compile;
    return { diagnostics: run(files).diagnostics, sources: files };
  }
  const host = memoryHost({
    files: { "/project/.git/HEAD": "", "/project/mizan.config.kdl": config.text },
  });
  return readConfig(host.files, "/project", noOverrides);
}

function codesOf(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map((diagnostic) => diagnostic.code);
}

describe.each(codes)("%s", (code, entry) => {
  it("has a message and a name", () => {
    expect(entry.message.trim()).not.toBe("");
    expect(entry.name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  });

  it("has a page with its name, what, why, and both examples", () => {
    const page = pages.find((candidate) => candidate.code === code);
    if (page === undefined) throw new Error(`spec/diagnostics/${code}.md is missing`);
    expect(page.title).toBe(`# ${code} · ${entry.name} (${entry.severity})`);
    expect(page.sections).toEqual(["Why", "Failing", "Fixed"]);
  });

  it("is shown by a fixture, or by a test that names it", () => {
    const path = elsewhere.get(code);
    if (path === undefined) {
      const shown = fixtures.filter((fixture) => fixture.code === code);
      if (shown.length === 0) throw new Error(`spec/conformance/diagnostics/${code}-… is missing`);
    } else {
      const file = join(__dirname, "../..", path);
      expect([path, existsSync(file)]).toEqual([path, true]);
      expect(readFileSync(file, "utf8")).toContain(code);
    }
  });
});

describe("pages", () => {
  const examples = pages.filter((page) => page.failing.length > 0);

  it.each(examples.map((page) => [page.code, page] as const))(
    "%s: its example fails",
    (code, page) => {
      expect(codesOf(diagnose(code, page.failing).diagnostics)).toContain(code);
    },
  );

  it.each(examples.map((page) => [page.code, page] as const))(
    "%s: fixed, it does not",
    (code, page) => {
      expect(page.fixed).not.toEqual([]);
      // What is not built yet may stand in any example; everything else is sound.
      expect(codesOf(diagnose(code, page.fixed).diagnostics)).toEqual([]);
    },
  );

  it("only codes of the catalogue have one", () => {
    const known = new Set(codes.map(([code]) => code));
    expect(pages.map((page) => page.code).filter((code) => !known.has(code))).toEqual([]);
  });

  it("the index lists each with its severity", () => {
    expectGolden(join(pagesFolder, "README.md"), toIndex());
  });
});

describe("fixtures", () => {
  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))("%s", (_, fixture) => {
    const { diagnostics, sources } = diagnose(fixture.code, fixture.files);
    const answer = { diagnostics: [...fixture.decoding, ...diagnostics], sources };
    expect(codesOf(answer.diagnostics)).toContain(fixture.code);
    expect(misplaced(answer)).toEqual([]);
    expectGolden(fixture.reportPath, toReport(fixture, answer));
  });

  it("have no report without a contract", () => {
    expectNoOrphans(readReportPaths(), new Set(fixtures.map((fixture) => fixture.reportPath)));
    expect(fixtures.filter((fixture) => fixture.files.length === 0)).toEqual([]);
  });

  it("are named after a code of the catalogue", () => {
    const known = new Set(codes.map(([code]) => code));
    const strangers = [...fixtures.map((fixture) => fixture.code), ...elsewhere.keys()];
    expect(strangers.filter((code) => !known.has(code))).toEqual([]);
  });
});

/** Diagnostics whose places do not lie inside their files. */
function misplaced({ diagnostics, sources }: Answer): readonly Diagnostic[] {
  return diagnostics.filter((diagnostic) =>
    [diagnostic.primary, ...diagnostic.related].some((label) => {
      if (label === null) return false;
      const file = sources.find((candidate) => candidate.id === label.span.file);
      const { start, end } = label.span;
      return file === undefined || start < 0 || end < start || end > file.text.length;
    }),
  );
}

function toReport({ files }: Fixture, { diagnostics, sources }: Answer): string {
  const shown = files.map((file) => `=== ${file.path}\n${file.text}`);
  const report = renderPretty(diagnostics, sources, { style: plainStyle, width: 100 });
  return [...shown, `=== report\n${report}`].join("\n");
}

const bands: readonly (readonly [string, string])[] = [
  ["MZ1", "Text, syntax and the shape of nodes"],
  ["MZ2", "Names"],
  ["MZ3", "Types, constraints and defaults"],
  ["MZ4", "Functions, contexts, routes and guards"],
  ["MZ5", "Invalidation, merge and cache"],
  ["MZ6", "Planning and writing files"],
  ["MZ7", "Configuration and host"],
  ["MZ9", "Bugs of ours"],
];

function toIndex(): string {
  const sections = bands.map(([prefix, title]) => {
    const lines = codes
      .filter(([code]) => code.startsWith(prefix))
      .map(([code, entry]) => `- [${code}](${code}.md) ${entry.name} (${entry.severity})`);
    return [`## ${prefix}xxx: ${title}`, "", ...lines].join("\n");
  });
  const head =
    "# Diagnostics\n\n" +
    "Everything that Mizan says about a contract, a configuration or a file has a code that is never used for\n" +
    "anything else. `npx mizan explain MZ2001` prints the page of a code. An error keeps `gen` from writing;\n" +
    "a warning never does, and a comment `// mizan-ignore MZ5004` above a node silences it there.\n\n" +
    "This index is written by `npm run bless`; the pages are written by hand.";
  return `${[head, ...sections].join("\n\n")}\n`;
}
