/**
 * Calls that carry files. A page without them carries none of this: it is another factory, and what calls have
 * in common knows nothing of it.
 */
import { functionOf } from "./call.js";
import { clientOf, type Client } from "./client.js";
import { toForm, type Form } from "../wire/form.js";
import { httpCall } from "./http.js";
import type { Transport } from "./transport.js";
import type { Call, CallOptions, Contract, NoDrafts } from "./types.js";

/**
 * Makes the functions of a contract that take files: `uploadOf(contract)("add_photo", "box meta:json")`. The
 * words: `box` as for `functionOf`, and the kinds that `toForm` asks for.
 *
 * Without a file the call is one like any other. With one, giving it up really ends it; as the server may have
 * carried it out all the same, that counts as a lost answer.
 */
export function uploadOf(
  contract: Contract,
): <Input, Output, Failure, Drafts = NoDrafts>(
  name: string,
  words?: string,
) => Call<Input, Output, Failure, Drafts> {
  const functions = functionOf(contract);
  return <Input, Output, Failure, Drafts = NoDrafts>(
    fn: string,
    words = "",
  ): Call<Input, Output, Failure, Drafts> => {
    const kinds = words.split(" ");
    const box = kinds.includes("box") ? "box" : "";
    const call = functions<unknown, Output, Failure, Drafts>(fn, box);
    return (args: unknown = {}, options: CallOptions<Drafts> = {}) => {
      const client = clientOf(options);
      const form = client.transport ? null : toForm(fn, args, kinds);
      if (!form) return call(args, options);
      const given = new AbortController();
      const answer = call(args, { ...options, client: sending(client, form, given.signal) });
      // However it was given up: nobody waits any more.
      answer.catch(() => given.abort());
      return answer;
    };
  };
}

/** The same client, whose calls send this form instead of what they were given. */
function sending(client: Client, form: Form, signal: AbortSignal): Client {
  const call: Transport["call"] = (fn, args, request) =>
    httpCall(client, fn, args, {
      ...request,
      body: form.body,
      headers: { ...request.headers, ...form.headers },
      signal,
    });
  return new Proxy(client, {
    get: (target, key) => (key === "transport" ? { call } : Reflect.get(target, key)),
  });
}
