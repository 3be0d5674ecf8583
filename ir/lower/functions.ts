/** `function`, in short form and in canonical form. */
import type { Deprecation } from "../model/canonical.js";
import type { Affect, Auth, Cache, Fn, Form, Merge, Name, Paginate } from "../model/contract.js";
import type { Node } from "../model/syntax.js";
import { lowerCache } from "./caching.js";
import { toDeprecationNode, toDoc } from "./docs.js";
import { lowerAffect, lowerMerge } from "./effects.js";
import { lowerAuth } from "./guards.js";
import { lowerInput } from "./inputs.js";
import { looksLikeField, withInputInside } from "./loose-inputs.js";
import { functionNotes, functionSynonyms } from "./misnamed.js";
import { withOptionsInside, withWordsOnLine } from "./misplaced-options.js";
import { withoutNameSigns } from "./mistakes.js";
import { checkName } from "./names.js";
import { checkNode, childrenOf, textArgument, type Children, type Out } from "./nodes.js";
import {
  lowerBoolean,
  lowerErrors,
  lowerFlag,
  lowerReference,
  lowerRev,
  lowerTransport,
} from "./options.js";
import { lowerPaginate } from "./paginate.js";
import { isBlockOfFields, lowerOutput, type OutputParts } from "./outputs.js";
import { nodeText } from "./text.js";

/** Nodes of the canonical form, and of the full one. */
const canonicalNodes = [
  "camel",
  "has-input",
  "output",
  "output-nullable",
  "is-form",
  "form-name",
  "form-role",
  "output-nothing",
  "effects",
];

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
    "paginate",
    "private",
    "deprecated",
    "doc",
    ...canonicalNodes,
  ],
  many: ["affects", "merge"],
  hidden: canonicalNodes,
  hint: (node) =>
    looksLikeField(node)
      ? { help: `inputs stand in a block: \`input { ${nodeText(node)} }\``, meant: null }
      : null,
  synonyms: functionSynonyms,
  notes: functionNotes,
};

const allNames = [...children.once, ...children.many];
const optionNames = allNames.filter((name) => name !== "input" && !canonicalNodes.includes(name));

/** A function, or null when it has no name. */
export function lowerFunction(written: Node, out: Out): Fn | null {
  const node = withOptionsInside(withoutNameSigns(written, out), optionNames, out);
  const name = textArgument(node, 0, "a name", out);
  if (name === null) return null;
  const block = isBlockOfFields(node) ? [] : withInputInside(node.children ?? [], allNames, out);
  const found = childrenOf(block, children, out);
  const form: Form = found.some((child) => child.name.text === "camel") ? "canonical" : "short";
  checkName(name, "function", form, out);
  const inputNode = found.find((child) => child.name.text === "input");
  const docNode = found.find((child) => child.name.text === "doc");
  const parts = lowerParts(found, out);
  return {
    name,
    form,
    ...lowerInput(node, node.props, inputNode, "in the input", out),
    output: lowerOutput(node, parts, form, out),
    context: parts.context,
    affects: parts.affects,
    merges: parts.merges,
    paginate: parts.paginate,
    errors: parts.errors,
    auth: parts.auth,
    rev: parts.rev,
    cache: parts.cache,
    transport: parts.transport,
    private: parts.private,
    isForm: toForm(parts),
    doc: toDoc(node, docNode, out),
    deprecated: parts.deprecated,
    node: node.span,
  };
}

type Parts = Mutable<OutputParts> & {
  context: Name | null;
  affects: readonly Affect[];
  merges: readonly Merge[];
  paginate: Paginate | null;
  errors: readonly Name[];
  auth: Auth | null;
  rev: number | null;
  cache: Cache | null;
  transport: Fn["transport"];
  private: boolean;
  deprecated: Deprecation | null;
  isForm: boolean;
  formName: Name | null;
  formRole: Name | null;
};

/** Which of the three a function has is not for us to say: each is optional by itself. */
function toForm({ isForm: flag, formName, formRole }: Parts): Fn["isForm"] {
  if (!flag && formName === null && formRole === null) return null;
  return { flag, name: formName?.text ?? null, role: formRole?.text ?? null };
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Everything in the block but `input` and `doc`. */
function lowerParts(found: readonly Node[], out: Out): Parts {
  const parts: Parts = {
    context: null,
    affects: found.filter(named("affects")).flatMap((child) => lowerAffect(child, out) ?? []),
    merges: found.filter(named("merge")).flatMap((child) => lowerMerge(child, out) ?? []),
    paginate: null,
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
    formName: null,
    formRole: null,
  };
  for (const child of found) {
    lowerPart(onLine.has(child.name.text) ? withWordsOnLine(child, out) : child, parts, out);
  }
  return parts;
}

/** Nodes whose words stand on the line. */
const onLine: ReadonlySet<string> = new Set(["errors", "context", "auth", "transport"]);

function lowerPart(child: Node, parts: Parts, out: Out): void {
  switch (child.name.text) {
    case "context":
      parts.context = lowerReference(child, "one context", out);
      break;
    case "errors":
      parts.errors = lowerErrors(child, "in one function", out);
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
    case "paginate":
      parts.paginate = lowerPaginate(child, out);
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
      parts.formName = lowerReference(child, "one name", out);
      break;
    case "form-role":
      parts.formRole = lowerReference(child, "one name", out);
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
