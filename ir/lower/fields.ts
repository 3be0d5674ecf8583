/**
 * Fields: of structs, inputs, error payloads, messages.
 *
 *     name string min-length=1            a line in a block
 *     user_profile user_id=integer        a property
 *     field "name" required=#false { primitive "string" }     the canonical form
 */
import { report } from "../diagnostics/catalogue.js";
import type { Field, Form, TypeExpr } from "../model/contract.js";
import type { Node, Property, Value } from "../model/syntax.js";
import { toPascal } from "../naming.js";
import type { Span } from "../source/source.js";
import { toConstraints } from "./constraints.js";
import { toDeprecation, toDoc } from "./docs.js";
import { toBoolean, toLiteral } from "./literals.js";
import { fieldHelp, fieldOptions, shortOptions, withoutInlineOptions } from "./field-options.js";
import { withJsonDefault } from "./json-defaults.js";
import { fieldMistake, inlineCommaMistake, inlineNullable } from "./mistakes.js";
import { brokenType, listOfMistake } from "./spaced-types.js";
import { checkName } from "./names.js";
import { checkNode, propertyOf, reportBlock, textArgument, type Out } from "./nodes.js";
import { lowerShape } from "./shapes.js";
import { bareText, shorten, valueText } from "./text.js";
import { parseType } from "./type-expression.js";

/** The fields of a block. */
export function lowerFields(nodes: readonly Node[], out: Out): readonly Field[] {
  return nodes.flatMap((node) => {
    // A short field has no block, so one called `field` is told apart by that.
    const canonical = node.name.text === "field" && node.children !== null;
    return canonical ? lowerCanonicalField(node, out) : lowerShortField(node, out);
  });
}

/** Inline fields: properties whose values are types. */
export function lowerInlineFields(
  node: Node,
  props: readonly Property[],
  form: Form,
  out: Out,
): readonly Field[] {
  return withoutInlineOptions(node, props, out).map((written) => {
    const prop = inlineNullable(node, written, out) ?? written;
    const name = { text: prop.name.text, span: prop.name.span };
    // Of what is no type nobody knows whether it was meant as a field.
    if (prop.value.value.kind === "string") checkName(name, "field", form, out);
    const mistaken = inlineCommaMistake(node, name, prop.value, out);
    return {
      name,
      type: mistaken
        ? { kind: "error", span: prop.value.span }
        : parseInline(prop.value, `the type of \`${name.text}\``, out),
      default: null,
      required: null,
      constraints: [],
      doc: null,
      deprecated: null,
      node: prop.span,
    };
  });
}

function parseInline(value: Value, what: string, out: Out): TypeExpr {
  const isBroken =
    value.written === "bare" && value.value.kind === "string" && /\s/.test(value.value.text);
  return isBroken
    ? parseSpaced(valueText(value), value.span, what, out)
    : parseType(value, what, out);
}

function lowerShortField(node: Node, out: Out): readonly Field[] {
  const meant = fieldMistake(node, out);
  if (meant !== null) return meant.map((field) => faultyField(node, field));
  const name = node.name;
  checkName(name, "field", "short", out);
  const type = lowerFieldType(node, out);
  // Of a type that cannot be read nobody knows where it ends.
  const whole = brokenType(node.args) === null && type.kind !== "error";
  checkNode(
    node,
    {
      args: whole ? 1 : Infinity,
      takes: "one type",
      props: shortOptions,
      block: true,
      help: () => fieldHelp(node),
    },
    out,
  );
  if (node.children !== null) {
    reportBlock(node, "declare a `type` with these fields, and write its name here", out);
  }
  const field: Field = {
    name,
    type,
    ...lowerOptions(node, out),
    constraints: toConstraints(node, out),
    doc: toDoc(node, undefined, out),
    node: node.span,
  };
  return [field];
}

function lowerFieldType(node: Node, out: Out): TypeExpr {
  const [value] = node.args;
  const what = `the type of \`${node.name.text}\``;
  if (value === undefined) {
    const label = { span: node.name.span, text: "no type follows" };
    const help = `for example \`${node.name.text} string\``;
    if (!node.faulty && node.children === null)
      out.push(report("MZ1111", label, { name: node.name.text }, { help }));
    return { kind: "error", span: node.name.span };
  }
  if (bareText(value) === "enum" && node.args.length > 1) {
    const label = { span: value.span, text: "has no name here" };
    const values = node.args.slice(1).map(valueText).join(" ");
    const line = shorten(`enum ${toPascal(node.name.text)} ${values}`);
    const help = `declare it at the top and use its name: \`${line}\``;
    out.push(
      report("MZ3002", label, { problem: "an enum is declared, and named as a type" }, { help }),
    );
    return { kind: "error", span: value.span };
  }
  const broken = brokenType(node.args);
  if (broken === null) {
    if (listOfMistake(node.args, out)) return { kind: "error", span: value.span };
    return parseType(value, what, out);
  }
  return parseBroken(node, broken, what, out);
}

/** A type written with spaces: reported once, with the type in one piece. */
export function parseBroken(node: Node, text: string, what: string, out: Out): TypeExpr {
  const [first] = node.args;
  const last = node.args[node.args.length - 1];
  const start = first?.span ?? node.name.span;
  return parseSpaced(text, { ...start, end: last?.span.end ?? start.end }, what, out);
}

function parseSpaced(text: string, span: Span, what: string, out: Out): TypeExpr {
  const found: Out = [];
  const type = parseType({ value: { kind: "string", text }, span, written: "bare" }, what, found);
  const [problem] = found;
  out.push(
    problem ??
      report(
        "MZ3002",
        { span, text: "has spaces" },
        { problem: "a type is written without spaces" },
        { help: `write \`${shorten(text.replaceAll(" ", ""))}\`` },
      ),
  );
  return type.kind === "error" ? type : { kind: "error", span };
}

function lowerOptions(node: Node, out: Out): Pick<Field, "default" | "required" | "deprecated"> {
  const defaultProp = propertyOf(node, "default");
  const requiredProp = propertyOf(node, "required");
  const deprecatedProp = propertyOf(node, "deprecated");
  const literal = defaultProp === null ? null : toLiteral(defaultProp.value, out);
  const required = requiredProp === null ? null : toBoolean(requiredProp.value, "`required`", out);
  if (defaultProp !== null && requiredProp !== null && required === true) {
    out.push(
      report(
        "MZ3006",
        { span: requiredProp.span, text: "required" },
        {},
        {
          related: [{ span: defaultProp.span, text: "fills the field in when it is left out" }],
          help: "keep one of the two",
        },
      ),
    );
  }
  return {
    default:
      literal === null || defaultProp === null ? null : { literal, span: defaultProp.value.span },
    required:
      required === null || requiredProp === null
        ? null
        : { value: required, span: requiredProp.span },
    deprecated: deprecatedProp === null ? null : toDeprecation(deprecatedProp.value, out),
  };
}

function lowerCanonicalField(node: Node, out: Out): readonly Field[] {
  checkNode(
    node,
    {
      args: 1,
      takes: "one name",
      props: fieldOptions,
      block: true,
      example: 'field "name" { primitive "string" }',
    },
    out,
  );
  const name = textArgument(node, 0, "one name", out);
  const children = node.children ?? [];
  const doc = children.find((child) => child.name.text === "doc");
  const shapes = children.filter((child) => child !== doc);
  const type = lowerShape(node, shapes, out);
  if (name === null) return [];
  checkName(name, "field", "canonical", out);
  const lowered = lowerOptions(node, out);
  const field: Field = {
    name,
    type: withJsonDefault(type, lowered.default?.literal ?? null),
    default: lowered.default,
    // Without `required=#false` nothing can be left out, whatever the shape.
    required: lowered.required ?? { value: lowered.default === null, span: node.name.span },
    constraints: [],
    deprecated: lowered.deprecated,
    doc: toDoc(node, doc, out),
    node: node.span,
  };
  return [field];
}

/** Stands for a field whose line was at fault, so that nothing else is said about its name. */
function faultyField(node: Node, name: string): Field {
  return {
    name: { text: name, span: node.name.span },
    type: { kind: "error", span: node.span },
    default: null,
    required: null,
    constraints: [],
    doc: null,
    deprecated: null,
    node: node.span,
  };
}

/** Reports fields of one list that have the same name, and keeps the first of each. */
export function uniqueFields(fields: readonly Field[], where: string, out: Out): readonly Field[] {
  const first = new Map<string, Field>();
  return fields.filter((field) => {
    const earlier = first.get(field.name.text);
    if (earlier === undefined) {
      first.set(field.name.text, field);
      return true;
    }
    out.push(
      report(
        "MZ2005",
        { span: field.name.span, text: "again here" },
        { kind: "field", name: field.name.text, where },
        { related: [{ span: earlier.name.span, text: "first here" }], help: "keep one of the two" },
      ),
    );
    return false;
  });
}
