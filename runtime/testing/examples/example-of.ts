/**
 * Examples of a contract's types: values that its server would let pass, the same ones for the same seed, and
 * readable, as people compare them in tests. The first has id 1 and is called "name 1".
 *
 * Words: the *ordinal* stands where a number is to be told from its neighbours. Of the value itself it is the
 * seed; of the elements of a list it is ten times that, and counts on, so that no two of them have one id.
 */
import type {
  ContractDefinition,
  Field,
  Shape,
  StructDefinition,
} from "../../server/definition.js";
import type { Codec } from "../../server/values/codec.js";
import { createCompiler } from "../../server/values/compile.js";
import { Issues } from "../../server/values/issues.js";
import { getOwn, isRecord, setOwn, type Plain } from "../../server/values/own.js";
import { costsOf } from "./costs.js";
import { fileFor } from "./files.js";
import { numbersFor } from "./numbers.js";
import { textsFor } from "./texts.js";
import type { Example, ExampleOf } from "./types.js";

/** Where a value stands. */
type Place = {
  readonly ordinal: number;
  /** The nearest field's name. */
  readonly label: string;
  /** For choices and for errors: `Order.lines`. */
  readonly path: string;
  /** Nothing nullable is null. */
  readonly isFull: boolean;
  /** The structs that this is in, the outermost first. */
  readonly within: readonly string[];
};

/** How often a struct may be inside itself. */
const DEEPEST = 2;
/** Ordinals stay below, so that each is a safe integer with room for lists. */
const MOST = 1e9;

/** `exampleOf(contract)("Profile")` is `exampleProfile`. */
export const exampleOf = (
  contract: ContractDefinition,
): (<T extends object>(struct: string) => Example<T>) => {
  const make = createMaker(contract);
  return <T extends object>(struct: string): Example<T> =>
    (overrides, seed = 1) =>
      // Only the contract knows what the fields of its struct are.
      make({ kind: "ref", type: struct }, seed, struct, overrides) as T;
};

/** `exampleValueOf(contract)(enumOf("admin", "guest"))` is `exampleRole`. */
export const exampleValueOf = (
  contract: ContractDefinition,
): (<T>(shape: Shape) => ExampleOf<T>) => {
  const make = createMaker(contract);
  return <T>(shape: Shape): ExampleOf<T> =>
    (seed = 1) =>
      make(shape, seed, "value") as T;
};

type Make = (shape: Shape, seed: number, name: string, overrides?: object) => unknown;

/** What it works out of the contract it works out at the first example. */
function createMaker({ structs }: ContractDefinition): Make {
  const byName = new Map(structs.map((struct) => [struct.name, struct]));
  const codecs = new Map<Shape, Codec>();
  let known: { readonly compile: (shape: Shape) => Codec; readonly cost: (shape: Shape) => number };

  return (shape, seed, name, overrides = {}) => {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new TypeError(`a seed is a whole number from 0, not ${String(seed)}`);
    }
    known ??= { compile: createCompiler(structs).codecOf, cost: costsOf(byName) };
    const place = { ordinal: seed % MOST, label: name, path: name, isFull: seed === 1, within: [] };
    return shape.kind === "ref" ? toStruct(shape.type, place, overrides) : toValue(shape, place);
  };

  function toStruct(name: string, place: Place, overrides: object = {}): Plain {
    const within = [...place.within, name];
    const result: Plain = {};
    for (const { name: field, shape } of structOf(name).fields) {
      if (Object.hasOwn(overrides, field)) continue;
      const path = `${name}.${field}`;
      setOwn(result, field, toValue(shape, { ...place, label: field, path, within }));
    }
    if (isRecord(overrides)) {
      for (const field of Object.keys(overrides)) setOwn(result, field, getOwn(overrides, field));
    }
    return inOrder(result, structOf(name).fields);
  }

  function structOf(name: string): StructDefinition {
    const struct = byName.get(name);
    if (struct === undefined) throw new TypeError(`The contract definition has no type ${name}`);
    return struct;
  }

  function toValue(shape: Shape, place: Place): unknown {
    const { ordinal, label } = place;
    switch (shape.kind) {
      case "integer":
      case "number":
        return sound(shape, place, numbersFor(shape, ordinal));
      case "boolean":
        return choose(2, place) === 0;
      case "json":
        return { [label]: ordinal };
      case "enum":
        return shape.values[choose(shape.values.length, place)];
      case "ref":
        return toStruct(shape.type, place);
      case "list":
        return toList(shape, place);
      case "map":
        return isDeep(shape.value, place.within)
          ? {}
          : Object.fromEntries(
              inner(2, place).map((each, index) => [
                `key ${index + 1}`,
                toValue(shape.value, each),
              ]),
            );
      case "optional":
        return isDeep(shape.inner, place.within) || (!place.isFull && choose(3, place) === 0)
          ? null
          : toValue(shape.inner, place);
      case "union":
        return toValue(chooseArm(shape.members, place), place);
      case "file":
        return fileFor(shape, ordinal, label);
      default:
        return sound(shape, place, textsFor(shape, ordinal, label));
    }
  }

  function toList(shape: Extract<Shape, { kind: "list" }>, place: Place): readonly unknown[] {
    const { minItems = 0, maxItems = Infinity } = shape;
    const wanted = isDeep(shape.item, place.within) ? 0 : 2;
    const count = Math.min(Math.max(wanted, minItems), maxItems);
    return inner(count, place).map((each) => toValue(shape.item, each));
  }

  /** Places of the elements of what stands here. */
  function inner(count: number, place: Place): readonly Place[] {
    return Array.from({ length: count }, (_, index) => ({
      ...place,
      ordinal: (place.ordinal * 10 + index) % MOST,
    }));
  }

  /** Whether a struct would be inside itself once too often. */
  function isDeep(shape: Shape, within: readonly string[]): boolean {
    switch (shape.kind) {
      case "ref":
        return within.filter((name) => name === shape.type).length >= DEEPEST || within.length > 8;
      case "optional":
        return isDeep(shape.inner, within);
      case "list":
        return isDeep(shape.item, within);
      case "map":
        return isDeep(shape.value, within);
      case "union":
        return shape.members.some((member) => isDeep(member, within));
      default:
        return false;
    }
  }

  /** Any of them, or, where that would go too deep, the one that ends soonest. */
  function chooseArm(members: readonly Shape[], place: Place): Shape {
    const shallow = members.filter((member) => !isDeep(member, place.within));
    const arms =
      shallow.length > 0 ? shallow : [...members].sort((a, b) => known.cost(a) - known.cost(b));
    const arm = arms[shallow.length > 0 ? choose(arms.length, place) : 0];
    if (arm === undefined) throw new TypeError(`${place.path} is a union of nothing`);
    return arm;
  }

  /** The first candidate that the server would let pass. */
  function sound(shape: Shape, { path }: Place, candidates: Iterable<unknown>): unknown {
    const codec = codecs.get(shape) ?? known.compile(shape);
    codecs.set(shape, codec);
    for (const candidate of candidates) {
      const issues = new Issues();
      codec.encode(candidate, issues);
      if (issues.count === 0) return candidate;
    }
    throw new Error(
      `no example of ${path} was found among what ${JSON.stringify(shape)} allows: give one in the overrides`,
    );
  }
}

/** Fields as they are declared, whoever gave them. */
function inOrder(value: Plain, fields: readonly Field[]): Plain {
  const result: Plain = {};
  for (const { name } of fields) setOwn(result, name, getOwn(value, name));
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(result, name)) setOwn(result, name, getOwn(value, name));
  }
  return result;
}

/** One of so many, by the place and its ordinal (FNV-1a). */
function choose(count: number, { path, ordinal }: Place): number {
  let hash = 0x811c9dc5;
  for (const character of `${ordinal}/${path}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0) % count;
}
