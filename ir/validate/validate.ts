/**
 * The rules of the language that need a whole contract with its names resolved, each a function named as the
 * sentence it holds. A rule looks at all of the contract, or at one node and what it looks up around it, and
 * answers with what breaks its sentence.
 *
 * Rules know nothing of each other and may run in any order. None of them repeats what an earlier stage has
 * reported: where a name did not resolve there is an error node, and a rule that meets one says nothing. What
 * a node says wrongly by itself belongs to `lower`, what does not resolve to `canonicalize`.
 *
 * Warnings are facts that are probably not meant; they never stand in the way. Where `// mizan-ignore` asks
 * for silence is looked up by the compiler, after all stages.
 */
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { Ledger } from "../ledger.js";
import type * as canonical from "../model/canonical.js";
import type { Contract } from "../model/contract.js";
import { claimsAtFault } from "./claim-table.js";
import { predicateIsIdentifier } from "./auth.js";
import { cachedContextsCanGoStale, publicAnswersHaveNoGuard } from "./caching.js";
import { constraintsCanBeMet } from "./constraints.js";
import {
  contextFunctionOnlyReads,
  contextHasOneTransport,
  contextHasPublicFunctions,
  contextsWithoutNodesAreMeant,
  globalHasNoParams,
  paramShapesAgree,
  paramTypesAgree,
} from "./contexts.js";
import { defaultFitsItsType } from "./defaults.js";
import {
  effectsCanBeSpelledOut,
  idIsMeantAsParam,
  mutationSaysWhatItChanges,
  wholeContextIsMeant,
} from "./effects.js";
import { enumHasValues, enumValuesAreNotEmpty } from "./enums.js";
import { errorCodesAreDistinct, errorCodeIsNotTheProtocols } from "./errors.js";
import { isRemarkable, toSurroundings, type Rule, type RuleAbout } from "./facts.js";
import { filesAreNotInMaps, filesAreOnlySent, formsNameTheFunction } from "./files.js";
import { createValidationMemory, type Remarkable, type ValidationMemory } from "./memory.js";
import { mergesNameTheirSlotsParams } from "./merges.js";
import {
  cursorsAreNotShared,
  effectsAreOnWholeLists,
  pagesAreRead,
  pagesAreReadAlone,
} from "./pages.js";
import { recursionEnds } from "./recursion.js";
import { unionArmsCanBeToldApart } from "./unions.js";
import { typesAreUsed } from "./usage.js";
import {
  convertersAreKnown,
  methodsAreKnown,
  routeParamsAreInputs,
  routeParamsFitTheirInputs,
  routesAreDistinct,
  routesArePaths,
} from "./views.js";

/** About the contract as a whole. */
const rules: readonly Rule[] = [
  recursionEnds,
  constraintsCanBeMet,
  filesAreOnlySent,
  filesAreNotInMaps,
  formsNameTheFunction,
  globalHasNoParams,
  errorCodesAreDistinct,
  routesArePaths,
  convertersAreKnown,
  routeParamsAreInputs,
  routeParamsFitTheirInputs,
  routesAreDistinct,
  methodsAreKnown,
  effectsCanBeSpelledOut,
  // From here on warnings.
  contextsWithoutNodesAreMeant,
  typesAreUsed,
  unionArmsCanBeToldApart,
  cachedContextsCanGoStale,
];

const aboutFunctions: readonly RuleAbout<canonical.Fn>[] = [
  contextFunctionOnlyReads,
  predicateIsIdentifier,
  pagesAreRead,
  // From here on warnings.
  wholeContextIsMeant,
  idIsMeantAsParam,
  mutationSaysWhatItChanges,
  mergesNameTheirSlotsParams,
  effectsAreOnWholeLists,
];

const aboutContexts: readonly RuleAbout<canonical.Context>[] = [
  contextHasPublicFunctions,
  contextHasOneTransport,
  paramTypesAgree,
  predicateIsIdentifier,
  publicAnswersHaveNoGuard,
  cursorsAreNotShared,
  // Warnings.
  paramShapesAgree,
  pagesAreReadAlone,
];

const aboutViews: readonly RuleAbout<canonical.View>[] = [
  predicateIsIdentifier,
  // Warnings.
  wholeContextIsMeant,
  idIsMeantAsParam,
];

const aboutEnums: readonly RuleAbout<canonical.Enum>[] = [enumHasValues, enumValuesAreNotEmpty];
const aboutErrors: readonly RuleAbout<canonical.DeclaredError>[] = [errorCodeIsNotTheProtocols];
const aboutChannels: readonly RuleAbout<canonical.Channel>[] = [predicateIsIdentifier];

/**
 * Everything that breaks a rule. `contract` is what `canonical` was made of: it has the places of its parts.
 * `found` is what earlier stages reported, so that what was lost there is not reported as missing here.
 * `more` are rules that hold only for some purpose.
 */
export function validate(
  canonical: canonical.Canonical,
  contract: Contract,
  found: readonly Diagnostic[],
  memory: ValidationMemory = createValidationMemory(),
  more: readonly Rule[] = [],
): readonly Diagnostic[] {
  const out: Diagnostic[] = [];
  const sound = contract.whole && !found.some(({ severity }) => severity === "error");
  // Where something is wrong already, a rule may keep silent for that reason alone.
  const ledger = new Ledger(++memory.runs, out, sound);
  const around = toSurroundings({ canonical, contract, found, memory }, ledger);
  const fields: canonical.Field[] = [];
  const outputs: canonical.Fn[] = [];

  /** Asks the rules about each node, and finds what rules about the whole look at. */
  function look<Node extends object>(
    nodes: readonly Node[],
    about: readonly RuleAbout<Node>[],
    remarkable: (node: Node) => Remarkable,
  ): void {
    for (const node of nodes) {
      const own = ledger.derive(memory.nodes, node, () => {
        const result = remarkable(node);
        for (const rule of about) out.push(...rule(node, around));
        for (const field of result.fields) out.push(...defaultFitsItsType(field, around));
        return result;
      });
      if (own === nothing) continue;
      fields.push(...own.fields);
      if (own.output !== null) outputs.push(own.output);
    }
  }

  look(canonical.types, [], ({ fields: own }) => remarkableIn(own));
  look(canonical.enums, aboutEnums, () => nothing);
  look(canonical.errors, aboutErrors, ({ fields: own }) => remarkableIn(own));
  look(canonical.functions, aboutFunctions, (fn) => remarkableIn(fn.input, fn));
  look(canonical.contexts, aboutContexts, () => nothing);
  look(canonical.views, aboutViews, ({ input }) => remarkableIn(input));
  look(canonical.channels, aboutChannels, ({ params, clientMessage, serverMessage }) =>
    remarkableIn([params, clientMessage, serverMessage].flatMap((one) => one?.fields ?? [])),
  );

  const claims = claimsAtFault(canonical, memory.claims);
  const facts = { ...around, canonical, contract, fields, outputs, claims, memory, sound };
  for (const rule of [...rules, ...more]) out.push(...rule(facts));
  return out;
}

const nothing: Remarkable = { fields: [], output: null };

function remarkableIn(
  fields: readonly canonical.Field[],
  fn: canonical.Fn | null = null,
): Remarkable {
  const found = fields.filter((field) => field.default !== null || isRemarkable(field.shape));
  const output = fn?.output && isRemarkable(fn.output) ? fn : null;
  return found.length === 0 && output === null ? nothing : { fields: found, output };
}
