/**
 * The simulated server and the way to it: each request is delayed on both ways, reads find each query at its own
 * moment, and some requests fail. The distributions are those of the kernel's model.
 */
import { createNetwork } from "../../../runtime/client/model/network.js";
import type { Server } from "../../../runtime/client/model/server.js";
import type { World } from "../../../runtime/client/model/world.js";
import {
  expected,
  patched,
  readNow,
  touched,
  write,
  written,
  type Data,
  type Mutation,
} from "./app.js";
import { Refused, type Backend } from "./cache.js";

/** What became of a mutation; the version that it gave each cell, where it was carried out. */
export interface Outcome {
  readonly versions: ReadonlyMap<string, number>;
  readonly isAnswered: boolean;
}

const FATES = [
  ..."answered ".repeat(24).trim().split(" "),
  "refused",
  "refused",
  "answer lost",
  "request lost",
] as const;

export function createBackend(world: World, server: Server, outcomes: Map<number, Outcome>) {
  const { leg } = createNetwork(world);
  const way = () => new Promise<void>((resolve) => void world.after(leg(), resolve));

  async function mutate(mutation: Mutation) {
    const fate = world.pick(FATES);
    await way();
    if (fate === "request lost") {
      await way();
      throw new TypeError("Lost");
    }
    if (fate === "refused") {
      await way();
      throw new Refused();
    }
    const result = write(server, mutation);
    const versions = new Map(written(mutation, result));
    outcomes.set(mutation.call, { versions, isAnswered: false });
    await way();
    if (fate === "answer lost") throw new TypeError("Lost");
    outcomes.set(mutation.call, { versions, isAnswered: true });
    return result;
  }

  const backend: Backend = {
    read: async (queries) => {
      const fails = world.chance(0.05);
      await way();
      const found = await Promise.all(
        queries.map(async (query): Promise<Data> => {
          if (queries.length > 1) await way();
          return readNow(server, query);
        }),
      );
      await way();
      if (fails) throw new TypeError("Lost");
      return found;
    },
    mutate,
    touched,
    patched,
    expected,
  };
  return backend;
}
