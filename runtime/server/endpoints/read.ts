/**
 * `GET ctx/<name>/`: all public functions of a context, run side by side and answered as one bundle, or, for
 * whoever asks for lines, slot by slot.
 */
import { addVary, answerEmpty, answerJson, answerRefusal } from "../answer/answer.js";
import type { ContextDefinition } from "../definition.js";
import type { Exchange } from "../running/exchange.js";
import { headerText } from "../identity/origins.js";
import { authenticateToken } from "../identity/tokens/authenticate-token.js";
import type { Bundle } from "../reading/bundle.js";
import { prepare, type PreparedRead } from "../reading/prepare.js";
import { readBundle } from "../reading/reading.js";
import { prefersLines } from "../request/accept.js";
import { parseQuery } from "../request/query.js";
import { badRequest } from "../answer/refusal.js";
import { after, type Soon } from "../running/soon.js";
import type { WireResponse } from "../wire.js";
import { answerStream } from "./stream.js";

/** At once where the cache has it and nobody has to be asked who may see it. */
export const answerRead = (exchange: Exchange, name: string): Soon<WireResponse> =>
  after(authenticateToken(exchange), (unproven) => {
    if (unproven !== null) return answerRefusal(exchange, unproven);
    const texts = parseQuery(exchange.request.query);
    if (texts === null) return answerRefusal(exchange, badRequest("Query is not UTF-8"));
    return after(prepare(exchange, name, texts), (prepared) =>
      prepared.refusal === null
        ? answerPrepared(exchange, name, prepared.read)
        : answerRefusal(exchange, prepared.refusal),
    );
  });

function answerPrepared(exchange: Exchange, name: string, read: PreparedRead): Soon<WireResponse> {
  const { request, recording } = exchange;
  if (request.method === "GET" && prefersLines(headerText(request.headers["accept"]))) {
    if (recording !== null) recording.kind = "stream";
    const answer = answerStream(exchange, [
      { subject: name, heads: ["{"], read: (deliver) => readBundle(read, deliver) },
    ]);
    addVary(answer.headers, "Accept");
    return answer;
  }
  const reading =
    recording === null ? readBundle(read) : recording.read(name, () => readBundle(read));
  return after(reading, (loaded) =>
    loaded.refusal === null
      ? answerBundle(exchange, read.context.definition, loaded.bundle, loaded.cache)
      : answerRefusal(exchange, loaded.refusal),
  );
}

function answerBundle(
  exchange: Exchange,
  { cache }: ContextDefinition,
  { body, etag }: Bundle,
  state: "HIT" | "MISS" | null,
): WireResponse {
  // A cookie of one client in a shared cache would be everybody's.
  const cacheControl =
    cache?.public === true && !exchange.isPersonal
      ? `public, max-age=0, s-maxage=${cache.ttl}`
      : "private, no-cache";
  const known = headerText(exchange.request.headers["if-none-match"]);
  const unchanged = known !== undefined && matchesTag(known, etag);
  const answer = unchanged
    ? answerEmpty(exchange, 304)
    : answerJson(exchange, 200, body, cacheControl, null);
  answer.headers["ETag"] = etag;
  answer.headers["Cache-Control"] = cacheControl;
  if (state !== null) answer.headers[exchange.core.headers.cache] = state;
  addVary(answer.headers, "Accept");
  return answer;
}

/** A cache on the way may have marked the tag as weak. */
const matchesTag = (header: string, etag: string): boolean =>
  header.split(",").some((one) => {
    const tag = one.trim();
    return tag === "*" || tag.replace(/^W\//, "") === etag;
  });
