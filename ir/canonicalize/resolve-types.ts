/**
 * Type expressions to shapes: names are looked up, aliases written out, constraints put where they belong.
 *
 * An alias is resolved once and its shape shared. That keeps the work linear; the size that a shape would
 * have when printed is bounded apart, since a few lines of aliases can stand for billions of nodes.
 */
import { assertNever } from "../assert-never.js";
import { report } from "../diagnostics/catalogue.js";
import { typeSynonyms } from "../diagnostics/type-synonyms.js";
import type * as canonical from "../model/canonical.js";
import type * as contract from "../model/contract.js";
import { deepestType, scalarNames } from "../model/contract.js";
import { toPascal } from "../naming.js";
import type { Span } from "../source/source.js";
import { sortByText } from "../source/code-points.js";
import { constrain } from "./constrain.js";
import type { DerivedBy, Ledger } from "../ledger.js";
import { measure, shapeKey, type Measures } from "./shapes.js";
import { isExpression, toScalar } from "./scalars.js";
import { didYouMean } from "./suggest.js";
import type { Out, Symbols, TypeSymbol } from "./symbols.js";

/** The largest type, in nodes. */
const largest = 10_000;

export type TypeResolver = {
  /** The shape of a type; an error shape where something is wrong, which is reported. */
  resolve(type: contract.TypeExpr): canonical.Shape;
  resolveFields(fields: readonly contract.Field[]): readonly canonical.Field[];
  /** The struct that an `input` or a message names. Null, reported, where it is none. */
  resolveStruct(name: contract.Name): contract.Struct | null;
  /** A struct, alias or enum; null, reported, where there is none. */
  resolveName(name: contract.Name): TypeSymbol | null;
};

export type FieldMemory = DerivedBy<readonly contract.Field[], readonly canonical.Field[]>;

const errorShape: canonical.Shape = { kind: "error" };
const none: readonly canonical.Field[] = [];

export function createTypeResolver(
  symbols: Symbols,
  out: Out,
  memory: FieldMemory,
  ledger: Ledger,
): TypeResolver {
  /** Only of this run: what is too deep depends on where one begins. */
  const aliases: DerivedBy<contract.Alias, canonical.Shape> = new WeakMap();
  /** Aliases in a ring. */
  const endless = new Set<string>();
  const shapes = new Map<string, canonical.Shape>();
  const open: string[] = [];
  const measures: Measures = new Map();

  // In order of names, so that of a ring of aliases the same one is reported whatever stands first.
  const all = [...symbols.types.values()].filter((symbol) => symbol.kind === "alias");
  for (const alias of sortByText(all, ({ name }) => name.text)) resolveAlias(alias);

  function resolveAlias(alias: contract.Alias): canonical.Shape {
    const name = alias.name.text;
    if (endless.has(name)) return errorShape;
    if (open.includes(name)) {
      const ring = open.slice(open.indexOf(name));
      reportCycle(alias, ring);
      for (const member of ring) endless.add(member);
      return errorShape;
    }
    if (open.length >= deepestType) return tooLarge(alias.name.span);
    return ledger.derive(aliases, alias, () => {
      open.push(name);
      const shape = bounded(resolvePart(alias.type), alias.name.span);
      open.pop();
      return endless.has(name) ? errorShape : shape;
    });
  }

  function reportCycle(alias: contract.Alias, ring: readonly string[]): void {
    const path = [...ring, alias.name.text].map((name) => `\`${name}\``).join(" → ");
    out.push(
      report(
        "MZ3008",
        { span: alias.name.span, text: ring.length === 1 ? "names itself" : path },
        { name: alias.name.text },
        { help: "a type that contains itself is a `type` with fields" },
      ),
    );
  }

  function tooLarge(span: Span): canonical.Shape {
    const help = "give its parts types with fields of their own";
    out.push(report("MZ3009", { span, text: "too large" }, {}, { help }));
    return errorShape;
  }

  function bounded(shape: canonical.Shape, span: Span): canonical.Shape {
    const { size, depth } = measure(shape, measures);
    return size > largest || depth > deepestType ? tooLarge(span) : shape;
  }

  function resolvePart(type: contract.TypeExpr): canonical.Shape {
    switch (type.kind) {
      case "scalar":
        return constrain(toScalar(type.name), type.constraints, out);
      case "name":
        return resolveReference(type);
      case "enum":
        return type.name === null
          ? { kind: "enum", name: null, values: type.values }
          : resolveReference({ name: type.name.text, span: type.name.span });
      case "list": {
        const item = resolvePart(type.item);
        // What holds an error is one: nothing more is to be said about it.
        if (item.kind === "error") return item;
        const list = { kind: "list", item, minItems: null, maxItems: null } as const;
        return constrain(list, type.constraints, out);
      }
      case "map": {
        const value = resolvePart(type.value);
        return value.kind === "error" ? value : { kind: "map", value };
      }
      case "optional":
        return toOptional(resolvePart(type.inner), type.span);
      case "union":
        return toUnion(type);
      case "error":
        return errorShape;
      default:
        return assertNever(type);
    }
  }

  function toOptional(inner: canonical.Shape, span: Span): canonical.Shape {
    if (inner.kind === "error") return errorShape;
    if (inner.kind !== "optional") return { kind: "optional", inner };
    const extra = { help: "the alias is nullable already: leave out the `?`" };
    out.push(report("MZ3003", { span, text: "nullable twice" }, {}, extra));
    return errorShape;
  }

  function toUnion(type: contract.TypeExpr & { kind: "union" }): canonical.Shape {
    if (isChoiceOfTexts(type)) return errorShape;
    const arms: { readonly shape: canonical.Shape; readonly span: Span }[] = [];
    let size = 0;
    for (const member of type.members) {
      const shape = resolvePart(member);
      size += measure(shape, measures).size;
      if (size > largest) return tooLarge(type.span);
      // What an alias stands for joins the union; what is nested on purpose stays nested.
      const joined = member.kind === "name" && shape.kind === "union" ? shape.members : [shape];
      arms.push(...joined.map((arm) => ({ shape: arm, span: member.span })));
    }
    const seen = new Set<string>();
    for (const { shape, span } of type.form === "short" ? arms : []) {
      if (shape.kind === "error") continue;
      const key = shapeKey(shape);
      if (seen.has(key)) {
        const label = { span, text: "stands before already" };
        out.push(report("MZ3004", label, {}, { help: "leave one of the two out" }));
        return errorShape;
      }
      seen.add(key);
    }
    if (arms.some(({ shape }) => shape.kind === "error")) return errorShape;
    return { kind: "union", members: arms.map(({ shape }) => shape) };
  }

  /** `admin|member`, reported: no type is called like any of them, and none would be written so. */
  function isChoiceOfTexts({
    members,
    form,
    span,
  }: contract.TypeExpr & { kind: "union" }): boolean {
    const names = members.flatMap((member) => (member.kind === "name" ? [member.name] : []));
    // `profile` may be `Profile` in the wrong case.
    const isUnknown = (name: string): boolean =>
      /^[a-z]/.test(name) &&
      !typeSynonyms.has(name) &&
      [name, toPascal(name)].every((own) => symbols.find(own) === undefined);
    if (form !== "short" || names.length < members.length || !names.every(isUnknown)) return false;
    // Of misspelt types each is told by itself.
    if (names.every((name) => symbols.suggest(name, scalarNames) !== null)) return false;
    if (!symbols.whole) return true;
    const label = { span, text: "no types" };
    const help = `declare an enum and use its name: \`enum Name ${names.join(" ")}\``;
    out.push(report("MZ3002", label, { problem: "a choice of texts is an enum" }, { help }));
    return true;
  }

  function resolveReference(name: { readonly name: string; readonly span: Span }): canonical.Shape {
    const symbol = resolveName({ text: name.name, span: name.span });
    if (symbol === null) return errorShape;
    // What an alias stands for depends on more than itself, and has to be asked for each time.
    if (symbol.kind === "alias") return resolveAlias(symbol);
    const known = shapes.get(name.name);
    if (known !== undefined) return known;
    const shape = toShape(symbol);
    shapes.set(name.name, shape);
    return shape;
  }

  /** What a declaration stands for where it is named. */
  function toShape(symbol: Exclude<TypeSymbol, contract.Alias>): canonical.Shape {
    switch (symbol.kind) {
      case "struct":
        return { kind: "ref", type: symbol.given?.text ?? symbol.name.text };
      case "enum": {
        const values = symbol.node.values.map(({ value }) => value);
        // An enum whose values were at fault has none left, and has been reported.
        if (values.length === 0) return errorShape;
        return { kind: "enum", name: symbol.name.text, values };
      }
      case "error":
        return errorShape;
      default:
        return assertNever(symbol);
    }
  }

  function resolveName(name: contract.Name): TypeSymbol | null {
    // A type whose name is in the wrong case, which is reported, may be used in the right one.
    const symbol = symbols.find(name.text) ?? symbols.recased(name.text);
    if (symbol?.kind === "error") {
      const help = "what an error carries can be a `type` of its own, used by both";
      const label = { span: name.span, text: "an error" };
      out.push(report("MZ3011", label, { name: name.text }, { help }));
      return null;
    }
    if (symbol !== undefined) return symbol;
    if (symbols.whole) reportUnknown(name);
    return null;
  }

  function reportUnknown(name: contract.Name): void {
    const synonym = typeSynonyms.get(name.text.toLowerCase());
    const meant = synonym ?? symbols.suggest(name.text, typeNames());
    const help = didYouMean(meant) ?? "declare it with `type`";
    const label = { span: name.span, text: "unknown type" };
    out.push(report("MZ3001", label, { name: name.text }, { help }));
  }

  /** The names that a type may have. */
  function* typeNames(): Iterable<string> {
    yield* scalarNames;
    for (const [name, symbol] of symbols.types) if (symbol.kind !== "error") yield name;
  }

  function resolveStruct(name: contract.Name): contract.Struct | null {
    const isName = symbols.find(name.text) !== undefined || !isExpression(name.text);
    const symbol = isName ? resolveName(name) : undefined;
    if (symbol === null) return null;
    if (symbol?.kind === "struct") return symbol;
    const label = { span: name.span, text: "has no fields" };
    const help = "an input is a block of fields, or a `type` with fields";
    out.push(report("MZ3010", label, { name: name.text }, { help }));
    return null;
  }

  function resolve(type: contract.TypeExpr): canonical.Shape {
    return bounded(resolvePart(type), type.span);
  }

  function resolveField(field: contract.Field): canonical.Field {
    const shape = constrain(resolve(field.type), field.constraints, out);
    const literal = field.default?.literal ?? null;
    const nullable = shape.kind === "optional";
    return {
      name: field.name.text,
      shape,
      omittable:
        literal !== null ||
        field.required?.value === false ||
        (nullable && field.required?.value !== true),
      // Null is what an omitted nullable field is anyway.
      default: literal?.kind === "null" && nullable ? null : literal,
      doc: field.doc,
      deprecated: field.deprecated,
      place: { name: field.name.span, node: field.node },
      typeSpan: field.type.span,
    };
  }

  /** The fields of a struct are asked for by each function whose input it is. */
  function resolveFields(fields: readonly contract.Field[]): readonly canonical.Field[] {
    if (fields.length === 0) return none;
    return ledger.derive(memory, fields, () => fields.map(resolveField));
  }

  return { resolve, resolveFields, resolveStruct, resolveName };
}
