/** `Accept`, as far as it decides between a bundle and its lines. */

export const LINES_TYPE = "application/x-ndjson";

/**
 * Whether lines are asked for: by their very name, and no less than JSON. Wildcards mean JSON, so that nobody
 * gets a stream who does not know of it.
 */
export function prefersLines(accept: string | undefined): boolean {
  // Most clients say `*/*`, or nothing.
  if (accept === undefined || !accept.toLowerCase().includes(LINES_TYPE)) return false;
  const weights = new Map<string, number>();
  for (const range of accept.split(",")) {
    const [type = "", ...params] = range.split(";").map((part) => part.trim().toLowerCase());
    const weight = toWeight(params);
    if (weight !== null) weights.set(type, weight);
  }
  const lines = weights.get(LINES_TYPE) ?? 0;
  const json =
    weights.get("application/json") ?? weights.get("application/*") ?? weights.get("*/*") ?? 0;
  return lines > 0 && lines >= json;
}

/** `q` as RFC 9110 has it, 1 where it is not given; null for one that cannot be read. */
function toWeight(params: readonly string[]): number | null {
  const given = params.find((param) => /^q\s*=/.test(param));
  if (given === undefined) return 1;
  const text = given.slice(given.indexOf("=") + 1).trim();
  return /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/.test(text) ? Number(text) : null;
}
