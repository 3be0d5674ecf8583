/**
 * What a run will do, decided before it does anything: one step per planned file, and everything that
 * speaks against it. `inspect` makes it, `--dry-run`, `--diff` and `--check` show it, `carryOut` does it.
 */
import type { Diagnostic } from "../../ir/diagnostics/diagnostic.js";
import type { PlannedFile } from "../../templates/plan.js";
import type { Entry } from "../host.js";

/** A folder that a target is written into. `path` is absolute. */
export type OutputFolder = { readonly target: PlannedFile["target"]; readonly path: string };

export type Step =
  /** A generated file that is as it should be; `text` is what it holds. */
  | { readonly kind: "keep"; readonly path: string; readonly text: string }
  /** A handler that is there: nothing is known of it but that. */
  | { readonly kind: "leave"; readonly path: string }
  | { readonly kind: "create"; readonly path: string; readonly text: string }
  /** `before` and `entry` are what was read, so that a change in between is noticed. */
  | {
      readonly kind: "update";
      readonly path: string;
      readonly text: string;
      readonly before: string;
      readonly entry: Entry;
      /** Where a copy that somebody edited is kept (`--force`); null otherwise. */
      readonly keepAs: string | null;
    }
  | {
      readonly kind: "delete";
      readonly path: string;
      readonly before: string;
      readonly entry: Entry;
    }
  /** A handler that does not exist yet. It is the team's own from its first moment. */
  | { readonly kind: "stub"; readonly path: string; readonly text: string };

/** A manifest that has to change. It is written after everything else. */
export type ManifestStep = {
  readonly path: string;
  readonly text: string;
  readonly before: string | null;
};

export type Inspection = {
  readonly steps: readonly Step[];
  readonly manifests: readonly ManifestStep[];
  /** Those that are right already. */
  readonly keptManifests: readonly { readonly path: string; readonly text: string }[];
  /** Errors refuse the whole run; warnings are shown. */
  readonly diagnostics: readonly Diagnostic[];
};
