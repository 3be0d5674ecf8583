/** Options that are plain values: what each may be. Adds a fault for every one that makes no sense. */
import type { ServerOptions } from "./options.js";
import { isRecord } from "./values/own.js";

export function checkValues(options: Partial<ServerOptions>, faults: string[]): void {
  const { bodyLimit, cache, headerPrefix, logger, onRequest } = options;
  if (cache !== undefined && cache !== false && !hasMethods(cache, ["load", "purge", "close"])) {
    faults.push("cache must be memoryCache(), redisCache({ … }), or false");
  }
  if (logger !== undefined && !hasMethods(logger, ["debug", "info", "warn", "error"])) {
    faults.push("logger must have the functions debug, info, warn and error");
  }
  if (bodyLimit !== undefined && !(Number.isSafeInteger(bodyLimit) && bodyLimit > 0)) {
    faults.push("bodyLimit must be a positive number of bytes");
  }
  for (const name of ["handlerTimeoutMs", "bodyTimeoutMs"] as const) {
    const limit = options[name];
    if (limit !== undefined && !(Number.isFinite(limit) && limit >= 0)) {
      faults.push(`${name} must be a number of milliseconds`);
    }
  }
  if (headerPrefix !== undefined && !isHeaderPrefix(headerPrefix)) {
    faults.push("headerPrefix must look like X-Mizan-");
  }
  if (onRequest !== undefined && typeof onRequest !== "function") {
    faults.push("onRequest must be a function");
  }
  for (const [name, words] of CHOICES) {
    const value: unknown = options[name];
    if (value === undefined || words.includes(value)) continue;
    const [last, ...others] = words.map((word) => JSON.stringify(word)).toReversed();
    faults.push(`${name} must be ${others.toReversed().join(", ")} or ${last}`);
  }
}

const CHOICES: readonly (readonly [name: keyof ServerOptions, words: readonly unknown[]])[] = [
  ["mode", ["development", "production"]],
  ["contract", ["lenient", "strict"]],
  ["validateOutput", ["always", "development"]],
  ["health", [true, false]],
  ["serverTiming", [true, false]],
  ["tracing", [true, false]],
];

/** `X-Mizan-` or alike, of a length that headers in front of us let pass. */
const isHeaderPrefix = (value: unknown): boolean =>
  typeof value === "string" && value.length <= 64 && /^[A-Za-z][A-Za-z0-9-]*-$/.test(value);

const hasMethods = (value: unknown, names: readonly string[]): boolean =>
  isRecord(value) && names.every((name) => typeof value[name] === "function");
