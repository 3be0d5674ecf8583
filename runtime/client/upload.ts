/**
 * Calls that carry files. A page without them carries none of this: it is another factory, and what calls have
 * in common knows nothing of it.
 */
import { functionOf } from "./call.js";
import { clientOf, type Client } from "./client.js";
import { toForm } from "../wire/form.js";
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
      if (client.transport) return call(args, options);
      const given = new AbortController();
      const form = sending(client, kinds, given.signal);
      return call(args, { ...options, client: form }).catch((error: unknown) => {
        // However it was given up: nobody waits any more.
        given.abort();
        throw error;
      });
    };
  };
}

/** The same client, whose calls send a form if they carry files. */
function sending(client: Client, kinds: readonly string[], signal: AbortSignal): Client {
  const call: Transport["call"] = async (fn, args, request) => {
    const form = toForm(fn, args, kinds);
    const headers = { ...request.headers, ...form?.headers };
    return httpCall(client, fn, args, { ...request, ...(form && { ...form, headers, signal }) });
  };
  return new Proxy(client, {
    get: (target, key) => (key === "transport" ? { call } : Reflect.get(target, key)),
  });
}
