/**
 * The forms in which the types of a contract are generated: which types a side prints, and which of them
 * need two interfaces because what goes in differs from what comes out.
 *
 * On a *client*, an input may leave out what an output always has. On the *server*, an input is already
 * parsed, while an output may still hold a `Date` or bytes. A type that is used both ways and reaches such
 * a difference is *split*: the output keeps the name, the input is `<Name>In`.
 *
 * Views are served, never called: their inputs count on the server alone. It does not look at channels.
 */
import type { Canonical, Field, Fn, Shape, Type } from "./model/canonical.js";
import { partsOf, refsOf } from "./shapes.js";

export type Side = "client" | "server";
export type Use = "in" | "out";

export type Forms = {
  /** Structs and enums: all on the server, without what only private functions and views use on a client. */
  readonly printed: ReadonlySet<string>;
  readonly split: ReadonlySet<string>;
  /** Used as input alone: printed in the form of an input, under its own name. */
  readonly inputOnly: ReadonlySet<string>;
  /**
   * Structs with a schema for each use. On a client these are the split ones; on a server also those that are one
   * type of what was parsed, as what is parsed may lack what is filled in.
   */
  readonly twofold: ReadonlySet<string>;
};

export function toForms(canonical: Canonical, side: Side): Forms {
  const structs = new Map(canonical.types.map((type) => [type.name, type]));
  const visible = side === "server" ? canonical.functions : canonical.functions.filter(isPublic);
  const viewed = canonical.views.flatMap(({ input }) => input.map(({ shape }) => shape));
  const inputs = reachable(
    [...visible.flatMap(inputShapes), ...(side === "server" ? viewed : [])],
    structs,
  );
  const outputs = reachable([...visible.flatMap(outputShapes), ...errorShapes(canonical)], structs);
  const hidden = reachable(
    [...canonical.functions.flatMap((fn) => [...inputShapes(fn), ...outputShapes(fn)]), ...viewed],
    structs,
  );
  const names = canonical.types.map(({ name }) => name);
  /** Those used both ways that have, or reach, a field that differs. */
  const twoWay = (differs: (field: Field) => boolean): ReadonlySet<string> => {
    const differing = closeOverReferences(canonical.types, ({ fields }) => fields.some(differs));
    return new Set(
      names.filter((name) => inputs.has(name) && outputs.has(name) && differing.has(name)),
    );
  };
  const named = [...names, ...canonical.enums.map(({ name }) => name)];
  const shown = named.filter((name) => inputs.has(name) || outputs.has(name) || !hidden.has(name));
  // What nothing uses is shown too, and may name what only private functions use otherwise.
  const mentioned = reachable(
    shown.flatMap((name) => (structs.get(name)?.fields ?? []).map(({ shape }) => shape)),
    structs,
  );
  return {
    printed: new Set([...shown, ...mentioned]),
    split: twoWay(side === "client" ? differsOnClient : differsOnServer),
    inputOnly: new Set(names.filter((name) => inputs.has(name) && !outputs.has(name))),
    twofold: twoWay(
      (field) => differsOnClient(field) || (side === "server" && differsOnServer(field)),
    ),
  };
}

/** Whether an output may lack the field: it can be left out of an input and nothing stands in for it. */
export function mayBeAbsent(field: Field): boolean {
  return field.omittable && field.default === null && field.shape.kind !== "optional";
}

function differsOnClient(field: Field): boolean {
  return field.omittable && !mayBeAbsent(field);
}

function differsOnServer({ shape }: Field): boolean {
  return mayBeRicher(shape);
}

function mayBeRicher(shape: Shape): boolean {
  return shape.kind === "string"
    ? shape.format === "datetime" || shape.format === "bytes"
    : partsOf(shape).some(mayBeRicher);
}

function isPublic(fn: Fn): boolean {
  return !fn.private;
}

function inputShapes(fn: Fn): readonly Shape[] {
  return fn.inputType === null
    ? fn.input.map(({ shape }) => shape)
    : [{ kind: "ref", type: fn.inputType }];
}

function outputShapes(fn: Fn): readonly Shape[] {
  return fn.output === null ? [] : [fn.output];
}

function errorShapes(canonical: Canonical): readonly Shape[] {
  return canonical.errors.flatMap(({ fields }) => fields.map(({ shape }) => shape));
}

/** The structs and enums that shapes mention, directly or through others. */
function reachable(
  shapes: readonly Shape[],
  structs: ReadonlyMap<string, Type>,
): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [...shapes];
  for (let shape = pending.pop(); shape !== undefined; shape = pending.pop()) {
    if (shape.kind === "enum") {
      if (shape.name !== null) found.add(shape.name);
    } else if (shape.kind !== "ref") {
      pending.push(...partsOf(shape));
    } else if (!found.has(shape.type)) {
      found.add(shape.type);
      pending.push(...(structs.get(shape.type)?.fields ?? []).map((field) => field.shape));
    }
  }
  return found;
}

/** The types with a property, and all that refer to one of them, directly or through others. */
function closeOverReferences(
  types: readonly Type[],
  has: (type: Type) => boolean,
): ReadonlySet<string> {
  const users = new Map<string, string[]>();
  for (const { name, fields } of types) {
    for (const used of fields.flatMap(({ shape }) => refsOf(shape))) {
      users.set(used, [...(users.get(used) ?? []), name]);
    }
  }
  const found = new Set<string>();
  const pending = types.filter(has).map(({ name }) => name);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    pending.push(...(users.get(name) ?? []));
  }
  return found;
}
