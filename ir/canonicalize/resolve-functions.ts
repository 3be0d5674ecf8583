/** Functions, views and channels with their types resolved; effects and what contexts hand down come later. */
import { report } from "../diagnostics/catalogue.js";
import type * as canonical from "../model/canonical.js";
import type * as contract from "../model/contract.js";
import { toCamel } from "../naming.js";
import { sortByText } from "../source/code-points.js";
import type { DerivedBy, Ledger } from "../ledger.js";
import { isEqual } from "./equal.js";
import { createOrder, type Order } from "./order.js";
import { resolvePaginate } from "./resolve-paginate.js";
import { referredNames } from "./names-in.js";
import { errorNames } from "./resolve-errors.js";
import type { TypeResolver } from "./resolve-types.js";
import { reachesStruct } from "../shapes.js";
import type { Out, Symbols } from "./symbols.js";

/** What a function says but for what it is in and what it does to others. */
export type Signature = Omit<canonical.Fn, "affects" | "merges" | "auth" | "context">;

/** A function whose effects are still names. */
export type Draft = {
  readonly fn: Signature;
  readonly source: contract.Fn;
  /** Whether part of the input is unknown, so that nothing should be said to be none. */
  readonly inputLost: boolean;
};

export type Resolved = {
  /** By wire name, in their order. */
  readonly drafts: ReadonlyMap<string, Draft>;
  /**
   * Structs that only spell out the input of a function, a boxed output or a message of a channel, under
   * the names that printing derives, and are no types of their own.
   */
  readonly derived: ReadonlySet<string>;
  /** Structs that are the output of a function and have no other name: by name, the function. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly channels: readonly canonical.Channel[];
};

export type FunctionMemory = {
  readonly order: Order;
  readonly drafts: DerivedBy<contract.Fn, Draft>;
  /** Those of the last run: a signature that is equal in all it holds is the same object. */
  last: ReadonlyMap<string, Draft>;
};

export function createFunctionMemory(): FunctionMemory {
  return { order: createOrder(), drafts: new WeakMap(), last: new Map() };
}

export function resolveFunctions(
  symbols: Symbols,
  types: TypeResolver,
  out: Out,
  memory: FunctionMemory,
  ledger: Ledger,
): Resolved {
  const drafts = new Map<string, Draft>();
  const derived = new Set<string>();
  let referred: ReadonlySet<string> | null = null;
  const outputs = new Map<string, string>();

  for (const source of memory.order(symbols.functions)) {
    const name = source.name.text;
    const known = memory.last.get(name);
    const draft = ledger.derive(memory.drafts, source, () =>
      withKnownSignature(resolveFunction(source), known),
    );
    // What still holds may be older than the last run.
    drafts.set(name, withKnownSignature(draft, known));
  }
  memory.last = drafts;

  function resolveFunction(source: contract.Fn): Draft {
    const camel = toCamel(source.name.text);
    const { input, inputType, lost } = resolveInput(
      source.input,
      source.inputType,
      `${camel}Input`,
    );
    const inputLost = source.inputLost || lost;
    const output = resolveOutput(source, `${camel}Output`);
    return {
      source,
      inputLost,
      fn: {
        name: source.name.text,
        camel,
        input,
        inputType,
        output,
        paginate: paginateOf(source, input, inputLost, output),
        errors: errorNames(source.errors, symbols, out),
        rev: source.rev ?? 0,
        cache: source.cache === null ? null : toCache(source.cache),
        transport: source.transport ?? "http",
        private: source.private,
        form: source.isForm,
        doc: source.doc,
        deprecated: source.deprecated,
        place: { name: source.name.span, node: source.node },
        outputSpan: outputSpan(source.output),
      },
    };
  }

  function paginateOf(
    source: contract.Fn,
    input: readonly canonical.Field[],
    inputLost: boolean,
    output: canonical.Shape | null,
  ): canonical.Paginate | null {
    if (source.paginate === null) return null;
    const fieldsOf = (type: string): readonly canonical.Field[] | null => {
      const struct = symbols.find(type);
      return struct?.kind === "struct" ? types.resolveFields(struct.fields) : null;
    };
    const { name } = source;
    const { suggest } = symbols;
    const where = { name, outputSpan: outputSpan(source.output), fieldsOf, suggest };
    return resolvePaginate(source.paginate, { ...where, input, inputLost, output }, out);
  }

  /** Whether a struct only spells out what it is derived from: one that is referred to is a type. */
  function isDerived(struct: contract.Struct, derivedName: string): boolean {
    if (struct.name.text !== derivedName || struct.given !== null) return false;
    ledger.forget();
    // Few contracts have to know.
    referred ??= referredNames(symbols.contract);
    return !referred.has(derivedName);
  }

  function resolveInput(
    fields: readonly contract.Field[],
    type: contract.Name | null,
    derivedName: string,
  ): { input: readonly canonical.Field[]; inputType: string | null; lost: boolean } {
    const own = types.resolveFields(fields);
    const struct = type === null ? null : types.resolveStruct(type);
    if (struct === null) return { input: own, inputType: null, lost: type !== null };
    const plain = isDerived(struct, derivedName);
    if (plain) derived.add(struct.name.text);
    const all = [...own, ...types.resolveFields(struct.fields)];
    // A struct without fields is no input at all, and names none.
    const whole = own.length === 0 && !plain && all.length > 0;
    return {
      input: uniqueInputs(all, type, out),
      inputType: whole ? (struct.given?.text ?? struct.name.text) : null,
      lost: false,
    };
  }

  function resolveOutput(source: contract.Fn, derivedName: string): canonical.Shape | null {
    switch (source.output.kind) {
      case "nothing":
        return null;
      case "type":
        return types.resolve(source.output.type);
      case "printed":
        return resolvePrinted(source, source.output, derivedName);
    }
  }

  /** The printed output of a canonical function: what it boxes is taken out. */
  function resolvePrinted(
    source: contract.Fn,
    output: contract.Output & { kind: "printed" },
    derivedName: string,
  ): canonical.Shape | null {
    const { text: name, span } = output.name;
    const shape = types.resolve({ kind: "name", name, span });
    if (shape.kind !== "ref") return nullable(shape, output.nullable);
    const struct = symbols.find(name);
    const plain = name === derivedName && struct?.kind === "struct" && struct.given === null;
    if (!plain) return nullable(shape, output.nullable);
    const fields = types.resolveFields(struct.fields);
    // A box has its `optional` inside: a struct that may be null as a whole is none.
    const isBox = !output.nullable && isDerived(struct, derivedName);
    const boxed = isBox ? boxedValue(fields) : null;
    if (boxed === null) {
      outputs.set(name, source.name.text);
      return nullable(shape, output.nullable);
    }
    derived.add(name);
    return output.nothing ? null : boxed;
  }

  function resolveMessage(
    message: contract.Message | null,
    derivedName: string,
  ): canonical.Message | null {
    if (message === null) return null;
    const { input, inputType } = resolveInput(message.fields, message.type, derivedName);
    return { fields: input, type: inputType };
  }

  const channels = sortByText(symbols.channels.values(), ({ name }) => name.text).map((channel) => {
    const pascal = toPascalParts(channel.name.text);
    return {
      name: channel.name.text,
      pascal,
      params: resolveMessage(channel.params, `${pascal}Params`),
      clientMessage: resolveMessage(channel.client, `${pascal}ClientMessage`),
      serverMessage: resolveMessage(channel.server, `${pascal}ServerMessage`),
      auth: channel.auth,
      doc: channel.doc,
      place: { name: channel.name.span, node: channel.node },
    };
  });
  return { drafts, derived, outputs, channels };
}

function withKnownSignature(draft: Draft, known: Draft | undefined): Draft {
  if (known === undefined || known.fn === draft.fn || !isEqual(known.fn, draft.fn)) return draft;
  return { ...draft, fn: known.fn };
}

/** `chat_room` → `ChatRoom`: the camel rule with every part capitalised. */
function toPascalParts(name: string): string {
  return toCamel(`_${name}`);
}

/** The value in a printed `struct { field "result" { … } }`, unless that is a struct of its own. */
function boxedValue(fields: readonly canonical.Field[]): canonical.Shape | null {
  const [field, second] = fields;
  if (field === undefined || second !== undefined || field.name !== "result") return null;
  const sound = !field.omittable && field.default === null && !reachesStruct(field.shape);
  return sound ? field.shape : null;
}

function nullable(shape: canonical.Shape, isNullable: boolean): canonical.Shape {
  const wrap = isNullable && shape.kind !== "optional" && shape.kind !== "error";
  return wrap ? { kind: "optional", inner: shape } : shape;
}

function outputSpan(output: contract.Output): canonical.Fn["outputSpan"] {
  switch (output.kind) {
    case "nothing":
      return null;
    case "type":
      return output.type.span;
    case "printed":
      return output.name.span;
  }
}

/** Inline inputs and those of a named struct must not meet. */
export function uniqueInputs(
  fields: readonly canonical.Field[],
  type: contract.Name | null,
  out: Out,
): readonly canonical.Field[] {
  const first = new Map<string, canonical.Field>();
  return fields.filter((field) => {
    const earlier = first.get(field.name);
    if (earlier === undefined) {
      first.set(field.name, field);
      return true;
    }
    const related = [{ span: field.place.name, text: "and here" }];
    const facts = { kind: "input", name: field.name, where: `here and in \`${type?.text ?? ""}\`` };
    out.push(
      report("MZ2005", { span: earlier.place.name, text: "stands here" }, facts, { related }),
    );
    return false;
  });
}

/** A cache as written, with the default of 24 hours. */
export function toCache({ off, public: isPublic, ttl, span }: contract.Cache): canonical.Cache {
  return off ? cacheOff(span) : { off, public: isPublic, ttl: ttl ?? 86_400, span };
}

/** No cache, whatever else was said. */
export function cacheOff(span: canonical.Cache["span"]): canonical.Cache {
  return { off: true, public: false, ttl: 0, span };
}
