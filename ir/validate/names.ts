/** Names that are different in the contract and the same in what is made of it. */
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import {
  clientExports,
  fixedExports,
  identifierClaims,
  pathClaims,
  printedTypeClaims,
  type Claim,
  type Owner,
} from "./claims.js";
import { compareSpans, spanKey, type Facts } from "./facts.js";

/** Two owners whose names meet, where the first claim tells them apart no longer. */
type Meeting = { readonly claim: Claim; readonly first: Owner };

export function namesStayApart({ canonical }: Facts): readonly Diagnostic[] {
  // The names of one pair mostly meet in several places; the first of them is told.
  const told = new Set<string>();
  const untold = (claims: readonly Claim[]): readonly Meeting[] =>
    meetings(claims).filter(({ claim, first }) => {
      const key = `${spanKey(first.span)} ${spanKey(claim.owner.span)}`;
      if (told.has(key)) return false;
      told.add(key);
      return true;
    });

  const identifiers = untold(identifierClaims(canonical)).map(({ claim, first }) =>
    report(
      "MZ2050",
      { span: claim.owner.span, text: `becomes ${claim.shown}` },
      { name: claim.owner.name, other: first.name, identifier: claim.shown },
      {
        related: [{ span: first.span, text: `becomes ${claim.shown} too` }],
        help: renameOne(first, claim.owner),
      },
    ),
  );
  const paths = untold(pathClaims(canonical)).map(({ claim, first }) =>
    report(
      "MZ2052",
      { span: claim.owner.span, text: `written to ${claim.shown}` },
      { name: claim.owner.name, other: first.name, path: claim.shown },
      {
        related: [{ span: first.span, text: "written there too" }],
        help: renameOne(first, claim.owner),
      },
    ),
  );
  const printed = untold(printedTypeClaims(canonical)).map(({ claim, first }) =>
    report(
      "MZ2055",
      { span: claim.owner.span, text: `printed as ${claim.shown}` },
      {
        one: `the ${first.kind} \`${first.name}\``,
        other: `the ${claim.owner.kind} \`${claim.owner.name}\``,
        printed: claim.shown,
      },
      {
        related: [{ span: first.span, text: "printed so too" }],
        help: renameOne(first, claim.owner),
      },
    ),
  );
  return [...identifiers, ...paths, ...printed];
}

/** Each later claim to a thing, with the owner of the first; claims of one owner never meet. */
function meetings(claims: readonly Claim[]): readonly Meeting[] {
  const written = [...claims].sort((a, b) => compareSpans(a.owner.span, b.owner.span));
  const first = new Map<string, Owner>();
  const order = new Map(claims.map((claim, index) => [claim, index]));
  const found: Meeting[] = [];
  for (const claim of written) {
    const key = `${claim.realm} ${claim.thing}`;
    const owner = first.get(key);
    if (owner === undefined) first.set(key, claim.owner);
    else if (spanKey(owner.span) !== spanKey(claim.owner.span)) {
      found.push({ claim, first: owner });
    }
  }
  const orderOf = ({ claim }: Meeting): number => order.get(claim) ?? 0;
  return found.sort((a, b) => orderOf(a) - orderOf(b));
}

function renameOne(one: Owner, other: Owner): string {
  return one.kind === other.kind
    ? `rename one of the two ${one.kind}s`
    : `rename the ${one.kind} or the ${other.kind}`;
}

export function fixedNamesAreLeftAlone({ canonical }: Facts): readonly Diagnostic[] {
  return identifierClaims(canonical)
    .filter((claim) => claim.realm === clientExports && fixedExports.has(claim.thing))
    .map(({ owner, shown }) =>
      report(
        "MZ2051",
        { span: owner.span, text: `becomes ${shown}` },
        { name: owner.name, identifier: shown },
        { help: `give the ${owner.kind} another name` },
      ),
    );
}

/** Without regard to case and to whatever follows a dot. The digits of ports may be superscript. */
const device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\.|$)/i;

export function pathsAreNoDevices({ canonical }: Facts): readonly Diagnostic[] {
  return pathClaims(canonical)
    .filter((claim) => claim.thing.split("/").some((segment) => device.test(segment)))
    .map(({ owner, shown }) =>
      report(
        "MZ2053",
        { span: owner.span, text: `written to ${shown}` },
        { name: owner.name, path: shown },
        { help: `give the ${owner.kind} another name` },
      ),
    );
}
