/**
 * `POST ctx/`: several contexts in one request, answered line by line, each as if it had been read alone.
 *
 * It reads and nothing else, so it asks for no CSRF token and takes any `Origin`, as a single read does: a page
 * of another site cannot send the content type without a preflight, and not see the answer without `cors`.
 */
import { answerRefusal } from "../answer/answer.js";
import { contractMismatch } from "../answer/refusal.js";
import { authenticateToken } from "../identity/tokens/authenticate-token.js";
import type { Loaded } from "../reading/load.js";
import { identifyFor, prepare } from "../reading/prepare.js";
import { readBundle } from "../reading/reading.js";
import { toReads, toTexts, type AskedRead } from "../request/batch-body.js";
import { checkRead, parseBody } from "../request/body.js";
import { acceptsContract } from "../request/handshake.js";
import { checkJson, checkLength } from "../request/media.js";
import type { Exchange } from "../running/exchange.js";
import type { Texts } from "../values/struct.js";
import type { WireResponse } from "../wire.js";
import { answerStream, type StreamedRead } from "./stream.js";

export async function answerBatch(exchange: Exchange): Promise<WireResponse> {
  const { core, request } = exchange;
  const unreadable = checkJson(request) ?? checkLength(request, core.bodyLimit);
  if (unreadable !== null) return answerRefusal(exchange, unreadable);
  const read = await request.readBody(core.bodyLimit);
  const unproven = checkRead(read, core.bodyLimit) ?? (await authenticateToken(exchange));
  if (unproven !== null) return answerRefusal(exchange, unproven);

  const body = parseBody(read);
  if (body.refusal !== null) return answerRefusal(exchange, body.refusal);
  const asked = toReads(body.value);
  if (asked.refusal !== null) return answerRefusal(exchange, asked.refusal);
  if (!acceptsContract(exchange)) return answerRefusal(exchange, contractMismatch);
  return answerReads(exchange, asked.reads);
}

async function answerReads(exchange: Exchange, asked: readonly AskedRead[]): Promise<WireResponse> {
  exchange.subject = "a batch of contexts";
  const reads = new Map<string, StreamedRead & { readonly heads: string[] }>();
  for (const [index, { context: name, params }] of asked.entries()) {
    const context = exchange.core.contract.contexts.get(name);
    const texts: Texts = context === undefined ? new Map() : toTexts(context, params);
    // Should finding out who asks fail, all fails, and while the status can still say so.
    if (context !== undefined) await identifyFor(exchange, context);
    const key = JSON.stringify([name, ...texts]);
    const head = `{"i":${index},`;
    const same = reads.get(key);
    if (same) same.heads.push(head);
    else {
      const read: StreamedRead["read"] = (deliver) => readOne(exchange, name, texts, deliver);
      reads.set(key, { subject: name, heads: [head], read });
    }
  }
  return answerStream(exchange, [...reads.values()]);
}

async function readOne(
  exchange: Exchange,
  name: string,
  texts: Texts,
  deliver: Parameters<StreamedRead["read"]>[0],
): Promise<Loaded> {
  const prepared = await prepare(exchange, name, texts);
  return prepared.refusal === null ? readBundle(prepared.read, deliver) : prepared;
}
