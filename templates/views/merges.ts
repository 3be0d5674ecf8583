/** How a handler puts values into a slot: `ctx.merge.user.user_orders`. */
import type { Fn, Shape } from "../../ir/model/canonical.js";
import { reference, type TypeNode } from "../layout/types.js";
import { outputType, type Setting } from "./shapes.js";

/** What a member of `ctx.merge` is for the slot of this function. */
export function mergeType(fn: Fn, params: TypeNode, setting: Setting): TypeNode {
  const { scope } = setting;
  const value = outputType(fn.output, setting);
  const item = itemOf(fn);
  if (item === null) return reference(scope.abiType("server", "Merge"), value, params);
  const whole = fn.output?.kind === "list" ? [] : [value];
  return reference(
    scope.abiType("server", "MergeList"),
    outputType(item, setting),
    params,
    ...whole,
  );
}

/** The struct that the slot holds a list of, whole or page by page; null for any other slot. */
function itemOf({ output, paginate }: Fn): Shape | null {
  if (paginate !== null) return { kind: "ref", type: paginate.element };
  const shape = output?.kind === "optional" ? output.inner : output;
  return shape?.kind === "list" && shape.item.kind === "ref" ? shape.item : null;
}
