/** How a failed call or read is told: in the words of the error, or ours where those would not help. */
import type { MizanError } from "@mizan/runtime/client";

export function wordsFor(error: MizanError): string {
  if (error.code === "UNAUTHORIZED") return "Guests only look around. Sign in at the top right.";
  if (error.code === "FORBIDDEN") return "That is not yours to do.";
  if (error.code === "NETWORK") return "The server cannot be reached.";
  return error.message;
}

/** The first complaint about a field of the input, if the server refused it for that. */
export function complaintAbout(error: MizanError | null, field: string): string | null {
  const details: unknown = error?.code === "VALIDATION_ERROR" ? error.details : null;
  if (typeof details !== "object" || details === null || !("fields" in details)) return null;
  const fields = new Map<string, unknown>(Object.entries(details.fields ?? {}));
  const complaints = fields.get(field);
  return Array.isArray(complaints) ? String(complaints[0]) : null;
}

/** Shows the first of these errors, and nothing when there is none. */
export function Failure({ of }: { readonly of: readonly (MizanError | null)[] }) {
  const error = of.find((candidate) => candidate !== null);
  return error === undefined ? null : (
    <p className="failure" role="alert">
      {wordsFor(error)}
    </p>
  );
}
