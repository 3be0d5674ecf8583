/**
 * The constants that make calls and hooks: `const fn = functionOf(contract)`, and another for functions that take
 * files, so that a page without any carries nothing for them.
 */
import type { Field } from "../../ir/model/canonical.js";
import { takesFile, withoutOptional } from "../../ir/shapes.js";
import { constantText } from "../layout/declarations.js";
import { call, identifier, pure, string, type Expression } from "../layout/expressions.js";
import type { Code, Identifier } from "../text.js";
import type { NamedFunction, World } from "./names.js";
import type { AbiEntry, Scope } from "./scope.js";

/** A constant's name and the factory that it holds. */
type Maker = readonly [constant: string, factory: string];

export type CallMakers = {
  /** One line each; none that would make nothing. */
  readonly lines: readonly Code[];
  readonly makerOf: (named: NamedFunction) => Identifier;
};

export function callMakers(
  functions: readonly NamedFunction[],
  entry: AbiEntry,
  makers: { readonly plain: Maker; readonly upload: Maker },
  world: World,
  scope: Scope,
): CallMakers {
  const contract = identifier(scope.imported("./contract.js", "contract", "value"));
  const line = (name: Identifier, factory: string): Code =>
    constantText(
      {
        name,
        type: null,
        value: pure(call(identifier(scope.abiValue(entry, factory)), contract)),
        exported: false,
      },
      world.layout,
    );
  const plain = scope.local(makers.plain[0]);
  const lines = functions.every(isUpload) ? [] : [line(plain, makers.plain[1])];
  if (!functions.some(isUpload)) return { lines, makerOf: () => plain };
  const upload = scope.local(makers.upload[0]);
  return {
    lines: [...lines, line(upload, makers.upload[1])],
    makerOf: (named) => (isUpload(named) ? upload : plain),
  };
}

const isUpload = ({ fn }: NamedFunction): boolean =>
  fn.input.some((field) => takesFile(field.shape));

/** How the runtime is told of a function: its wire name, `box` if its output is boxed, and of a form what it needs. */
export function wireArguments(named: NamedFunction): readonly Expression[] {
  const { fn, isBoxed } = named;
  const words = [
    ...(isBoxed ? ["box"] : []),
    ...(isUpload(named) ? fn.input.flatMap(jsonWord) : []),
  ];
  return [string(fn.name), ...(words.length > 0 ? [string(words.join(" "))] : [])];
}

/** A text in a form is sent as it is, except where any JSON value may stand. */
function jsonWord({ name, shape }: Field): readonly string[] {
  const inner = withoutOptional(shape);
  if (inner.kind === "json") return [`${name}:json`];
  return inner.kind === "list" && withoutOptional(inner.item).kind === "json"
    ? [`${name}:jsons`]
    : [];
}
