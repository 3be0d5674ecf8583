/** Random contracts as files: `renderContract`, and the small makers of text that `random-contract.ts` uses. */
import { quote } from "../../ir/print/literals.js";
import type { SourceFile } from "../../ir/source/source.js";
import { createChance, type Chance } from "./random.js";
import type { ContractModel, FunctionModel } from "./random-contract.js";

/**
 * The files of a contract. `order` chooses the order of nodes, files and options, the spread over files, and
 * where the functions of a context stand; the meaning is always the same.
 */
export function renderContract(contract: ContractModel, order = 0): readonly SourceFile[] {
  const chance = createChance(order);
  const nodes = [...contract.nodes];
  const inBlock = new Map<string, string[]>(contract.contexts.map(({ name }) => [name, []]));
  for (const fn of contract.functions) {
    const place = fn.context === null ? "top" : chance.pick(["block", "reference", "child"]);
    const members = fn.context === null ? undefined : inBlock.get(fn.context);
    if (place === "block") members?.push(renderFunction(fn, null, chance));
    else nodes.push(renderFunction(fn, place === "child" ? fn.context : null, chance));
    if (place === "reference") members?.push(`function ${fn.name}`);
  }
  for (const { name, options, doc: text } of contract.contexts) {
    const members = inBlock.get(name) ?? [];
    const cut = chance.int(members.length + 1);
    // The nodes of one context may stand in several files; its options and documentation in one of them.
    nodes.push(
      block(`context ${name}`, chance.shuffle([...options, ...members.slice(0, cut)]), text),
    );
    if (cut < members.length) nodes.push(block(`context ${name}`, members.slice(cut)));
  }
  const files = Array.from({ length: 1 + chance.int(3) }, (): string[] => []);
  for (const node of chance.shuffle(nodes)) chance.pick(files).push(node);
  return files.map((lines, id) => ({
    id,
    path: `contract/${id}.kdl`,
    text: lines.map((line) => `${line}\n`).join("\n"),
  }));
}

function renderFunction(fn: FunctionModel, context: string | null, chance: Chance): string {
  const inline = fn.input.every((field) => field.inline !== null) && chance.one(2);
  const head = [
    "function",
    fn.name,
    ...(inline ? fn.input.map((field) => field.inline ?? "") : []),
    ...(fn.output === null ? [] : ["->", quotedType(fn.output)]),
  ].join(" ");
  const input =
    inline || fn.input.length === 0
      ? []
      : [
          block(
            "input",
            fn.input.map(({ line }) => line),
          ),
        ];
  const member = context === null ? [] : [`context ${context}`];
  const options = chance.shuffle([...input, ...member, ...fn.options]);
  const cut = chance.int(options.length + 1);
  const lines = [...options.slice(0, cut), ...fn.effects, ...options.slice(cut)];
  // A bare function in a context's block would be a reference.
  return block(head, lines, fn.doc, fn.context !== null);
}

/** A node with its documentation and block. */
export function block(
  head: string,
  lines: readonly string[],
  comment: string | null = null,
  braces = false,
): string {
  const above =
    comment === null
      ? ""
      : `${comment
          .split("\n")
          .map((line) => `/// ${line}`)
          .join("\n")}\n`;
  if (lines.length === 0) return above + head + (braces ? " {\n}" : "");
  const indented = lines.map((line) => line.replaceAll(/^/gm, "    "));
  return `${above}${head} {\n${indented.join("\n")}\n}`;
}

/** A string as people write it, line separators escaped. */
export function quoted(value: string): string {
  return quote(value).replaceAll("\u2028", "\\u{2028}");
}

/** A type as KDL takes it: parentheses need quotes. */
export function quotedType(type: string): string {
  return /[()\s]/.test(type) ? quoted(type) : type;
}

/** `z_` → `Z`: the prefix of types. */
export function capital(word: string): string {
  return word === "" ? "" : word.charAt(0).toUpperCase() + word.slice(1).replaceAll("_", "");
}
