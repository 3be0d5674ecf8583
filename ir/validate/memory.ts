/**
 * What validation keeps from one run to the next: facts about one node alone, which hold as long as the node is
 * the same object, and about which nodes there was nothing to say, which holds as long as what was looked at for
 * them. No finding is kept: what is wrong is found anew in every run.
 */
import { Names, type DerivedBy } from "../ledger.js";
import type * as canonical from "../model/canonical.js";
import type * as contract from "../model/contract.js";
import { createClaimTable, type ClaimTable } from "./claim-table.js";

export type ValidationMemory = {
  /** How many runs there have been. */
  runs: number;
  readonly claims: ClaimTable;
  readonly functions: Known<canonical.Fn>;
  readonly contexts: Known<canonical.Context>;
  readonly types: Known<canonical.Type>;
  /** The nodes that there was nothing to say about. */
  readonly nodes: DerivedBy<object, Remarkable>;
  /** Whether a value of a type must hold a struct. */
  readonly open: WeakMap<canonical.Type, boolean>;
  /** Every place in a list of fields where constraints stand, and these. */
  readonly constraints: WeakMap<
    readonly contract.Field[],
    readonly (readonly contract.Constraint[])[]
  >;
  /** The types that a declaration names. */
  readonly names: WeakMap<Naming, readonly string[]>;
};

/** What of a node rules about the whole contract look at: mostly nothing. */
export type Remarkable = {
  readonly fields: readonly canonical.Field[];
  readonly output: canonical.Fn | null;
};

/** The nodes of one kind in the last run. */
export type Known<T> = { nodes: readonly T[]; readonly names: Names<T> };

export type Naming =
  | contract.TypeDeclaration
  | contract.DeclaredError
  | contract.Fn
  | contract.View
  | contract.Channel;

export function createValidationMemory(): ValidationMemory {
  return {
    runs: 0,
    claims: createClaimTable(),
    functions: { nodes: [], names: new Names() },
    contexts: { nodes: [], names: new Names() },
    types: { nodes: [], names: new Names() },
    nodes: new WeakMap(),
    open: new WeakMap(),
    constraints: new WeakMap(),
    names: new WeakMap(),
  };
}
