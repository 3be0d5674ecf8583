/**
 * What validation keeps from one run to the next: facts about one node alone, which hold as long as the node is
 * the same object. No finding is kept: every rule speaks in every run.
 */
import type * as canonical from "../model/canonical.js";
import type * as contract from "../model/contract.js";
import { createClaimTable, type ClaimTable } from "./claim-table.js";

export type ValidationMemory = {
  readonly claims: ClaimTable;
  /** Of a list of fields, those that some rule looks at one by one. */
  readonly remarkable: WeakMap<readonly canonical.Field[], readonly canonical.Field[]>;
  /** Every place in a list of fields where constraints stand, and these. */
  readonly constraints: WeakMap<
    readonly contract.Field[],
    readonly (readonly contract.Constraint[])[]
  >;
  /** The types that a declaration names. */
  readonly names: WeakMap<Naming, readonly string[]>;
};

export type Naming =
  | contract.TypeDeclaration
  | contract.DeclaredError
  | contract.Fn
  | contract.View
  | contract.Channel;

export function createValidationMemory(): ValidationMemory {
  return {
    claims: createClaimTable(),
    remarkable: new WeakMap(),
    constraints: new WeakMap(),
    names: new WeakMap(),
  };
}

/** The answer for a node, worked out when it is asked for the first time. */
export function recall<Node extends object, Answer>(
  known: WeakMap<Node, Answer>,
  node: Node,
  make: (node: Node) => Answer,
): Answer {
  const before = known.get(node);
  if (before !== undefined) return before;
  const answer = make(node);
  known.set(node, answer);
  return answer;
}
