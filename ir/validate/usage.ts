/** Types that nothing uses. Those of the canonical form count as used: a program printed them. */
import { namesInFields, namesInOutput, namesInType } from "../canonicalize/names-in.js";
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type * as contract from "../model/contract.js";
import { compareSpans, type Facts } from "./facts.js";
import { recall } from "../recall.js";

/** A declaration that other declarations may use by name, and the names that it uses itself. */
type Declaration = { readonly name: contract.Name; readonly uses: readonly string[] };

export function typesAreUsed({ contract, sound, memory }: Facts): readonly Diagnostic[] {
  if (!sound) return [];
  const declarations: readonly Declaration[] = [
    ...contract.types.map((type) => ({
      name: type.name,
      uses: recall(memory.names, type, namesInDeclaration),
    })),
    ...contract.enums.map((node) => ({ name: node.name, uses: [] })),
  ];
  const byName = new Map(declarations.map((declaration) => [declaration.name.text, declaration]));

  const reached = new Set<string>();
  const queue: string[] = [];
  const reach = (names: readonly string[]): void => {
    for (const name of names) {
      if (reached.has(name)) continue;
      reached.add(name);
      queue.push(name);
    }
    // Not by recursion: types may lead to each other more deeply than calls may nest.
    for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
      for (const used of byName.get(name)?.uses ?? []) {
        if (reached.has(used)) continue;
        reached.add(used);
        queue.push(used);
      }
    }
  };
  reach(contract.types.flatMap(({ name, form }) => (form === "canonical" ? [name.text] : [])));
  for (const node of contract.errors) {
    reach(recall(memory.names, node, namesInError));
  }
  for (const node of contract.functions) {
    reach(recall(memory.names, node, namesInFunction));
  }
  for (const node of contract.views) reach(recall(memory.names, node, namesInInput));
  for (const node of contract.channels) {
    reach(recall(memory.names, node, namesInChannel));
  }

  // What only an unused type uses goes with it: the first of those that nothing else uses is reported.
  const unused = declarations
    .filter((declaration) => !reached.has(declaration.name.text))
    .sort((a, b) => compareSpans(a.name.span, b.name.span));
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

function namesInError({ fields }: contract.DeclaredError): readonly string[] {
  return namesInFields(fields);
}

function namesInDeclaration(type: contract.TypeDeclaration): readonly string[] {
  return type.kind === "alias" ? namesInType(type.type) : namesInFields(type.fields);
}

function namesInFunction(fn: contract.Fn): readonly string[] {
  return [...namesInInput(fn), ...namesInOutput(fn.output)];
}

function namesInInput({ input, inputType }: contract.Fn | contract.View): readonly string[] {
  return [...namesInFields(input), ...(inputType === null ? [] : [inputType.text])];
}

function namesInChannel(channel: contract.Channel): readonly string[] {
  return [channel.params, channel.client, channel.server].flatMap((message) => [
    ...namesInFields(message?.fields ?? []),
    ...(message?.type ? [message.type.text] : []),
  ]);
}
