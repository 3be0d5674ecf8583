/**
 * `auth required | staff | superuser | none | <predicate name>`.
 *
 * There is one guard. Where more is written, the help never shows a weaker one than all of them together.
 */
import { report } from "../diagnostics/catalogue.js";
import type { Auth, Name } from "../model/contract.js";
import type { Node } from "../model/syntax.js";
import { checkNode, textArgument, type Out } from "./nodes.js";
import { bareText, shorten, valueText } from "./text.js";

export function lowerAuth(node: Node, out: Out): Auth | null {
  const [value, second] = node.args;
  if (second !== undefined || node.props.length > 0) {
    const guard = mistakenGuard(node, out);
    return guard === null ? null : toAuth(guard);
  }
  checkNode(node, { args: 1, takes: "one guard" }, out);
  if (value?.value.kind === "boolean") {
    const text = value.value.value ? "required" : "none";
    const label = { span: value.span, text: "not a guard" };
    const facts = { what: "a guard", expected: "a name" };
    out.push(report("MZ1105", label, facts, { help: `write \`auth ${text}\`` }));
    return toAuth({ text, span: value.span });
  }
  const guard = textArgument(node, 0, "one guard", out);
  return guard === null ? null : toAuth(guard);
}

function toAuth({ text, span }: Name): Auth {
  switch (text) {
    case "none":
    case "required":
    case "staff":
    case "superuser":
      return { kind: text, span };
    default:
      return { kind: "predicate", name: text, span };
  }
}

/** `auth required staff`, `auth role=admin`, `auth staff=#true`: reported, and the guard that says it all. */
function mistakenGuard(node: Node, out: Out): Name | null {
  const words = [
    ...node.args.map(bareText),
    ...node.props.map(({ name, value }) => {
      if (value.value.kind === "boolean") return value.value.value ? name.text : "";
      return bareText(value);
    }),
  ];
  const meant = allOf([...new Set(words)]);
  const several = new Set(words).size > 1;
  const help =
    meant === null
      ? "there is one guard: `required`, `staff`, `superuser`, `none` or a predicate of the server"
      : several && !builtIn.has(meant)
        ? `a predicate of the server can ask for several things: write \`auth ${meant}\``
        : `write \`auth ${meant}\``;
  const [, second] = node.args;
  const [property] = node.props;
  const span = second?.span ?? property?.span ?? node.span;
  const label = { span, text: "not expected here" };
  out.push(
    second === undefined
      ? report("MZ1102", label, { node: "auth", name: property?.name.text ?? "" }, { help })
      : report(
          "MZ1103",
          label,
          { node: "auth", expected: "one guard", argument: shorten(valueText(second)) },
          { help },
        ),
  );
  return meant === null ? null : { text: meant, span };
}

const builtIn: ReadonlySet<string> = new Set(["none", "required", "staff", "superuser"]);

/** The guard that asks for all of these; null where no name is certain to. */
function allOf(words: readonly string[]): string | null {
  const [only, ...others] = words.filter((word) => word !== "required" || words.length === 1);
  if (only === undefined || !words.every((word) => /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(word))) {
    return null;
  }
  if (words.includes("none")) return words.length === 1 ? only : null;
  // Staff and superusers are signed in. Of others nobody knows.
  if (others.length === 0 && (words.length === 1 || builtIn.has(only))) return only;
  return words.join("_and_");
}
