/**
 * Shapes, the canonical form of types (language.md section 3), with the extensions of the full form:
 *
 *     list { optional { ref "Order" } }
 *     primitive "string" format="email" max-length=80
 *     enum "admin" "member" name="Role"
 *     map { primitive "integer" }
 */
import { report } from "../diagnostics/catalogue.js";
import { didYouMean } from "../diagnostics/did-you-mean.js";
import { constraintNames, deepestType, type ScalarName, type TypeExpr } from "../model/contract.js";
import type { Node } from "../model/syntax.js";
import { toConstraints } from "./constraints.js";
import {
  checkNode,
  childrenOf,
  propertyOf,
  textArgument,
  textValue,
  type Expected,
  type Out,
} from "./nodes.js";

const shapeNames = ["primitive", "ref", "list", "map", "optional", "union", "enum"] as const;
const primitives: readonly ScalarName[] = ["integer", "number", "boolean", "string"];
/** What a `primitive "string"` may be more exactly. */
const formats: readonly ScalarName[] = [
  "datetime",
  "date",
  "time",
  "uuid",
  "decimal",
  "bytes",
  "email",
  "url",
  "json",
  "file",
];

/** The one shape in the block of `parent`. */
export function lowerShape(parent: Node, nodes: readonly Node[], out: Out, depth = 0): TypeExpr {
  const shapes = childrenOf(
    nodes,
    { where: `in \`${parent.name.text}\``, once: [], many: shapeNames },
    out,
  );
  const [shape, second] = shapes;
  const error: TypeExpr = { kind: "error", span: parent.span };
  if (shape === undefined) {
    if (nodes.length === 0 && !parent.faulty) reportMissing(parent, out);
    return error;
  }
  if (second !== undefined) {
    out.push(
      report(
        "MZ1106",
        { span: second.name.span, text: "a second shape" },
        { node: second.name.text, where: `beside another shape in \`${parent.name.text}\`` },
        { help: "several shapes stand in a `union`" },
      ),
    );
    return error;
  }
  return lowerOne(shape, out, depth);
}

function reportMissing(parent: Node, out: Out): void {
  out.push(
    report(
      "MZ1108",
      { span: parent.span, text: "no shape" },
      { node: parent.name.text, why: "with one shape" },
      { help: 'for example `{ primitive "string" }`' },
    ),
  );
}

/** Whether the blocks inside were too deep to be read, which is reported. */
function isCutOff({ faulty, children }: Node): boolean {
  return faulty || (children ?? []).some(isCutOff);
}

function lowerOne(node: Node, out: Out, depth: number): TypeExpr {
  const { span } = node;
  if (depth >= deepestType) {
    const problem = `types nest at most ${deepestType} deep`;
    const label = { span: node.name.span, text: "too deep" };
    if (!isCutOff(node)) out.push(report("MZ3002", label, { problem }));
    return { kind: "error", span };
  }
  const block = node.children ?? [];
  switch (node.name.text) {
    case "primitive":
      return lowerPrimitive(node, out);
    case "ref": {
      checkShape(node, { args: 1, takes: "one name" }, out);
      const name = textArgument(node, 0, "one name", out);
      return name === null ? { kind: "error", span } : { kind: "name", name: name.text, span };
    }
    case "list": {
      checkShape(
        node,
        { args: 0, takes: "no argument", props: ["min-items", "max-items"], block: true },
        out,
      );
      const item = lowerShape(node, block, out, depth + 1);
      return { kind: "list", item, constraints: toConstraints(node, out), span };
    }
    case "map":
      checkShape(node, { args: 0, takes: "no argument", block: true }, out);
      return { kind: "map", value: lowerShape(node, block, out, depth + 1), span };
    case "optional":
      checkShape(node, { args: 0, takes: "no argument", block: true }, out);
      return lowerOptional(node, lowerShape(node, block, out, depth + 1), out);
    case "union":
      checkShape(node, { args: 0, takes: "no argument", block: true }, out);
      return lowerUnion(node, out, depth);
    default:
      return lowerEnum(node, out);
  }
}

function checkShape(node: Node, expected: Expected, out: Out): void {
  checkNode(node, expected, out);
}

function lowerPrimitive(node: Node, out: Out): TypeExpr {
  checkShape(node, { args: 1, takes: "one type", props: ["format", ...constraintNames] }, out);
  const error: TypeExpr = { kind: "error", span: node.span };
  const name = textArgument(node, 0, "one type", out);
  if (name === null) return error;
  const primitive = primitives.find((candidate) => candidate === name.text);
  if (primitive === undefined) {
    const label = { span: name.span, text: "no primitive" };
    const help = didYouMean(name.text, primitives) ?? `one of ${primitives.join(", ")}`;
    out.push(report("MZ3001", label, { name: name.text }, { help }));
    return error;
  }
  const constraints = toConstraints(node, out);
  const written = propertyOf(node, "format");
  if (written === null) return { kind: "scalar", name: primitive, constraints, span: node.span };
  const format = textValue(written.value, "`format`", out);
  if (format === null) return error;
  const known = formats.find((candidate) => candidate === format.text);
  if (known === undefined || primitive !== "string") {
    const label = { span: format.span, text: `no format of ${primitive}` };
    out.push(
      report("MZ3001", label, { name: format.text }, { help: didYouMean(format.text, formats) }),
    );
    return error;
  }
  return { kind: "scalar", name: known, constraints, span: node.span };
}

function lowerOptional(node: Node, inner: TypeExpr, out: Out): TypeExpr {
  if (inner.kind !== "optional") return { kind: "optional", inner, span: node.span };
  const label = { span: node.span, text: "nullable twice" };
  out.push(report("MZ3003", label, {}, { help: "one `optional` is enough" }));
  return { kind: "error", span: node.span };
}

function lowerUnion(node: Node, out: Out, depth: number): TypeExpr {
  const where = "in `union`";
  const shapes = childrenOf(node.children ?? [], { where, once: [], many: shapeNames }, out);
  const members = shapes.map((shape) => lowerOne(shape, out, depth + 1));
  if (members.length > 1) return { kind: "union", members, form: "canonical", span: node.span };
  if (!node.faulty && members.length === (node.children?.length ?? 0)) {
    out.push(
      report(
        "MZ1108",
        { span: node.span, text: members.length === 0 ? "no shape" : "one shape" },
        { node: "union", why: "with two shapes or more" },
      ),
    );
  }
  return { kind: "error", span: node.span };
}

function lowerEnum(node: Node, out: Out): TypeExpr {
  const expected = { args: Infinity, takes: "its values", props: ["name"] };
  checkShape(node, expected, out);
  const { span } = node;
  const values = node.args.flatMap((value) => textValue(value, "an enum value", out)?.text ?? []);
  if (node.args.length === 0) {
    textArgument(node, 0, "its values", out);
    return { kind: "error", span };
  }
  const written = propertyOf(node, "name");
  const name = written === null ? null : textValue(written.value, "`name`", out);
  return { kind: "enum", name, values, span };
}
