/** `paginate cursor=after limit=limit items=posts next=next by=id`: how the answers of a function are pages. */
import { report } from "../diagnostics/catalogue.js";
import type { Name, Paginate } from "../model/contract.js";
import type { Node } from "../model/syntax.js";
import { checkNode, propertyOf, textValue, type Out } from "./nodes.js";

const words = ["cursor", "limit", "items", "next", "by"] as const;

export function lowerPaginate(node: Node, out: Out): Paginate {
  const help = "for example `paginate cursor=after limit=limit by=id`";
  checkNode(node, { args: 0, takes: "properties alone", props: words, help: () => help }, out);
  const [cursor = null, limit = null, items = null, next = null, by = null] = words.map((word) =>
    nameOf(node, word, out),
  );
  const missing = (["cursor", "by"] as const).filter((word) => propertyOf(node, word) === null);
  if (missing.length > 0 && node.args.length === 0 && !node.faulty) {
    const expected = missing.map((word) => `\`${word}=\``).join(" and ");
    const label = { span: node.name.span, text: "not all is said" };
    out.push(report("MZ1104", label, { node: "paginate", expected }, { help }));
  }
  return { cursor, limit, items, next, by, span: node.span };
}

function nameOf(node: Node, word: string, out: Out): Name | null {
  const prop = propertyOf(node, word);
  return prop === null ? null : textValue(prop.value, `\`${word}\``, out);
}
