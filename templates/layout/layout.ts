/**
 * The layout of generated code: what a project's prettier options ask for, as far as we lay out ourselves.
 *
 * Everything in this folder prints TypeScript the way prettier would leave it alone, so that nobody has to
 * run prettier over megabytes of output: `doc.ts` is a document algebra, `print.ts` fits documents into
 * lines, `types.ts`, `expressions.ts` and `declarations.ts` say how each construct may break. prettier is
 * the oracle of the tests, never a dependency of the code.
 *
 * It does not know all of TypeScript, only what generated code uses.
 */

/** prettier's options that change what we print; names and meanings are prettier's. */
export type Layout = {
  readonly printWidth: number;
  readonly tabWidth: number;
  readonly useTabs: boolean;
  readonly semi: boolean;
  readonly singleQuote: boolean;
  readonly quoteProps: "as-needed" | "consistent" | "preserve";
  readonly trailingComma: "all" | "es5" | "none";
  readonly bracketSpacing: boolean;
  readonly arrowParens: "always" | "avoid";
  readonly endOfLine: "lf" | "crlf" | "cr";
};

/** prettier's own defaults. */
export const defaultLayout: Layout = {
  printWidth: 80,
  tabWidth: 2,
  useTabs: false,
  semi: true,
  singleQuote: false,
  quoteProps: "as-needed",
  trailingComma: "all",
  bracketSpacing: true,
  arrowParens: "always",
  endOfLine: "lf",
};

/**
 * Options that cannot change what we print, because generated code has nothing they apply to (JSX,
 * ternaries, Markdown, Vue …) or, as for `objectWrap`,
 * because we break an object only where prettier would break it anyway.
 */
const withoutEffect: ReadonlySet<string> = new Set([
  "bracketSameLine",
  "checkIgnorePragma",
  "embeddedLanguageFormatting",
  "experimentalTernaries",
  "filepath",
  "htmlWhitespaceSensitivity",
  "insertPragma",
  "jsxSingleQuote",
  "objectWrap",
  "parser",
  "proseWrap",
  "singleAttributePerLine",
  "vueIndentScriptAndStyle",
]);

/**
 * The layout for a project's resolved prettier options (without overrides for other kinds of files), or
 * null when they hold something that only prettier itself can follow: plugins, pragmas, line ends that
 * depend on the file, unknown options or values.
 */
export function layoutFromPrettierOptions(
  options: Readonly<Record<string, unknown>>,
): Layout | null {
  const layout: { -readonly [Key in keyof Layout]: Layout[Key] } = { ...defaultLayout };
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    switch (name) {
      case "printWidth":
        if (!isCount(value)) return null;
        layout.printWidth = value;
        break;
      case "tabWidth":
        if (!isCount(value)) return null;
        layout.tabWidth = value;
        break;
      case "useTabs":
      case "semi":
      case "singleQuote":
      case "bracketSpacing":
        if (typeof value !== "boolean") return null;
        layout[name] = value;
        break;
      case "quoteProps":
        if (value !== "as-needed" && value !== "consistent" && value !== "preserve") return null;
        layout.quoteProps = value;
        break;
      case "trailingComma":
        if (value !== "all" && value !== "es5" && value !== "none") return null;
        layout.trailingComma = value;
        break;
      case "arrowParens":
        if (value !== "always" && value !== "avoid") return null;
        layout.arrowParens = value;
        break;
      case "endOfLine":
        if (value !== "lf" && value !== "crlf" && value !== "cr") return null;
        layout.endOfLine = value;
        break;
      case "plugins":
        if (!Array.isArray(value) || value.length > 0) return null;
        break;
      case "experimentalOperatorPosition":
        // Where an intersection of types breaks.
        if (value !== "end") return null;
        break;
      case "requirePragma":
      case "checkIgnorePragma":
      case "insertPragma":
        if (value !== false) return null;
        break;
      default:
        if (!withoutEffect.has(name)) return null;
    }
  }
  return layout;
}

/** The white space of so many levels of indentation. */
export function indentation(layout: Layout, levels: number): string {
  return layout.useTabs ? "\t".repeat(levels) : " ".repeat(layout.tabWidth * levels);
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}
