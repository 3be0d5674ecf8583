/** Structs and enums together, as the modules of one side declare them. */
import type { Side, Use } from "../../ir/forms.js";
import type { Enum, Type } from "../../ir/model/canonical.js";
import { sortByText } from "../../ir/source/code-points.js";
import type { Nodes } from "../memo/pieces.js";
import type { World } from "./names.js";

export type NamedType =
  | { readonly kind: "struct"; readonly node: Type; readonly uses: readonly Use[] }
  | { readonly kind: "enum"; readonly node: Enum; readonly uses: readonly Use[] };

/** Those that a side prints, by name; the input form of a struct with two follows its output form. */
export function namedTypesOf(
  { canonical, forms }: World,
  side: Side,
  what: "types" | "schemas",
): readonly NamedType[] {
  const own = forms[side];
  const both = what === "types" ? own.split : own.twofold;
  const usesOf = (name: string): readonly Use[] => {
    if (both.has(name)) return ["out", "in"];
    return own.inputOnly.has(name) ? ["in"] : ["out"];
  };
  const structs = canonical.types.map((node): NamedType => ({
    kind: "struct",
    node,
    uses: usesOf(node.name),
  }));
  const enums = canonical.enums.map((node): NamedType => ({ kind: "enum", node, uses: ["out"] }));
  const printed = [...structs, ...enums].filter(({ node }) => own.printed.has(node.name));
  return sortByText(printed, ({ node }) => node.name);
}

/** All that a declaration of it is made from. */
export function nodesOf({ node, uses }: NamedType): Nodes {
  return [node, ...uses];
}
