/**
 * What a node of the configuration was meant to say where it is written as other tools have it:
 * `client dir="web" target="react"`, `server { path "src" }`, `client "web" "react"`. It is reported once, with
 * the line that says so here, and read as that line.
 */
import { report } from "../../ir/diagnostics/catalogue.js";
import type { Diagnostic } from "../../ir/diagnostics/diagnostic.js";
import type * as syntax from "../../ir/model/syntax.js";
import type { Span } from "../../ir/source/source.js";
import { clientTargets } from "./settings.js";

const pathWords: ReadonlySet<string> = new Set(
  "path dir directory folder out output to src file".split(" "),
);

const targetWords: ReadonlySet<string> = new Set(clientTargets);

/** An example of each node, for whoever left it empty. */
export const examples: ReadonlyMap<string, string> = new Map([
  ["contract", 'contract "contract"'],
  ["server", 'server "src/mizan/server"'],
  ["handlers", 'handlers "src/handlers"'],
  ["client", 'client "web/src/mizan"'],
  ["target", 'target "react"'],
  ["format", 'format "none"'],
]);

/** `node` is the one that has it too many. */
type Moved = { readonly node: string; readonly span: Span; readonly what: string };

/** The node as it was meant, or as it is. `children` are the nodes that its block may have. */
export function asMeant(
  node: syntax.Node,
  children: readonly string[],
  out: Diagnostic[],
): syntax.Node {
  const moved: Moved[] = [];
  const move = (what: string, span: Span, from = node.name.text): void => {
    moved.push({ node: from, span, what });
  };
  const args: syntax.Value[] = [];
  const block: syntax.Node[] = [];

  for (const arg of node.args) {
    const target = isText(arg) && targetWords.has(arg.value.text) && children.includes("target");
    if (!target || args.length === 0) args.push(arg);
    else {
      move("second argument", arg.span);
      block.push(toChild(node, "target", arg));
    }
  }
  const props = node.props.filter((prop) => {
    const { text } = prop.name;
    const child = childOf(text, prop.value);
    const isPath = pathWords.has(text) && isText(prop.value) && args.length === 0;
    if (isPath) args.push(prop.value);
    else if (child !== null) block.push(child);
    else return true;
    move(`property \`${text}\``, prop.span);
    return false;
  });
  for (const child of node.children ?? []) {
    const { text } = child.name;
    const [value, second] = child.args;
    const targets = children.includes("target") ? severalTargets(child) : null;
    if (targets !== null && second !== undefined) {
      block.push(...targets);
      if (text === "target") move("second argument", second.span, text);
      else move(`node \`${text}\``, child.name.span);
    } else if (pathWords.has(text) && value !== undefined && isText(value) && args.length === 0) {
      args.push(value);
      move(`node \`${text}\``, child.name.span);
    } else if (targetWords.has(text) && children.includes("target") && isSwitchedOn(child)) {
      block.push(toTarget(node, child.name));
      move(`node \`${text}\``, child.name.span);
    } else {
      block.push(child);
    }
  }
  const [first] = moved;
  if (first === undefined) return node;
  const meant = { ...node, args, props, children: block.length === 0 ? null : block };
  const label = { span: first.span, text: "not written like this" };
  const facts = { node: first.node, extra: first.what };
  out.push(report("MZ7003", label, facts, { help: `write \`${lineOf(meant)}\`` }));
  return meant;

  /** `target="react"`, `react=#true`. */
  function childOf(name: string, value: syntax.Value): syntax.Node | null {
    if (children.includes(name) && isText(value)) return toChild(node, name, value);
    const isOn = value.value.kind === "boolean" && value.value.value;
    if (!isOn || !targetWords.has(name) || !children.includes("target")) return null;
    return toTarget(node, { text: name, span: value.span });
  }
}

/** `target "react" "testing"`: each target has a node of its own. Null for anything else. */
function severalTargets(node: syntax.Node): readonly syntax.Node[] | null {
  const { name, args, props, children } = node;
  if (!/^targets?$/.test(name.text) || props.length > 0 || children !== null) return null;
  const areTargets = args.every((arg) => isText(arg) && targetWords.has(arg.value.text));
  return areTargets ? args.map((arg) => toChild(node, "target", arg)) : null;
}

/** `react` or `react #true`. */
function isSwitchedOn({ args: [value, ...others] }: syntax.Node): boolean {
  const isOn = value === undefined || (value.value.kind === "boolean" && value.value.value);
  return isOn && others.length === 0;
}

function toTarget(node: syntax.Node, { text, span }: syntax.Text): syntax.Node {
  const value = { value: { kind: "string", text }, span, written: "quoted" } as const;
  return toChild(node, "target", value);
}

function isText(value: syntax.Value): value is TextValue {
  return value.value.kind === "string";
}

type TextValue = syntax.Value & { readonly value: { readonly kind: "string" } };

function toChild(node: syntax.Node, name: string, value: syntax.Value): syntax.Node {
  const text = { text: name, span: value.span };
  return { ...node, name: text, args: [value], props: [], children: null, span: value.span };
}

/** A node in one line. All its values are quoted, for that is always right. */
function lineOf({ name, args, children }: syntax.Node): string {
  const words = [
    name.text,
    ...args.flatMap((arg) => (isText(arg) ? JSON.stringify(arg.value.text) : [])),
  ];
  const block = (children ?? []).map(lineOf).join("; ");
  return words.join(" ") + (block === "" ? "" : ` { ${block} }`);
}
