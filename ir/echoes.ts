/**
 * Faults that are there only because of another one. Most never come up, since what is at fault becomes an
 * error node that nobody looks into; two kinds are left, and both are told by places alone:
 *
 * - a name that resolves to nothing because its declaration is in the wrong case: the declaration is reported,
 *   and whoever follows its help has the name that is missing;
 * - a second fault of the very words that an earlier stage, or the same one before, has complained about.
 *
 * Nothing is lost for long: what is held back is said when the other fault is gone, if it is still true then.
 */
import type { Code } from "./diagnostics/catalogue.js";
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import type { SourceFile, Span } from "./source/source.js";

/** There is no type, context, function, error, field, param or slot of a name. */
const unresolved: ReadonlySet<string> = new Set<Code>([
  "MZ2001",
  "MZ2002",
  "MZ2003",
  "MZ3001",
  "MZ4036",
  "MZ5006",
  "MZ5008",
  "MZ5009",
  "MZ5011",
]);

/**
 * A name that nobody declared is a fault of its own, in whatever brackets it stands; but not where it is the name
 * of a node that there is not, and is only read as what might be meant.
 */
const ownFaults: ReadonlySet<string> = new Set<Code>(["MZ2001", "MZ2002", "MZ2003", "MZ3001"]);

/** Comparing all with all is worth it for a contract with mistakes in it, not for a file that is none. */
const most = 1000;

/** @param stages what each stage found, in the order in which they ran */
export function withoutEchoes(
  stages: readonly (readonly Diagnostic[])[],
  files: readonly SourceFile[],
): readonly Diagnostic[] {
  const all = stages.flat();
  const errors = all.filter(({ severity }) => severity === "error");
  if (errors.length < 2 || errors.length > most) return all;

  const texts = new Map(files.map(({ id, text }) => [id, text]));
  const textOf = ({ file, start, end }: Span): string => texts.get(file)?.slice(start, end) ?? "";
  const miscased = new Set(
    errors.flatMap(({ code, primary }) =>
      code === "MZ2006" && primary !== null ? [fold(textOf(primary.span))] : [],
    ),
  );
  const isOfMiscased = ({ code, primary }: Diagnostic): boolean =>
    unresolved.has(code) &&
    primary !== null &&
    textOf(primary.span)
      .split(/[.=]/)
      .some((word) => miscased.has(fold(word)));

  const unknownNodes = errors.flatMap(({ code, primary }) =>
    code === "MZ1101" && primary !== null ? [primary.span] : [],
  );
  const earlier: Span[] = [];
  return stages.flatMap((stage) => {
    const said: Span[] = [];
    const kept = stage.filter((diagnostic) => {
      if (diagnostic.severity !== "error" || diagnostic.primary === null) return true;
      if (isOfMiscased(diagnostic)) return false;
      const { span } = diagnostic.primary;
      const isOwn =
        ownFaults.has(diagnostic.code) && !unknownNodes.some((other) => isSame(span, other));
      if (!isOwn) {
        if (said.some((other) => isSame(span, other))) return false;
        if (earlier.some((other) => holds(other, span) || holds(span, other))) return false;
      }
      said.push(span);
      return true;
    });
    earlier.push(...said);
    return kept;
  });
}

function isSame(a: Span, b: Span): boolean {
  return a.file === b.file && a.start === b.start && a.end === b.end && a.end > a.start;
}

/** Empty places lie between words and hold nothing, nor does anything hold them. */
function holds(outer: Span, inner: Span): boolean {
  return (
    outer.file === inner.file &&
    outer.start <= inner.start &&
    inner.end <= outer.end &&
    inner.end > inner.start
  );
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
