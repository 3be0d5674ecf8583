/**
 * What the full canonical form says beyond the plain one: extension children at the end of functions,
 * contexts and channels, and sections of their own at the end (spec/language.md, "The full form").
 */
import type {
  Affect,
  Auth,
  Cache,
  Canonical,
  DeclaredError,
  EffectParam,
  Enum,
  Fn,
  Merge,
  Paginate,
  View,
} from "../model/canonical.js";
import { quote } from "./literals.js";
import { writeFields } from "./shapes.js";
import { writeType, type PrintedType } from "./types.js";
import type { Writer } from "./writer.js";

export function writeFunctionExtensions(writer: Writer, fn: Fn): void {
  if (fn.output === null) writer.line("output-nothing #true");
  if (fn.private) writer.line("private");
  writeAuth(writer, fn.auth);
  writeCache(writer, fn.cache);
  if (fn.rev !== 0) writer.line(`rev ${fn.rev}`);
  writePaginate(writer, fn.paginate);
  if (fn.errors.length > 0) writer.line(`errors ${fn.errors.map(quote).join(" ")}`);
  if (!fn.affects.every(isPlainAffect) || !fn.merges.every(isPlainMerge)) {
    writer.block("effects", () => {
      for (const affect of fn.affects) writeAffect(writer, affect);
      for (const merge of fn.merges) writeMerge(writer, merge);
    });
  }
  if (fn.deprecated !== null) {
    const { reason } = fn.deprecated;
    writer.line(reason === null ? "deprecated" : `deprecated ${quote(reason)}`);
  }
  writeDoc(writer, fn.doc);
}

function writePaginate(writer: Writer, paginate: Paginate | null): void {
  if (paginate === null) return;
  const { cursor, limit, items, next, by } = paginate;
  const words = { cursor, limit, items, next, by };
  const props = Object.entries(words).flatMap(([word, name]) =>
    name === null ? [] : [`${word}=${quote(name)}`],
  );
  writer.line(["paginate", ...props].join(" "));
}

/** What contexts and channels may have at their end. */
export function writeContextExtensions(
  writer: Writer,
  node: {
    readonly auth: Auth | null;
    readonly cache: Cache | null;
    readonly live: boolean;
    readonly doc: string | null;
  },
): void {
  writeAuth(writer, node.auth);
  writeCache(writer, node.cache);
  if (node.live) writer.line("live");
  writeDoc(writer, node.doc);
}

function writeAuth(writer: Writer, auth: Auth | null): void {
  if (auth === null) return;
  writer.line(`auth ${quote(auth.kind === "predicate" ? auth.name : auth.kind)}`);
}

function writeCache(writer: Writer, cache: Cache | null): void {
  if (cache === null) return;
  const words = cache.off ? ['"off"'] : [...(cache.public ? ['"public"'] : []), `ttl=${cache.ttl}`];
  writer.line(["cache", ...words].join(" "));
}

function writeDoc(writer: Writer, doc: string | null): void {
  if (doc !== null) writer.line(`doc ${quote(doc)}`);
}

// ---- effects

/** Whether the plain form says all of it. */
function isPlainAffect(affect: Affect): boolean {
  return affect.kind === "context" && affect.scope === "by-name";
}

function isPlainMerge(merge: Merge): boolean {
  const { written, by, value, scope } = merge;
  const bare = written.slot === null && written.op === null;
  return bare && by === null && value === null && scope === "by-name";
}

function writeAffect(writer: Writer, affect: Affect): void {
  switch (affect.kind) {
    case "everything":
      return writer.line('affects "*"');
    case "function":
      return writer.line(`affects "function" ${quote(affect.function)}`);
    case "context": {
      const head = `affects ${quote(affect.context)}`;
      if (affect.scope === "all") return writer.block(head, () => writer.line("all"));
      return writeEffect(writer, head, affect.scope === "explicit" ? affect.params : []);
    }
  }
}

function writeMerge(writer: Writer, merge: Merge): void {
  const { written, by, value, scope, params } = merge;
  const words = ["merge", quote(merge.context)];
  if (written.slot !== null) words.push(`slot=${quote(written.slot)}`);
  if (by !== null) words.push(`by=${quote(by)}`);
  if (written.op !== null) words.push(`op=${quote(written.op)}`);
  if (value !== null) words.push(`value=${quote([value.from, ...value.path].join("."))}`);
  writeEffect(writer, words.join(" "), scope === "explicit" ? params : []);
}

function writeEffect(writer: Writer, head: string, params: readonly EffectParam[]): void {
  if (params.length === 0) return writer.line(head);
  writer.block(head, () => {
    for (const { param, source } of params) {
      writer.line(`param ${quote(param)} ${quote([source.from, ...source.path].join("."))}`);
    }
  });
}

// ---- sections

/** What has no place in the plain form at all, each kind in a section of its own. */
export function writeSections(
  writer: Writer,
  canonical: Canonical,
  printed: readonly PrintedType[],
): void {
  const listed = new Set(
    printed.flatMap(({ name, given }) => (given === null ? [name] : [name, given])),
  );
  writer.section(() => {
    for (const { name, fields, doc } of canonical.types) {
      if (listed.has(name)) continue;
      const body = { kind: "struct", fields } as const;
      writeType(writer, { name, body, given: null, doc }, "full", "unlisted");
    }
  });
  writer.section(() => {
    for (const node of canonical.enums) writeEnum(writer, node);
  });
  writer.section(() => {
    for (const error of canonical.errors) writeError(writer, error);
  });
  writer.section(() => {
    for (const view of canonical.views) writeView(writer, view);
  });
}

function writeEnum(writer: Writer, node: Enum): void {
  writer.block(`enum ${quote(node.name)}`, () => {
    for (const { value, doc } of node.values) {
      if (doc === null) writer.line(quote(value));
      else writer.block(quote(value), () => writeDoc(writer, doc));
    }
    writeDoc(writer, node.doc);
  });
}

function writeError(writer: Writer, error: DeclaredError): void {
  const { name, status, message } = error;
  writer.block(`error ${quote(name)} status=${status} message=${quote(message)}`, () => {
    writeFields(writer, error.fields, "full");
    writeDoc(writer, error.doc);
  });
}

function writeView(writer: Writer, view: View): void {
  writer.block(`view ${quote(view.name)}`, () => {
    if (view.input.length > 0) {
      writer.block("input", () => writeFields(writer, view.input, "full"));
    }
    writer.line(`route ${quote(view.route)}`);
    writer.line(`methods ${view.methods.map(quote).join(" ")}`);
    if (view.context !== null) writer.line(`context ${quote(view.context)}`);
    for (const affect of view.affects) writeAffect(writer, affect);
    if (view.errors.length > 0) writer.line(`errors ${view.errors.map(quote).join(" ")}`);
    writeAuth(writer, view.auth);
    writeDoc(writer, view.doc);
  });
}
