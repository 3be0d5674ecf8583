/** `function`, in short form and in canonical form. */
import { report } from "../diagnostics/catalogue.js";
import type { Deprecation } from "../model/canonical.js";
import type { Affect, Auth, Cache, Fn, Form, Merge, Name, Output } from "../model/contract.js";
import type { Node } from "../model/syntax.js";
import { toDeprecationNode, toDoc } from "./docs.js";
import { lowerAffect, lowerMerge } from "./effects.js";
import { lowerInput } from "./inputs.js";
import { brokenType, withoutNameSigns } from "./mistakes.js";
import { checkName } from "./names.js";
import { checkNode, childrenOf, textArgument, type Children, type Out } from "./nodes.js";
import {
  lowerAuth,
  lowerBoolean,
  lowerCache,
  lowerFlag,
  lowerNames,
  lowerReference,
  lowerRev,
  lowerTransport,
} from "./options.js";
import { parseBroken } from "./fields.js";
import { nodeText, propertyTexts, shorten, valueText } from "./text.js";
import { isScalarName, parseType } from "./type-expression.js";

const children: Children = {
  where: "in a function",
  once: [
    "input",
    "context",
    "errors",
    "auth",
    "rev",
    "cache",
    "transport",
    "private",
    "deprecated",
    "doc",
    // The canonical form's.
    "camel",
    "has-input",
    "output",
    "output-nullable",
    "is-form",
    "form-name",
    "form-role",
    // The full canonical form's.
    "output-nothing",
    "effects",
  ],
  many: ["affects", "merge"],
  hint: (node) =>
    looksLikeField(node)
      ? `inputs stand in a block: \`input { ${nodeText(node).replace(":", "")} }\``
      : null,
};

/** `user_id integer`: what follows the name is a type. */
function looksLikeField(node: Node): boolean {
  const [type] = node.args;
  if (type?.value.kind !== "string" || node.children !== null) return false;
  return isScalarName(type.value.text) || /^[A-Z]|[<?|]/.test(type.value.text);
}

/** A function, or null when it has no name. */
export function lowerFunction(written: Node, out: Out): Fn | null {
  const node = withoutNameSigns(written, out);
  const name = textArgument(node, 0, "a name", out);
  if (name === null) return null;
  const found = childrenOf(node.children ?? [], children, out);
  const form: Form = found.some((child) => child.name.text === "camel") ? "canonical" : "short";
  checkName(name, "function", form, out);
  const inputNode = found.find((child) => child.name.text === "input");
  const docNode = found.find((child) => child.name.text === "doc");
  const parts = lowerParts(found, out);
  return {
    name,
    form,
    ...lowerInput(node, node.props, inputNode, "in the input", out),
    output: lowerOutput(node, parts, out),
    context: parts.context,
    affects: parts.affects,
    merges: parts.merges,
    errors: parts.errors,
    auth: parts.auth,
    rev: parts.rev,
    cache: parts.cache,
    transport: parts.transport,
    private: parts.private,
    isForm: parts.isForm ? { name: parts.formName, role: parts.formRole } : null,
    doc: toDoc(node, docNode, out),
    deprecated: parts.deprecated,
    node: node.span,
  };
}

type Parts = {
  context: Name | null;
  affects: readonly Affect[];
  merges: readonly Merge[];
  errors: readonly Name[];
  auth: Auth | null;
  rev: number | null;
  cache: Cache | null;
  transport: Fn["transport"];
  private: boolean;
  deprecated: Deprecation | null;
  output: Name | null;
  outputNode: Node | null;
  nullable: boolean;
  nothing: boolean;
  isForm: boolean;
  formName: string;
  formRole: string;
};

/** Everything in the block but `input` and `doc`. */
function lowerParts(found: readonly Node[], out: Out): Parts {
  const parts: Parts = {
    context: null,
    affects: found.filter(named("affects")).flatMap((child) => lowerAffect(child, out) ?? []),
    merges: found.filter(named("merge")).flatMap((child) => lowerMerge(child, out) ?? []),
    errors: [],
    auth: null,
    rev: null,
    cache: null,
    transport: null,
    private: false,
    deprecated: null,
    output: null,
    outputNode: null,
    nullable: false,
    nothing: false,
    isForm: false,
    formName: "",
    formRole: "",
  };
  for (const child of found) lowerPart(child, parts, out);
  return parts;
}

function lowerPart(child: Node, parts: Parts, out: Out): void {
  switch (child.name.text) {
    case "context":
      parts.context = lowerReference(child, "one context", out);
      break;
    case "errors":
      parts.errors = uniqueNames(lowerNames(child, "names of errors", out), out);
      break;
    case "auth":
      parts.auth = lowerAuth(child, out);
      break;
    case "rev":
      parts.rev = lowerRev(child, out);
      break;
    case "cache":
      parts.cache = lowerCache(child, out);
      break;
    case "transport":
      parts.transport = lowerTransport(child, out);
      break;
    case "private":
      parts.private = lowerFlag(child, out);
      break;
    case "deprecated":
      parts.deprecated = toDeprecationNode(child, out);
      break;
    case "output":
      parts.output = lowerReference(child, "one type", out);
      parts.outputNode = child;
      break;
    case "output-nullable":
      parts.nullable = lowerBoolean(child, out);
      break;
    case "output-nothing":
      parts.nothing = lowerBoolean(child, out);
      break;
    case "camel":
      // Derived: read for its kind, and worked out again from the wire name.
      lowerReference(child, "one name", out);
      break;
    case "has-input":
      lowerBoolean(child, out);
      break;
    case "is-form":
      parts.isForm = lowerBoolean(child, out);
      break;
    case "form-name":
      parts.formName = lowerReference(child, "one name", out)?.text ?? "";
      break;
    case "form-role":
      parts.formRole = lowerReference(child, "one name", out)?.text ?? "";
      break;
    case "effects":
      lowerEffects(child, parts, out);
      break;
    default:
      break;
  }
}

/** The full form's exact effects, which take the place of the plain ones. */
function lowerEffects(node: Node, parts: Parts, out: Out): void {
  checkNode(node, { args: 0, takes: "a block", block: true }, out);
  const where = "in `effects`";
  const found = childrenOf(
    node.children ?? [],
    { where, once: [], many: ["affects", "merge"] },
    out,
  );
  parts.affects = found.filter(named("affects")).flatMap((child) => lowerAffect(child, out) ?? []);
  parts.merges = found.filter(named("merge")).flatMap((child) => lowerMerge(child, out) ?? []);
}

function named(name: string): (node: Node) => boolean {
  return (node) => node.name.text === name;
}

function uniqueNames(names: readonly Name[], out: Out): readonly Name[] {
  const first = new Map<string, Name>();
  return names.filter((name) => {
    const earlier = first.get(name.text);
    if (earlier === undefined) {
      first.set(name.text, name);
      return true;
    }
    out.push(
      report(
        "MZ2005",
        { span: name.span, text: "again here" },
        { kind: "error", name: name.text, where: "in one function" },
        { related: [{ span: earlier.span, text: "first here" }], help: "leave one out" },
      ),
    );
    return false;
  });
}

// ---- the output

function lowerOutput(node: Node, parts: Parts, out: Out): Output {
  const arrow = node.args[1];
  const written = lowerArrow(node, out);
  if (parts.output === null) return written;
  if (arrow === undefined && node.args.length === 1) {
    const { output: name, nullable, nothing } = parts;
    return { kind: "printed", name, nullable, nothing };
  }
  const span = parts.outputNode?.name.span ?? node.span;
  out.push(
    report(
      "MZ1106",
      { span, text: "again here" },
      { node: "the output", where: "in one function" },
      {
        related: arrow === undefined ? [] : [{ span: arrow.span, text: "first here" }],
        help: "the arrow says it: leave out `output`",
      },
    ),
  );
  return written;
}

/** `-> Type` among the arguments. */
function lowerArrow(node: Node, out: Out): Output {
  const [, second, third] = node.args;
  const what = `the output of \`${valueText(node.args[0] ?? { value: { kind: "null" }, span: node.span, written: "keyword" })}\``;
  if (second === undefined) return checked(node, 1, { kind: "nothing" }, out);
  const arrow = second.value.kind === "string" ? second.value.text : "";
  if (arrow !== "->") {
    const at = node.args.findIndex((arg) => arg.written === "bare" && valueText(arg) === "->");
    if (at < 0) {
      reportArrow(node, arrow, out);
      return { kind: "type", type: { kind: "error", span: second.span } };
    }
    reportInputs(node, at, out);
    return lowerArrow({ ...node, args: [...node.args.slice(0, 1), ...node.args.slice(at)] }, out);
  }
  if (third === undefined) {
    checked(node, 2, { kind: "nothing" }, out);
    textArgument({ ...node, name: { text: "->", span: second.span } }, 2, "a type", out);
    return { kind: "type", type: { kind: "error", span: second.span } };
  }
  const rest = node.args.slice(2);
  const broken = brokenType(rest);
  if (broken !== null) {
    const type = parseBroken({ ...node, args: rest }, broken, what, out);
    return checked(node, node.args.length, { kind: "type", type }, out);
  }
  return checked(node, 3, { kind: "type", type: parseType(third, what, out) }, out);
}

function checked(node: Node, args: number, output: Output, out: Out): Output {
  const example = nodeText({ ...node, args: node.args.slice(0, args) });
  checkNode(node, { args, takes: "a name and `-> Type`", props: "any", block: true, example }, out);
  return output;
}

/** `function f Profile`, `function f ->Profile`, `function f : Profile`. */
function reportArrow(node: Node, second: string, out: Out): void {
  const [name, ...rest] = node.args;
  const span = rest[0]?.span ?? node.span;
  const type = rest
    .map(valueText)
    .join(" ")
    .replace(/^(->|→|:|=>|-)\s*/, "");
  const props = propertyTexts(node);
  const words = ["function", name === undefined ? "" : valueText(name), ...props, "->", type];
  const label = { span, text: second.startsWith("->") ? "a space is missing" : "no arrow" };
  out.push(report("MZ1110", label, {}, { help: `write \`${words.join(" ")}\`` }));
}

/** `function f user_id: integer -> Profile`: inputs without their signs of equality. */
function reportInputs(node: Node, arrow: number, out: Out): void {
  const [name, first, ...others] = node.args.slice(0, arrow);
  if (name === undefined || first === undefined) return;
  const words = [first, ...others].map((arg) => valueText(arg).replace(/[:,]+$/, ""));
  const pairs: string[] = [];
  for (let index = 0; index < words.length; index += 2) {
    pairs.push(`${words[index]}=${words[index + 1] ?? "string"}`);
  }
  const output = node.args.slice(arrow).map(valueText);
  const example = ["function", valueText(name), ...pairs, ...propertyTexts(node), ...output].join(
    " ",
  );
  const facts = { node: "function", expected: "a name and `-> Type`", argument: valueText(first) };
  const help = `write \`${shorten(example)}\``;
  out.push(report("MZ1103", { span: first.span, text: "not expected here" }, facts, { help }));
}
