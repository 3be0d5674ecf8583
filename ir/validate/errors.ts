/** Codes of declared errors: a client tells errors apart by them alone. */
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { DeclaredError } from "../model/canonical.js";
import { compareSpans, type Facts } from "./facts.js";

/** What the protocol (protocol.md, "Errors") and the clients themselves answer with. */
const protocolCodes: ReadonlySet<string> = new Set([
  "BAD_REQUEST",
  "UNAUTHORIZED",
  "FORBIDDEN",
  "NOT_FOUND",
  "CONTRACT_MISMATCH",
  "PAYLOAD_TOO_LARGE",
  "UNSUPPORTED_MEDIA_TYPE",
  "VALIDATION_ERROR",
  "INTERNAL_ERROR",
  "NOT_IMPLEMENTED",
  "UNAVAILABLE",
  "NETWORK",
  "TIMEOUT",
  "CONNECTION_LOST",
]);

export function errorCodeIsNotTheProtocols(error: DeclaredError): readonly Diagnostic[] {
  if (!protocolCodes.has(error.code) && !/^HTTP_\d+$/.test(error.code)) return [];
  return [
    report(
      "MZ4039",
      { span: error.place.name, text: `becomes ${error.code}` },
      { error: error.name, code: error.code },
      { help: `say what is wrong in your own terms, such as \`Order${error.name}\`` },
    ),
  ];
}

export function errorCodesAreDistinct({ canonical }: Facts): readonly Diagnostic[] {
  const codes = new Set(canonical.errors.map(({ code }) => code));
  if (codes.size === canonical.errors.length) return [];
  const written = [...canonical.errors].sort((a, b) => compareSpans(a.place.name, b.place.name));
  const firsts = new Map<string, DeclaredError>();
  return written.flatMap((error) => {
    const first = firsts.get(error.code);
    if (first === undefined) {
      firsts.set(error.code, error);
      return [];
    }
    return [
      report(
        "MZ4040",
        { span: error.place.name, text: `becomes ${error.code}` },
        { error: error.name, other: first.name, code: error.code },
        {
          related: [{ span: first.place.name, text: `becomes ${first.code} too` }],
          help: "rename one of them",
        },
      ),
    ];
  });
}
