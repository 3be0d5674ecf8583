import { noAnswer } from "../wire/answer.js";
import { clientOf } from "./client.js";
import { exchange } from "./exchange.js";
import { httpCall } from "./http.js";
import type { Call, Contract, RequestOptions } from "./types.js";

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
  ): (<Input, Output, Failure>(name: string, box?: string) => Call<Input, Output, Failure>) =>
  <Input, Output, Failure>(fn: string, box?: string): Call<Input, Output, Failure> =>
  (args: unknown = {}, options: RequestOptions = {}) => {
    const client = clientOf(options);
    const about = { fn, call: ++client._clock };
    let began = -1;
    const onSend = (): void => {
      began = client._clock;
    };
    return exchange(client, contract, about, options, onSend, async (request, errorOf) => {
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
    });
  };
