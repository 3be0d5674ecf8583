/**
 * The nodes of `mizan.config.kdl` to settings. Everything that is wrong is reported at its place, and what
 * is right is used all the same.
 */
import { report } from "../../ir/diagnostics/catalogue.js";
import type { Diagnostic, Outcome } from "../../ir/diagnostics/diagnostic.js";
import { didYouMean } from "../../ir/diagnostics/did-you-mean.js";
import type * as syntax from "../../ir/model/syntax.js";
import type { Span } from "../../ir/source/source.js";
import { asMeant, examples } from "./meant-settings.js";
import {
  clientTargets,
  type ClientTarget,
  type Format,
  type Settings,
  type WrittenClient,
  type WrittenPath,
  type WrittenServer,
} from "./settings.js";

const topNodes = ["contract", "server", "client", "format"] as const;
const formats: readonly Format[] = ["prettier", "none"];

/** Nodes that stand in the block of another. */
const holders: ReadonlyMap<string, string> = new Map([
  ["handlers", "server"],
  ["target", "client"],
]);

/** @param source the text of the document, for what escapes hide */
export function readSettings(document: syntax.Document, source: string): Outcome<Settings> {
  const diagnostics: Diagnostic[] = [];
  const first = new Map<string, Span>();
  let contract: WrittenPath | null = null;
  let server: WrittenServer | null = null;
  let format: Format | null = null;
  const clients: WrittenClient[] = [];

  for (const node of document.nodes) {
    const name = node.name.text;
    if (name !== "client" && isRepeated(node)) continue;
    switch (name) {
      case "contract":
        contract = readPath(asMeant(node, [], diagnostics), []);
        break;
      case "server":
        server = readServer(node);
        break;
      case "client": {
        const client = readClient(node);
        if (client !== null) clients.push(client);
        break;
      }
      case "format":
        format = readWord(node, formats);
        break;
      default:
        unknown(node, topNodes, "");
    }
  }
  return { value: { contract, server, clients, format }, diagnostics };

  function readServer(written: syntax.Node): WrittenServer | null {
    const node = asMeant(written, ["handlers"], diagnostics);
    const path = readPath(node, ["handlers"]);
    let handlers: WrittenPath | null = null;
    const seen = new Map<string, Span>();
    for (const child of node.children ?? []) {
      if (child.name.text !== "handlers") unknown(child, ["handlers"], " in `server`");
      else if (!isRepeated(child, seen)) handlers = readPath(child, []);
    }
    return path === null ? null : { path, handlers };
  }

  function readClient(written: syntax.Node): WrittenClient | null {
    const node = asMeant(written, ["target"], diagnostics);
    const path = readPath(node, ["target"]);
    const targets: ClientTarget[] = [];
    const seen = new Map<string, Span>();
    for (const child of node.children ?? []) {
      if (child.name.text !== "target") unknown(child, ["target"], " in `client`");
      else {
        const target = readWord(child, clientTargets);
        if (target === null) continue;
        // Of targets there may be several, but no two alike.
        if (!isRepeated(child, seen, target)) targets.push(target);
      }
    }
    return path === null ? null : { path, targets };
  }

  function readPath(node: syntax.Node, children: readonly string[]): WrittenPath | null {
    const expected = "one path in quotes";
    const value = onlyArgument(node, children, expected);
    if (value === null) return null;
    const { text, span } = value;
    // As texts, `"web\src"` has a space in it, and `"web\new"` two lines.
    const written = source.slice(span.start, span.end).replace(/^#*"|"#*$/g, "");
    const isSeparated = !/\\(?!u\{|")/.test(written);
    if (text !== "" && !text.includes("\0") && isSeparated) return { text, at: span };
    const own = JSON.stringify(written.replace(/\\+/g, "/"));
    diagnostics.push(
      report(
        "MZ7004",
        { span, text: isSeparated ? "no path" : "separated by `/`, on every system" },
        { node: node.name.text, expected },
        { help: isSeparated ? exampleOf(node) : `write \`${own}\`` },
      ),
    );
    return null;
  }

  function readWord<Word extends string>(node: syntax.Node, words: readonly Word[]): Word | null {
    const expected = words.map((word) => JSON.stringify(word)).join(" or ");
    const value = onlyArgument(node, [], expected);
    if (value === null) return null;
    const word = words.find((known) => known === value.text);
    if (word !== undefined) return word;
    diagnostics.push(
      report(
        "MZ7004",
        { span: value.span, text: "unknown" },
        { node: node.name.text, expected },
        { help: didYouMean(value.text, words) },
      ),
    );
    return null;
  }

  /** The one string argument of a node that takes nothing else but the named children. */
  function onlyArgument(
    node: syntax.Node,
    children: readonly string[],
    expected: string,
  ): syntax.Text | null {
    const name = node.name.text;
    const [argument, ...others] = node.args;
    const apart = name === "client" ? 'each has a node of its own: `client "web/src/mizan"`' : null;
    for (const other of others) extra(name, "second argument", other.span, apart);
    for (const property of node.props) {
      extra(name, `property \`${property.name.text}\``, property.span);
    }
    if (children.length === 0 && node.children !== null && node.children.length > 0) {
      extra(name, "block", node.children[0]?.span ?? node.span);
    }
    if (argument?.value.kind === "string") {
      return { text: argument.value.text, span: argument.span };
    }
    const span = argument?.span ?? node.name.span;
    // What could not be read has been reported, and may be what is missing here.
    if (argument === undefined && node.faulty) return null;
    const text = argument === undefined ? "nothing is given" : "not a string";
    const help = exampleOf(node);
    diagnostics.push(report("MZ7004", { span, text }, { node: name, expected }, { help }));
    return null;
  }

  function exampleOf({ name }: syntax.Node): string | null {
    const example = examples.get(name.text);
    return example === undefined ? null : `for example \`${example}\``;
  }

  function extra(node: string, what: string, span: Span, help: string | null = null): void {
    diagnostics.push(
      report("MZ7003", { span, text: "not needed" }, { node, extra: what }, { help }),
    );
  }

  function unknown(node: syntax.Node, known: readonly string[], where: string): void {
    const name = node.name.text;
    const list = known.map((word) => `\`${word}\``).join(", ");
    const holder = holders.get(name);
    diagnostics.push(
      report(
        "MZ7002",
        { span: node.name.span, text: "unknown" },
        { name, where },
        {
          help:
            holder === undefined
              ? (didYouMean(name, known) ?? `known here: ${list}`)
              : `it stands in the block of \`${holder}\``,
        },
      ),
    );
  }

  /** `key`: what two nodes of `seen` must not have in common. */
  function isRepeated(
    node: syntax.Node,
    seen: Map<string, Span> = first,
    key: string = node.name.text,
  ): boolean {
    const name = node.name.text;
    const before = seen.get(key);
    if (before === undefined) {
      seen.set(key, node.name.span);
      return false;
    }
    diagnostics.push(
      report(
        "MZ7005",
        { span: node.name.span, text: "again" },
        { node: name },
        { related: [{ span: before, text: "first here" }], help: "keep one of the two" },
      ),
    );
    return true;
  }
}
