/** Files come in as parts of a form, in a call or to a view; nothing else can carry one. */
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Field, Shape } from "../model/canonical.js";
import type { Span } from "../source/source.js";
import { spanKey, type Facts } from "./facts.js";
import { hasKind, shapesIn } from "../shapes.js";

export function filesAreOnlySent(facts: Facts): readonly Diagnostic[] {
  if (!hasFiles(facts)) return [];
  const { functions, views, errors, channels } = facts.canonical;
  const places = [
    ...functions.flatMap((fn) =>
      fn.output === null || fn.outputSpan === null
        ? []
        : fileIn(facts, fn.output, fn.outputSpan, `the output of \`${fn.name}\``),
    ),
    ...functions
      .filter((fn) => fn.context !== null)
      .flatMap((fn) =>
        fileInFields(facts, fn.input, `the input of the context function \`${fn.name}\``),
      ),
    ...views
      .filter(({ methods }) => methods.every((method) => method === "GET" || method === "HEAD"))
      .flatMap((view) =>
        fileInFields(
          facts,
          view.input,
          `the input of the view \`${view.name}\`, which is only looked at`,
        ),
      ),
    ...errors.flatMap((error) => fileInFields(facts, error.fields, `the error \`${error.name}\``)),
    ...channels.flatMap((channel) =>
      [channel.params, channel.clientMessage, channel.serverMessage].flatMap((message) =>
        fileInFields(facts, message?.fields ?? [], `the channel \`${channel.name}\``),
      ),
    ),
  ];
  // A struct may be reached from many places; the file in it is one fault.
  const once = new Map(places.map((place) => [spanKey(place.span), place]));
  return [...once.values()].map(({ span, where }) =>
    report(
      "MZ3058",
      { span, text: "a file" },
      { where },
      {
        help: "answer with its address (`url`) or its `bytes`; a `file` stands in the input of a call",
      },
    ),
  );
}

export function filesAreNotInMaps({ fields }: Facts): readonly Diagnostic[] {
  return fields
    .filter(
      (field) =>
        hasKind(field.shape, "file") &&
        shapesIn(field.shape).some((shape) => shape.kind === "map" && hasKind(shape, "file")),
    )
    .map((field) =>
      report(
        "MZ3059",
        { span: field.typeSpan, text: "files under free names" },
        { field: field.name },
        { help: "write `list<file>`, or one field for each file" },
      ),
    );
}

/** In a form the function is named by the field `fn`, beside its inputs. */
export function formsNameTheFunction(facts: Facts): readonly Diagnostic[] {
  if (!hasFiles(facts)) return [];
  return facts.canonical.functions.flatMap((fn) => {
    const taken = fn.input.find((field) => field.name === "fn");
    if (taken === undefined || !fn.input.some((field) => hasKind(field.shape, "file"))) return [];
    return [
      report(
        "MZ3063",
        { span: taken.place.name, text: "names the function in a form" },
        { function: fn.name },
        { help: "give the input another name" },
      ),
    ];
  });
}

/** Most contracts have none, and need not be searched. */
function hasFiles({ fields, outputs }: Facts): boolean {
  return (
    fields.some((field) => hasKind(field.shape, "file")) ||
    outputs.some(({ output }) => output !== null && hasKind(output, "file"))
  );
}

type Place = { readonly span: Span; readonly where: string };

function fileInFields(facts: Facts, fields: readonly Field[], where: string): readonly Place[] {
  return fields.flatMap((field) => fileIn(facts, field.shape, field.typeSpan, where));
}

/** Where the files are that a shape reaches: at the type of the field that has one, through structs. */
function fileIn(facts: Facts, shape: Shape, span: Span, where: string): readonly Place[] {
  const found: Place[] = [];
  const seen = new Set<string>();
  const queue = [{ shape, span }];
  // Grows while it is walked.
  for (const at of queue) {
    for (const part of shapesIn(at.shape)) {
      if (part.kind === "file") found.push({ span: at.span, where });
      if (part.kind !== "ref" || seen.has(part.type)) continue;
      seen.add(part.type);
      for (const field of facts.types.get(part.type)?.fields ?? []) {
        queue.push({ shape: field.shape, span: field.typeSpan });
      }
    }
  }
  return found;
}
