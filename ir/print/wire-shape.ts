/**
 * The wire shape of a contract: names, types and optionality, and nothing that a deployed client could not
 * notice on the wire. Its hash is what the handshake compares (protocol.md, "Endpoints"), so documentation,
 * constraints, defaults, guards, caches, effects and private functions leave it as it is.
 *
 * It is the canonical text in the `wire` style: formats, maps and files are told apart there.
 */
import { recall } from "../recall.js";
import { isBoxed } from "../shapes.js";
import type { Canonical, Fn } from "../model/canonical.js";
import { compareCodePoints } from "../source/code-points.js";
import { quote } from "./literals.js";
import { writeFields } from "./shapes.js";
import {
  createPrintedMemory,
  hasInput,
  inputName,
  outputName,
  printedTypes,
  shownFunctions,
  writeBody,
  type PrintedMemory,
} from "./types.js";
import { createWriter, type Writer } from "./writer.js";

/**
 * What was printed of single nodes: of a list of fields or a shape that is a type's body, under each of its
 * names, of a function and of an error. It belongs to the caller, who hands it to each run; nodes of a
 * compiler with a memory are found in it again.
 */
export type WireMemory = {
  readonly types: WeakMap<object, Map<string, string>>;
  readonly nodes: WeakMap<object, string>;
  readonly printed: PrintedMemory;
};

export function createWireMemory(): WireMemory {
  return { types: new WeakMap(), nodes: new WeakMap(), printed: createPrintedMemory() };
}

export function printWireShape(
  canonical: Canonical,
  memory: WireMemory = createWireMemory(),
): string {
  const writer = createWriter();
  const functions = shownFunctions(canonical, "wire");
  const shown = new Set(functions.map(({ name }) => name));
  writer.section(() => {
    for (const { name, body } of printedTypes(canonical, "wire", memory.printed)) {
      const owner = body.kind === "struct" ? body.fields : body.shape;
      const write = (): void =>
        writer.block(`type ${quote(name)}`, () => writeBody(writer, body, null, "wire"));
      if (owner === null) write();
      else writer.remembered(recall(memory.types, owner, noTexts), name, write);
    }
  });
  writer.section(() => {
    for (const fn of functions) {
      writer.remembered(memory.nodes, fn, () => writeFunction(writer, fn));
    }
  });
  writer.section(() => {
    for (const context of canonical.contexts) {
      const members = context.functions.filter((name) => shown.has(name));
      if (members.length > 0)
        writer.line(`context ${[context.name, ...members].map(quote).join(" ")}`);
    }
  });
  writer.section(() => {
    for (const error of canonical.errors) {
      writer.remembered(memory.nodes, error, () =>
        writer.block(`error ${quote(error.code)}`, () => writeFields(writer, error.fields, "wire")),
      );
    }
  });
  writer.section(() => {
    for (const { name, params, clientMessage, serverMessage } of canonical.channels) {
      writer.block(`channel ${quote(name)}`, () => {
        if (params !== null) writer.line("params");
        if (clientMessage !== null) writer.line("client-message");
        if (serverMessage !== null) writer.line("server-message");
      });
    }
  });
  return writer.text();
}

const noTexts = (): Map<string, string> => new Map();

function writeFunction(writer: Writer, fn: Fn): void {
  writer.block(`function ${quote(fn.name)}`, () => {
    if (hasInput(fn, "wire")) writer.line(`input ${quote(inputName(fn))}`);
    if (fn.output !== null) writer.line(`output ${quote(outputName(fn))}`);
    if (fn.output?.kind === "optional" && !isBoxed(fn.output)) writer.line("output-nullable #true");
    if (fn.errors.length > 0)
      writer.line(`errors ${[...fn.errors].sort(compareCodePoints).map(quote).join(" ")}`);
  });
}
