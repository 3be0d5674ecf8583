/** The factories behind every line of a generated client. */
import type { Call, Context, Contract, FetchContext, WatchContext } from "./types.js";

/** `box`: the output travels as `{"result": …}`. */
export declare function functionOf(
  contract: Contract,
): <Input, Output, Failure>(name: string, box?: "box") => Call<Input, Output, Failure>;

export declare function contextOf(
  contract: Contract,
): <Params, Data>(name: string, slots: Readonly<Record<string, string>>) => Context<Params, Data>;

export declare function fetchOf<Params, Data>(
  context: Context<Params, Data>,
): FetchContext<Params, Data>;

export declare function watchOf<Params, Data>(
  context: Context<Params, Data>,
): WatchContext<Params, Data>;
