/**
 * The names that generated code exports, worked out from contract names. One place for both who writes
 * them (templates) and who refuses a contract in which two of them are the same (validate).
 */
import { lowerFirst, toFileStem, upperFirst } from "./case.js";

/** Exports that stand in every generated client, whatever the contract. */
export const fixedClientNames: readonly string[] = ["contract", "MizanContext", "useMizan"];

/** Names that every generated server module has for itself, by module. */
export const fixedServerNames: Readonly<Record<"mizan" | "handlers", readonly string[]>> = {
  mizan: ["contract", "createMizan", "handlers"],
  handlers: ["Effects", "HandlerContext", "Handlers", "MizanOptions"],
};

/** The names of one function, from its camel name (`renameUser`). */
export function functionNames(camel: string) {
  const pascal = upperFirst(camel);
  return {
    call: `call${pascal}`,
    /** A mutation's hook, and a slot's hook. */
    hook: `use${pascal}`,
    input: `${pascal}Input`,
    /** Only where the contract has no name for the output. */
    output: `${pascal}Output`,
    error: `${pascal}Error`,
    handler: `${pascal}Handler`,
  };
}

/** The names of one context, from the camel form of its name (`user`). */
export function contextNames(camel: string) {
  const pascal = upperFirst(camel);
  return {
    context: `${camel}Context`,
    provider: `${pascal}Context`,
    hook: `use${pascal}Context`,
    params: `${pascal}ContextParams`,
    data: `${pascal}ContextData`,
    fetch: `fetch${pascal}Context`,
    watch: `watch${pascal}Context`,
  };
}

/** The type of a declared error: `UserNotFound` → `UserNotFoundError`. */
export function errorTypeName(name: string): string {
  return `${name}Error`;
}

/** The schema of a named type or enum: `OrderLine` → `orderLineSchema`. */
export function schemaName(typeName: string): string {
  return `${lowerFirst(typeName)}Schema`;
}

/** The input form of a type whose optional fields make input and output differ. */
export function inputFormName(typeName: string): string {
  return `${typeName}In`;
}

/** The handler's file relative to the handlers folder: `orders.place` → `orders/place.ts`. */
export function handlerPath(wireName: string): string {
  return `${toFileStem(wireName)}.ts`;
}

/** A context's module relative to the client folder. A context has no dots, so this is one file. */
export function contextPath(name: string): string {
  return `contexts/${toFileStem(name)}.ts`;
}
