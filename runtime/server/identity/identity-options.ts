/** What must be true of the options that say who may ask, and from where. */
import type { ServerOptions } from "../options.js";
import { isRecord } from "../values/own.js";
import { toOrigin } from "./origins.js";

/** Adds a fault for each that is not. An application in JavaScript may hand over anything. */
export function checkIdentityOptions(options: Partial<ServerOptions>, faults: string[]): void {
  const { authenticate, bearer, context, predicates, mwt, csrf, cors } = options;
  for (const [name, value] of Object.entries({ authenticate, bearer, context })) {
    if (value !== undefined && typeof value !== "function") {
      faults.push(`${name} must be a function`);
    }
  }
  if (predicates !== undefined && !isRecord(predicates)) {
    faults.push("predicates must be an object of functions");
  }
  if (mwt !== undefined && !isRecord(mwt)) faults.push("mwt must be an object: { secret }");
  if (csrf !== undefined && csrf !== false && !isRecord(csrf)) {
    faults.push("csrf must be { secret }, or false");
  }
  checkOrigins("trustedOrigins", options.trustedOrigins, faults);
  if (cors === undefined) return;
  if (!isRecord(cors)) faults.push("cors must be an object: { origins }");
  else if (cors.origins === undefined) faults.push("cors.origins must list origins");
  else checkOrigins("cors.origins", cors.origins, faults);
  if (isRecord(cors) && !["undefined", "boolean"].includes(typeof cors["credentials"])) {
    faults.push("cors.credentials must be true or false");
  }
}

function checkOrigins(option: string, origins: unknown, faults: string[]): void {
  if (origins === undefined) return;
  if (!Array.isArray(origins)) {
    faults.push(`${option} must be a list of origins`);
    return;
  }
  for (const origin of origins) {
    if (typeof origin === "string" && toOrigin(origin) !== null) continue;
    faults.push(`${option}: ${JSON.stringify(origin)} is no origin like https://app.example`);
  }
}
