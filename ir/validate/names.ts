/** Names that are different in the contract and the same in what is made of it: generated code, or a printed form. */
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { fixedExports, isDevice, type Claim, type Owner } from "./claims.js";
import { compareSpans, spanKey, type Facts, type Rule } from "./facts.js";

/** A claim to something that an owner whose name was written earlier has claimed already. */
type Meeting = { readonly claim: Claim; readonly first: Owner };

function namesStayApart(facts: Facts): readonly Diagnostic[] {
  const untold = untoldIn(facts);
  const identifiers = untold(facts.claims.identifiers).map(({ claim, first }) =>
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
  const paths = untold(facts.claims.paths).map(({ claim, first }) =>
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
  return [...identifiers, ...paths, ...reportPrinted(untold(facts.claims.printed))];
}

/** Of `namesStayApart` what counts where nothing is generated. */
function printedNamesStayApart(facts: Facts): readonly Diagnostic[] {
  return reportPrinted(untoldIn(facts)(facts.claims.printed));
}

/** Finds meetings that have not been told: names of one pair mostly meet in several places. */
function untoldIn(facts: Facts): (claims: readonly Claim[]) => readonly Meeting[] {
  const told = new Set<string>();
  return (claims) =>
    meetings(claims).filter(({ claim, first }) => {
      // A name that has to change anyway is reported already.
      if (facts.isFaulty(first.span) || facts.isFaulty(claim.owner.span)) return false;
      const key = `${spanKey(first.span)} ${spanKey(claim.owner.span)}`;
      if (told.has(key)) return false;
      told.add(key);
      return true;
    });
}

function reportPrinted(met: readonly Meeting[]): readonly Diagnostic[] {
  return met.map(({ claim, first }) =>
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
}

/** Claims that meet, each with the owner that was written first; claims of one owner never meet. */
function meetings(claims: readonly Claim[]): readonly Meeting[] {
  const taken = new Map<string, Claim>();
  const contested = new Map<string, Claim[]>();
  for (const claim of claims) {
    const key = `${claim.realm} ${claim.thing}`;
    const other = taken.get(key);
    if (other === undefined) taken.set(key, claim);
    else if (spanKey(other.owner.span) !== spanKey(claim.owner.span)) {
      const group = contested.get(key);
      if (group === undefined) contested.set(key, [other, claim]);
      else group.push(claim);
    }
  }
  return [...contested.values()].flatMap((group) => {
    group.sort((a, b) => compareSpans(a.owner.span, b.owner.span));
    const [first, ...later] = group;
    return first === undefined ? [] : later.map((claim) => ({ claim, first: first.owner }));
  });
}

function renameOne(one: Owner, other: Owner): string {
  return one.kind === other.kind
    ? `rename one of the two ${one.kind}s`
    : `rename the ${one.kind} or the ${other.kind}`;
}

function fixedNamesAreLeftAlone({ claims }: Facts): readonly Diagnostic[] {
  return claims.identifiers
    .filter((claim) => claim.realm === "client" && fixedExports.has(claim.thing))
    .map(({ owner, shown }) =>
      report(
        "MZ2051",
        { span: owner.span, text: `becomes ${shown}` },
        { name: owner.name, identifier: shown },
        { help: `give the ${owner.kind} another name` },
      ),
    );
}

function pathsAreNoDevices({ claims }: Facts): readonly Diagnostic[] {
  return claims.paths
    .filter((claim) => isDevice(claim.thing))
    .map(({ owner, shown }) =>
      report(
        "MZ2053",
        { span: owner.span, text: `written to ${shown}` },
        { name: owner.name, path: shown },
        { help: `give the ${owner.kind} another name` },
      ),
    );
}

/** What names must be for code to be generated with them. */
export const generatedNames: readonly Rule[] = [
  namesStayApart,
  fixedNamesAreLeftAlone,
  pathsAreNoDevices,
];

/** What names must be for the contract to be printed. */
export const printedNames: readonly Rule[] = [printedNamesStayApart];
