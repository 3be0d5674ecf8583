/** A handler file as it is created, once: it compiles, answers 501, and belongs to the team from then on. */
import { isBindingName } from "../../ir/naming.js";
import { importLine } from "../layout/declarations.js";
import { stubText, type InputPattern } from "../layout/stub.js";
import { reference } from "../layout/types.js";
import { toIdentifier, type Code, type DocLine } from "../text.js";
import type { Handled, World } from "./names.js";
import { describe } from "./shapes.js";

export type StubView = {
  readonly imports: Code;
  readonly doc: readonly DocLine[];
  readonly handler: Code;
};

/** `serverImport`: the path from the handlers' folder to the server's, as an import has it. */
export function stubView(
  { node, names }: Handled,
  { layout }: World,
  serverImport: string,
): StubView {
  const type = toIdentifier(names.handlerType);
  const depth = names.handlerPath.split("/").length - 1;
  const up = depth === 0 ? "" : "../".repeat(depth);
  const from = `${up}${depth === 0 ? serverImport : serverImport.replace(/^\.\//, "")}/handlers.js`;
  return {
    imports: importLine([{ name: type, as: type, type: true }], from, layout),
    doc: describe({ doc: node.doc }),
    handler: stubText(
      {
        name: toIdentifier(names.handler),
        type: reference(type),
        input: inputPattern(node.input.map(({ name }) => name)),
      },
      layout,
    ),
  };
}

/** A field that cannot be a variable, or is called like the second parameter, is not destructured. */
function inputPattern(fields: readonly string[]): InputPattern {
  if (fields.length === 0) return { kind: "none" };
  return fields.every((name) => isBindingName(name) && name !== "ctx")
    ? { kind: "fields", names: fields.map(toIdentifier) }
    : { kind: "whole" };
}
