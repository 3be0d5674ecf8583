/**
 * Canonical to text: the family's normal form, byte for byte, and the full form, which is the same text with
 * what the family has no word for added in its places (spec/language.md).
 *
 * Does not: look a name up or decide anything; the canonical tree is in its final order already. Only which
 * types are printed, and under which names, is worked out here, from what functions and channels reach.
 *
 * Invariants: the plain text is the full text without its extensions; reading either back and printing it
 * again gives the same bytes.
 */
import { isBoxed } from "../shapes.js";
import type { Affect, Canonical, Channel, Context, Fn } from "../model/canonical.js";
import { writeContextExtensions, writeFunctionExtensions, writeSections } from "./extensions.js";
import { quote } from "./literals.js";
import type { Style } from "./shapes.js";
import {
  hasInput,
  inputName,
  outputName,
  printedTypes,
  shownFunctions,
  writeType,
} from "./types.js";
import { createWriter, type Writer } from "./writer.js";

/** The canonical text of a contract; empty for an empty one. */
export function printCanonical(canonical: Canonical, options: { readonly full: boolean }): string {
  const style: Style = options.full ? "full" : "plain";
  const writer = createWriter();
  const types = printedTypes(canonical, style);
  const functions = shownFunctions(canonical, style);
  const shown = new Set(functions.map(({ name }) => name));
  const contexts: Contexts = {
    all: canonical.contexts.map(({ name }) => name),
    of: new Map(canonical.functions.map(({ name, context }) => [name, context])),
  };
  writer.section(() => {
    for (const type of types) writeType(writer, type, style);
  });
  writer.section(() => {
    for (const fn of functions) writeFunction(writer, fn, contexts, style);
  });
  writer.section(() => {
    for (const context of canonical.contexts) {
      writeContext(
        writer,
        context,
        context.functions.filter((name) => shown.has(name)),
        style,
      );
    }
  });
  writer.section(() => {
    for (const channel of canonical.channels) writeChannel(writer, channel, style);
  });
  if (style === "full") writeSections(writer, canonical, types);
  return writer.text();
}

function writeFunction(writer: Writer, fn: Fn, contexts: Contexts, style: Style): void {
  writer.block(`function ${quote(fn.name)}`, () => {
    const takes = hasInput(fn, style);
    writer.line(`camel ${quote(fn.camel)}`);
    writer.line(`has-input ${takes ? "#true" : "#false"}`);
    if (takes) writer.line(`input ${quote(inputName(fn))}`);
    writer.line(`output ${quote(outputName(fn))}`);
    // What is boxed says in its own shape that it may be null.
    if (fn.output?.kind === "optional" && !isBoxed(fn.output)) writer.line("output-nullable #true");
    writer.line(`transport ${quote(fn.transport)}`);
    if (fn.context !== null) writer.line(`context ${quote(fn.context)}`);
    for (const context of fn.affects.flatMap((affect) => affectedContexts(affect, contexts))) {
      writer.line(`affects ${quote(context)}`);
    }
    for (const merge of fn.merges) writer.line(`merge ${quote(merge.context)}`);
    if (fn.form !== null) {
      const { flag, name, role } = fn.form;
      if (flag) writer.line("is-form #true");
      if (name !== null) writer.line(`form-name ${quote(name)}`);
      if (role !== null) writer.line(`form-role ${quote(role)}`);
    }
    if (style === "full") writeFunctionExtensions(writer, fn);
  });
}

/** The names of all contexts, and for each function that of its own. */
type Contexts = {
  readonly all: readonly string[];
  readonly of: ReadonlyMap<string, string | null>;
};

/** The contexts that an `affects` names in the plain form, which knows nothing but contexts. */
function affectedContexts(affect: Affect, contexts: Contexts): readonly string[] {
  switch (affect.kind) {
    case "context":
      return [affect.context];
    case "function": {
      const context = contexts.of.get(affect.function) ?? null;
      return context === null ? [] : [context];
    }
    case "everything":
      return contexts.all;
  }
}

function writeContext(
  writer: Writer,
  context: Context,
  functions: readonly string[],
  style: Style,
): void {
  if (functions.length === 0 && style !== "full") return;
  writer.block(`context ${quote(context.name)}`, () => {
    for (const name of functions) writer.line(`function ${quote(name)}`);
    for (const param of context.params) {
      writer.block(`param ${quote(param.name)}`, () => {
        writer.line(`type ${quote(param.type)}`);
        writer.line(`required ${param.required ? "#true" : "#false"}`);
        for (const name of param.sharedBy) writer.line(`shared-by ${quote(name)}`);
      });
    }
    if (style === "full") writeContextExtensions(writer, context);
  });
}

function writeChannel(writer: Writer, channel: Channel, style: Style): void {
  const { pascal, params, clientMessage, serverMessage, auth, doc } = channel;
  writer.block(`channel ${quote(channel.name)}`, () => {
    writer.line(`pascal-name ${quote(pascal)}`);
    if (params !== null) writer.line(`params ${quote(`${pascal}Params`)}`);
    if (clientMessage !== null) writer.line(`client-message ${quote(`${pascal}ClientMessage`)}`);
    if (serverMessage !== null) writer.line(`server-message ${quote(`${pascal}ServerMessage`)}`);
    if (style === "full") writeContextExtensions(writer, { auth, doc, cache: null, live: false });
  });
}
