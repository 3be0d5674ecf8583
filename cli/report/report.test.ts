import type { Diagnostic, Label } from "../../ir/diagnostics/diagnostic.js";
import type { SourceFile } from "../../ir/source/source.js";
import { toSummary } from "./count.js";
import { renderPretty } from "./pretty.js";
import { renderReport, reportFormats } from "./report.js";
import { ansiStyle, plainStyle } from "./style.js";

const plain = { style: plainStyle, width: 80, version: "1.2.3" };

function file(text: string, id = 0, path = `contract/${id}.kdl`): SourceFile {
  return { id, path, text };
}

/** The place of `needle`'s nth occurrence in a file. */
function label(source: SourceFile, needle: string, text = "", nth = 0): Label {
  let start = -1;
  for (let i = 0; i <= nth; i += 1) start = source.text.indexOf(needle, start + 1);
  if (start < 0) throw new Error(`no ${JSON.stringify(needle)} in the source`);
  return { span: { file: source.id, start, end: start + needle.length }, text };
}

function diagnostic(primary: Label | null, over: Partial<Diagnostic> = {}): Diagnostic {
  return {
    code: "MZ2001",
    severity: "error",
    message: "there is no context `usr`",
    primary,
    related: [],
    help: null,
    fix: null,
    ...over,
  };
}

describe("pretty", () => {
  function check(
    diagnostics: readonly Diagnostic[],
    sources: readonly SourceFile[],
    expected: string,
  ) {
    const text = renderPretty(diagnostics, sources, plain);
    expect(text).toBe(expected === "" ? "" : `${expected.replace(/^\n/, "")}\n`);
  }

  it("shows the sentence, the place, the words and the help", () => {
    const source = file("context user\nfunction f { merge usr }\n");
    check(
      [diagnostic(label(source, "usr", "no such context"), { help: "did you mean `user`?" })],
      [source],
      `
error[MZ2001]: there is no context \`usr\`
 --> contract/0.kdl:2:20
  |
2 | function f { merge usr }
  |                    ^^^ no such context
  |
  = help: did you mean \`user\`?`,
    );
  });

  it("shows related places of the same file in line order, with what is left out marked", () => {
    const source = file("type A\n".padEnd(7) + "\n".repeat(8) + "type A\n");
    check(
      [
        diagnostic(label(source, "A", "again", 1), {
          severity: "warning",
          related: [label(source, "A", "first here")],
        }),
      ],
      [source],
      `
warning[MZ2001]: there is no context \`usr\`
  --> contract/0.kdl:10:6
   |
 1 | type A
   |      - first here
...
10 | type A
   |      ^ again`,
    );
  });

  it("shows related places of other files below", () => {
    const one = file("type A\n", 0);
    const two = file("type A\n", 7, "contract/more/b.kdl");
    check(
      [diagnostic(label(one, "A"), { related: [label(two, "A", "here too")], help: "a\n  b" })],
      [one, two],
      `
error[MZ2001]: there is no context \`usr\`
 --> contract/0.kdl:1:6
  |
1 | type A
  |      ^
  |
 ::: contract/more/b.kdl:1:6
  |
1 | type A
  |      - here too
  |
  = help: a
            b`,
    );
  });

  it("gives each mark of one line its own row", () => {
    const source = file("a b");
    check(
      [diagnostic(label(source, "b", "two"), { related: [label(source, "a", "one")] })],
      [source],
      `
error[MZ2001]: there is no context \`usr\`
 --> contract/0.kdl:1:3
  |
1 | a b
  |   ^ two
  | - one`,
    );
  });

  it("shows the first of very many related places", () => {
    const source = file("a,".repeat(200_000));
    const related = Array.from({ length: 200_000 }, (_, index) => ({
      span: { file: 0, start: 2 * index + 1, end: 2 * index + 2 },
      text: "and this",
    }));
    const lines = renderPretty(
      [diagnostic(label(source, "a"), { related })],
      [source],
      plain,
    ).split("\n");
    expect(lines.filter((line) => line.endsWith("and this"))).toHaveLength(12);
    expect(lines).toContain("  = and 199988 more places");
  });

  it("needs no place, and survives one in an unknown file", () => {
    const nowhere = { span: { file: 9, start: 0, end: 1 }, text: "x" };
    check(
      [diagnostic(null, { help: "h" })],
      [],
      "error[MZ2001]: there is no context `usr`\n = help: h",
    );
    check([diagnostic(nowhere)], [], "error[MZ2001]: there is no context `usr`");
    check([], [], "");
  });

  const marked = (text: string, needle: string) => {
    const source = file(text);
    return renderPretty([diagnostic(label(source, needle))], [source], plain)
      .split("\n")
      .slice(3, 5);
  };

  it.each<[string, string, string, readonly [string, string]]>([
    ["a tab before", "\tx", "x", ["1 |     x", "  |     ^"]],
    ["a tab to the next stop", "ab\tx", "x", ["1 | ab  x", "  |     ^"]],
    ["wide characters", "名前 x", "x", ["1 | 名前 x", "  |      ^"]],
    ["marked wide characters", "a 名前", "名前", ["1 | a 名前", "  |   ^^^^"]],
    ["a joined emoji", "👩‍👩‍👧 x", "x", ["1 | 👩‍👩‍👧 x", "  |    ^"]],
    ["a combining accent", "e\u0301 x", "x", ["1 | e\u0301 x", "  |   ^"]],
    ["a byte order mark", "\ufeffx", "x", ["1 | \ufeffx", "  | ^"]],
    ["CRLF", "x\r\ny", "x", ["1 | x", "  | ^"]],
    ["a lone CR before", "y\rx", "x", ["2 | x", "  | ^"]],
    ["an escape sequence", "\u001b[31mx", "x", ["1 | \\u{1b}[31mx", "  |           ^"]],
    ["a bidirectional override", "\u202ex", "x", ["1 | \\u{202e}x", "  |         ^"]],
    ["a lone surrogate", "\ud800x", "x", ["1 | \ud800x", "  |  ^"]],
  ])("places the caret under %s", (_, text, needle, expected) => {
    expect(marked(text, needle)).toEqual(expected);
  });

  it("shows one caret for an empty place, at the end of a line and of the file", () => {
    const source = file("ab\n");
    const at = (offset: number) => ({
      span: { file: 0, start: offset, end: offset },
      text: "here",
    });
    const rows = (offset: number) =>
      renderPretty([diagnostic(at(offset))], [source], plain)
        .split("\n")
        .slice(1, 5);
    expect(rows(2)).toEqual([" --> contract/0.kdl:1:3", "  |", "1 | ab", "  |   ^ here"]);
    expect(rows(3)).toEqual([" --> contract/0.kdl:2:1", "  |", "2 |", "  | ^ here"]);
    expect(rows(99)).toEqual([" --> contract/0.kdl:2:1", "  |", "2 |", "  | ^ here"]);
  });

  it("marks a place over several lines to the end of its first", () => {
    expect(marked("type A {\n  b\n}", "A {\n  b")).toEqual(["1 | type A {", "  |      ^^^"]);
  });

  it("cuts an endless line around the place", () => {
    const source = file(`${"名".repeat(40_000)} x ${"a".repeat(40_000)}`);
    const text = renderPretty([diagnostic(label(source, "x", "y"))], [source], plain);
    const [line = "", caret = ""] = text.split("\n").slice(3, 5);
    expect(line.startsWith("1 | …名")).toBe(true);
    expect(line.endsWith("a…")).toBe(true);
    expect(line.length).toBeLessThanOrEqual(80);
    // Each wide character before the x takes two columns.
    expect(caret.indexOf("^")).toBe(line.indexOf("x") + (line.match(/名/g) ?? []).length);
  });

  it("lets no text steer the terminal", () => {
    const source = file("x", 0, "con\u001btract.kdl");
    const hostile = diagnostic(label(source, "x", "\u001b[2J\nlabel"), {
      message: "no `\u001b]0;title\u0007`\nerror: fake",
      help: "\u009b1m",
    });
    const text = renderPretty([hostile], [source], plain);
    expect(text).not.toMatch(/[^\n -~]/);
    expect(text.split("\n")).toHaveLength(8);
  });

  it("colours by the style it is given and by nothing else", () => {
    const source = file("x");
    const options = { style: ansiStyle, width: 80 };
    const text = renderPretty([diagnostic(label(source, "x", "y"))], [source], options);
    expect(text).toContain("\u001b[1;31merror[MZ2001]\u001b[0m");
    expect(text).toContain("\u001b[1;31m^ y\u001b[0m");
    const uncoloured = text.replaceAll(/\p{Cc}\[[\d;]*m/gu, "");
    expect(uncoloured).toBe(renderPretty([diagnostic(label(source, "x", "y"))], [source], plain));
  });
});

describe("for programs", () => {
  const source = file("context a\r\n\tmerge 😀usr\r\n", 3, "contract/ä b,c:d.kdl");
  const one = diagnostic(label(source, "usr", "no such context"), {
    message: "100 % wrong\nreally",
    help: "did you mean `user`?",
    related: [label(source, "a", "here")],
    fix: { span: label(source, "usr").span, replacement: "user" },
  });
  const two = diagnostic(null, { code: "MZ7001", severity: "warning" });
  const render = (format: (typeof reportFormats)[number]) =>
    renderReport(format, [one, two], [source], plain);

  it("json has the documented form", () => {
    expect(JSON.parse(render("json"))).toEqual({
      diagnostics: [
        {
          code: "MZ2001",
          severity: "error",
          message: "100 % wrong\nreally",
          help: "did you mean `user`?",
          primary: {
            file: "contract/ä b,c:d.kdl",
            line: 2,
            column: 10,
            endLine: 2,
            endColumn: 13,
            label: "no such context",
          },
          related: [
            {
              file: "contract/ä b,c:d.kdl",
              line: 1,
              column: 9,
              endLine: 1,
              endColumn: 10,
              label: "here",
            },
          ],
        },
        {
          code: "MZ7001",
          severity: "warning",
          message: two.message,
          help: null,
          primary: null,
          related: [],
        },
      ],
      errors: 1,
      warnings: 1,
    });
    expect(JSON.parse(renderReport("json", [], [], plain))).toEqual({
      diagnostics: [],
      errors: 0,
      warnings: 0,
    });
  });

  it("github escapes what its commands are made of", () => {
    expect(render("github")).toBe(
      "::error file=contract/ä b%2Cc%3Ad.kdl,line=2,endLine=2,col=10,endColumn=12,title=MZ2001" +
        "::100 %25 wrong%0Areally%0Acontract/ä b,c:d.kdl:1:9: here%0Adid you mean `user`?\n" +
        "::warning title=MZ7001::there is no context `usr`\n",
    );
  });

  it("sarif has rules, regions, related places and fixes", () => {
    const log = JSON.parse(render("sarif"));
    expect(log.version).toBe("2.1.0");
    const [run] = log.runs;
    expect(run.columnKind).toBe("utf16CodeUnits");
    expect(run.tool.driver).toMatchObject({ name: "mizan", version: "1.2.3" });
    expect(run.tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual([
      "MZ2001",
      "MZ7001",
    ]);
    const uri = "contract/%C3%A4%20b%2Cc%3Ad.kdl";
    const region = { startLine: 2, startColumn: 10, endLine: 2, endColumn: 13 };
    expect(run.results[0]).toMatchObject({
      ruleId: "MZ2001",
      ruleIndex: 0,
      level: "error",
      locations: [
        {
          physicalLocation: { artifactLocation: { uri }, region },
          message: { text: "no such context" },
        },
      ],
      relatedLocations: [{ id: 1, message: { text: "here" } }],
      fixes: [
        {
          artifactChanges: [
            {
              artifactLocation: { uri },
              replacements: [{ deletedRegion: region, insertedContent: { text: "user" } }],
            },
          ],
        },
      ],
    });
    expect(run.results[1]).toMatchObject({ ruleId: "MZ7001", level: "warning", locations: [] });
    expect(run.results[1]).not.toHaveProperty("relatedLocations");
  });

  it("every form of no diagnostics is sound", () => {
    for (const format of reportFormats) {
      expect(() => renderReport(format, [], [], plain)).not.toThrow();
    }
  });
});

it.each([
  [{ errors: 0, warnings: 0 }, "no problems"],
  [{ errors: 1, warnings: 0 }, "1 error"],
  [{ errors: 2, warnings: 1 }, "2 errors and 1 warning"],
])("sums up %j", (counts, expected) => {
  expect(toSummary(counts)).toBe(expected);
});
