/** Interfaces of readonly members, which `server/handlers.ts` is full of. */
import type { Context, Fn, View } from "../../ir/model/canonical.js";
import {
  interfaceOf,
  interfaceText,
  memberText,
  type DocumentedMember,
} from "../layout/declarations.js";
import { reference, type TypeNode } from "../layout/types.js";
import { docLines, printKeys, toIdentifier, type DocLine } from "../text.js";
import type { DeclarationView } from "./declaration.js";
import type { World } from "./names.js";
import { describe, type Setting } from "./shapes.js";

type Row = {
  readonly node: Fn | Context | View;
  readonly type: () => TypeNode;
  /** Whether the node's documentation stands here, too: not where nobody looks for it. */
  readonly isDocumented: boolean;
};

/** A record with a member for every function, view or context: as long as the contract is. */
export function table(
  name: string,
  { world, scope }: Setting,
  doc: string,
  rows: readonly Row[],
): DeclarationView {
  const keys = printKeys(
    rows.map(({ node }) => node),
    world.layout,
  );
  const lines = rows.flatMap(({ node, type, isDocumented }, index) => {
    const key = keys[index] ?? "";
    const member = { name: node.name, readonly: true, optional: false };
    return scope.texts(name, [node, key], () => [
      memberText(
        { ...member, type: type(), doc: isDocumented ? describe(node) : [] },
        key,
        world.layout,
      ),
    ]);
  });
  return { doc: docLines([doc]), text: interfaceOf(toIdentifier(name), lines) };
}

type RecordMember = readonly [name: string, type: TypeNode, doc: readonly DocLine[]];

export function record(
  name: string,
  world: World,
  doc: readonly string[],
  members: readonly RecordMember[],
): DeclarationView {
  const lines: readonly DocumentedMember[] = members.map(([key, type, memberDoc]) => ({
    name: key,
    readonly: true,
    optional: false,
    type,
    doc: memberDoc,
  }));
  return { doc: docLines(doc), text: interfaceText(toIdentifier(name), lines, world.layout) };
}

/** A type that this module declares. */
export function own(name: string): TypeNode {
  return reference(toIdentifier(name));
}
