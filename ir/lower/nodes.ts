/**
 * What every part of lowering asks of a KDL node: are its arguments, properties and children those that the
 * language has there? Each question reports what is wrong and answers with what is sound.
 */
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { didYouMean, nearest } from "../diagnostics/did-you-mean.js";
import type { Name } from "../model/contract.js";
import type { Node, Property, Value } from "../model/syntax.js";
import { behindModifier, type Notes, type Synonyms } from "./misnamed.js";
import { shorten, valueText } from "./text.js";

/** Where lowering puts what it finds. */
export type Out = Diagnostic[];

export type Expected = {
  /** How many arguments the node may have. */
  readonly args: number;
  /** What those are, in words: "one number". */
  readonly takes: string;
  /** The properties it may have; `any` where they are fields or params. */
  readonly props?: readonly string[] | "any";
  readonly block?: boolean;
  /** A right example, shown as help; worked out when it is needed where that takes long. */
  readonly example?: string | (() => string);
  /** The help in its place, where no single line is right. */
  readonly help?: () => string;
};

/** Reports arguments, properties and blocks that the node must not have. */
export function checkNode(node: Node, expected: Expected, out: Out): void {
  const extra = node.args[expected.args];
  if (extra !== undefined) {
    out.push(
      report(
        "MZ1103",
        { span: extra.span, text: "not expected here" },
        { node: node.name.text, expected: expected.takes, argument: shorten(valueText(extra)) },
        { help: exampleOf(expected) },
      ),
    );
  }
  const props = expected.props ?? [];
  if (props !== "any") {
    for (const prop of node.props) {
      if (!props.includes(prop.name.text))
        reportUnknownProperty(node, prop, props, exampleOf(expected), out);
    }
  }
  if (expected.block !== true && node.children !== null)
    reportBlock(node, exampleOf(expected), out);
}

function exampleOf({ example, help }: Expected): string | null {
  if (help !== undefined) return help();
  if (example === undefined) return null;
  return `write \`${typeof example === "string" ? example : example()}\``;
}

function reportUnknownProperty(
  node: Node,
  prop: Property,
  known: readonly string[],
  help: string | null,
  out: Out,
): void {
  out.push(
    report(
      "MZ1102",
      { span: prop.name.span, text: "unknown property" },
      { node: node.name.text, name: shorten(prop.name.text) },
      { help: didYouMean(prop.name.text, known) ?? listed("it has", known) ?? help },
    ),
  );
}

/** Reports the block of a node that takes none. */
export function reportBlock(node: Node, help: string | null, out: Out): void {
  out.push(
    report("MZ1107", { span: node.span, text: "has a block" }, { node: node.name.text }, { help }),
  );
}

/** The property of a name, if the node has it. */
export function propertyOf(node: Node, name: string): Property | null {
  return node.props.find((prop) => prop.name.text === name) ?? null;
}

/** The properties of a node without some names: those that are fields or params. */
export function propertiesExcept(node: Node, names: readonly string[]): readonly Property[] {
  return node.props.filter((prop) => !names.includes(prop.name.text));
}

export type Children = {
  /** Where they stand, in words: "in a function". */
  readonly where: string;
  /** Nodes that may stand once. */
  readonly once: readonly string[];
  /** Nodes that may stand any number of times. */
  readonly many: readonly string[];
  /** Those of both which programs alone write, so that no help names them. */
  readonly hidden?: readonly string[];
  /** What to say about a node that is none of them, where it looks like something else. */
  readonly hint?: (node: Node) => Meaning | null;
  /** What other languages call these nodes, and what they have that is not written so here. */
  readonly synonyms?: Synonyms;
  readonly notes?: Notes;
};

/** What to say, and what the node is read as. */
export type Meaning = { readonly help: string | null; readonly meant: Node | null };

/**
 * The children that may stand there, in written order. Others are reported and left out, and so are
 * repetitions; one whose name is nearly right is reported and counts as what was meant.
 */
export function childrenOf(nodes: readonly Node[], children: Children, out: Out): readonly Node[] {
  if (nodes.length === 0) return nodes;
  const known = [...children.once, ...children.many];
  const first = new Map<string, Node>();
  return nodes.flatMap((written) => {
    const node = known.includes(written.name.text)
      ? written
      : meantNode(written, known, children, out);
    if (node === null) return [];
    const name = node.name.text;
    const earlier = first.get(name);
    if (children.many.includes(name) || earlier === undefined) {
      first.set(name, node);
      return [node];
    }
    if (node !== written) return [];
    out.push(
      report(
        "MZ1106",
        { span: node.name.span, text: "again here" },
        { node: name, where: children.where },
        { related: [{ span: earlier.name.span, text: "first here" }], help: "keep one of the two" },
      ),
    );
    return [];
  });
}

/** Reports a node that may not stand there. Null when its name does not tell what was meant. */
function meantNode(
  node: Node,
  known: readonly string[],
  children: Children,
  out: Out,
): Node | null {
  const { help, meant } = meaning(node, known, children);
  const label = { span: node.name.span, text: "unknown node" };
  const facts = { node: shorten(node.name.text), where: children.where };
  out.push(report("MZ1101", label, facts, { help }));
  return meant;
}

/** What was meant, by what is surest first. */
function meaning(node: Node, known: readonly string[], children: Children): Meaning {
  const inner = behindModifier(node, known);
  if (inner !== null) return inner;
  const name = node.name.text;
  const word = name.toLowerCase().replace(/:$/, "");
  const note = children.notes?.get(word);
  if (note !== undefined) return { help: note(node), meant: null };
  const synonym = children.synonyms?.get(word);
  if (synonym !== undefined) return renamed(node, synonym);
  const near = nearest(name, known);
  if (near !== null) return renamed(node, near);
  const hint = children.hint?.(node) ?? null;
  if (hint !== null) return hint;
  const shown = known.filter((one) => children.hidden?.includes(one) !== true);
  return { help: listed("there may stand", shown), meant: null };
}

function renamed(node: Node, text: string): Meaning {
  const meant = { ...node, name: { text, span: node.name.span } };
  return { help: `did you mean \`${text}\`?`, meant };
}

/** A line of each node that is about something, for whoever left that out. */
const examples: ReadonlyMap<string, string> = new Map(
  [
    "type Order id=integer total=decimal",
    "enum Role admin member",
    "error OutOfStock status=409",
    "context user",
    "function user_profile user_id=integer -> Profile",
    'view profile_page user_id=integer { route "/profile/:user_id/" }',
    "channel chat { server text=string }",
    "affects user",
    "merge user",
    "errors OutOfStock",
    "auth required",
    'route "/profile/:user_id/"',
    'methods "GET"',
    "rev 2",
    "transport websocket",
    'doc "What it is for"',
  ].map((line) => [line.split(" ")[0] ?? line, line] as const),
);

/** An argument that must be text: a name, a word. Null, reported, where it is missing or something else. */
export function textArgument(node: Node, index: number, takes: string, out: Out): Name | null {
  const value = node.args[index];
  if (value !== undefined) return textValue(value, takes, out);
  // What could not be read has been reported, and may be what is missing here.
  if (!node.faulty) {
    const label = { span: node.name.span, text: "nothing follows" };
    const example = examples.get(node.name.text);
    const help = example === undefined ? null : `for example \`${example}\``;
    out.push(report("MZ1104", label, { node: node.name.text, expected: takes }, { help }));
  }
  return null;
}

/** A value that must be text. */
export function textValue(value: Value, what: string, out: Out): Name | null {
  if (value.value.kind === "string") return { text: value.value.text, span: value.span };
  reportValue(value, what, "text", out);
  return null;
}

/** Says what a value should have been, unless it was no value at all and has been reported as such. */
export function reportValue(
  value: Value,
  what: string,
  expected: string,
  out: Out,
  help: string | null = null,
): void {
  if (wasRepaired(value)) return;
  const quoted =
    value.value.kind === "string" ? null : `quote it: \`"${shorten(valueText(value))}"\``;
  out.push(
    report(
      "MZ1105",
      { span: value.span, text: shorten(`this is ${valueText(value)}`) },
      { what, expected },
      { help: help ?? (expected === "text" ? quoted : null) },
    ),
  );
}

/** Whether `parse` put `#true` for `true`: the keyword is longer than what stands there. */
function wasRepaired(value: Value): boolean {
  const { start, end } = value.span;
  return value.written === "keyword" && valueText(value).length > end - start;
}

function listed(intro: string, names: readonly string[]): string | null {
  if (names.length === 0) return null;
  return `${intro} ${names.map((name) => `\`${name}\``).join(", ")}`;
}
