/**
 * The rules of the language that need a whole contract with its names resolved, each a function named as the
 * sentence it holds. A rule looks at all of the contract and answers with what breaks its sentence.
 *
 * Rules know nothing of each other and may run in any order. None of them repeats what an earlier stage has
 * reported: where a name did not resolve there is an error node, and a rule that meets one says nothing. What
 * a node says wrongly by itself belongs to `lower`, what does not resolve to `canonicalize`.
 *
 * Warnings are facts that are probably not meant; they never stand in the way. Where `// mizan-ignore` asks
 * for silence is looked up by the compiler, after all stages.
 */
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Canonical } from "../model/canonical.js";
import type { Contract } from "../model/contract.js";
import { predicatesAreIdentifiers } from "./auth.js";
import { cachedContextsCanGoStale, publicAnswersHaveNoGuard } from "./caching.js";
import { constraintsCanBeMet } from "./constraints.js";
import {
  contextFunctionsOnlyRead,
  contextsHaveOneTransport,
  contextsHavePublicFunctions,
  contextsWithoutNodesAreMeant,
  globalHasNoParams,
  paramShapesAgree,
  paramTypesAgree,
} from "./contexts.js";
import { defaultsFitTheirTypes } from "./defaults.js";
import {
  effectsCanBeSpelledOut,
  idIsMeantAsParam,
  mutationsSayWhatTheyChange,
  wholeContextIsMeant,
} from "./effects.js";
import { enumValuesAreNotEmpty, enumsHaveValues } from "./enums.js";
import { errorCodesAreDistinct, errorCodesAreNotTheProtocols } from "./errors.js";
import { toFacts, type Rule } from "./facts.js";
import { filesAreNotInMaps, filesAreOnlySent, formsNameTheFunction } from "./files.js";
import { createValidationMemory, type ValidationMemory } from "./memory.js";
import { mergesNameTheirSlotsParams } from "./merges.js";
import { fixedNamesAreLeftAlone, namesStayApart, pathsAreNoDevices } from "./names.js";
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

const rules: readonly Rule[] = [
  namesStayApart,
  fixedNamesAreLeftAlone,
  pathsAreNoDevices,
  recursionEnds,
  enumsHaveValues,
  enumValuesAreNotEmpty,
  constraintsCanBeMet,
  defaultsFitTheirTypes,
  filesAreOnlySent,
  filesAreNotInMaps,
  formsNameTheFunction,
  contextsHavePublicFunctions,
  contextFunctionsOnlyRead,
  contextsHaveOneTransport,
  globalHasNoParams,
  paramTypesAgree,
  predicatesAreIdentifiers,
  errorCodesAreNotTheProtocols,
  errorCodesAreDistinct,
  routesArePaths,
  convertersAreKnown,
  routeParamsAreInputs,
  routeParamsFitTheirInputs,
  routesAreDistinct,
  methodsAreKnown,
  publicAnswersHaveNoGuard,
  effectsCanBeSpelledOut,
  // From here on warnings.
  paramShapesAgree,
  contextsWithoutNodesAreMeant,
  typesAreUsed,
  unionArmsCanBeToldApart,
  wholeContextIsMeant,
  idIsMeantAsParam,
  mutationsSayWhatTheyChange,
  mergesNameTheirSlotsParams,
  cachedContextsCanGoStale,
];

/**
 * Everything that breaks a rule. `contract` is what `canonical` was made of: it has the places of its parts.
 * `found` is what earlier stages reported, so that what was lost there is not reported as missing here.
 */
export function validate(
  canonical: Canonical,
  contract: Contract,
  found: readonly Diagnostic[],
  memory: ValidationMemory = createValidationMemory(),
): readonly Diagnostic[] {
  const facts = toFacts(canonical, contract, found, memory);
  return rules.flatMap((rule) => rule(facts));
}
