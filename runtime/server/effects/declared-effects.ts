/** The effects that a contract declares for a function, compiled once and read after each success. */
import type {
  EffectParams,
  FunctionDefinition,
  MergeDefinition,
  SourcePath,
} from "../definition.js";
import { byName, Effects, type Params } from "./effects.js";
import { getOwn, isRecord, setOwn, type Plain } from "../values/own.js";

/** The declared effects of one success. `result` is the encoded output, not boxed. */
export type DeclaredEffects = (input: unknown, result: unknown) => Effects;

type AddEffect = (effects: Effects, input: unknown, result: unknown) => void;

/** What merging needs to know about the function whose slot takes the value. */
export type Slot = { readonly boxed: boolean; readonly nullable: boolean };

type ReadParams = (input: unknown, result: unknown) => Params;

/** Null when the contract declares none. */
export function compileEffects(
  definition: FunctionDefinition,
  slotOf: (name: string) => Slot,
): DeclaredEffects | null {
  const steps: AddEffect[] = [
    ...(definition.affects ?? []).map((affect): AddEffect => {
      if ("function" in affect) {
        const entry = { function: affect.function };
        return (effects) => effects.invalidate(entry);
      }
      const { context } = affect;
      const params = compileParams(affect.params);
      return (effects, input, result) =>
        effects.invalidate({ context, params: params(input, result) });
    }),
    ...(definition.merges ?? []).map((merge) => compileMerge(merge, slotOf(merge.slot))),
  ];
  if (steps.length === 0) return null;
  return (input, result) => {
    const effects = new Effects();
    for (const step of steps) step(effects, input, result);
    return effects;
  };
}

function compileMerge(merge: MergeDefinition, slot: Slot): AddEffect {
  const { context, op, key, value: source } = merge;
  const params = compileParams(merge.params);
  const takesNull = op === undefined && slot.nullable;

  return (effects, input, result) => {
    const scope = params(input, result);
    const read = source === undefined ? result : readSource(source, input, result);
    if ((read === null || read === undefined) && !takesNull) {
      effects.invalidate({ context, params: scope });
      return;
    }
    const value = source !== undefined && key !== undefined ? keyed(key, read) : read;
    effects.merge({
      context,
      slot: merge.slot,
      value: slot.boxed ? { result: value } : value,
      params: scope,
      ...(op !== undefined && key !== undefined && { op, key }),
    });
  };
}

function keyed(key: string, value: unknown): Plain {
  const element: Plain = {};
  setOwn(element, key, value);
  return element;
}

function compileParams(declared: EffectParams = []): ReadParams {
  const sources = [...declared].sort(byName);
  return (input, result) => {
    const params: [string, unknown][] = [];
    for (const [name, source] of sources) {
      const value = readSource(source, input, result);
      // A null drops its param: too wide costs a refetch, too narrow leaves a stale screen.
      if (value !== null && value !== undefined) params.push([name, value]);
    }
    return params;
  };
}

function readSource([root, ...path]: SourcePath, input: unknown, result: unknown): unknown {
  let value = root === "input" ? input : result;
  for (const step of path) value = isRecord(value) ? getOwn(value, step) : undefined;
  return value;
}
