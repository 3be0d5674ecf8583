/**
 * Calls that carry files. A page without them carries none of this: it is another factory, and what calls have
 * in common knows nothing of it.
 */
import { functionOf } from "./call.js";
import { httpCall } from "./http.js";
import type { Call, Contract, RequestOptions } from "./types.js";

/**
 * Makes the functions of a contract that take files: `uploadOf(contract)("add_photo", "box meta:json")`. Words:
 * `box` as for `functionOf`; `name:json` for an arg that travels as JSON text whatever it is, `name:jsons` for a
 * list of them.
 *
 * Without a file the call is one like any other. With one, giving it up really ends it, and as the server may
 * have carried it out all the same, that counts as a lost answer.
 */
export function uploadOf(
  contract: Contract,
): <Input, Output, Failure>(name: string, words?: string) => Call<Input, Output, Failure> {
  return <Input, Output, Failure>(name: string, words = ""): Call<Input, Output, Failure> => {
    const kinds = words.split(" ");
    const box = kinds.includes("box") ? "box" : undefined;
    return (args?: unknown, options?: RequestOptions): Promise<Output> => {
      const given = new AbortController();
      const fn = functionOf(contract, (client, _, __, request) => {
        const form = toForm(name, args, kinds);
        if (!form) return httpCall(client, name, args, request);
        const { body, type } = form;
        const headers = { ...request.headers, "Content-Type": type };
        return httpCall(client, name, {}, { ...request, headers, body, signal: given.signal });
      });
      const answered: Promise<Output> = call(fn(name, box), args, options);
      answered.catch(() => given.abort());
      return answered;
    };
  };
}
