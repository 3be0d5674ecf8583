import { noAnswer } from "../wire/answer.js";
import { clientOf } from "./client.js";
import { exchange } from "./exchange.js";
import { httpCall } from "./http.js";
import type { Call, CallOptions, Contract, NoDrafts } from "./types.js";

/**
 * Makes the functions of a contract: `functionOf(contract)("rename_user")`, with `"box"` where the
 * output travels as `{"result": …}`.
 *
 * A call's effects are applied before its promise settles, and also when the caller has given up
 * meanwhile: the server has done its work all the same. A call is never tried again.
 */
export const functionOf =
  (
    contract: Contract,
  ): (<Input, Output, Failure, Drafts = NoDrafts>(
    name: string,
    box?: string,
  ) => Call<Input, Output, Failure, Drafts>) =>
  <Input, Output, Failure, Drafts = NoDrafts>(
    fn: string,
    box?: string,
  ): Call<Input, Output, Failure, Drafts> =>
  (args: unknown = {}, options: CallOptions<Drafts> = {}) => {
    const client = clientOf(options);
    const about = { fn, call: ++client._clock };
    let began = -1;
    const onSend = (): void => {
      began = client._clock;
    };
    return exchange(client, contract, about, options, onSend, async (request, errorOf) => {
      if (options.optimistic) void client._store?._expect(about, options.optimistic);
      client._emit({ type: "call-start", ...about });
      const answer = await (
        client.transport?.call(fn, args, request) ?? httpCall(client, fn, args, request)
      ).catch(noAnswer);
      const result = answer.body?.result;
      const value = box ? result?.result : result;
      const error = errorOf(answer, value);
      client._emit({ type: "call-done", ...about, error });
      client._store?._apply(answer, error, began, about, contract);
      if (error) throw error;
      // What a function answers is known to its contract alone.
      return value as Output;
    }).finally(() => {
      // Given up before it was sent, it never will be: nothing is expected of it.
      if (began < 0) client._store?._apply({ status: 0 }, undefined, began, about, contract);
    });
  };
