/**
 * The contract as the server works with it: names looked up, shapes compiled, handlers and predicates bound.
 * Made once at start; requests only read it.
 */
import { compileEffects, type DeclaredEffects } from "./effects/declared-effects.js";
import type {
  ContextDefinition,
  ContractDefinition,
  ErrorDefinition,
  Field,
  FunctionDefinition,
  Shape,
  ViewDefinition,
} from "./definition.js";
import { DeclaredError } from "./answer/failures.js";
import { createCachePlan, type CachePlan } from "./reading/cache-plan.js";
import type { Codec } from "./values/codec.js";
import { createCompiler, type Compiler } from "./values/compile.js";
import type { StructCodec } from "./values/struct.js";

export type AnyHandler = (input: unknown, ctx: unknown) => unknown;
export type AnyPredicate = (asked: object) => unknown;

export interface CompiledFunction {
  readonly name: string;
  readonly definition: FunctionDefinition;
  readonly input: StructCodec;
  /** Null when the function answers nothing. */
  readonly output: Codec | null;
  /** One element of the list that it answers, whole or page by page; null for any other output. */
  readonly item: Codec | null;
  readonly handler: AnyHandler;
  readonly predicate: AnyPredicate | null;
  /** `ctx.errors` */
  readonly errors: object;
  /** Payload of each declared error; null for an error without one. */
  readonly payloads: ReadonlyMap<ErrorDefinition, StructCodec | null>;
  readonly declaredEffects: DeclaredEffects | null;
}

export interface CompiledContext {
  readonly name: string;
  readonly definition: ContextDefinition;
  /** Public functions, sorted. */
  readonly functions: readonly CompiledFunction[];
  /** Everything any of them takes; of functions that share a name, the first. */
  readonly params: ReadonlyMap<string, Codec>;
  /** Null where its answers are not kept. */
  readonly cachePlan: CachePlan | null;
}

export interface CompiledView {
  readonly definition: ViewDefinition;
  /** Its handler, guard, errors and effects, as a function that answers nothing has them. */
  readonly fn: CompiledFunction;
  /** Those of its inputs that stand in the route. */
  readonly pathInput: StructCodec;
  /** Those that come from the query or the body. */
  readonly otherInput: StructCodec;
}

export interface CompiledContract {
  readonly hash: string;
  readonly functions: ReadonlyMap<string, CompiledFunction>;
  readonly contexts: ReadonlyMap<string, CompiledContext>;
  readonly views: readonly CompiledView[];
}

/** What the application brings, already known to be complete. */
type Bound = {
  readonly handler: (name: string) => AnyHandler;
  readonly predicate: (name: string) => AnyPredicate;
};

export function compileContract(contract: ContractDefinition, bound: Bound): CompiledContract {
  const compiler = createCompiler(contract.structs);
  const definitions = new Map(
    contract.functions.map((definition) => [definition.name, definition]),
  );
  const payloads = new Map(
    contract.errors.map((error) => [error, payloadOf(compiler, error.fields)] as const),
  );
  const errorsByName = new Map(contract.errors.map((error) => [error.name, error]));

  const compileFunction = (definition: FunctionDefinition): CompiledFunction => {
    const errors = (definition.errors ?? []).map((name) => known(errorsByName, "error", name));
    const { guard, pageOf } = definition;
    const output = definition.output === undefined ? null : compiler.codecOf(definition.output);
    return {
      name: definition.name,
      definition,
      input: compiler.structOf(definition.input),
      output,
      item:
        pageOf === undefined
          ? (output?.item ?? null)
          : compiler.codecOf({ kind: "ref", type: pageOf }),
      handler: bound.handler(definition.name),
      predicate: guard && "predicate" in guard ? bound.predicate(guard.predicate) : null,
      errors: errorMakers(errors),
      payloads: new Map(errors.map((error) => [error, payloads.get(error) ?? null])),
      declaredEffects: compileEffects(definition, (slot) => {
        const { boxed, output } = known(definitions, "function", slot);
        return { boxed, nullable: output === undefined || isNullable(output) };
      }),
    };
  };
  const functions = new Map(
    contract.functions.map((definition) => [definition.name, compileFunction(definition)]),
  );
  const contexts = new Map(
    contract.contexts.map((definition) => {
      const members = definition.functions.map((name) => known(functions, "function", name));
      return [definition.name, compileContext(definition, members, contract.hash)];
    }),
  );
  const views = (contract.views ?? []).map((definition) => {
    const { name, input, route, affects = [], errors = [], guard } = definition;
    const inPath = new Set(
      route.map((segment) => (typeof segment === "string" ? "" : segment.param)),
    );
    return {
      definition,
      fn: compileFunction({ name, input, boxed: true, affects, errors, ...(guard && { guard }) }),
      pathInput: compiler.structOf(input.filter((field) => inPath.has(field.name))),
      otherInput: compiler.structOf(input.filter((field) => !inPath.has(field.name))),
    };
  });
  return { hash: contract.hash, functions, contexts, views };
}

function compileContext(
  definition: ContextDefinition,
  functions: readonly CompiledFunction[],
  hash: string,
): CompiledContext {
  const params = new Map<string, Codec>();
  for (const { input } of functions) {
    for (const [name, codec] of input.fields) if (!params.has(name)) params.set(name, codec);
  }
  const cachePlan = createCachePlan(
    definition,
    functions.map((fn) => fn.definition),
    hash,
  );
  return { name: definition.name, definition, functions, params, cachePlan };
}

const payloadOf = (compiler: Compiler, fields: readonly Field[]): StructCodec | null =>
  fields.length === 0 ? null : compiler.structOf(fields);

const isNullable = (shape: Shape): boolean =>
  shape.kind === "optional" ||
  shape.kind === "json" ||
  (shape.kind === "union" && shape.members.some(isNullable));

/** One object per function, shared by all requests. */
function errorMakers(errors: readonly ErrorDefinition[]): object {
  const makers: object = Object.create(null);
  for (const definition of errors) {
    Object.defineProperty(makers, definition.name, {
      value: (details: unknown) => new DeclaredError(definition, details),
      enumerable: true,
    });
  }
  return Object.freeze(makers);
}

function known<Value>(values: ReadonlyMap<string, Value>, what: string, name: string): Value {
  const value = values.get(name);
  if (value === undefined) throw new TypeError(`The contract definition has no ${what} ${name}`);
  return value;
}
