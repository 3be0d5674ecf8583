/**
 * What each name of a contract takes for itself: identifiers in generated modules, paths of files, names of
 * types in the canonical form. Two claims to one thing are a fault of the contract, for a name that gave way
 * by itself would change again whenever the other comes or goes.
 *
 * Names that only generated code uses inside a module are no claims: they make way.
 */
import { assertNever } from "../assert-never.js";
import { toForms } from "../forms.js";
import type {
  Canonical,
  Channel,
  Context,
  DeclaredError,
  Enum,
  Fn,
  Message,
  Shape,
  Type,
  View,
} from "../model/canonical.js";
import {
  toContextNames,
  toErrorTypeName,
  toFunctionNames,
  toKebabPath,
  toPascal,
  toSchemaName,
  toTypeName,
  type FunctionNames,
} from "../naming.js";
import type { Span } from "../source/source.js";

/** Where a name lives. Claims of different realms never meet. */
export type Realm =
  /** What a client's `index.ts` exports. */
  | "client"
  | "handlers"
  | "server types"
  | "schemas"
  /** Files, from the folder of the handlers and from that of a client. */
  | "handler files"
  | "client files"
  /** The types of the canonical form. */
  | "printed types";

export type Claim = {
  readonly realm: Realm;
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

export type Claims = {
  /** Names in generated code. */
  readonly identifiers: readonly Claim[];
  /** Files in generated folders. */
  readonly paths: readonly Claim[];
  /** What the plain canonical form calls each type that it prints. */
  readonly printed: readonly Claim[];
};

/** The nodes of a contract whose names become names elsewhere. */
export type Claimant =
  | { readonly kind: "function"; readonly node: Fn }
  | { readonly kind: "context"; readonly node: Context }
  | { readonly kind: "enum"; readonly node: Enum }
  | { readonly kind: "type"; readonly node: Type }
  | { readonly kind: "error"; readonly node: DeclaredError }
  | { readonly kind: "view"; readonly node: View }
  | { readonly kind: "channel"; readonly node: Channel };

/** Hears one claim. */
export type Hear = (realm: Realm, shown: string) => void;

/** Says what a node claims by itself: all but the input forms of types, which depend on who uses them. */
export function sayClaims({ kind, node }: Claimant, hear: Hear): void {
  switch (kind) {
    case "function":
      return sayFunction(node, hear);
    case "context":
      return sayContext(node, hear);
    case "enum":
      return sayType(toTypeName(node.name), hear);
    case "type":
      sayType(typeNameOf(node), hear);
      if (node.outputOf === null) hear("printed types", node.name);
      return;
    case "error":
      return hear("client", toErrorTypeName(node.name));
    case "view":
      return sayView(node, hear);
    case "channel":
      hear("handler files", `${toKebabPath(node.name)}.channel.ts`);
      return sayMessages(node, hear);
    default:
      return assertNever(kind);
  }
}

function sayFunction(fn: Fn, hear: Hear): void {
  const names = toFunctionNames(fn.name, fn.camel);
  hear("handlers", names.handler);
  hear("handler files", names.handlerPath);
  if (!fn.private) {
    hear("client", names.call);
    hear("client", names.hook);
    if (fn.context !== null) hear("client", names.suspenseHook);
    if (fn.paginate !== null) {
      for (const name of pageNames(names)) hear("client", name);
    }
    hear("client", names.errorType);
    hear("client", names.errorGuard);
  }
  if (fn.input.length > 0 && fn.inputType === null) {
    if (!fn.private) hear("client", names.inputType);
    hear("server types", names.inputType);
    hear("schemas", toSchemaName(names.inputType));
  }
  if (!isNamed(fn.output)) hear("schemas", toSchemaName(names.outputType));
  // Those of private functions are printed in the full form.
  const input = `${fn.camel}Input`;
  if (fn.input.length > 0 && fn.inputType !== input) hear("printed types", input);
  hear("printed types", `${fn.camel}Output`);
}

/** What a client has for a function whose answers are pages. */
function pageNames({ pages, watchPages, infiniteHook }: FunctionNames): readonly string[] {
  return [pages, watchPages, infiniteHook];
}

/** A view has a handler and an input as functions have them, on the server alone. */
function sayView(view: View, hear: Hear): void {
  const { handler, handlerPath, inputType } = toFunctionNames(view.name, view.camel);
  hear("handlers", handler);
  hear("handler files", handlerPath);
  if (view.input.length === 0) return;
  hear("server types", inputType);
  hear("schemas", toSchemaName(inputType));
}

/** Whether an output is a type of its own, so that its schema is that type's. */
function isNamed(output: Shape | null): boolean {
  return (
    output === null || output.kind === "ref" || (output.kind === "enum" && output.name !== null)
  );
}

function sayContext(context: Context, hear: Hear): void {
  const { path, ...names } = toContextNames(context.name);
  for (const name of Object.values(names)) hear("client", name);
  hear("client files", path);
}

/** The name of a struct in generated code. */
export function typeNameOf({ name, outputOf }: Type): string {
  return outputOf === null ? toTypeName(name) : toPascal(name);
}

/** An interface, and the schema of it. */
export function sayType(name: string, hear: Hear): void {
  hear("client", name);
  hear("server types", name);
  hear("schemas", toSchemaName(name));
}

function sayMessages(channel: Channel, hear: Hear): void {
  const { pascal, params, clientMessage, serverMessage } = channel;
  const say = (message: Message | null, shown: string): void => {
    // A struct of that very name is printed once, as itself.
    if (message !== null && message.type !== shown) hear("printed types", shown);
  };
  say(params, `${pascal}Params`);
  say(clientMessage, `${pascal}ClientMessage`);
  say(serverMessage, `${pascal}ServerMessage`);
}

/** What is compared. File systems differ in whether case and composition tell names apart: here they never do. */
export function thingOf(realm: Realm, shown: string): string {
  return isFile(realm) ? shown.normalize("NFC").toLowerCase() : shown;
}

/** Whether things of a realm are paths of files. */
export function isFile(realm: Realm): boolean {
  return realm === "handler files" || realm === "client files";
}

/** A segment, without regard to case and to whatever follows a dot. The digits of ports may be superscript. */
const device = /(?:^|\/)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:[./]|$)/i;

/** Whether Windows takes a path for a device. */
export function isDevice(path: string): boolean {
  return device.test(path);
}

/** Everything that the names of a contract claim, with the owners: what takes long, and is seldom needed. */
export function collectClaims(canonical: Canonical): Claims {
  const identifiers: Claim[] = [];
  const paths: Claim[] = [];
  const printed: Claim[] = [];
  const hearOf =
    (owner: Owner): Hear =>
    (realm, shown) => {
      const list = isFile(realm) ? paths : realm === "printed types" ? printed : identifiers;
      list.push({ realm, thing: thingOf(realm, shown), shown, owner });
    };
  const makers = new Map(canonical.functions.map((fn) => [fn.name, fn]));
  const split = splitTypes(canonical);
  for (const claimant of claimantsOf(canonical)) {
    const { kind, node } = claimant;
    // A struct that is called after the function whose output it is belongs to that function.
    const maker = kind === "type" ? makers.get(node.outputOf ?? "") : undefined;
    const hear = hearOf(
      maker === undefined
        ? { kind, name: node.name, span: node.place.name }
        : { kind: "function", name: maker.name, span: maker.place.name },
    );
    sayClaims(claimant, hear);
    if (kind === "type" && split.has(node.name)) sayType(`${typeNameOf(node)}In`, hear);
  }
  return { identifiers, paths, printed };
}

/** The structs that have an input form: a type on either side, or a schema on the server, which has all of them. */
export function splitTypes(canonical: Canonical): ReadonlySet<string> {
  return toForms(canonical, "server").twofold;
}

export function claimantsOf(canonical: Canonical): readonly Claimant[] {
  return [
    ...canonical.functions.map((node) => ({ kind: "function", node }) as const),
    ...canonical.contexts.map((node) => ({ kind: "context", node }) as const),
    ...canonical.enums.map((node) => ({ kind: "enum", node }) as const),
    ...canonical.types.map((node) => ({ kind: "type", node }) as const),
    ...canonical.errors.map((node) => ({ kind: "error", node }) as const),
    ...canonical.views.map((node) => ({ kind: "view", node }) as const),
    ...canonical.channels.map((node) => ({ kind: "channel", node }) as const),
  ];
}
