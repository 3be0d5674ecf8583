/** The handler that a new function starts with. */
import { fluid } from "./assignment.js";
import { bracketed, group, hardline, indent, type Doc } from "./doc.js";
import { argumentComma, expressionDoc, itemComma } from "./expression-doc.js";
import { identifier, method, object, shorthand } from "./expressions.js";
import type { Layout } from "./layout.js";
import { layOut } from "./print.js";
import { toIdentifier, type Code, type Identifier } from "../text.js";
import { typeDoc } from "./type-doc.js";
import type { TypeNode } from "./types.js";

/** How a stub takes its input: field by field, under one name, or not at all. */
export type InputPattern =
  | { readonly kind: "fields"; readonly names: readonly Identifier[] }
  | { readonly kind: "whole" }
  | { readonly kind: "none" };

/**
 * `export const renameUser: RenameUserHandler = async ({ user_id, name }, ctx) => { … }`. The body hands
 * what it was given to `ctx.notImplemented`, which ignores it, so that strict compilers see it used.
 */
export function stubText(
  stub: { readonly name: Identifier; readonly type: TypeNode; readonly input: InputPattern },
  layout: Layout,
): Code {
  const semi = layout.semi ? ";" : "";
  const notImplemented = method(
    identifier(toIdentifier("ctx")),
    toIdentifier("notImplemented"),
    ...usedInput(stub.input),
  );
  const body: Doc = [
    "{",
    indent([hardline, "throw ", expressionDoc(notImplemented, layout), semi]),
    hardline,
    "}",
  ];
  const arrow = group([group(["async ", parametersDoc(stub.input, layout)]), " => ", body]);
  const left: Doc = ["export const ", stub.name, ": ", typeDoc(stub.type, layout)];
  return layOut([fluid(left, " =", arrow), semi], layout);
}

function usedInput(input: InputPattern) {
  switch (input.kind) {
    case "fields":
      return [object(input.names.map(shorthand))];
    case "whole":
      return [identifier(toIdentifier("input"))];
    case "none":
      return [];
  }
}

function parametersDoc(input: InputPattern, layout: Layout): Doc {
  const first =
    input.kind === "fields"
      ? patternDoc(input.names, layout)
      : input.kind === "whole"
        ? "input"
        : "_input";
  const trailing = argumentComma(layout);
  return group(bracketed("(", () => [first, "ctx"], ")", { edge: "", separator: ",", trailing }));
}

/** `{ user_id, name }` */
function patternDoc(names: readonly Identifier[], layout: Layout): Doc {
  return group(
    bracketed("{", () => names, "}", {
      edge: layout.bracketSpacing ? " " : "",
      separator: ",",
      trailing: itemComma(layout),
    }),
  );
}
