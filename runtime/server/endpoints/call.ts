/** `POST call/`: one function by name. The checks stand in the order of spec/protocol.md, "Errors". */
import { answerJson, answerRefusal } from "../answer/answer.js";
import { fnOf, readCallForm } from "./form.js";
import { checkRead, kindOf, parseBody } from "../request/body.js";
import { Effects } from "../effects/effects.js";
import { purgeLate } from "../effects/late-effects.js";
import { purge } from "../effects/purge.js";
import type { Exchange } from "../running/exchange.js";
import {
  badRequest,
  contractMismatch,
  forbidden,
  notFound,
  unsupportedMediaType,
  type Refusal,
} from "../answer/refusal.js";
import { checkGuard, checkPredicate } from "../identity/guards.js";
import { identify } from "../identity/identify.js";
import { checkSender } from "../identity/sender.js";
import { acceptsContract } from "../request/handshake.js";
import { checkEncoding, checkLength, isJson, mediaType } from "../request/media.js";
import { boundaryOf, type Form } from "../request/multipart.js";
import { checkInput, execute } from "../running/run.js";
import { Issues } from "../values/issues.js";
import { getOwn, isRecord } from "../values/own.js";
import type { WireRequest, WireResponse } from "../wire.js";

export async function answerCall(exchange: Exchange): Promise<WireResponse> {
  const { core, request } = exchange;
  const media = mediaOf(request);
  const uploads = media.boundary === null ? 0 : core.uploads.maxTotalBytes;
  const unreadable = media.refusal ?? checkLength(request, core.bodyLimit + uploads);
  if (unreadable !== null) return answerRefusal(exchange, unreadable);
  if (media.boundary !== null) return answerForm(exchange, media.boundary);
  const read = await request.readBody(core.bodyLimit);
  const unread = checkRead(read, core.bodyLimit);
  if (unread !== null) return answerRefusal(exchange, unread);
  // What is not a promise is not awaited, here and below: each wait costs about a hundredth of a small call.
  const checked = checkSender(exchange);
  const unproven = checked instanceof Promise ? await checked : checked;
  if (unproven !== null) return answerRefusal(exchange, unproven);

  // What it says is not looked at before its sender is trusted.
  const body = parseBody(read);
  if (body.refusal !== null) return answerRefusal(exchange, body.refusal);
  const name = getOwn(body.value, "fn");
  if (typeof name !== "string") return answerRefusal(exchange, NO_FN);
  return await answerFunction(exchange, name, { json: getOwn(body.value, "args") ?? {} });
}

/** Its sender is known by the headers alone, so nothing of a stranger's form is put away anywhere. */
async function answerForm(exchange: Exchange, boundary: string): Promise<WireResponse> {
  const unproven = await checkSender(exchange);
  if (unproven !== null) return answerRefusal(exchange, unproven);
  const read = await readCallForm(exchange, boundary);
  if (read.refusal !== null) return answerRefusal(exchange, read.refusal);
  const name = fnOf(read.form);
  if (name === undefined) return answerRefusal(exchange, NO_FN);
  return answerFunction(exchange, name, read);
}

const NO_FN = badRequest("Missing 'fn' field");

type Args = { readonly json: unknown } | { readonly form: Form };

async function answerFunction(exchange: Exchange, name: string, args: Args): Promise<WireResponse> {
  const fn = exchange.core.contract.functions.get(name);
  if (fn === undefined) return answerRefusal(exchange, notFound("Function not found"));
  exchange.subject = name;
  const closed =
    (acceptsContract(exchange) ? null : contractMismatch) ??
    (fn.definition.private === true ? forbidden("Function is not client-callable") : null);
  if (closed !== null) return answerRefusal(exchange, closed);

  const identified = identify(exchange);
  if (identified !== null) await identified;
  exchange.start();
  const refused = checkGuard(fn, exchange.user);
  if (refused !== null) return answerRefusal(exchange, refused);

  const issues = new Issues();
  if ("json" in args && !isRecord(args.json)) {
    return answerRefusal(exchange, badRequest(`Input must be an object, not ${kindOf(args.json)}`));
  }
  const input =
    "json" in args ? fn.input.parse(args.json, issues) : fn.input.coerceForm(args.form, issues);
  const denied =
    checkInput(issues) ??
    (fn.predicate === null ? null : await checkPredicate(fn, exchange, input));
  if (denied !== null) return answerRefusal(exchange, denied);

  const effects = new Effects();
  exchange.effects = effects;
  const executed = await execute(exchange, fn, input, effects);
  effects.close((entry) => purgeLate(exchange, name, entry));
  // Also of a failed call, as what its handler said before did happen.
  const purged = purge(exchange.core, effects);
  if (purged !== null) await purged;
  if (executed.refusal !== null) return answerRefusal(exchange, executed.refusal, effects);
  const body = JSON.stringify({
    result: fn.definition.boxed ? { result: executed.result } : executed.result,
    invalidate: effects.toInvalidate(),
    merge: effects.toMerge(),
  });
  return answerJson(exchange, 200, body, "no-store", effects);
}

const FORM_MEDIA = /^multipart\/form-data\s*(?:;|$)/i;

/** `boundary` is null for JSON. */
type Media = { readonly refusal: Refusal | null; readonly boundary: string | null };

/** JSON, which no form of another site can send, or a form, whose sender is checked before it is read. */
function mediaOf(request: WireRequest): Media {
  const type = mediaType(request);
  const isForm = FORM_MEDIA.test(type);
  if (!isForm && !isJson(type)) {
    const expected = "Content-Type must be application/json or multipart/form-data";
    return { refusal: unsupportedMediaType(expected), boundary: null };
  }
  const encoded = checkEncoding(request);
  if (encoded !== null || !isForm) return { refusal: encoded, boundary: null };
  const boundary = boundaryOf(type);
  return { refusal: boundary === null ? badRequest("Multipart boundary missing") : null, boundary };
}
