/** `context`, `view` and `channel`. */
import { report } from "../diagnostics/catalogue.js";
import type { Channel, Context, Fn, Member, Name, View } from "../model/contract.js";
import type { Node } from "../model/syntax.js";
import { lowerCache } from "./caching.js";
import { toDoc } from "./docs.js";
import { lowerAffect } from "./effects.js";
import { lowerInlineFields, uniqueFields } from "./fields.js";
import { lowerFunction } from "./functions.js";
import { lowerAuth } from "./guards.js";
import { lowerInput, lowerMessage } from "./inputs.js";
import {
  contextNotes,
  contextSynonyms,
  namedFunction,
  namedFunctions,
  viewSynonyms,
} from "./misnamed.js";
import { withOptionsInside, withWordsOnLine } from "./misplaced-options.js";
import { withWholeTypes } from "./spaced-types.js";
import { checkName } from "./names.js";
import { checkNode, childrenOf, textArgument, type Children, type Out } from "./nodes.js";
import { lowerErrors, lowerFlag, lowerNames, lowerReference } from "./options.js";
import { nodeText, shorten, valueText } from "./text.js";

export type LoweredContext = { readonly context: Context; readonly functions: readonly Fn[] };

const contextChildren: Children = {
  where: "in a context",
  once: ["auth", "cache", "live", "doc"],
  many: ["function", "param"],
  hidden: ["param"],
  synonyms: contextSynonyms,
  notes: contextNotes,
  hint: (node) => {
    const meant = namedFunction(node);
    return meant === null ? null : { help: `write \`${shorten(nodeText(meant))}\``, meant };
  },
};

/** A context, and the functions that its block defines. */
export function lowerContext(written: Node, out: Out): LoweredContext | null {
  const node = withOptionsInside(written, contextChildren.once, out);
  const name = textArgument(node, 0, "a name", out);
  if (name === null) return null;
  const canonical = node.args[0]?.written === "quoted";
  checkName(name, "context", canonical ? "canonical" : "short", out);
  checkNode(node, { args: 1, takes: "one name", block: true, help: () => blockHelp(node) }, out);
  const children = (node.children ?? []).flatMap((child) => eachAlone(child, out));
  const found = childrenOf(children, contextChildren, out);
  const functions: Fn[] = [];
  const members: Member[] = [];
  for (const child of found.filter((one) => one.name.text === "function")) {
    const quoted = canonical && child.args[0]?.written === "quoted";
    const member = isReference(child) ? textArgument(child, 0, "a name", out) : null;
    if (member !== null) {
      members.push({ name: member, form: quoted ? "canonical" : "short" });
      reportDoc(child, member, out);
    }
    if (isReference(child)) continue;
    const fn = lowerFunction(child, out);
    if (fn === null) continue;
    functions.push(fn);
    members.push({ name: fn.name, form: fn.form });
  }
  const auth = found.find((child) => child.name.text === "auth");
  const cache = found.find((child) => child.name.text === "cache");
  const live = found.find((child) => child.name.text === "live");
  const context: Context = {
    name,
    members,
    auth: auth === undefined ? null : lowerAuth(auth, out),
    cache: cache === undefined ? null : lowerCache(cache, out),
    live: live === undefined ? false : lowerFlag(live, out),
    doc: toDoc(
      node,
      found.find((child) => child.name.text === "doc"),
      out,
    ),
    node: node.span,
  };
  return { context, functions };
}

/** `context user function profile -> Profile`: what stands on the line stands in the block. */
function blockHelp(node: Node): string {
  const { name, args, props } = node;
  const [context, word, ...others] = args.map(valueText);
  if (word !== "function" || others.length === 0) return `write \`${name.text} ${context}\``;
  const inside = nodeText({ ...node, name: { ...name, text: word }, args: args.slice(2), props });
  return `functions stand in its block: \`context ${context} { ${shorten(inside)} }\``;
}

/** A node as it is, or what `functions a b` means, reported. */
function eachAlone(node: Node, out: Out): readonly Node[] {
  const meant = namedFunctions(node);
  if (meant === null) return [node];
  const label = { span: node.name.span, text: "unknown node" };
  const facts = { node: node.name.text, where: contextChildren.where };
  const help = `write \`${shorten(meant.map(nodeText).join("; "))}\``;
  out.push(report("MZ1101", label, facts, { help }));
  return meant;
}

/** In a context a function with a name alone is one that is defined elsewhere. */
function isReference(node: Node): boolean {
  return node.args.length <= 1 && node.props.length === 0 && node.children === null && !node.faulty;
}

/** What stands above a reference would be lost: the function has its own documentation. */
function reportDoc(reference: Node, { text }: Name, out: Out): void {
  if (reference.doc === null || reference.doc.text === "") return;
  out.push(
    report(
      "MZ1112",
      { span: reference.doc.span, text: "above a reference" },
      { name: text },
      { help: `move it above the definition of \`${text}\`, or write \`//\`` },
    ),
  );
}

const viewChildren: Children = {
  where: "in a view",
  once: ["input", "route", "methods", "context", "errors", "auth", "doc"],
  many: ["affects"],
  synonyms: viewSynonyms,
};

export function lowerView(written: Node, out: Out): View | null {
  const options = [...viewChildren.once, ...viewChildren.many];
  const node = withRouteInside(withOptionsInside(withWholeTypes(written), options, out), out);
  const name = textArgument(node, 0, "a name", out);
  if (name === null) return null;
  checkName(name, "view", "short", out);
  const example = `view ${name.text} user_id=integer { route "/users/:user_id/" }`;
  checkNode(node, { args: 1, takes: "one name", props: "any", block: true, example }, out);
  const found = childrenOf(node.children ?? [], viewChildren, out);
  const child = (wanted: string): Node | undefined => found.find((one) => one.name.text === wanted);
  const words = (wanted: string): Node | undefined => {
    const one = child(wanted);
    return one === undefined ? undefined : withWordsOnLine(one, out);
  };
  const route = child("route");
  const methods = words("methods");
  const context = words("context");
  const errors = words("errors");
  const auth = child("auth");
  if (route === undefined && !node.faulty) {
    const facts = { node: "view", why: "with a `route`" };
    const help = 'for example `route "/users/:user_id/"`';
    out.push(report("MZ1108", { span: name.span, text: "no route" }, facts, { help }));
  }
  return {
    name,
    route: route === undefined ? null : lowerReference(route, "one path", out),
    methods: methods === undefined ? [] : lowerNames(methods, "methods", out),
    ...lowerInput(node, node.props, child("input"), "in the input", out),
    context: context === undefined ? null : lowerReference(context, "one context", out),
    affects: found
      .filter((one) => one.name.text === "affects")
      .flatMap((one) => lowerAffect(one, out) ?? []),
    errors: errors === undefined ? [] : lowerErrors(errors, "in one view", out),
    auth: auth === undefined ? null : lowerAuth(auth, out),
    doc: toDoc(node, child("doc"), out),
    node: node.span,
  };
}

/** `view home "/home/"`: the route stands in the block. */
function withRouteInside(node: Node, out: Out): Node {
  const [name, route, ...others] = node.args;
  const isRoute = route?.value.kind === "string" && route.value.text.startsWith("/");
  if (name === undefined || route === undefined || !isRoute || others.length > 0) return node;
  const inside: Node = {
    ...node,
    name: { text: "route", span: route.span },
    args: [route],
    props: [],
    children: null,
    doc: null,
    span: route.span,
  };
  const meant = { ...node, args: [name], children: [inside, ...(node.children ?? [])] };
  const facts = { node: "view", expected: "one name", argument: shorten(valueText(route)) };
  const help = `the route stands in the block: \`${shorten(`${nodeText(meant)} { ${nodeText(inside)} }`)}\``;
  out.push(report("MZ1103", { span: route.span, text: "not expected here" }, facts, { help }));
  return meant;
}

const channelChildren: Children = {
  where: "in a channel",
  once: [
    "params",
    "client",
    "server",
    "auth",
    "doc",
    "pascal-name",
    "client-message",
    "server-message",
  ],
  many: [],
  hidden: ["pascal-name", "client-message", "server-message"],
};

export function lowerChannel(written: Node, out: Out): Channel | null {
  const node = withOptionsInside(withWholeTypes(written), ["auth"], out);
  const name = textArgument(node, 0, "a name", out);
  if (name === null) return null;
  const found = childrenOf(node.children ?? [], channelChildren, out);
  const child = (wanted: string): Node | undefined => found.find((one) => one.name.text === wanted);
  const pascal = child("pascal-name");
  checkName(name, "channel", pascal === undefined ? "short" : "canonical", out);
  if (pascal !== undefined) lowerReference(pascal, "one name", out);
  checkNode(
    node,
    {
      args: 1,
      takes: "one name",
      props: "any",
      block: true,
      example: nodeText({ ...node, args: node.args.slice(0, 1) }),
    },
    out,
  );
  const block = child("params");
  const client = onlyOne(found, ["client", "client-message"], out);
  const server = onlyOne(found, ["server", "server-message"], out);
  const auth = child("auth");
  const inline = lowerInlineFields(node, node.props, "short", out);
  const params = block === undefined ? null : lowerMessage(block, out);
  return {
    name,
    params:
      params === null && inline.length === 0
        ? null
        : {
            fields: uniqueFields([...inline, ...(params?.fields ?? [])], "in the params", out),
            type: params?.type ?? null,
            span: params?.span ?? node.span,
          },
    client: client === undefined ? null : lowerMessage(client, out),
    server: server === undefined ? null : lowerMessage(server, out),
    auth: auth === undefined ? null : lowerAuth(auth, out),
    doc: toDoc(node, child("doc"), out),
    node: node.span,
  };
}

/** One of two nodes that say the same, in the short form and in the canonical one. */
function onlyOne(found: readonly Node[], names: readonly string[], out: Out): Node | undefined {
  const [first, second] = found.filter(({ name }) => names.includes(name.text));
  if (first !== undefined && second !== undefined) {
    out.push(
      report(
        "MZ1106",
        { span: second.name.span, text: "says the same" },
        { node: first.name.text, where: "in a channel" },
        { related: [{ span: first.name.span, text: "first here" }], help: "keep one of the two" },
      ),
    );
  }
  return first;
}
