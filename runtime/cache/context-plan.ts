/**
 * How the answers of one context are told apart, and how those that an effect reaches are found.
 *
 * A *scope* is a set of params with values, as `user_id=5`. The contract says which sets its effects can name;
 * for each of them an entry belongs to one scope, and to that of the whole context. An effect's params pick
 * the largest of these sets inside them, so that a purge reaches every entry that agrees with the effect, and
 * others only where the effect was not foreseen.
 *
 * Values are compared as words, so that `5` and `"5"` agree, as they do for clients.
 */
import { createHash } from "node:crypto";
import { compareCodePoints, encodeWord, toWord } from "../wire/words.js";
import type { Entry, Plan, Scope } from "./cache.js";
import { deriveCacheKey } from "./derive-cache-key.js";

/**
 * `structure` is a list or an object, which the word of either shows; `mixed` takes values of several JSON types,
 * as `json` and unions do.
 */
export type ParamKind =
  "integer" | "number" | "boolean" | "uuid" | "string" | "structure" | "mixed";

export type PlanInput = {
  readonly context: string;
  /** Seconds. */
  readonly ttl: number;
  readonly contract: string;
  /** The greatest `rev` of the context's functions. */
  readonly rev: number;
  /** Every param that a function of the context takes. */
  readonly params: ReadonlyMap<string, ParamKind>;
  /** The sets of params that effects may name; the empty one is always there. */
  readonly scopes: readonly (readonly string[])[];
};

/**
 * Values of each param, in the same order for all entries of a plan: mostly one; several where functions of the
 * context fill in different defaults. Null for what was left out.
 */
export type ParamValues = ReadonlyMap<string, readonly unknown[]>;

/** What an effect says of the instances it reaches: names of params and values, no nulls; none for all. */
export type EffectParams = readonly (readonly [name: string, value: unknown])[];

/**
 * What a server knows of one context of its contract, made once: entries for reads, scopes for effects. It holds no
 * bundle, and keeps nothing of what it is asked.
 */
export class ContextPlan implements Plan {
  readonly context: string;
  readonly ttl: number;
  readonly contract: string;
  readonly family: string;
  readonly rev: number;
  readonly types: Readonly<Record<string, string>>;
  /** Largest first, so that the first that fits is the narrowest. */
  readonly #sets: readonly (readonly string[])[];
  readonly #kinds: ReadonlyMap<string, ParamKind>;

  constructor({ context, ttl, contract, rev, params, scopes }: PlanInput) {
    this.context = context;
    this.ttl = ttl;
    this.contract = contract;
    this.rev = rev;
    this.#kinds = params;
    this.types = Object.fromEntries(params);
    this.#sets = scopes
      .filter((set) => set.length > 0)
      .map((set) => [...set].sort(compareCodePoints))
      .sort((a, b) => b.length - a.length || compareCodePoints(String(a), String(b)));
    this.family = createHash("sha256")
      .update(JSON.stringify(this.#sets))
      .digest("base64url")
      .slice(0, 16);
  }

  /** `user` is null for nobody, and for everybody where the context is public. */
  entry(params: ParamValues, user: string | number | null): Entry {
    return new PlannedEntry(this, params, user);
  }

  /** What an effect with these params makes unreachable. */
  scopeOf(params: EffectParams): Scope {
    const words = new Map(params.map(([name, value]) => [name, this.#effectWord(name, value)]));
    const set = this.#sets.find((names) => names.every((name) => words.has(name)));
    return { plan: this, text: set === undefined ? "" : toText(set, (name) => words.get(name)) };
  }

  /** A null agrees with no effect, as effects drop their nulls: then the entry is in no such scope. */
  scopesOf(params: ParamValues): string[] {
    const scopes = [""];
    for (const set of this.#sets) {
      let variants: ReadonlyMap<string, string>[] = [new Map()];
      for (const name of set) {
        const values = (params.get(name) ?? []).filter((value) => value !== null);
        variants = variants.flatMap((variant) =>
          values.map((value) => new Map(variant).set(name, toWord(value))),
        );
      }
      for (const words of variants) scopes.push(toText(set, (name) => words.get(name)));
    }
    // Values that differ may have the same word.
    return [...new Set(scopes)];
  }

  /** Entries hold checked values; an effect's may come from a field of another type. */
  #effectWord(name: string, value: unknown): string {
    const word = toWord(value);
    switch (this.#kinds.get(name)) {
      case "uuid":
        return word.toLowerCase();
      case "boolean":
        return word === "1" ? "true" : word === "0" ? "false" : word;
      case "integer":
      case "number":
        return word.trim() === "" || Number.isNaN(Number(word)) ? word : String(Number(word));
      default:
        return word;
    }
  }
}

/** `team_id=1;user_id=5` */
const toText = (names: readonly string[], wordOf: (name: string) => string | undefined): string =>
  names.map((name) => `${encodeWord(name)}=${encodeWord(wordOf(name) ?? "")}`).join(";");

class PlannedEntry implements Entry {
  readonly plan: ContextPlan;
  readonly name: string;
  readonly #params: ParamValues;
  readonly #user: string | number | null;

  constructor(plan: ContextPlan, params: ParamValues, user: string | number | null) {
    this.plan = plan;
    this.#params = params;
    this.#user = user;
    // Params are in the same order for every entry of a plan, so their values suffice.
    const parts: unknown[] = [user === null ? null : String(user)];
    for (const values of params.values()) {
      parts.push(values.length === 1 ? toPart(values[0]) : { values: values.map(toPart) });
    }
    this.name = `${plan.context} ${plan.contract} ${plan.rev} ${JSON.stringify(parts)}`;
  }

  key(secret: string): string {
    const { context, rev, types } = this.plan;
    const params: [string, unknown][] = [];
    for (const [name, values] of this.#params) {
      const [value] = values;
      // As words, a null is the text "null", and of mixed values a 5 is the text "5".
      // Under a name that is no param's, as each word may be that of a single value.
      if (values.length > 1) params.push([`${name}[]`, values]);
      else if (value !== null) params.push([name, types[name] === "mixed" ? [value] : value]);
    }
    return deriveCacheKey({
      secret,
      context,
      params: Object.fromEntries(params),
      types,
      user: this.#user,
      rev,
    });
  }

  scopes(): readonly string[] {
    return this.plan.scopesOf(this.#params);
  }
}

/** In a list of its own, so that it is no text; sorted, as maps come with their keys in any order. */
const toPart = (value: unknown): unknown =>
  typeof value === "object" && value !== null ? [toWord(value)] : value;
