/**
 * The names of one generated module. Views ask for what they use, and the imports follow from that: nothing
 * is imported by hand, and nothing that is not used.
 *
 * The contract's names come first. What we import ourselves makes way with a `$` where the contract has the
 * same name (`Call as Call$`), and what the language's library has is reached through `globalThis`.
 */
import { compareCodePoints } from "../../ir/source/code-points.js";
import { importLine, namespaceImportLine, type Specifier } from "../layout/declarations.js";
import type { GlobalName } from "../layout/types.js";
import { toIdentifier, type Code, type Identifier } from "../text.js";
import type { World } from "./names.js";

export type AbiEntry = "client" | "react" | "server" | "schemas" | "schemas-mini";

export type Scope = {
  /** A name that the module declares itself, out of the way of all others. */
  readonly local: (name: string) => Identifier;
  readonly abiType: (entry: AbiEntry, name: string) => Identifier;
  readonly abiValue: (entry: AbiEntry, name: string) => Identifier;
  /** A type of the sibling `types.ts`. */
  readonly type: (name: string) => Identifier;
  /** An export of any module, by its path. */
  readonly imported: (from: string, name: string, kind: "type" | "value") => Identifier;
  /** `import * as z from "zod"` */
  readonly namespace: (from: string, name: string) => Identifier;
  /** A type of the language's library, such as `Date`. */
  readonly global: (name: string) => Identifier | GlobalName;
  readonly importLines: () => readonly Code[];
};

/**
 * `declared`: what the module exports. `typesFrom`: where it finds `types.ts`, null where it is that file
 * itself.
 */
export function createScope(
  world: World,
  declared: readonly string[],
  typesFrom: string | null,
): Scope {
  const exported = new Set(declared);
  const own = new Set(declared);
  const isTaken = (name: string): boolean => own.has(name) || world.typeNames.has(name);
  const imports = new Map<string, Map<string, Specifier>>();
  const namespaces = new Map<string, Identifier>();

  const free = (name: string): Identifier => {
    let candidate = name;
    while (isTaken(candidate)) candidate += "$";
    own.add(candidate);
    return toIdentifier(candidate);
  };
  const imported = (from: string, name: string, type: boolean, isType: boolean): Identifier => {
    const specifiers = imports.get(from) ?? new Map<string, Specifier>();
    imports.set(from, specifiers);
    const known = specifiers.get(name);
    if (known !== undefined) return known.as;
    const as = isType && !exported.has(name) ? toIdentifier(name) : free(name);
    specifiers.set(name, { name: toIdentifier(name), as, type });
    return as;
  };
  const abi = (entry: AbiEntry): string => `@mizan/runtime/abi/v1/${entry}`;

  return {
    local: free,
    abiType: (entry, name) => imported(abi(entry), name, true, false),
    abiValue: (entry, name) => imported(abi(entry), name, false, false),
    type: (name) =>
      typesFrom === null ? toIdentifier(name) : imported(typesFrom, name, true, true),
    imported: (from, name, kind) => imported(from, name, kind === "type", false),
    namespace: (from, name) => {
      const known = namespaces.get(from) ?? free(name);
      namespaces.set(from, known);
      return known;
    },
    global: (name) => (isTaken(name) ? `globalThis.${name}` : toIdentifier(name)),
    importLines: () => {
      const lines = [
        ...[...imports].map(([from, specifiers]) => ({
          from,
          text: importLine(sortSpecifiers([...specifiers.values()]), from, world.layout),
        })),
        ...[...namespaces].map(([from, name]) => ({
          from,
          text: namespaceImportLine(name, from, world.layout),
        })),
      ];
      return lines.sort((a, b) => comparePaths(a.from, b.from)).map(({ text }) => text);
    },
  };
}

/** Values before types, each by name. */
function sortSpecifiers(specifiers: readonly Specifier[]): readonly Specifier[] {
  return [...specifiers].sort((a, b) =>
    a.type === b.type ? compareCodePoints(a.name, b.name) : Number(a.type) - Number(b.type),
  );
}

/** Packages before the project's own modules, the farther ones first. */
function comparePaths(a: string, b: string): number {
  const isOwn = (path: string): number =>
    path.startsWith("./") ? 2 : path.startsWith(".") ? 1 : 0;
  return isOwn(a) - isOwn(b) || compareCodePoints(a, b);
}
