/**
 * The parts of `ctx` whose members come from the contract: `ctx.invalidate.<context>`,
 * `ctx.merge.<context>.<slot>`, `ctx.call.<function>`.
 *
 * Their shape is made once per server; a request makes a member only when a handler touches it.
 */
import type { CompiledContext, CompiledContract, CompiledFunction } from "../compiled.js";
import { byName, type Effects, type MergeEntry, type Params } from "./effects.js";
import type { Codec } from "../values/codec.js";
import { Issues } from "../values/issues.js";
import { getOwn, isRecord, setOwn, type Plain } from "../values/own.js";

/** What the members need of the function that is running. */
export interface EffectTarget {
  readonly effects: Effects;
  callFunction(called: CompiledFunction, args: unknown): Promise<unknown>;
}

export interface HandlerMembers {
  readonly invalidate: (target: EffectTarget) => object;
  readonly merge: (target: EffectTarget) => object;
  readonly call: (target: EffectTarget) => object;
}

export function createHandlerMembers(contract: CompiledContract): HandlerMembers {
  return {
    invalidate: lazyMembers(contract.contexts, invalidator),
    merge: lazyMembers(
      new Map(Array.from(contract.contexts, ([name, context]) => [name, slotMembers(context)])),
      (members, target: EffectTarget) => members(target),
    ),
    call: lazyMembers(
      contract.functions,
      (called, target: EffectTarget) => (args: unknown) => target.callFunction(called, args),
    ),
  };
}

const invalidator = (context: CompiledContext, target: EffectTarget) => (params?: unknown) =>
  target.effects.invalidate({ context: context.name, params: toParams(context, params) });

const slotMembers = (context: CompiledContext): ((target: EffectTarget) => object) =>
  lazyMembers(
    new Map(context.functions.map((slot) => [slot.name, slot])),
    (slot: CompiledFunction, target: EffectTarget) => merger(context, slot, target),
  );

function merger(context: CompiledContext, slot: CompiledFunction, target: EffectTarget): object {
  const { item } = slot;
  const entry = (value: unknown, params: unknown): MergeEntry => ({
    context: context.name,
    slot: slot.name,
    value: slot.definition.boxed ? { result: value } : value,
    params: toParams(context, params),
  });
  const element =
    (op: "upsert" | "prepend" | "remove") => (value: unknown, key: string, params?: unknown) => {
      if (item === null) throw new TypeError(`The slot ${slot.name} is no list`);
      const encoded =
        op === "remove" ? onlyKey(item, value, key) : encodeOrThrow(item, value, slot.name);
      target.effects.merge({ ...entry(encoded, params), op, key });
    };
  const replace = (value: unknown, params?: unknown): void => {
    const encoded = slot.output === null ? null : encodeOrThrow(slot.output, value, slot.name);
    target.effects.merge(entry(encoded, params));
  };
  return Object.assign(replace, {
    upsert: element("upsert"),
    prepend: element("prepend"),
    remove: element("remove"),
  });
}

/**
 * Only the key matters to a client that removes an element, and a handler may know nothing else of it. It is written
 * as in the list, where a client looks for the same.
 */
function onlyKey(item: Codec, value: unknown, key: string): Plain {
  const encoded = item.encode(value, new Issues());
  // Into a union's arms nothing fits but whole elements.
  const whole = isRecord(encoded) ? encoded : value;
  const found = isRecord(whole) ? getOwn(whole, key) : undefined;
  if (found === undefined || found === null) throw new TypeError(`Expected an object with ${key}`);
  const element: Plain = {};
  setOwn(element, key, found);
  return element;
}

/** Params that a handler gave, checked against what the context takes. Null and absent ones drop out. */
function toParams(context: CompiledContext, given: unknown): Params {
  if (given === undefined || given === null) return [];
  if (!isRecord(given)) throw new TypeError(`Params of ${context.name} must be an object`);
  const params: [string, unknown][] = [];
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null) continue;
    const codec = context.params.get(name);
    if (!codec) throw new TypeError(`The context ${context.name} has no param ${name}`);
    params.push([name, encodeOrThrow(codec, value, name)]);
  }
  return params.sort(byName);
}

function encodeOrThrow(codec: Codec, value: unknown, what: string): unknown {
  const issues = new Issues();
  const encoded = codec.encode(value, issues);
  if (issues.count > 0) throw new TypeError(`${what}: ${issues.toText()}`);
  return encoded;
}

/** An object whose members are getters on a shared prototype; names of the contract are its only keys. */
function lazyMembers<Source, Target>(
  sources: ReadonlyMap<string, Source>,
  make: (source: Source, target: Target) => unknown,
): (target: Target) => object {
  const targets = new WeakMap<object, Target>();
  const prototype: object = Object.create(null);
  for (const [name, source] of sources) {
    Object.defineProperty(prototype, name, {
      enumerable: true,
      get(this: object) {
        const target = targets.get(this);
        return target === undefined ? undefined : make(source, target);
      },
    });
  }
  return (target) => {
    const members: object = Object.create(prototype);
    targets.set(members, target);
    return members;
  };
}
