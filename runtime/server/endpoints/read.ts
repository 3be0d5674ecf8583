/**
 * `GET ctx/<name>/`: all public functions of a context, run side by side and answered as one bundle.
 *
 * Every check is made for all functions before the next check, and of several failures the one of the first
 * function by name is answered, so that the answer does not depend on who was faster.
 */
import { createHash } from "node:crypto";
import { answerEmpty, answerJson, answerRefusal } from "../answer/answer.js";
import { checkContract, checkToken } from "./call.js";
import type { CompiledContext, CompiledFunction } from "../compiled.js";
import { Effects } from "../effects/effects.js";
import type { Exchange } from "../running/exchange.js";
import { headerText } from "../identity/origins.js";
import { parseQuery } from "../request/query.js";
import { badRequest, notFound, type Refusal } from "../answer/refusal.js";
import { checkGuard, checkPredicate } from "../identity/guards.js";
import { identify } from "../identity/identify.js";
import { checkInput, execute } from "../running/run.js";
import { Issues } from "../values/issues.js";
import type { Texts } from "../values/struct.js";
import type { WireResponse } from "../wire.js";

export async function answerRead(exchange: Exchange, name: string): Promise<WireResponse> {
  const unproven = checkToken(exchange);
  if (unproven !== null) return answerRefusal(exchange, unproven);
  const texts = parseQuery(exchange.request.query);
  if (texts === null) return answerRefusal(exchange, badRequest("Query is not UTF-8"));
  const context = exchange.core.contract.contexts.get(name);
  if (context === undefined) {
    return answerRefusal(exchange, notFound(`Context '${name}' not found`));
  }
  exchange.subject = name;
  const closed = checkContract(exchange);
  if (closed !== null) return answerRefusal(exchange, closed);

  const bundle = await readBundle(exchange, context, texts);
  return "refusal" in bundle
    ? answerRefusal(exchange, bundle.refusal)
    : answerBundle(exchange, context, bundle.json);
}

type Bundle = { readonly json: string } | { readonly refusal: Refusal };

async function readBundle(
  exchange: Exchange,
  context: CompiledContext,
  texts: Texts,
): Promise<Bundle> {
  await identify(exchange, context.definition.cache?.public === true);
  const { functions } = context;
  for (const fn of functions) {
    const refusal = checkGuard(fn, exchange.user);
    if (refusal !== null) return { refusal };
  }
  const inputs: (readonly [fn: CompiledFunction, input: unknown])[] = [];
  for (const fn of functions) {
    const issues = new Issues();
    inputs.push([fn, fn.input.coerceFields(texts, issues)]);
    const refusal = checkInput(issues);
    if (refusal !== null) return { refusal };
  }
  for (const [fn, input] of inputs) {
    const refusal = await checkPredicate(fn, exchange, input);
    if (refusal !== null) return { refusal };
  }
  const results = await Promise.all(
    inputs.map(([fn, input]) => execute(exchange, fn, input, new Effects())),
  );

  const members: string[] = [];
  for (const [index, executed] of results.entries()) {
    if (executed.refusal !== null) return { refusal: executed.refusal };
    const fn = functions[index];
    if (fn === undefined) continue;
    const value = fn.definition.boxed ? { result: executed.result } : executed.result;
    members.push(`${JSON.stringify(fn.name)}:${JSON.stringify(value)}`);
  }
  return { json: `{${members.join(",")}}` };
}

function answerBundle(exchange: Exchange, context: CompiledContext, json: string): WireResponse {
  const etag = `"${createHash("sha256").update(json).digest("base64url").slice(0, 27)}"`;
  const { cache } = context.definition;
  const cacheControl =
    cache?.public === true ? `public, max-age=0, s-maxage=${cache.ttl}` : "private, no-cache";
  const known = headerText(exchange.request.headers["if-none-match"]);
  const unchanged = known !== undefined && matchesTag(known, etag);
  const answer = unchanged
    ? answerEmpty(exchange, 304)
    : answerJson(exchange, 200, json, cacheControl, null);
  answer.headers["ETag"] = etag;
  answer.headers["Cache-Control"] = cacheControl;
  return answer;
}

/** A cache on the way may have marked the tag as weak. */
const matchesTag = (header: string, etag: string): boolean =>
  header.split(",").some((one) => {
    const tag = one.trim();
    return tag === "*" || tag.replace(/^W\//, "") === etag;
  });
