/** `POST call/`: one function by name. The checks stand in the order of spec/protocol.md, section 3. */
import { answerJson, answerRefusal } from "../answer/answer.js";
import { checkRead, kindOf, parseBody } from "../request/body.js";
import { Effects } from "../effects/effects.js";
import type { Exchange } from "../running/exchange.js";
import { headerText } from "../identity/origins.js";
import {
  badRequest,
  contractMismatch,
  forbidden,
  notFound,
  payloadTooLarge,
  unsupportedMediaType,
  type Refusal,
} from "../answer/refusal.js";
import { checkGuard, checkPredicate } from "../identity/guards.js";
import { identify } from "../identity/identify.js";
import { checkSender } from "../identity/sender.js";
import { checkInput, execute } from "../running/run.js";
import { Issues } from "../values/issues.js";
import { getOwn, isObject } from "../values/own.js";
import type { WireResponse } from "../wire.js";

export async function answerCall(exchange: Exchange): Promise<WireResponse> {
  const { core, request } = exchange;
  const unreadable = checkMedia(exchange) ?? checkSize(exchange);
  if (unreadable !== null) return answerRefusal(exchange, unreadable);
  const read = await request.readBody(core.bodyLimit);
  const unproven = checkRead(read, core.bodyLimit) ?? (await checkSender(exchange));
  if (unproven !== null) return answerRefusal(exchange, unproven);

  // What it says is not looked at before its sender is trusted.
  const body = parseBody(read);
  if (body.refusal !== null) return answerRefusal(exchange, body.refusal);
  const name = getOwn(body.value, "fn");
  if (typeof name !== "string") return answerRefusal(exchange, badRequest("Missing 'fn' field"));
  return answerFunction(exchange, name, getOwn(body.value, "args"));
}

async function answerFunction(
  exchange: Exchange,
  name: string,
  args: unknown,
): Promise<WireResponse> {
  const fn = exchange.core.contract.functions.get(name);
  if (fn === undefined) return answerRefusal(exchange, notFound("Function not found"));
  exchange.subject = name;
  const closed =
    checkContract(exchange) ??
    (fn.definition.private === true ? forbidden("Function is not client-callable") : null);
  if (closed !== null) return answerRefusal(exchange, closed);

  await identify(exchange);
  const refused = checkGuard(fn, exchange.user);
  if (refused !== null) return answerRefusal(exchange, refused);

  const given = args ?? {};
  if (!isObject(given)) {
    return answerRefusal(exchange, badRequest(`Input must be an object, not ${kindOf(given)}`));
  }
  const issues = new Issues();
  const input = fn.input.parse(given, issues);
  const denied = checkInput(issues) ?? (await checkPredicate(fn, exchange, input));
  if (denied !== null) return answerRefusal(exchange, denied);

  const effects = new Effects();
  exchange.effects = effects;
  const executed = await execute(exchange, fn, input, effects);
  if (executed.refusal !== null) return answerRefusal(exchange, executed.refusal, effects);
  const body = JSON.stringify({
    result: fn.definition.boxed ? { result: executed.result } : executed.result,
    invalidate: effects.toInvalidate(),
    merge: effects.toMerge(),
  });
  return answerJson(exchange, 200, body, "no-store", effects);
}

const JSON_MEDIA = /^application\/json\s*(?:;|$)/i;

/** Only types that no form of another site can send. */
function checkMedia({ request: { headers } }: Exchange): Refusal | null {
  const type = headerText(headers["content-type"]) ?? "";
  if (type !== "application/json" && !JSON_MEDIA.test(type.trim())) {
    return unsupportedMediaType("Content-Type must be application/json");
  }
  const encoding = headerText(headers["content-encoding"]) ?? "identity";
  return encoding.toLowerCase() === "identity"
    ? null
    : unsupportedMediaType("Content-Encoding is not supported");
}

function checkSize({ core, request }: Exchange): Refusal | null {
  const length = Number(headerText(request.headers["content-length"]) ?? "0");
  return length > core.bodyLimit ? payloadTooLarge(core.bodyLimit) : null;
}

/** Only a server that insists refuses clients generated from another contract. */
export function checkContract({ core, request }: Exchange): Refusal | null {
  if (!core.strictContract) return null;
  const hash = headerText(request.headers[core.headers.contractLower]);
  return hash === undefined || hash === core.contract.hash ? null : contractMismatch;
}
