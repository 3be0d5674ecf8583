/** The context that an effect or a view names, and what to say where there is none of that name. */
import { report } from "../diagnostics/catalogue.js";
import type * as canonical from "../model/canonical.js";
import type * as contract from "../model/contract.js";
import type { Ledger } from "../ledger.js";
import type { EffectMemory, World } from "./resolve-effects.js";
import { didYouMean } from "./suggest.js";
import type { Out } from "./symbols.js";

/** The node that names a context. */
export type Naming = "affects" | "merge" | "context";

/** Null, reported, where there is no such context. */
export function findContext(
  { text: name, span }: contract.Name,
  node: Naming,
  world: World,
  out: Out,
  memory: EffectMemory,
  ledger: Ledger,
): canonical.Context | null {
  const found = memory.contexts.read(name, ledger);
  if (found !== undefined) return found;
  if (world.symbols.whole) {
    // What is said depends on everything that has a name.
    ledger.forget();
    const help = helpFor(name, node, world);
    out.push(report("MZ2001", { span, text: "unknown context" }, { name }, { help }));
  }
  return null;
}

function helpFor(
  name: string,
  node: Naming,
  { symbols, contexts, contextOf }: World,
): string | null {
  if (symbols.functions.has(name)) return helpForFunction(name, node, contextOf.get(name));
  if (name === "all" || name === "*") return helpForAll[node];
  const [, first = "", part = ""] = /^(\w+)[./](\w+)$/.exec(name) ?? [];
  const owner = contexts.find((context) => context.name === first);
  const inside = owner === undefined ? null : helpForPart(owner, part, node);
  if (inside !== null) return inside;
  const near = didYouMean(
    symbols.suggest(
      name,
      contexts.map((one) => one.name),
    ),
  );
  const of = contexts.find(({ params }) => params.some((param) => param.name === name));
  return near === null && of !== undefined && node !== "context"
    ? `it is a param of the context \`${of.name}\`: \`${node} ${of.name} ${name}=input.${name}\``
    : near;
}

/** What to write in the place of a function's name, where a context's should stand. */
function helpForFunction(name: string, node: Naming, context: string | undefined): string {
  if (context === undefined) return "it is a function, and in no context";
  switch (node) {
    case "affects":
      return `it is a function: write \`affects function ${name}\``;
    case "merge":
      return `it is a function of the context \`${context}\`: write \`${context} slot=${name}\``;
    case "context":
      return `it is a function of the context \`${context}\`: write \`${context}\``;
  }
}

/** `user.orders`, where a context should stand: a function or a param of it. Null where it has neither. */
function helpForPart(
  { name, functions, params }: canonical.Context,
  part: string,
  node: Naming,
): string | null {
  const isParam = params.some((param) => param.name === part);
  if (isParam && node !== "context") return `write \`${name} ${part}=input.${part}\``;
  if (!functions.includes(part)) return null;
  switch (node) {
    case "affects":
      return `write \`affects function ${part}\``;
    case "merge":
      return `write \`${name} slot=${part}\``;
    case "context":
      return `write \`${name}\``;
  }
}

/** For somebody who means every context. */
const helpForAll = {
  affects: "every context is `affects *`",
  merge: "a merge goes into one context; to have all of them refetched, write `affects *`",
  context: null,
} as const;
