/** The form of the recorded exchanges in `probes/*.json`. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A text, or what a text must look like. */
export type Pattern = { readonly pattern: string; readonly flags?: string };
export type Wanted = string | readonly string[] | Pattern;

export type Request = {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly bodyBase64?: string;
  /** Texts with how often each is repeated, joined. */
  readonly bodyParts?: readonly (readonly [string, number])[];
};

export type Step = {
  /** Sent as `X-Test-User`. */
  readonly signedInAs?: string;
  readonly mwt?: TokenRecipe;
  readonly request: Request;
};

/** How to make the token for `<mwt>`; times are `now+300`. */
export type TokenRecipe = {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly secret?: string;
  readonly alg?: string;
  readonly kid?: string | null;
};

export type Expectation = {
  readonly status: number | readonly number[];
  readonly headers?: Readonly<Record<string, string | null | Pattern>>;
  readonly json?: unknown;
  readonly jsonSubset?: unknown;
  readonly code?: Wanted;
  readonly message?: Wanted;
  /** The paths in `details.fields`. */
  readonly fields?: readonly string[];
  /** Of a streamed answer every line, in whatever order, but that of each read's end. */
  readonly lines?: readonly unknown[];
  /** Slots that may have been sent before a read failed. */
  readonly linesMayHave?: readonly string[];
  readonly bodyEmpty?: boolean;
  readonly bodyLacks?: readonly string[];
};

export type Probe = Step & {
  readonly name: string;
  readonly about: string;
  readonly before?: readonly Step[];
  readonly expect: Expectation;
};

/** Every probe under its `group/name`. */
export function loadProbes(folder: string): Map<string, Probe> {
  const probes = new Map<string, Probe>();
  for (const file of readdirSync(folder).sort()) {
    const group = file.replace(/\.json$/, "");
    const list: readonly Probe[] = JSON.parse(readFileSync(join(folder, file), "utf8"));
    for (const probe of list) probes.set(`${group}/${probe.name}`, probe);
  }
  return probes;
}
