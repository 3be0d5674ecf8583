/** Types that nothing uses. */
import { assertNever } from "../assert-never.js";
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type * as contract from "../model/contract.js";
import { compareSpans, type Facts } from "./facts.js";

/** A declaration that other declarations may use by name, and the names that it uses itself. */
type Declaration = { readonly name: contract.Name; readonly uses: readonly string[] };

export function typesAreUsed({ contract, sound }: Facts): readonly Diagnostic[] {
  if (!sound) return [];
  const declarations: readonly Declaration[] = [
    ...contract.types.map((type) => ({
      name: type.name,
      uses: type.kind === "alias" ? namesIn(type.type) : namesInFields(type.fields),
    })),
    ...contract.enums.map((node) => ({ name: node.name, uses: [] })),
  ].sort((a, b) => compareSpans(a.name.span, b.name.span));
  const byName = new Map(declarations.map((declaration) => [declaration.name.text, declaration]));

  const reached = new Set<string>();
  const reach = (names: readonly string[]): void => {
    const queue = [...names];
    // Grows while it is walked: types may lead to each other more deeply than calls may nest.
    for (const name of queue) {
      if (reached.has(name)) continue;
      reached.add(name);
      for (const used of byName.get(name)?.uses ?? []) queue.push(used);
    }
  };
  reach(namesOutsideTypes(contract));

  // What only an unused type uses goes with it: the first of those that nothing else uses is reported.
  const unused = declarations.filter((declaration) => !reached.has(declaration.name.text));
  const usedByOthers = new Set(
    unused.flatMap(({ name, uses }) => uses.filter((used) => used !== name.text)),
  );
  const roots = unused.filter((declaration) => !usedByOthers.has(declaration.name.text));
  return [...roots, ...unused].flatMap((declaration) => {
    if (reached.has(declaration.name.text)) return [];
    reach([declaration.name.text]);
    return [
      report(
        "MZ3061",
        { span: declaration.name.span, text: "used nowhere" },
        { type: declaration.name.text },
        { help: "use it in a function, or take it away" },
      ),
    ];
  });
}

function namesOutsideTypes(contract: contract.Contract): readonly string[] {
  const messages = contract.channels.flatMap((node) => [node.params, node.client, node.server]);
  return [
    ...contract.errors.flatMap((error) => namesInFields(error.fields)),
    ...contract.functions.flatMap((fn) => [
      ...namesInFields(fn.input),
      ...(fn.inputType === null ? [] : [fn.inputType.text]),
      ...namesInOutput(fn.output),
    ]),
    ...contract.views.flatMap((view) => [
      ...namesInFields(view.input),
      ...(view.inputType === null ? [] : [view.inputType.text]),
    ]),
    ...messages.flatMap((message) => [
      ...namesInFields(message?.fields ?? []),
      ...(message?.type ? [message.type.text] : []),
    ]),
  ];
}

function namesInOutput(output: contract.Output): readonly string[] {
  switch (output.kind) {
    case "nothing":
      return [];
    case "type":
      return namesIn(output.type);
    case "printed":
      return [output.name.text];
    default:
      return assertNever(output);
  }
}

function namesInFields(fields: readonly contract.Field[]): readonly string[] {
  return fields.flatMap((field) => namesIn(field.type));
}

function namesIn(type: contract.TypeExpr): readonly string[] {
  switch (type.kind) {
    case "name":
      return [type.name];
    case "list":
      return namesIn(type.item);
    case "map":
      return namesIn(type.value);
    case "optional":
      return namesIn(type.inner);
    case "union":
      return type.members.flatMap(namesIn);
    case "enum":
      return type.name === null ? [] : [type.name.text];
    case "scalar":
    case "error":
      return [];
    default:
      return assertNever(type);
  }
}
