/**
 * What each name of a contract takes for itself: identifiers in generated modules, paths of files, names of
 * types in the canonical form. Two claims to one thing are a fault of the contract, for a name that gave way
 * by itself would change again whenever the other comes or goes.
 *
 * Names that only generated code uses inside a module are no claims: they make way.
 */
import { toForms } from "../forms.js";
import type { Canonical, Channel, Context, Fn, Message, Shape } from "../model/canonical.js";
import {
  toContextNames,
  toErrorTypeName,
  toFunctionNames,
  toKebabPath,
  toPascal,
  toSchemaName,
  toTypeName,
} from "../naming.js";
import type { Span } from "../source/source.js";
import { recall } from "./memory.js";

export type Claim = {
  /** The realm and the thing: what two claims that meet have in common. */
  readonly key: string;
  /** Claims of different realms never meet. */
  readonly realm: string;
  /** What is claimed, as it is compared: paths without regard to case. */
  readonly thing: string;
  /** What is claimed, as it is shown. */
  readonly shown: string;
  readonly owner: Owner;
};

/** A name of the contract. */
export type Owner = { readonly kind: string; readonly name: string; readonly span: Span };

/**
 * Exports that every client has, whatever the contract. (On the server, what is fixed stands in modules of
 * its own, where names of the contract are imported under others.)
 */
export const fixedExports: ReadonlySet<string> = new Set(["contract", "MizanContext", "useMizan"]);

/** The realm of what a client's `index.ts` exports. */
export const clientExports = "client";

/** The realm of the types of the canonical form. */
const printedTypes = "printed types";

/** The claims that a function or a context makes by itself. */
export type ClaimMemory = WeakMap<Fn | Context, Claims>;

export type Claims = {
  /** Names in generated code. */
  readonly identifiers: readonly Claim[];
  /** Files in generated folders. */
  readonly paths: readonly Claim[];
  /** What the plain canonical form calls each type that it prints. */
  readonly printed: readonly Claim[];
};

/** Everything that the names of a contract claim. */
export function collectClaims(canonical: Canonical, memory: ClaimMemory = new WeakMap()): Claims {
  const { functions, contexts, types, errors, channels } = canonical;
  const own = [
    ...functions.map((fn) => recall(memory, fn, functionClaims)),
    ...contexts.map((context) => recall(memory, context, contextClaims)),
  ];
  return {
    identifiers: [
      ...own.flatMap(({ identifiers }) => identifiers),
      ...typeClaims(canonical),
      ...errors.map((error) =>
        claim(clientExports, toErrorTypeName(error.name), {
          kind: "error",
          name: error.name,
          span: error.place.name,
        }),
      ),
    ],
    paths: [...own.flatMap(({ paths }) => paths), ...otherHandlerClaims(canonical)],
    printed: [
      ...own.flatMap(({ printed }) => printed),
      ...types
        .filter((type) => type.outputOf === null)
        .map((type) =>
          printed(type.name, { kind: "type", name: type.name, span: type.place.name }),
        ),
      ...channels.flatMap(messageClaims),
    ],
  };
}

function functionClaims(fn: Fn): Claims {
  const owner = functionOwner(fn);
  const names = toFunctionNames(fn.name, fn.camel);
  const input = fn.input.length > 0 && fn.inputType === null ? [names.inputType] : [];
  const exported = fn.private ? [] : [names.call, names.hook, names.errorType, ...input];
  const schemas = isNamed(fn.output) ? input : [...input, names.outputType];
  const printsInput = fn.input.length > 0 && fn.inputType !== `${fn.camel}Input`;
  const printedAs = printsInput ? [`${fn.camel}Input`, `${fn.camel}Output`] : [`${fn.camel}Output`];
  return {
    identifiers: [
      claim("handlers", names.handler, owner),
      ...exported.map((name) => claim(clientExports, name, owner)),
      ...input.map((name) => claim("server types", name, owner)),
      ...schemas.map((name) => claim("schemas", toSchemaName(name), owner)),
    ],
    paths: [pathClaim("handlers", names.handlerPath, owner)],
    printed: fn.private ? [] : printedAs.map((name) => printed(name, owner)),
  };
}

function contextClaims(context: Context): Claims {
  const { path, ...names } = toContextNames(context.name);
  const owner: Owner = { kind: "context", name: context.name, span: context.place.name };
  return {
    identifiers: Object.values(names).map((name) => claim(clientExports, name, owner)),
    paths: [pathClaim(clientExports, path, owner)],
    printed: [],
  };
}

/** Whether an output is a type of its own, so that its schema is that type's. */
function isNamed(output: Shape | null): boolean {
  return (
    output === null || output.kind === "ref" || (output.kind === "enum" && output.name !== null)
  );
}

function typeClaims(canonical: Canonical): readonly Claim[] {
  const split = splitTypes(canonical);
  const makers = new Map(canonical.functions.map((fn) => [fn.name, fn]));
  const named = [
    ...canonical.enums.map((node) => ({ node, kind: "enum", name: toTypeName(node.name) })),
    ...canonical.types.map((node) => ({
      node,
      kind: "type",
      name: node.outputOf === null ? toTypeName(node.name) : toPascal(node.name),
    })),
  ];
  return named.flatMap(({ node, kind, name }) => {
    // A struct that is called after the function whose output it is belongs to that function.
    const maker = "outputOf" in node ? makers.get(node.outputOf ?? "") : undefined;
    const owner =
      maker === undefined ? { kind, name: node.name, span: node.place.name } : functionOwner(maker);
    const names = split.has(node.name) ? [name, `${name}In`] : [name];
    return names.flatMap((each) => [
      claim(clientExports, each, owner),
      claim("server types", each, owner),
      claim("schemas", toSchemaName(each), owner),
    ]);
  });
}

/** The types that have an input form. Working that out takes long, and mostly no name could meet it. */
function splitTypes(canonical: Canonical): ReadonlySet<string> {
  const { types, enums, functions } = canonical;
  const couldMeet = ({ name }: { readonly name: string }): boolean =>
    name.endsWith("In") || /[_.-]in$/.test(name);
  if (!types.some(couldMeet) && !enums.some(couldMeet) && !functions.some(couldMeet)) {
    return new Set();
  }
  return new Set(
    (["client", "server"] as const).flatMap((side) => [...toForms(canonical, side).split]),
  );
}

/** The handlers of what is no function. */
function otherHandlerClaims({ views, channels }: Canonical): readonly Claim[] {
  const handler = (name: string): string => `${toKebabPath(name)}.ts`;
  return [
    ...views.map((view) =>
      pathClaim("handlers", handler(view.name), {
        kind: "view",
        name: view.name,
        span: view.place.name,
      }),
    ),
    ...channels.map((channel) =>
      pathClaim("handlers", handler(channel.name).replace(/ts$/, "channel.ts"), {
        kind: "channel",
        name: channel.name,
        span: channel.place.name,
      }),
    ),
  ];
}

function messageClaims(channel: Channel): readonly Claim[] {
  const { name, pascal, params, clientMessage, serverMessage, place } = channel;
  const claimed = (message: Message | null, shown: string): readonly Claim[] =>
    // A struct of that very name is printed once, as itself.
    message === null || message.type === shown
      ? []
      : [printed(shown, { kind: "channel", name, span: place.name })];
  return [
    ...claimed(params, `${pascal}Params`),
    ...claimed(clientMessage, `${pascal}ClientMessage`),
    ...claimed(serverMessage, `${pascal}ServerMessage`),
  ];
}

function printed(name: string, owner: Owner): Claim {
  return claim(printedTypes, name, owner);
}

function claim(realm: string, name: string, owner: Owner): Claim {
  return { key: `${realm} ${name}`, realm, thing: name, shown: name, owner };
}

/** File systems differ in whether case and composition of letters tell names apart: here they never do. */
function pathClaim(realm: string, path: string, owner: Owner): Claim {
  const thing = path.normalize("NFC").toLowerCase();
  return { key: `${realm} ${thing}`, realm, thing, shown: path, owner };
}

function functionOwner(fn: Fn): Owner {
  return { kind: "function", name: fn.name, span: fn.place.name };
}
