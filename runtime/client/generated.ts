/**
 * The factories behind the lines of a generated client. Here the contract's word is taken for the types:
 * what a function takes and answers is known to the generator alone.
 */
export { functionOf } from "./call.js";
export { isErrorOf, isReadErrorOf } from "./errors.js";
import type { MizanError } from "../wire/error.js";
import { clientOf } from "./client.js";
import { describe } from "./describe.js";
import { read } from "./read.js";
import type {
  Context,
  Contract,
  FetchContext,
  RequestOptions,
  Watch,
  WatchContext,
  WatchOptions,
} from "./types.js";
import { watch } from "./watch.js";

/** `slots`: each slot with its descriptor, see `describe.ts`. `cache`: whose caches may keep its bundles. */
export const contextOf =
  (
    contract: Contract,
  ): (<Params, Data>(
    name: string,
    slots: Readonly<Record<string, string>>,
    cache?: "public",
  ) => Context<Params, Data>) =>
  (name, slots, cache) => ({ contract, name, slots, cache });

export const fetchOf =
  <Params, Data, Failure = MizanError>(
    context: Context<Params, Data>,
  ): FetchContext<Params, Data, Failure> =>
  (params?: Params, options: RequestOptions = {}) =>
    read(
      clientOf(options),
      context,
      () => describe(context, params)._sent,
      options,
      () => undefined,
      (bundle) => bundle,
    ) as Promise<Data>;

export const watchOf =
  <Params, Data, Failure = MizanError>(
    context: Context<Params, Data>,
  ): WatchContext<Params, Data, Failure> =>
  (params?: Params, options: WatchOptions = {}) =>
    // Which errors a read ends with is known to the contract alone.
    watch(clientOf(options), context, params) as Watch<Data, Failure>;
