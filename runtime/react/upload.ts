import type { Contract, NoDrafts } from "../client/types.js";
import { uploadOf } from "../client/upload.js";
import { mutationHook } from "./mutation.js";
import type { Mutation } from "./types.js";

/** `mutationHook` for functions that take files. */
export function uploadHook(
  contract: Contract,
): <I, O, E, D = NoDrafts>(name: string, words?: string) => () => Mutation<I, O, E, D> {
  return mutationHook(contract, uploadOf(contract));
}
