/** The body of a batch: from JSON to the reads it asks for, or why it asks for none. */
import { badRequest, type Refusal } from "../answer/refusal.js";
import type { CompiledContext } from "../compiled.js";
import type { Shape } from "../definition.js";
import { getOwn, isRecord, type Plain } from "../values/own.js";
import type { Texts } from "../values/struct.js";
import { kindOf } from "./body.js";

/** Enough for every view of a page, and no lever to make us do a thousand things for one request. */
export const MOST_READS = 50;

/** A read as it was asked for: nothing is known of the context yet. */
export type AskedRead = { readonly context: string; readonly params: Plain };

export type BatchBody =
  { readonly refusal: null; readonly reads: readonly AskedRead[] } | { readonly refusal: Refusal };

/** A batch that cannot be understood is refused as a whole. */
export function toReads(body: Plain): BatchBody {
  const contexts = getOwn(body, "contexts");
  if (!Array.isArray(contexts)) return refuse("Missing 'contexts' field");
  if (contexts.length > MOST_READS) return refuse(`At most ${MOST_READS} contexts`);
  const reads: AskedRead[] = [];
  for (const [index, entry] of contexts.entries()) {
    const place = `contexts.${index}`;
    if (!isRecord(entry)) return refuse(`${place} must be an object, not ${kindOf(entry)}`);
    const context = getOwn(entry, "context");
    if (typeof context !== "string") return refuse(`Missing 'context' field in ${place}`);
    const params = getOwn(entry, "params") ?? {};
    if (!isRecord(params)) {
      return refuse(`${place}.params must be an object, not ${kindOf(params)}`);
    }
    reads.push({ context, params });
  }
  return { refusal: null, reads };
}

const refuse = (message: string): BatchBody => ({ refusal: badRequest(message) });

/**
 * Params as the texts that a query would carry, so that a single read and one of a batch are the same read: a
 * text is itself, a list its elements, anything else its JSON; absent, null and an empty list are no text at
 * all. Only what the context declares is looked at, in its order.
 */
export function toTexts(context: CompiledContext, params: Plain): Texts {
  const texts = new Map<string, readonly string[]>();
  for (const name of context.params.keys()) {
    const value = getOwn(params, name) ?? null;
    if (value === null) continue;
    if (!Array.isArray(value) || isJsonParam(context, name)) texts.set(name, [toText(value)]);
    else if (value.length > 0) texts.set(name, value.map(toText));
  }
  return texts;
}

const toText = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);

/** A list is one value of a `json` param. */
const isJsonParam = ({ functions }: CompiledContext, name: string): boolean =>
  functions.some(({ definition }) =>
    definition.input.some((field) => field.name === name && isJsonShape(field.shape)),
  );

const isJsonShape = (shape: Shape): boolean =>
  shape.kind === "json" || (shape.kind === "optional" && isJsonShape(shape.inner));
