/**
 * Reads over HTTP. Those of one tick go out in one request, and come back as lines, each slot as soon as the
 * server has it. So does a read alone whose slots somebody waits for, or whose params are too long for a URL. Any
 * other is a GET of the bundle, which costs a 304 if it has not changed.
 *
 * What it does not do: judge, try again, or order; see `Transport`. Members of one request share nothing but
 * the way: each ends by itself, and giving one up leaves the others. A server that does not know how to
 * answer several reads is never asked to again; nor is any, on a platform without streams.
 */
import { noAnswer, type Answer } from "../wire/answer.js";
import { isObject, type JsonObject } from "../wire/json.js";
import { toQuery } from "../wire/query.js";
import type { Client } from "./client.js";
import { send } from "./http.js";
import { LONGEST_QUERY, MOST_READS } from "./limits.js";
import { readLines } from "./lines.js";
import type { ReadRequest } from "./transport.js";
import type { AnyContext } from "./types.js";

/** @internal One read on its way. */
export interface Read extends ReadRequest {
  /** What stands for it in a request of several. */
  readonly _entry: string;
  readonly _resolve: (answer: Answer) => void;
  readonly _sendAlone: () => void;
  /** Also alone: somebody waits for its slots, or no URL can hold its params. */
  readonly _isPost: boolean;
  /** What has arrived of its bundle. */
  _slots?: JsonObject;
}

/** See `Transport.fetch`. */
export const httpFetch = (
  client: Client,
  { name: context, slots, cache }: AnyContext,
  params: JsonObject,
  request: ReadRequest,
): Promise<Answer> =>
  new Promise((resolve) => {
    const { headers, signal, onPart } = request;
    // A list is one value or several texts, as the server's contract says; all else is one text.
    const texts = Object.entries(params).map(
      ([name, value]) => [name, isObject(value) ? value : `${value}`] as const,
    );
    const entry = JSON.stringify({ context, params: Object.fromEntries(texts) });
    const isLong = entry.length > LONGEST_QUERY;
    const read: Read = {
      ...request,
      _entry: entry,
      _resolve: resolve,
      _isPost: isLong || (!!onPart && Object.keys(slots).length > 1),
      _sendAlone: () => {
        const path = `/ctx/${encodeURIComponent(context)}/?${toQuery(params)}`;
        // The browser keeps the last bundle and asks with its ETag; it must not answer by itself.
        resolve(send(client, path, { headers, signal, cache: "no-cache" }));
      },
    };
    // It leaves a moment later. An effect until then makes it count as older than it is: that does no harm.
    request.onSend();
    // Caches on the way know bundles only. Past them (see `instance.ts`) it may go with the others.
    if (client._isPlain || (cache && !params["_"] && !isLong)) return read._sendAlone();
    // One request has one set of headers.
    const key = JSON.stringify(headers);
    const waiting = (client._reads ??= {});
    const reads = (waiting[key] ??= []);
    if (reads.push(read) > 1) return;
    // Some reads of a tick come a turn later than others, as instances first end their step.
    queueMicrotask(() =>
      queueMicrotask(() => {
        delete waiting[key];
        while (reads.length) void sendTogether(client, reads.splice(0, MOST_READS), headers);
      }),
    );
  });

const sendTogether = async (
  client: Client,
  wanted: readonly Read[],
  common: ReadRequest["headers"],
): Promise<void> => {
  const reads = wanted.filter(({ signal }) => !signal.aborted);
  /** Those that nothing has ended yet. */
  const open = new Set(reads);
  const request = new AbortController();
  for (const read of reads) {
    if (!reads[1] && !read._isPost) return read._sendAlone();
    const { signal } = read;
    const { onabort } = signal;
    // Whoever made the signal takes this away when the read has ended: Node keeps one that has a listener.
    signal.onabort = (event) => {
      onabort?.call(signal, event);
      open.delete(read);
      if (!open.size) request.abort();
    };
  }
  if (!open.size) return;

  const init = {
    method: "POST",
    body: `{"contexts":[${reads.map(({ _entry: entry }) => entry)}]}`,
    headers: { "Content-Type": "application/json", ...common },
    signal: request.signal,
  };
  const answer = await send(client, "/ctx/", init, async (response) => {
    const { headers, body } = response;
    if (!body || !/ndjson/.test(`${headers.get("Content-Type")}`)) return;
    await readLines(body, ({ i, slot, value, error }) => {
      const read = reads[i];
      // A line about nothing that was asked for.
      if (!read) throw RangeError();
      if (slot) {
        read._slots = { ...read._slots, [slot]: value };
        read.onPart?.(read._slots);
      } else {
        open.delete(read);
        read._resolve({
          status: error?.status ?? 200,
          headers,
          body: error ? { error } : read._slots,
        });
      }
    });
    throw Error("Cut off");
  }).catch(noAnswer);

  // Lines that made no sense need not go on.
  request.abort();
  client._isPlain ||= /^([23]|40[45]|415)/.test(`${answer.status}`);
  for (const read of open) {
    if (client._isPlain) read._sendAlone();
    else read._resolve(answer);
  }
};
