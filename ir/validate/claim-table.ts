/**
 * Who claims what, counted from run to run: whether any two claims meet is known without looking at all of
 * them again. Nearly always none do, so only the things are kept and not their owners; where some might meet,
 * `collectClaims` says everything.
 *
 * A thing that one owner claims twice counts as met. That costs time and changes nothing.
 */
import type { Canonical } from "../model/canonical.js";
import {
  claimantsOf,
  collectClaims,
  fixedExports,
  isDevice,
  isFile,
  sayClaims,
  sayType,
  splitTypes,
  thingOf,
  typeNameOf,
  type Claimant,
  type Claims,
  type Realm,
} from "./claims.js";

/** What a node claims. */
type Held = {
  readonly things: readonly { readonly realm: Realm; readonly thing: string }[];
  /** How many of them nobody may claim. */
  readonly forbidden: number;
  /** How many of them look like the input form of a type. */
  readonly forms: number;
  /** The last run that had the node. */
  run: number;
};

/** Over all nodes of the last run. */
export type ClaimTable = {
  readonly nodes: Map<Claimant["node"], Held>;
  /** How many claims there are to each thing of each realm. */
  readonly counts: Readonly<Record<Realm, Map<string, number>>>;
  /** How many things have more than one claim. */
  contested: number;
  forbidden: number;
  forms: number;
  run: number;
};

export function createClaimTable(): ClaimTable {
  const counts = {
    client: new Map(),
    handlers: new Map(),
    "server types": new Map(),
    schemas: new Map(),
    "handler files": new Map(),
    "client files": new Map(),
    "printed types": new Map(),
  };
  return { nodes: new Map(), counts, contested: 0, forbidden: 0, forms: 0, run: 0 };
}

const none: Claims = { identifiers: [], paths: [], printed: [] };

/** All claims of a contract, or none if none of them can be at fault. */
export function claimsAtFault(canonical: Canonical, table: ClaimTable): Claims {
  update(table, canonical);
  const { contested, forbidden } = table;
  return contested + forbidden > 0 || inputFormsMeet(canonical, table)
    ? collectClaims(canonical)
    : none;
}

function update(table: ClaimTable, canonical: Canonical): void {
  table.run++;
  const claimants = claimantsOf(canonical);
  for (const claimant of claimants) {
    const known = table.nodes.get(claimant.node);
    if (known === undefined) take(claimant, table);
    else known.run = table.run;
  }
  if (table.nodes.size === claimants.length) return;
  for (const [node, held] of table.nodes) {
    if (held.run !== table.run) release(node, held, table);
  }
}

function take(claimant: Claimant, table: ClaimTable): void {
  const things: { realm: Realm; thing: string }[] = [];
  let forbidden = 0;
  let forms = 0;
  sayClaims(claimant, (realm, shown) => {
    const thing = thingOf(realm, shown);
    things.push({ realm, thing });
    const counts = table.counts[realm];
    const count = (counts.get(thing) ?? 0) + 1;
    counts.set(thing, count);
    if (count === 2) table.contested++;
    if (isFile(realm) ? isDevice(shown) : fixedExports.has(shown)) forbidden++;
    if (shown.endsWith("In") || shown.endsWith("InSchema")) forms++;
  });
  table.forbidden += forbidden;
  table.forms += forms;
  table.nodes.set(claimant.node, { things, forbidden, forms, run: table.run });
}

function release(node: Claimant["node"], held: Held, table: ClaimTable): void {
  for (const { realm, thing } of held.things) {
    const counts = table.counts[realm];
    const count = (counts.get(thing) ?? 0) - 1;
    if (count > 0) counts.set(thing, count);
    else counts.delete(thing);
    if (count === 1) table.contested--;
  }
  table.forbidden -= held.forbidden;
  table.forms -= held.forms;
  table.nodes.delete(node);
}

/** Whether the input form of a type would claim what somebody has. Which types have one takes long to say. */
function inputFormsMeet(canonical: Canonical, table: ClaimTable): boolean {
  if (table.forms === 0) return false;
  const meeting = canonical.types.filter((type) => {
    let isTaken = false;
    sayType(`${typeNameOf(type)}In`, (realm, shown) => {
      isTaken ||= table.counts[realm].has(thingOf(realm, shown));
    });
    return isTaken;
  });
  if (meeting.length === 0) return false;
  const split = splitTypes(canonical);
  return meeting.some(({ name }) => split.has(name));
}
