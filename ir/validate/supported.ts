/**
 * What the language has and this version of the generator and the runtime does not. `check` and `gen` ask;
 * `canon` never does, for the contract itself is sound.
 */
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Canonical, Field, Fn } from "../model/canonical.js";
import type { Span } from "../source/source.js";
import { spanKey, type Facts } from "./facts.js";
import { hasKind, shapesIn, takesFile } from "../shapes.js";

/** One diagnostic for each declaration that nothing would be generated for. */
export function notSupportedYet({ canonical, fields }: Facts): readonly Diagnostic[] {
  const hasFiles = fields.some(({ shape }) => hasKind(shape, "file"));
  return [
    ...canonical.channels.map((channel) =>
      notYet(
        "a channel",
        channel.place.name,
        "let clients refetch: a function that `affects` a context",
      ),
    ),
    ...forms(canonical.functions),
    ...canonical.functions
      .filter((fn) => fn.transport === "websocket" && fn.form === null)
      .map((fn) =>
        notYet(
          "`transport websocket`",
          fn.place.name,
          "take `transport` away: it is then called over HTTP",
        ),
      ),
    ...canonical.contexts
      .filter((context) => context.live)
      .map((context) =>
        notYet(
          "`live`",
          context.place.name,
          "take `live` away: mutations of the same client still refetch it",
        ),
      ),
    ...(hasFiles ? fileFields(canonical) : []).map((field) =>
      notYet(
        "a `file` inside another type",
        field.typeSpan,
        "make it an input by itself: `file`, `file?` or `list<file>`",
      ),
    ),
  ];
}

function notYet(feature: string, span: Span, help: string): Diagnostic {
  return report("MZ4001", { span, text: "not yet supported" }, { feature }, { help });
}

/** A form is three functions in the canonical form: it is told once, where the first of them stands. */
function forms(functions: readonly Fn[]): readonly Diagnostic[] {
  const told = new Set<string>();
  const parts = functions.filter(({ form }) => form !== null);
  return parts.flatMap((fn) => {
    const name = fn.form?.name ?? fn.name;
    if (told.has(name)) return [];
    told.add(name);
    return [
      notYet("a form", fn.place.name, "write a function with the form's fields as its input"),
    ];
  });
}

/** Files where a form has no place for them. Where they can never stand is a fault of its own. */
function fileFields({ types, functions, views }: Canonical): readonly Field[] {
  const byName = new Map(types.map((type) => [type.name, type]));
  const found = new Map<number, Field>();
  const seen = new Set<string>();
  const inputs = [...functions, ...views].flatMap(({ input }) => input);
  const queue = [...inputs];
  const isPart = new Set(inputs.filter((field) => takesFile(field.shape)));
  // Grows while it is walked.
  for (const field of queue) {
    if (isPart.has(field)) continue;
    for (const shape of shapesIn(field.shape)) {
      if (shape.kind === "file") found.set(spanKey(field.place.name), field);
      if (shape.kind !== "ref" || seen.has(shape.type)) continue;
      seen.add(shape.type);
      for (const inner of byName.get(shape.type)?.fields ?? []) queue.push(inner);
    }
  }
  return [...found.values()];
}
