/**
 * A whole file from plan to plan. While it is made, what it reads of the world is noted, member by member;
 * as long as each of these members is the same as then, so is the file, and none of its declarations is
 * looked at. What a file reads is not declared by hand, so it cannot be forgotten.
 *
 * It rests on what `toWorld` promises: a member of the world that is equal to its predecessor is the same.
 */
import type { World } from "../views/names.js";
import { areSame } from "./latest.js";

/** `facts`: what the file is made from beside the world. `make` reads the world that it is given, no other. */
export type WholeFile = (
  world: World,
  facts: readonly unknown[],
  make: (world: World) => string,
) => string;

/** Members that are read through: `canonical.types` counts, not the whole contract. */
const records: ReadonlySet<string> = new Set([
  "canonical",
  "forms",
  "forms.client",
  "forms.server",
]);

export function createWholeFile(): WholeFile {
  /**
   * All members that any making of the file has read. A later making may read fewer, where it uses pieces
   * again that have read the others.
   */
  const members = new Set<string>();
  let latest: { readonly facts: readonly unknown[]; readonly text: string } | null = null;
  return (world, facts, make) => {
    const read = (): readonly unknown[] => [
      ...facts,
      ...[...members].map((path) => valueAt(world, path)),
    ];
    if (latest === null || !areSame(latest.facts, read())) {
      const text = make(noting(world, "", members));
      latest = { facts: read(), text };
    }
    return latest.text;
  };
}

/** A part of the world that notes what is read of it. `prefix`: the path of the part, with a dot behind it. */
function noting<Part extends object>(part: Part, prefix: string, members: Set<string>): Part {
  return new Proxy(part, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof key === "symbol") return value;
      const path = prefix + key;
      if (records.has(path) && typeof value === "object" && value !== null) {
        return noting(value, `${path}.`, members);
      }
      members.add(path);
      return value;
    },
  });
}

function valueAt(world: World, path: string): unknown {
  let value: unknown = world;
  for (const key of path.split(".")) {
    value = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  }
  return value;
}
