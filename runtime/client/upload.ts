/**
 * Calls that carry files. A page without them carries none of this: it is another factory, and what calls have
 * in common knows nothing of it.
 */
import { functionOf } from "./call.js";
import { toForm } from "./form.js";
import { httpCall } from "./http.js";
import type { Call, Contract, RequestOptions } from "./types.js";

/**
 * Makes the functions of a contract that take files: `uploadOf(contract)("add_photo", "box meta:json")`. The
 * words: `box` as for `functionOf`, and the kinds that `toForm` asks for.
 *
 * Without a file the call is one like any other. With one, giving it up really ends it; as the server may have
 * carried it out all the same, that counts as a lost answer.
 */
export const uploadOf =
  (
    contract: Contract,
  ): (<Input, Output, Failure>(name: string, words?: string) => Call<Input, Output, Failure>) =>
  <Input, Output, Failure>(fn: string, words = ""): Call<Input, Output, Failure> => {
    const kinds = words.split(" ");
    return (args: unknown = {}, options?: RequestOptions) => {
      const form = toForm(fn, args, kinds);
      const given = new AbortController();
      const call = functionOf(contract, (client, _, __, request) =>
        httpCall(client, fn, args, {
          ...request,
          ...(form && {
            body: form.body,
            headers: { ...request.headers, ...form.headers },
            signal: given.signal,
          }),
        }),
      )<unknown, Output, Failure>(fn, kinds.includes("box") ? "box" : "");
      const answer = call(args, options);
      // However it was given up: nobody waits any more.
      answer.catch(() => given.abort());
      return answer;
    };
  };
