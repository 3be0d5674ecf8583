/**
 * The types that a contract prints, under which names (language.md section 3): the inputs and outputs of
 * its functions and the messages of its channels under derived names, and every struct that they reach.
 */
import { assertNever } from "../assert-never.js";
import { isBoxed, refsOf, withoutOptional } from "../shapes.js";
import type { Canonical, Field, Fn, Message, Shape, Type } from "../model/canonical.js";
import { createOrder, type Order } from "../canonicalize/order.js";
import { recall } from "../recall.js";
import { quote } from "./literals.js";
import { shownFields, writeFields, writeShape, type Style } from "./shapes.js";
import type { Writer } from "./writer.js";

/** What stands under one printed name. */
export type PrintedType = {
  readonly name: string;
  readonly body:
    | { readonly kind: "struct"; readonly fields: readonly Field[] }
    | { readonly kind: "alias"; readonly shape: Shape }
    /** A value in a struct of one field, `result`; null for nothing. */
    | { readonly kind: "boxed"; readonly shape: Shape | null };
  /** The name that the author gave the struct, where it is printed under another. */
  readonly given: string | null;
  readonly doc: string | null;
};

/** The functions that a style shows. */
export function shownFunctions(canonical: Canonical, style: Style): readonly Fn[] {
  return style === "full" ? canonical.functions : canonical.functions.filter((fn) => !fn.private);
}

/** Of earlier runs in one style: the order of names, and the structs that lists of fields mention. */
export type PrintedMemory = {
  readonly order: Order;
  readonly mentioned: WeakMap<readonly Field[], readonly string[]>;
};

export function createPrintedMemory(): PrintedMemory {
  return { order: createOrder(), mentioned: new WeakMap() };
}

/** All printed types, sorted by name. */
export function printedTypes(
  canonical: Canonical,
  style: Style,
  memory: PrintedMemory = createPrintedMemory(),
): readonly PrintedType[] {
  const types = new Map(canonical.types.map((type) => [type.name, type]));
  const printed = new Map<string, PrintedType>();
  const pending: string[] = [];
  const way = style === "plain" ? "around" : "through";

  function reach(shape: Shape): void {
    for (const name of refsOf(shape, way)) pending.push(name);
  }

  function mentionedIn(fields: readonly Field[]): readonly string[] {
    return shownFields(fields, style).flatMap(({ shape }) => [...refsOf(shape, way)]);
  }

  function add(type: PrintedType): void {
    if (!printed.has(type.name)) printed.set(type.name, type);
  }

  function addStruct(name: string, fields: readonly Field[], named: Type | undefined): void {
    const given = named === undefined || named.name === name ? null : named.name;
    add({ name, body: { kind: "struct", fields }, given, doc: named?.doc ?? null });
    pending.push(...recall(memory.mentioned, fields, mentionedIn));
  }

  function addOutput(fn: Fn): void {
    const name = outputName(fn);
    if (fn.output === null || isBoxed(fn.output)) {
      add({ name, body: { kind: "boxed", shape: fn.output }, given: null, doc: null });
      if (fn.output !== null) reach(fn.output);
      return;
    }
    const shape = withoutOptional(fn.output);
    if (shape.kind === "ref") {
      const type = types.get(shape.type);
      return addStruct(name, type?.fields ?? [], type);
    }
    add({ name, body: { kind: "alias", shape: fn.output }, given: null, doc: null });
    reach(fn.output);
  }

  function addMessage(name: string, message: Message | null): void {
    if (message === null) return;
    addStruct(name, message.fields, message.type === null ? undefined : types.get(message.type));
  }

  for (const fn of shownFunctions(canonical, style)) {
    if (hasInput(fn, style)) {
      const named = fn.inputType === null ? undefined : types.get(fn.inputType);
      addStruct(inputName(fn), fn.input, named);
    }
    addOutput(fn);
  }
  for (const channel of canonical.channels) {
    const { pascal, params, clientMessage, serverMessage } = channel;
    addMessage(`${pascal}Params`, params);
    addMessage(`${pascal}ClientMessage`, clientMessage);
    addMessage(`${pascal}ServerMessage`, serverMessage);
  }
  const seen = new Set<string>();
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const type = types.get(name);
    if (type === undefined || seen.has(name)) continue;
    seen.add(name);
    // A struct that is printed for a function under this very name is the same one.
    printed.delete(name);
    addStruct(name, type.fields, type);
  }
  return memory.order(printed);
}

export function hasInput(fn: Fn, style: Style): boolean {
  return shownFields(fn.input, style).length > 0;
}

export function inputName(fn: Fn): string {
  return `${fn.camel}Input`;
}

export function outputName(fn: Fn): string {
  return `${fn.camel}Output`;
}

export function writeType(writer: Writer, type: PrintedType, style: Style, node = "type"): void {
  const { name, given, doc } = type;
  writer.block(`${node} ${quote(name)}`, () => {
    writeBody(writer, type.body, given, style);
    if (doc !== null && style === "full") writer.line(`doc ${quote(doc)}`);
  });
}

/** What stands inside a printed type, but for its documentation. */
export function writeBody(
  writer: Writer,
  body: PrintedType["body"],
  given: string | null,
  style: Style,
): void {
  switch (body.kind) {
    case "struct": {
      const named = given === null || style !== "full" ? "" : ` name=${quote(given)}`;
      return writer.block(`struct${named}`, () => writeFields(writer, body.fields, style));
    }
    case "alias":
      return writer.block("alias", () => writeShape(writer, body.shape, style));
    case "boxed":
      return writer.block("struct", () =>
        writer.block('field "result"', () => {
          if (body.shape === null) writer.line('primitive "string"');
          else writeShape(writer, body.shape, style);
        }),
      );
    default:
      return assertNever(body);
  }
}
