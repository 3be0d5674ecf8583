/**
 * `affects` and `merge`.
 *
 *     affects user                                 affects user all
 *     affects user user_id=input.target_id         affects *
 *     affects function user_orders                 merge user by=id op=prepend slot=user_orders
 *
 * A param whose name is one of merge's own words is given by a child: `merge tag { param by input.by }`.
 */
import { report } from "../diagnostics/catalogue.js";
import type { Source } from "../model/canonical.js";
import type { Affect, EffectParam, Merge, Name } from "../model/contract.js";
import type { Node, Value } from "../model/syntax.js";
import type { Span } from "../source/source.js";
import {
  mergeWords,
  meantAffect,
  meantMerge,
  meantOperation,
  severalTargets,
  targetsHelp,
} from "./effect-mistakes.js";
import { separatorMistake } from "./mistakes.js";
import {
  checkNode,
  childrenOf,
  propertiesExcept,
  propertyOf,
  textArgument,
  textValue,
  type Out,
} from "./nodes.js";
import { shorten, valueText } from "./text.js";

export function lowerAffect(written: Node, out: Out): Affect | null {
  if (separatorMistake(written, written.args, out, eachAlone) !== null) return null;
  const node = meantAffect(written, out);
  const { span } = node;
  const first = textArgument(node, 0, "a context", out);
  if (first === null) return null;
  if (first.text === "*") {
    checkNode(node, { args: 1, takes: "`*` alone", example: "affects *" }, out);
    return { kind: "everything", span };
  }
  const [, second] = node.args;
  if (first.text === "function" && second !== undefined) {
    checkNode(node, { args: 2, takes: "one function", example: severalTargets(node) }, out);
    const target = textValue(second, "the function", out);
    return target === null ? null : { kind: "function", function: target, span };
  }
  const allWord = second?.value.kind === "string" && second.value.text === "all";
  const expected = {
    args: allWord ? 2 : 1,
    takes: "one context",
    props: "any",
    block: true,
  } as const;
  checkNode(node, { ...expected, help: () => targetsHelp(node) }, out);
  const block = lowerEffectBlock(node, ["all"], out);
  const params = [...lowerParams(node, [], out), ...block.params];
  const all = allWord || block.all;
  if (all && params.length > 0) reportAllWithParams(node, params, out);
  return { kind: "context", context: first, all, params: uniqueParams(params, out), span };
}

/** Of `affects user, stock` each context has a line of its own. */
function eachAlone([effect = "", ...targets]: readonly string[]): string {
  return targets.map((target) => `${effect} ${target}`).join("; ");
}

/** Of `merge user, by=id` the rest belongs to the one context. */
function mergedOnce(words: readonly string[]): string {
  const [merge = "", ...others] = words;
  const contexts = others.filter((word) => !word.includes("="));
  return contexts.length > 1 ? eachAlone([merge, ...contexts]) : words.join(" ");
}

function reportAllWithParams(node: Node, params: readonly EffectParam[], out: Out): void {
  const span = params[0]?.span ?? node.span;
  out.push(
    report(
      "MZ1102",
      { span, text: "narrows what `all` widens" },
      { node: "affects … all", name: params[0]?.name.text ?? "" },
      { help: "leave out `all`, or the params" },
    ),
  );
}

export function lowerMerge(written: Node, out: Out): Merge | null {
  const named = separatorMistake(written, written.args, out, mergedOnce);
  if (named !== null && named.length > 1) return null;
  const node = meantMerge(named === null ? written : { ...written, args: named }, out);
  if (node === null) return null;
  const context = textArgument(node, 0, "a context", out);
  if (context === null) return null;
  checkNode(node, { args: 1, takes: "one context", props: "any", block: true }, out);
  const params = [...lowerParams(node, mergeWords, out), ...lowerEffectBlock(node, [], out).params];
  const value = lowerValue(node, out);
  const op = lowerOp(node, out);
  // What it would merge cannot be told without the key, nor whether there may be one without the operation.
  if (value === null && propertyOf(node, "value") !== null) return null;
  if (op === "unclear") return null;
  return {
    context,
    slot: nameProperty(node, "slot", out),
    by: nameProperty(node, "by", out),
    op,
    value,
    params: uniqueParams(params, out),
    span: node.span,
  };
}

function nameProperty(node: Node, name: string, out: Out): Name | null {
  const prop = propertyOf(node, name);
  return prop === null ? null : textValue(prop.value, `\`${name}\``, out);
}

/** `unclear`, reported, where nobody can tell what is to be done. */
function lowerOp(node: Node, out: Out): Merge["op"] | "unclear" {
  const prop = propertyOf(node, "op");
  if (prop === null) return null;
  const op = textValue(prop.value, "`op`", out);
  if (op === null) return "unclear";
  if (op.text === "prepend" || op.text === "remove") return { value: op.text, span: op.span };
  const meant = meantOperation(op.text);
  const facts = { what: "`op`", expected: "`prepend` or `remove`" };
  const help =
    meant === "upsert"
      ? "leave `op` out: an element replaces its like, or is appended"
      : meant && `write \`op=${meant}\``;
  out.push(report("MZ1105", { span: op.span, text: "unknown operation" }, facts, { help }));
  if (meant === null) return "unclear";
  return meant === "upsert" ? null : { value: meant, span: op.span };
}

function lowerValue(node: Node, out: Out): Merge["value"] {
  const prop = propertyOf(node, "value");
  const source = prop === null ? null : toSource(prop.value, "value", out);
  return prop === null || source === null ? null : { source, span: prop.value.span };
}

function lowerParams(node: Node, except: readonly string[], out: Out): readonly EffectParam[] {
  return propertiesExcept(node, except).flatMap((prop) => {
    const source = toSource(prop.value, prop.name.text, out);
    return source === null ? [] : [{ name: prop.name, source, span: prop.span }];
  });
}

type EffectBlock = { readonly params: readonly EffectParam[]; readonly all: boolean };

function lowerEffectBlock(node: Node, once: readonly string[], out: Out): EffectBlock {
  const where = `in \`${node.name.text}\``;
  const children = childrenOf(node.children ?? [], { where, once, many: ["param"] }, out);
  const params: EffectParam[] = [];
  let all = false;
  for (const child of children) {
    if (child.name.text === "all") {
      checkNode(child, { args: 0, takes: "nothing" }, out);
      all = true;
      continue;
    }
    checkNode(child, { args: 2, takes: "a param and its source" }, out);
    const name = textArgument(child, 0, "a param and its source", out);
    const value = child.args[1];
    if (name === null) continue;
    if (value === undefined) {
      textArgument(child, 1, "a param and its source", out);
      continue;
    }
    const source = toSource(value, name.text, out);
    if (source !== null) params.push({ name, source, span: child.span });
  }
  return { params, all };
}

function uniqueParams(params: readonly EffectParam[], out: Out): readonly EffectParam[] {
  const first = new Map<string, Span>();
  return params.filter(({ name }) => {
    const earlier = first.get(name.text);
    if (earlier === undefined) {
      first.set(name.text, name.span);
      return true;
    }
    out.push(
      report(
        "MZ2005",
        { span: name.span, text: "again here" },
        { kind: "param", name: name.text, where: "on one effect" },
        { related: [{ span: earlier, text: "first here" }], help: "keep one of the two" },
      ),
    );
    return false;
  });
}

/** `input.user_id`, `result.owner.id`, `result`: where an effect takes a value from. */
function toSource(value: Value, param: string, out: Out): Source | null {
  const scalar = value.value;
  if (scalar.kind === "string") {
    const [from = "", ...path] = scalar.text.split(".");
    const sound = path.every((part) => part !== "");
    if (sound && from === "input" && path.length > 0) return { from, path };
    if (sound && from === "result") return { from, path };
  }
  const text = shorten(valueText(value));
  const name = /^[\w.-]+$/.test(text) && scalar.kind === "string" ? text : param;
  out.push(
    report(
      "MZ1105",
      { span: value.span, text: "no source" },
      { what: `\`${param}\``, expected: "a place in the input or the result" },
      { help: `for example \`${param}=input.${name}\` or \`${param}=result.${name}\`` },
    ),
  );
  return null;
}
