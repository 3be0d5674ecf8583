/** All differences that a run would make, as one patch. Manifests are left out: nobody reads hashes. */
import { toDiff } from "../diff.js";
import type { Inspection } from "../write.js";

export function toDiffs({ steps }: Inspection, show: (path: string) => string): string {
  return steps
    .map((step) => {
      switch (step.kind) {
        case "keep":
        case "leave":
          return "";
        case "create":
        case "stub":
          return toDiff(show(step.path), null, step.text);
        case "update":
          return toDiff(show(step.path), step.before, step.text);
        case "delete":
          return toDiff(show(step.path), step.before, null);
      }
    })
    .join("");
}
